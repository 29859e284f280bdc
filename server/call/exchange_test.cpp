// The exchange driven by hand: raw messages in, outputs out. What a caller sees in full is in
// actions/*/*.flow; here is what a driver (host, sim) relies on.
#include "call/exchange.hpp"

#include "call/call.hpp"

#include <gmock/gmock.h>

namespace strowger::call {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

class CountedPorts final : public MediaPorts {
 public:
  std::optional<MediaPort> open(const IpAddress& signalling) override {
    if (left == 0) return std::nullopt;
    --left;
    ++opened;
    return MediaPort{static_cast<PortId>(opened),
                     {signalling, static_cast<std::uint16_t>(20'000 + 2 * opened)}};
  }
  void close(PortId) override {
    ++left;
    ++closed;
  }
  int left = 10;
  int opened = 0;
  int closed = 0;
};

Now at(std::int64_t ms) { return {Instant(milliseconds(ms)), WallTime(milliseconds(ms))}; }

const sip::Peer local_caller{sip::Transport::udp, *Endpoint::parse("127.0.0.1:5060"),
                             *Endpoint::parse("127.0.0.1:6000"), 0};
const sip::Peer far_caller{sip::Transport::udp, *Endpoint::parse("192.0.2.1:5060"),
                           *Endpoint::parse("198.51.100.7:6000"), 0};

std::string invite(std::string_view id = "1") {
  const std::string sdp =
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
      "m=audio 4000 RTP/AVP 0\r\n";
  return "INVITE sip:1000@pbx SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:6000;branch=z9hG4bK" +
         std::string(id) + "\r\nMax-Forwards: 70\r\nFrom: <sip:anna@pbx>;tag=a" + std::string(id) +
         "\r\nTo: <sip:1000@pbx>\r\nCall-ID: " + std::string(id) +
         "@caller\r\nCSeq: 1 INVITE\r\nContact: <sip:anna@127.0.0.1:6000>\r\n"
         "Content-Type: application/sdp\r\nContent-Length: " +
         std::to_string(sdp.size()) + "\r\n\r\n" + sdp;
}

std::string ack(const std::string& ok, std::string_view id = "1") {
  const auto to = ok.find("To: ");
  return "ACK sip:1000@pbx SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:6000;branch=z9hG4bKack" +
         std::string(id) + "\r\nMax-Forwards: 70\r\nFrom: <sip:anna@pbx>;tag=a" +
         std::string(id) + "\r\n" + ok.substr(to, ok.find("\r\n", to) + 2 - to) +
         "Call-ID: " + std::string(id) + "@caller\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n";
}

Task<> refuse_at_once(Call& call) {
  call.reject(standard_rejection(486));
  co_return;
}

Task<> wait_a_minute(Call& call) {
  co_await call.sleep(std::chrono::minutes{1});
  call.hang_up();
}

Task<> answer_and_wait(Call& call) {
  co_await call.answer();
  co_await wait_a_minute(call);
}

Task<> break_an_invariant(Call&) {
  throw std::logic_error("broken on purpose");
  co_return;
}

Task<> forget_to_end(Call&) { co_return; }

Task<> open_media_and_wait(Call& call) {
  const bool open = co_await call.open_early_media(Hearing::one_way);
  call.set_variable("open", open ? "yes" : call.why_no_early_media());
  if (!open) call.skip_media("hello", call.why_no_early_media());
  co_await call.sleep(std::chrono::seconds{10});
  call.hang_up();
}

// A second of silence, over and over.
Task<> play_without_end(Call& call) {
  call.limit_early_media(std::chrono::seconds{3});
  call.limit_early_media(std::chrono::minutes{60});  // only ever shorter
  co_await call.open_early_media(Hearing::one_way);
  const std::vector<std::int16_t> silence(8'000);
  const Media media{.id = "m", .name = "m", .prompt = media::Prompt::from_pcm(silence)};
  const auto end = co_await call.play(media, {.loops = 0});
  call.reject(standard_rejection(end == PlayEnd::limit ? 486 : 500));
}

struct ExchangeTest : testing::Test {
  SeededRandom random{7};
  CountedPorts ports;
  std::unique_ptr<Exchange> exchange;
  std::vector<model::CallRecord> records;
  std::vector<std::string> sent;
  std::vector<std::string> order;
  std::string first_call;  // its id
  std::vector<Logged> logged;

  void open(Exchange::Script script, Exchange::Config config = {}) {
    first_call.clear();
    exchange = std::make_unique<Exchange>(config, random, ports, [this, script](Call& call) {
      if (first_call.empty()) first_call = call.id();
      return script(call);
    });
  }
  void drain() {
    while (auto output = exchange->poll()) {
      if (auto* record = std::get_if<StoreRecord>(&*output)) {
        records.push_back(record->record);
        order.push_back("record " + std::to_string(record->record.code));
      } else if (auto* message = std::get_if<SendSip>(&*output)) {
        sent.push_back(*message->bytes);
        order.push_back(message->bytes->substr(8, 3));
      } else if (auto* line = std::get_if<Logged>(&*output)) {
        logged.push_back(*line);
      }
    }
  }
  void feed(std::string bytes, std::int64_t ms = 0, const sip::Peer& peer = local_caller) {
    exchange->receive_sip(peer, std::move(bytes), at(ms));
    drain();
  }
  void run_until(std::int64_t ms) {
    while (auto due = exchange->deadline()) {
      if (*due > at(ms).instant) break;
      exchange->tick({*due, WallTime(milliseconds(milliseconds_of(*due)))});
      drain();
    }
  }
  static std::int64_t milliseconds_of(Instant i) {
    return strowger::milliseconds(i.time_since_epoch());
  }
};

TEST_F(ExchangeTest, TheRecordComesOutBeforeTheFinalAnswer) {
  open(refuse_at_once);
  feed(invite());
  EXPECT_THAT(order, testing::ElementsAre("record 486", "100", "486"));
  ASSERT_EQ(records.size(), 1u);
  EXPECT_FALSE(records[0].complete);
  EXPECT_EQ(records[0].disposition, model::Disposition::rejected);
}

TEST_F(ExchangeTest, NothingIsLeftWhenAllTimersAreOver) {
  open(refuse_at_once);
  feed(invite());
  run_until(60'000);
  EXPECT_EQ(exchange->remembered(), 0u);
  EXPECT_EQ(exchange->deadline(), std::nullopt);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_TRUE(records[1].complete);
  EXPECT_EQ(records[1].id, records[0].id);
}

TEST_F(ExchangeTest, ABrokenScriptEndsItsCallWith500) {
  open(break_an_invariant);
  feed(invite());
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 500 "));
  EXPECT_EQ(records[0].disposition, model::Disposition::failed);
  open(forget_to_end);
  feed(invite());
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 500 "));
}

TEST_F(ExchangeTest, StrangersMayCallOnlyWhenConfigured) {
  open(refuse_at_once);
  feed(invite(), 0, far_caller);
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 403 "));
  EXPECT_TRUE(records.empty());
  open(refuse_at_once, {.anonymous = Anonymous::any});
  feed(invite(), 0, far_caller);
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 486 "));
  open(refuse_at_once, {.anonymous = Anonymous::none});
  feed(invite());
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 403 "));
}

TEST_F(ExchangeTest, CallsBeyondTheLimitGet503WithRetryAfter) {
  Exchange::Config config;
  config.limits.calls_max = 1;
  open(wait_a_minute, config);
  feed(invite("1"));
  feed(invite("2"));
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 503 "));
  EXPECT_THAT(sent.back(), HasSubstr("Retry-After: "));
  EXPECT_EQ(exchange->calls(), 1u);
}

TEST_F(ExchangeTest, PortsAreFreeAgainOnceTheCallIsOver) {
  open(open_media_and_wait);
  feed(invite());
  EXPECT_EQ(exchange->open_ports(), 1u);
  exchange->end_all(at(100));
  drain();
  EXPECT_EQ(exchange->open_ports(), 0u);
  EXPECT_EQ(ports.closed, 1);
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 503 "));
}

TEST_F(ExchangeTest, NoPortLeftIsToldAndTheCallGoesOn) {
  ports.left = 0;
  open(open_media_and_wait);
  feed(invite());
  run_until(15'000);
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records[0].code, 480);
  ASSERT_EQ(records[0].media.size(), 1u);
  EXPECT_THAT(records[0].media[0].skipped, HasSubstr("no RTP port"));
}

TEST_F(ExchangeTest, AnUnansweredCallEndsAtItsLimit) {
  Exchange::Config config;
  config.limits.unanswered_max = std::chrono::seconds{20};
  open(wait_a_minute, config);
  feed(invite());
  run_until(20'000);
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records[0].code, 480);
}

// RFC 3261 13.3.1
TEST_F(ExchangeTest, AnUnansweredCallEndsWhenItsCallerWaitsNoLonger) {
  open(wait_a_minute);
  auto patient = invite();
  patient.insert(patient.find("Contact:"), "Expires: 20\r\n");
  feed(patient);
  run_until(19'000);
  EXPECT_TRUE(records.empty());
  run_until(20'000);
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records[0].code, 487);
}

TEST_F(ExchangeTest, WhenDrainingNewCallsGet503AndOldOnesGoOn) {
  open(wait_a_minute);
  feed(invite("1"));
  exchange->drain();
  feed(invite("2"));
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 503 "));
  EXPECT_EQ(exchange->calls(), 1u);
}

TEST_F(ExchangeTest, AnEarlyCallIsEndedWith480AndTheRecordSaysByWhom) {
  open(open_media_and_wait);
  exchange->receive_sip(local_caller, invite("1"), at(0));
  exchange->receive_sip(local_caller, invite("2"), at(0));
  drain();
  EXPECT_FALSE(exchange->end("unknown", "eva", at(50)));
  drain();
  EXPECT_TRUE(records.empty());
  EXPECT_TRUE(exchange->end(first_call, "eva", at(100)));
  drain();
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 480 Ended by an operator\r\n"));
  EXPECT_THAT(sent.back(), HasSubstr("Call-ID: 1@caller"));
  EXPECT_THAT(sent.back(), HasSubstr("Reason: Q.850;cause=31;"));
  EXPECT_THAT(sent.back(), testing::Not(HasSubstr("eva")));
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].ended_by, "eva");
  EXPECT_EQ(records[0].code, 480);
  EXPECT_FALSE(exchange->end(first_call, "boss", at(200)));  // it is over already
  drain();
  EXPECT_EQ(records.size(), 1u);
}

TEST_F(ExchangeTest, AnAnsweredCallIsEndedByBye) {
  open(answer_and_wait);
  feed(invite());
  exchange->end(first_call, "eva", at(50));  // RFC 3261 §15: no BYE before the ACK
  drain();
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 200 "));
  feed(ack(sent.back()), 100);
  EXPECT_THAT(sent.back(), StartsWith("BYE "));
  EXPECT_THAT(sent.back(), HasSubstr("Reason: Q.850;cause=16;"));
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records.back().ended_by, "eva");
  EXPECT_EQ(records.back().disposition, model::Disposition::answered);
}

TEST_F(ExchangeTest, EarlyMediaEndsAtTheLimitOfTheCall) {
  open(play_without_end);
  feed(invite());
  run_until(2'900);
  EXPECT_TRUE(records.empty());
  run_until(3'000);
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records[0].code, 486);
  EXPECT_EQ(records[0].media.at(0).skipped, "early media limit");
}

TEST_F(ExchangeTest, ARefusedCallIsNoLongerInProgressWhateverBecomesOfItsAck) {
  open(refuse_at_once);
  feed(invite());
  EXPECT_EQ(exchange->calls(), 1u);
  EXPECT_EQ(exchange->calls_in_progress(), 0u);
  ASSERT_FALSE(records.back().complete);
  exchange->close(at(100));
  drain();
  EXPECT_TRUE(records.back().complete);
  EXPECT_EQ(exchange->calls(), 0u);
  EXPECT_EQ(exchange->calls_in_progress(), 0u);
}

TEST_F(ExchangeTest, OnlyACallThatGoesOnIsLoggedAtItsBeginning) {
  open(wait_a_minute);
  feed(invite());
  ASSERT_THAT(logged, testing::SizeIs(1));
  EXPECT_EQ(logged[0].level, LogLevel::debug);
  ASSERT_TRUE(logged[0].about);
  EXPECT_EQ(logged[0].about->call, first_call);
  EXPECT_THAT(logged[0].text, testing::AllOf(StartsWith("begins: from sip:anna@pbx to "),
                                             HasSubstr("at udp:127.0.0.1:6000, revision ")));
  logged.clear();
  open(refuse_at_once);
  feed(invite());
  EXPECT_THAT(logged, testing::IsEmpty());
}

TEST_F(ExchangeTest, NoLineIsMadeForALevelThatNobodyReads) {
  open(wait_a_minute, {.log_from = LogLevel::info});
  feed(invite());
  EXPECT_THAT(logged, testing::IsEmpty());
  EXPECT_TRUE(exchange->end(first_call, "anna", at(1)));
  drain();
  ASSERT_FALSE(logged.empty());
  EXPECT_EQ(logged.back().text, "is ended by anna");
  ASSERT_TRUE(logged.back().about);
  EXPECT_EQ(logged.back().about->call, first_call);

  exchange->configure({.log_from = LogLevel::warning});
  logged.clear();
  feed("no SIP at all");
  EXPECT_THAT(logged, testing::IsEmpty());
  exchange->configure({.log_from = LogLevel::info});
  feed("no SIP at all");
  ASSERT_THAT(logged, testing::SizeIs(1));
  EXPECT_THAT(logged[0].text, StartsWith("dropped bytes from 127.0.0.1:6000"));
  EXPECT_FALSE(logged[0].about);
}

TEST_F(ExchangeTest, TheExchangeMayEndWithCallsInProgress) {
  open(open_media_and_wait);
  feed(invite());
  exchange.reset();
  EXPECT_EQ(ports.closed, ports.opened);
}

}  // namespace
}  // namespace strowger::call
