// A shard on real loopback sockets: the driver's promises, above all that a call's record is
// written before its final answer leaves.
#include "host/shard.hpp"

#include "call/call.hpp"
#include "sip/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <thread>

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

class ShardTest : public testing::Test {
 protected:
  ShardTest() {
    ShardConfig config;
    for (const char* address : {"udp:127.0.0.1:0", "tcp:127.0.0.1:0", "udp:[::1]:0"}) {
      config.listen.push_back(*SipAddress::parse(address));
    }
    config.rtp.range = {0, 0};
    auto opened = Shard::open(config, disk_, refuse);
    EXPECT_TRUE(opened) << opened.error().what;
    shard_ = std::move(*opened);
  }
  ~ShardTest() override { stop(); }

  void run() {
    thread_ = std::thread([this] { shard_->run(); });
  }
  void stop() {
    if (!thread_.joinable()) return;
    shard_->stop();
    thread_.join();
  }

  static UdpSocket caller(const char* address = "127.0.0.1:0") {
    return std::move(*UdpSocket::bind(*Endpoint::parse(address)));
  }

  static void send(const UdpSocket& from, const SipAddress& to, const std::string& id,
                   const std::string& method = "INVITE") {
    const auto here = from.bound().text();
    const std::string text = method + " sip:486@pbx SIP/2.0\r\nVia: SIP/2.0/UDP " + here +
                             ";branch=z9hG4bK" + id +
                             "\r\nMax-Forwards: 70\r\nFrom: <sip:a@pbx>;tag=1\r\n"
                             "To: <sip:486@pbx>\r\nCall-ID: " + id + "\r\nCSeq: 1 " + method +
                             "\r\nContact: <sip:a@" + here + ">\r\nContent-Length: 0\r\n\r\n";
    const Datagram datagram{.remote = to.endpoint, .bytes = text};
    ASSERT_EQ(from.send({&datagram, 1}), 1U);
  }

  // The start line of the first final answer; "" when none comes.
  static std::string final_answer(const UdpSocket& socket) {
    std::string line;
    while (line.empty()) {
      pollfd one{.fd = socket.fd(), .events = POLLIN, .revents = 0};
      if (poll(&one, 1, 10'000) != 1) break;
      line = final_answer_by_now(socket);
    }
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
  std::unique_ptr<Shard> shard_;
  std::thread thread_;
};

TEST_F(ShardTest, KnowsItsAddresses) {
  ASSERT_EQ(shard_->addresses().size(), 3U);
  for (const auto& address : shard_->addresses()) EXPECT_NE(address.endpoint.port, 0);
}

TEST_F(ShardTest, WritesTheRecordBeforeTheAnswerLeaves) {
  const auto phone = caller();
  std::string too_early;
  disk_.before_write = [&] {
    if (disk_.written == 0) too_early = final_answer_by_now(phone);
  };
  run();
  send(phone, shard_->addresses()[0], "order");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
  stop();
  EXPECT_EQ(too_early, "");
  EXPECT_GE(disk_.written, 1U);
}

TEST_F(ShardTest, AnswersOverIpv6) {
  const auto phone = caller("[::1]:0");
  run();
  send(phone, shard_->addresses()[2], "six");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
}

TEST_F(ShardTest, CallsGoOnWhenTheDiskIsFull) {
  const auto phone = caller();
  disk_.full = true;
  run();
  send(phone, shard_->addresses()[0], "full");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 486 "));
  EXPECT_EQ(disk_.written, 0U);
  stop();
  EXPECT_GE(shard_->counters().records_waiting.get(), 1U);
}

TEST_F(ShardTest, RefusesNewCallsWhileDraining) {
  const auto phone = caller();
  run();
  shard_->drain();
  send(phone, shard_->addresses()[0], "late");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 503 "));
}

TEST_F(ShardTest, CountsAndAnswersWhatIsNoCall) {
  const auto phone = caller();
  run();
  send(phone, shard_->addresses()[0], "ask", "OPTIONS");
  EXPECT_THAT(final_answer(phone), StartsWith("SIP/2.0 200 "));
  stop();
  EXPECT_EQ(shard_->counters().messages_received.get(), 1U);
  EXPECT_EQ(shard_->counters().messages_sent.get(), 1U);
  EXPECT_EQ(shard_->counters().calls_active.get(), 0U);
}

TEST(Shard, SaysWhichAddressIsTaken) {
  Disk disk;
  ShardConfig config;
  config.listen.push_back(*SipAddress::parse("tcp:127.0.0.1:0"));
  const auto first = Shard::open(config, disk, refuse);
  ASSERT_TRUE(first);
  config.listen = (*first)->addresses();
  const auto second = Shard::open(config, disk, refuse);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr(config.listen[0].text()));
}

}  // namespace
}  // namespace strowger::host
