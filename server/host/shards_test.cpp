// Shards on real loopback sockets: the driver's promises, above all that a call's record is written
// before its final answer leaves, however many shards there are and whichever socket is called.
#include "host/shards.hpp"

#include "call/call.hpp"
#include "sip/headers.hpp"
#include "sip/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <set>

namespace strowger::host {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Task<> refuse(call::Call& call) {
  call.reject(call::standard_rejection(486));
  co_return;
}

class Disk final : public RecordSink {
 public:
  std::optional<std::string> append(std::span<const model::CallRecord> batch) override {
    // Whatever the caller has by now was sent before this record was written.
    if (before_write) before_write();
    if (full) return "no space left on device";
    written += batch.size();
    return std::nullopt;
  }
  std::function<void()> before_write;
  std::atomic<bool> full = false;
  std::atomic<std::size_t> written = 0;
};

Task<> wait_a_minute(call::Call& call) { co_await call.sleep(std::chrono::minutes{1}); }

class ShardsTest : public testing::TestWithParam<int> {
 protected:
  ShardsTest() { open(refuse); }
  ~ShardsTest() override { stop(); }

  void open(const call::Exchange::Script& script, const call::Limits& limits = {},
            const SourceLimits& sources = {}) {
    ShardsConfig config{.rtp_ports = {0, 0}, .sources = sources};
    config.shard.admission.burst = std::chrono::minutes{1};  // a busy machine is no overload
    for (const char* address : {"udp:127.0.0.1:0", "tcp:127.0.0.1:0", "udp:[::1]:0"}) {
      config.shard.listen.push_back(*SipAddress::parse(address));
    }
    config.shard.exchange.limits = limits;
    const std::vector<RecordSink*> sinks(GetParam(), &disk_);
    auto opened = Shards::open(config, sinks, script);
    ASSERT_TRUE(opened) << opened.error().what;
    shards_ = std::move(*opened);
  }
  void run() { shards_->start(); }
  void stop() { shards_->stop(); }
  const SipAddress& address(std::size_t index = 0) const { return shards_->addresses()[index]; }

  static UdpSocket caller(const char* address = "127.0.0.1:0") {
    return std::move(*UdpSocket::bind(*Endpoint::parse(address)));
  }

  static void send(const UdpSocket& from, const SipAddress& to, const std::string& id,
                   const std::string& method = "INVITE", std::string here = {}) {
    if (here.empty()) here = from.bound().text();
    const std::string text = method + " sip:486@pbx SIP/2.0\r\nVia: SIP/2.0/UDP " + here +
                             ";branch=z9hG4bK" + id +
                             "\r\nMax-Forwards: 70\r\nFrom: <sip:a@pbx>;tag=1\r\n"
                             "To: <sip:486@pbx>\r\nCall-ID: " + id + "\r\nCSeq: 1 " + method +
                             "\r\nContact: <sip:a@" + here + ">\r\nContent-Length: 0\r\n\r\n";
    const Datagram datagram{.remote = to.endpoint, .bytes = text};
    ASSERT_EQ(from.send({&datagram, 1}), 1U);
  }

  static bool await(const UdpSocket& socket) {
    pollfd one{.fd = socket.fd(), .events = POLLIN, .revents = 0};
    return poll(&one, 1, 10'000) == 1;
  }
  // The start line of the first final answer; "" when none comes.
  static std::string final_answer(const UdpSocket& socket) {
    std::string line;
    while (line.empty() && await(socket)) line = final_answer_by_now(socket);
    return line;
  }
  static std::string final_answer_by_now(const UdpSocket& socket) {
    std::string line;
    socket.receive([&](const Datagram& d) {
      const auto start = std::string(d.bytes.substr(0, d.bytes.find('\r')));
      if (!start.starts_with("SIP/2.0 1") && line.empty()) line = start;
    });
    return line;
  }

  Disk disk_;
  std::unique_ptr<Shards> shards_;
};

INSTANTIATE_TEST_SUITE_P(Count, ShardsTest, testing::Values(1, 2, 3));

TEST_P(ShardsTest, KnowsItsAddresses) {
  ASSERT_EQ(shards_->addresses().size(), 3U);
  for (const auto& address : shards_->addresses()) EXPECT_NE(address.endpoint.port, 0);
}

TEST_P(ShardsTest, WritesTheRecordBeforeTheAnswerLeaves) {
  const auto phone = caller();
  std::string too_early;
  disk_.before_write = [&] {
    if (disk_.written == 0) too_early = final_answer_by_now(phone);
  };
  run();
  send(phone, address(), "order");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
  stop();
  EXPECT_EQ(too_early, "");
  EXPECT_GE(disk_.written, 1U);
}

TEST_P(ShardsTest, AnswersOverIpv6) {
  const auto phone = caller("[::1]:0");
  run();
  send(phone, address(2), "six");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
}

TEST_P(ShardsTest, CallsGoOnWhenTheDiskIsFull) {
  const auto phone = caller();
  disk_.full = true;
  run();
  send(phone, address(), "full");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
  EXPECT_EQ(disk_.written, 0U);
  stop();
  EXPECT_GE(shards_->total(&Counters::records_waiting), 1U);
}

TEST_P(ShardsTest, RefusesNewCallsWhileDraining) {
  const auto phone = caller();
  run();
  shards_->drain();
  send(phone, address(), "late");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 503 "));
}

TEST_P(ShardsTest, CountsAndAnswersWhatIsNoCall) {
  const auto phone = caller();
  run();
  send(phone, address(), "ask", "OPTIONS");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 200 "));
  stop();
  EXPECT_EQ(shards_->total(&Counters::messages_received), 1U);
  EXPECT_EQ(shards_->total(&Counters::messages_sent), 1U);
  EXPECT_EQ(shards_->total(&Counters::calls_active), 0U);
}

// All from one port, as a carrier does it, so that one socket gets all.
TEST_P(ShardsTest, SpreadsTheCallsOfOneSender) {
  constexpr int calls = 64;
  const auto phone = caller();
  run();
  for (int i = 0; i < calls; ++i) {
    send(phone, address(), "call" + std::to_string(i));
    ASSERT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
  }
  stop();
  for (std::size_t shard = 0; shard < shards_->count(); ++shard) {
    EXPECT_GE(shards_->counters(shard).records_written.get(), 1U) << shard;
  }
  EXPECT_EQ(shards_->total(&Counters::messages_received), static_cast<std::uint64_t>(calls));
  EXPECT_EQ(shards_->total(&Counters::messages_handed_over) > 0, shards_->count() > 1);
}

TEST_P(ShardsTest, AnswersABurst) {
  constexpr std::size_t calls = 300;
  const auto phone = caller();
  for (std::size_t i = 0; i < calls; ++i) send(phone, address(), "burst" + std::to_string(i));
  run();
  std::set<std::string> answered;
  const auto count = [&](const Datagram& datagram) {
    const auto message = sip::Message::parse(std::string(datagram.bytes));
    if (message && message->status() == 486) answered.emplace(sip::call_id(*message));
  };
  while (answered.size() < calls && await(phone)) phone.receive(count);
  EXPECT_EQ(answered.size(), calls);
}

TEST_P(ShardsTest, KnowsACallWhereverItsMessagesComeFrom) {
  run();
  const auto first = caller();
  send(first, address(), "same");
  const auto answer = final_answer(first);
  for (int i = 0; i < 8; ++i) {  // the kernel gives them to any of the sockets
    send(caller(), address(), "same", "INVITE", first.bound().text());
    EXPECT_EQ(final_answer(first), answer) << "a retransmission, not a new call";
  }
  stop();
  EXPECT_EQ(shards_->total(&Counters::calls_active), 1U);
}

TEST_P(ShardsTest, CountsCallsTogether) {
  call::Limits limits;
  limits.calls_max = 1;
  open(wait_a_minute, limits);
  run();
  const auto phone = caller();
  send(phone, address(), "first");
  ASSERT_TRUE(await(phone));  // its 100
  for (int i = 0; i < 8; ++i) {
    send(phone, address(), "more" + std::to_string(i));
    EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 503 "));
  }
}

TEST_P(ShardsTest, RefusesASourceThatSendsMoreThanItMay) {
  open(refuse, {}, {.messages_per_second = 1, .burst_messages = 8, .trusted = {}});
  const auto phone = caller();
  run();
  std::string answer;
  int taken = 0;  // 6, or more on a machine that takes seconds for them
  for (; taken < 100; ++taken) {
    send(phone, address(), "few" + std::to_string(taken), "OPTIONS");
    answer = final_answer(phone);
    if (!answer.starts_with("SIP/2.0 200 ")) break;
  }
  EXPECT_EQ(answer, "SIP/2.0 503 Too Many Messages");
  EXPECT_GE(taken, 6);
  stop();
  EXPECT_GE(shards_->total(&Counters::requests_refused), 1U);
}

TEST_P(ShardsTest, SaysWhichAddressIsTaken) {
  ShardsConfig config;
  config.shard.listen = {address(GetParam() % 2)};
  const auto second = Shards::open(config, std::vector<RecordSink*>(GetParam(), &disk_), refuse);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr(config.shard.listen[0].text()));
}

}  // namespace
}  // namespace strowger::host
