// Phones are asked by OPTIONS whether they are there.
#include "call/call.hpp"
#include "call/exchange.hpp"
#include "call/no_ports_for_tests.hpp"
#include "sip/headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace strowger::call {
namespace {

using sip::HeaderName;
using Milliseconds = std::chrono::milliseconds;  // strowger has a function of that name
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Asked final : public sip::Subscribers {
 public:
  std::optional<sip::Domain> domain(std::string_view) const override { return std::nullopt; }
  std::optional<sip::Subscriber> find(const sip::Domain&, std::string_view) const override {
    return std::nullopt;
  }
  bool owns(std::string_view, std::string_view) const override { return false; }
  std::optional<seconds> qualify(std::string_view) const override { return interval; }
  std::optional<seconds> interval = seconds{60};
};

Task<> nothing(Call& call) {
  call.reject(standard_rejection(486));
  co_return;
}

struct QualifierTest : testing::Test {
  SeededRandom random{7};
  NoPorts ports;
  Asked subscribers;
  Exchange exchange{{.subscribers = &subscribers}, random, ports, nothing};
  const Instant start = Instant{} + std::chrono::hours{1};
  Now now{start, WallTime{} + std::chrono::hours{1}};
  std::vector<SendSip> sent;
  std::vector<LocationChanged> changes;
  std::vector<std::string> log;

  sip::Binding binding(const std::string& contact) const {
    sip::Binding bound;
    bound.contact = contact;
    bound.flow = {sip::Transport::udp, *Endpoint::parse("127.0.0.1:5060"),
                  *Endpoint::parse("127.0.0.1:6000"), 0};
    bound.path = {"<sip:127.0.0.1:7000;lr>"};
    bound.refreshed = now.instant;
    bound.due = now.instant + std::chrono::hours{9};
    return bound;
  }
  void restore(const std::string& aor, bool ours = true) {
    exchange.restore({.aor = aor, .bound = {binding("sip:" + aor)}, .removed = {}}, ours, now);
  }
  void drain() {
    while (auto output = exchange.poll()) {
      if (auto* message = std::get_if<SendSip>(&*output)) sent.push_back(*message);
      if (auto* change = std::get_if<LocationChanged>(&*output)) changes.push_back(*change);
      if (auto* line = std::get_if<Logged>(&*output)) log.push_back(line->text);
    }
  }
  void advance(Duration span) {
    const auto end = now.instant + span;
    while (exchange.deadline() && *exchange.deadline() <= end) {
      now.instant = std::max(now.instant, *exchange.deadline());
      exchange.tick(now);
      drain();
    }
    now.instant = end;
  }
  // Until it is asked; then, that much later, it answers.
  void ask() {
    const auto before = sent.size();
    for (int i = 0; i < 1'000 && sent.size() == before; ++i) advance(Milliseconds{100});
    ASSERT_GT(sent.size(), before);
  }
  void answer(const std::string& status, Milliseconds after) {
    const auto asked = sent.back();
    now.instant += after;
    const auto message = sip::Message::parse(*asked.bytes);
    std::string reply = "SIP/2.0 " + status + "\r\n";
    for (const auto header : {HeaderName::via, HeaderName::from, HeaderName::to,
                              HeaderName::call_id, HeaderName::cseq}) {
      reply += std::string(sip::name(header)) + ": " +
               std::string(message->header(header).value_or("")) + "\r\n";
    }
    exchange.receive_sip(asked.peer, reply + "Content-Length: 0\r\n\r\n", now);
    drain();
  }
  const sip::Binding& known(const std::string& aor) {
    return exchange.locations().bindings(aor)[0];
  }
};

TEST_F(QualifierTest, AnyAnswerIsGoodAndTellsHowLongItTook) {
  restore("acc/desk");
  ask();
  EXPECT_THAT(*sent.back().bytes, StartsWith("OPTIONS sip:acc/desk SIP/2.0\r\n"));
  EXPECT_THAT(*sent.back().bytes, HasSubstr("\r\nRoute: <sip:127.0.0.1:7000;lr>\r\n"));
  answer("501 Not Implemented", Milliseconds{40});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].news) << "other exchanges ring it, too";
  EXPECT_EQ(changes[0].change->why, sip::LocationChange::Why::probed);
  EXPECT_TRUE(known("acc/desk").reachable);
  EXPECT_GE(known("acc/desk").round_trip.value(), Milliseconds{40});
}

TEST_F(QualifierTest, SmallChangesOfTheRoundTripAreNoNews) {
  restore("acc/desk");
  ask();
  answer("200 OK", Milliseconds{100});
  const auto first = changes.size();
  ask();
  answer("200 OK", Milliseconds{110});
  EXPECT_EQ(changes.size(), first);
  ask();
  answer("200 OK", Milliseconds{900});
  EXPECT_EQ(changes.size(), first + 1);
}

TEST_F(QualifierTest, SilenceIsOutOfReachUntilItAnswersAgain) {
  restore("acc/desk");
  ask();
  advance(seconds{33});  // Timer F
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_FALSE(known("acc/desk").reachable);
  EXPECT_FALSE(known("acc/desk").round_trip);
  EXPECT_THAT(log, ::testing::Contains(HasSubstr("acc/desk at 127.0.0.1:6000 does not answer")));
  ask();
  answer("200 OK", Milliseconds{20});
  EXPECT_TRUE(known("acc/desk").reachable);
  EXPECT_THAT(log, ::testing::Contains(HasSubstr("answers again")));
}

TEST_F(QualifierTest, WhoRegistersAnewWhileItIsAskedIsThere) {
  restore("acc/desk");
  ask();
  advance(seconds{5});
  restore("acc/desk");  // refreshed after the question
  advance(seconds{30});
  EXPECT_TRUE(known("acc/desk").reachable);
  EXPECT_THAT(changes, IsEmpty());
}

TEST_F(QualifierTest, IsAskedInTheIntervalMoreOrLess) {
  restore("acc/desk");
  ask();
  answer("200 OK", Milliseconds{10});
  for (int i = 0; i < 20; ++i) {
    const auto before = now.instant;
    ask();
    answer("200 OK", Milliseconds{10});
    const auto took = std::chrono::duration_cast<Milliseconds>(now.instant - before);
    EXPECT_GE(took, seconds{54});
    EXPECT_LE(took, seconds{67});
  }
}

TEST_F(QualifierTest, ThoseOfOtherExchangesAndThoseWhoAreNotToBeAskedAreLeftAlone) {
  restore("acc/desk", false);
  advance(seconds{600});
  EXPECT_THAT(sent, IsEmpty());
  subscribers.interval.reset();
  restore("acc/soft");
  advance(seconds{600});
  EXPECT_THAT(sent, IsEmpty());
  subscribers.interval = seconds{15};  // from now on
  advance(seconds{16});
  EXPECT_FALSE(sent.empty());
}

TEST_F(QualifierTest, ABindingThatIsGoneIsNotAskedAndDoesNotComeBack) {
  restore("acc/desk");
  ask();
  exchange.change_locations({.aor = "acc/desk",
                             .why = sip::LocationChange::Why::unregistered,
                             .removed = {{"sip:acc/desk", "", 0, now.instant}}});
  drain();
  answer("200 OK", Milliseconds{10});
  const auto asked = sent.size();
  advance(seconds{600});
  EXPECT_EQ(exchange.locations().size(), 0U);
  EXPECT_EQ(sent.size(), asked);
  auto late = binding("sip:acc/desk");
  late.reachable = false;
  exchange.apply({.aor = "acc/desk",
                  .why = sip::LocationChange::Why::probed,
                  .bound = {late},
                  .removed = {}});
  EXPECT_EQ(exchange.locations().size(), 0U);
}

TEST_F(QualifierTest, ThousandsAreAskedOneAfterTheOther) {
  for (int i = 0; i < 1'000; ++i) restore("acc/" + std::to_string(i));
  std::set<std::string> asked;
  std::size_t most = 0;
  for (int second = 0; second < 30; ++second) {
    const auto before = asked.size();
    sent.clear();
    advance(seconds{1});
    for (const auto& one : sent) {
      asked.insert(std::string(sip::Message::parse(*one.bytes)->request_uri()));
    }
    most = std::max(most, asked.size() - before);
  }
  EXPECT_EQ(asked.size(), 1'000U);
  EXPECT_LE(most, static_cast<std::size_t>(seconds{1} / probe_pause) + 1);
}

}  // namespace
}  // namespace strowger::call
