// Reliable provisional responses (RFC 3262), as a caller with a lossy line sees them.
#include "sip/reliable_provisional.hpp"

#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::request;
using testing::Scene;
using testing::sdp;

class Caller {
 public:
  explicit Caller(std::string headers = "Supported: 100rel\n", Body offer = sdp) {
    scene.receive(request("INVITE", 1, {.headers = std::move(headers), .body = std::move(offer)}));
    scene.story();
  }

  bool progress(int status, bool reliable, Body body = {}) {
    return scene.act([&](UserAgent& agent, Now now) {
      return agent.progress(scene.session, {.status = status, .body = body}, reliable, now);
    });
  }
  bool accept(Body body = sdp) {
    return scene.act(
        [&](UserAgent& agent, Now now) { return agent.accept(scene.session, body, now); });
  }
  bool reject() {
    return scene.act([&](UserAgent& agent, Now now) {
      return agent.reject(scene.session, {.status = 486}, now);
    });
  }
  // RSeq of the newest provisional response that has one.
  unsigned long rseq() const {
    for (auto it = scene.sent.rbegin(); it != scene.sent.rend(); ++it) {
      const auto message = Message::parse(*it->bytes);
      if (const auto number = message ? sip::rseq(*message) : std::nullopt) return *number;
    }
    return 0;
  }
  void prack(unsigned number, unsigned long rseq, Body body = {},
             std::string rack_rest = "1 INVITE") {
    scene.receive(request("PRACK", number,
                          {.headers = "RAck: " + std::to_string(rseq) + " " + rack_rest + "\n",
                           .to_tag = scene.our_tag(),
                           .body = std::move(body)}));
  }

  Scene scene;
};

TEST(ReliableProvisional, IsSentOnceTheCallerAllowsIt) {
  struct Row {
    std::string headers;
    bool reliable, unreliable;
  };
  for (const Row& row : {Row{"", false, true}, Row{"Supported: 100rel\n", true, true},
                         Row{"Supported: timer, 100rel\n", true, true},
                         Row{"Require: 100rel\n", true, false}}) {
    Caller one(row.headers);
    EXPECT_EQ(one.progress(183, true, sdp), row.reliable) << row.headers;
    Caller two(row.headers);
    EXPECT_EQ(two.progress(183, false, sdp), row.unreliable) << row.headers;
    EXPECT_EQ(two.scene.agent.peer_supports_reliable(two.scene.session), row.reliable);
    EXPECT_EQ(two.scene.agent.peer_requires_reliable(two.scene.session), !row.unreliable);
  }
}

TEST(ReliableProvisional, IsNumberedAndAcknowledged) {
  Caller caller;
  caller.progress(183, true, sdp);
  EXPECT_THAT(caller.scene.last(), HasSubstr("\r\nRequire: 100rel\r\n"));
  const auto first = caller.rseq();
  EXPECT_GE(first, 1U);
  EXPECT_LT(first, 0x80000000U);
  caller.prack(2, first);
  EXPECT_THAT(caller.scene.story(),
              ElementsAre("0 > 183 INVITE", "0 < PRACK", "0 > 200 PRACK", "0 pracked"));
  caller.progress(180, true);
  EXPECT_EQ(caller.rseq(), first + 1);
  caller.progress(180, false);
  EXPECT_THAT(caller.scene.last(), Not(HasSubstr("RSeq")));
}

// RFC 3262 3: T1, doubling, not capped by T2; 64*T1 and the call is told.
TEST(ReliableProvisional, IsRepeatedUntilItIsGivenUp) {
  Caller caller;
  caller.progress(183, true, sdp);
  const auto bytes = caller.scene.last();
  caller.scene.advance_ms(100'000);
  EXPECT_THAT(caller.scene.story(),
              ElementsAre("0 > 183 INVITE", "500 > 183 INVITE", "1500 > 183 INVITE",
                          "3500 > 183 INVITE", "7500 > 183 INVITE", "15500 > 183 INVITE",
                          "31500 > 183 INVITE", "32000 unpracked"));
  EXPECT_EQ(caller.scene.last(), bytes);
  EXPECT_TRUE(caller.reject());
}

TEST(ReliableProvisional, IsRepeatedAsItWasWhateverCameAfterIt) {
  Caller caller;
  caller.progress(183, true, sdp);
  const auto reliable = caller.scene.last();
  caller.progress(180, false);
  caller.scene.advance_ms(500);
  EXPECT_EQ(caller.scene.last(), reliable);
}

TEST(ReliableProvisional, WaitsForThePrackOfTheOneBefore) {
  Caller caller;
  caller.progress(183, true, sdp);
  const auto first = caller.rseq();
  EXPECT_TRUE(caller.progress(182, true));
  EXPECT_TRUE(caller.progress(180, true));
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 > 183 INVITE"));
  caller.prack(2, first);
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 < PRACK", "0 > 200 PRACK", "0 pracked",
                                                "0 > 182 INVITE"));
  caller.prack(3, first + 1);
  EXPECT_EQ(caller.rseq(), first + 2);
}

TEST(ReliableProvisional, QueuesOnlySoMany) {
  Caller caller;
  caller.progress(183, true, sdp);
  for (std::size_t i = 0; i < ReliableProvisionals::waiting_max; ++i) {
    EXPECT_TRUE(caller.progress(180, true));
  }
  EXPECT_FALSE(caller.progress(180, true));
}

TEST(ReliableProvisional, TakesOnlyThePrackThatNamesIt) {
  Caller caller;
  caller.progress(183, true, sdp);
  const auto rseq = caller.rseq();
  caller.scene.story();
  caller.prack(2, rseq + 1);
  caller.prack(3, rseq, {}, "2 INVITE");
  caller.prack(4, rseq, {}, "1 OPTIONS");
  EXPECT_THAT(caller.scene.story(),
              ElementsAre("0 < PRACK", "0 > 481 PRACK", "0 < PRACK", "0 > 481 PRACK", "0 < PRACK",
                          "0 > 481 PRACK"));
  caller.prack(5, rseq);
  caller.prack(5, rseq);  // a copy
  caller.prack(6, rseq);  // another one
  EXPECT_THAT(caller.scene.story(),
              ElementsAre("0 < PRACK", "0 > 200 PRACK", "0 pracked", "0 < PRACK", "0 > 200 PRACK",
                          "0 < PRACK", "0 > 481 PRACK"));
}

TEST(ReliableProvisional, DoesNotHoldBackARefusal) {
  Caller caller;
  caller.progress(183, true, sdp);
  const auto rseq = caller.rseq();
  caller.scene.story();
  EXPECT_TRUE(caller.reject());
  caller.scene.advance_ms(499);
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 > 486 INVITE", "0 ended rejected"));
  // RFC 3262 3: a PRACK that was on its way is still taken.
  caller.prack(2, rseq);
  caller.prack(3, rseq + 1);
  EXPECT_THAT(caller.scene.story(), ElementsAre("499 < PRACK", "499 > 200 PRACK", "499 < PRACK",
                                                "499 > 481 PRACK"));
}

TEST(ReliableProvisional, HoldsBackA2xxWhenItHasABody) {
  Caller caller;
  caller.progress(183, true, sdp);
  const auto rseq = caller.rseq();
  EXPECT_TRUE(caller.accept());
  EXPECT_FALSE(caller.accept());
  EXPECT_FALSE(caller.progress(180, false));
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 > 183 INVITE"));
  caller.prack(2, rseq);
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 < PRACK", "0 > 200 PRACK", "0 pracked",
                                                "0 > 200 INVITE"));
}

TEST(ReliableProvisional, DoesNotHoldBackA2xxWithoutABody) {
  Caller caller;
  caller.progress(180, true);
  const auto rseq = caller.rseq();
  caller.accept();
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 > 180 INVITE", "0 > 200 INVITE"));
  caller.prack(2, rseq);
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 < PRACK", "0 > 200 PRACK", "0 pracked"));
  caller.scene.advance_ms(500);
  EXPECT_THAT(caller.scene.story(), ElementsAre("500 > 200 INVITE"));  // and no 180
}

TEST(ReliableProvisional, UnacknowledgedTakesBackAnAnswerThatWaited) {
  Caller caller;
  caller.progress(183, true, sdp);
  caller.accept();
  caller.scene.advance_ms(32'000);
  caller.scene.story();
  EXPECT_FALSE(caller.accept());
  EXPECT_TRUE(caller.reject());
  EXPECT_THAT(caller.scene.story(), ElementsAre("32000 > 486 INVITE", "32000 ended rejected"));
}

TEST(ReliableProvisional, CancelEndsTheRepetitions) {
  Caller caller;
  caller.progress(183, true, sdp);
  caller.scene.receive(request("CANCEL", 1, {.branch = "INVITE1"}));
  caller.scene.receive(request("ACK", 1, {.branch = "INVITE1", .to_tag = "x"}));
  caller.scene.story();
  caller.scene.advance_ms(31'999);
  EXPECT_THAT(caller.scene.story(), IsEmpty());
}

// RFC 3262 5
TEST(ReliableProvisional, GetsTheAnswerToItsOfferInThePrack) {
  Caller caller("Supported: 100rel\n", {});
  caller.progress(183, true, sdp);
  caller.scene.story();
  caller.prack(2, caller.rseq(), sdp);
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 < PRACK", "0 > 200 PRACK", "0 pracked sdp"));
}

TEST(ReliableProvisional, MayBeAcknowledgedWithANewOffer) {
  Caller caller;
  caller.progress(183, true, sdp);
  caller.scene.story();
  caller.prack(2, caller.rseq(), sdp);
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 < PRACK", "0 pracked", "0 reoffered sdp"));
  EXPECT_TRUE(caller.accept());  // waits for the answer
  EXPECT_THAT(caller.scene.story(), IsEmpty());
  caller.scene.act([&](UserAgent& agent, Now now) {
    return agent.answer_offer(caller.scene.session, sdp, now);
  });
  EXPECT_THAT(caller.scene.story(), ElementsAre("0 > 200 PRACK", "0 > 200 INVITE"));
  EXPECT_THAT(*caller.scene.sent[caller.scene.sent.size() - 2].bytes, HasSubstr("\r\n\r\nv=0"));
}

}  // namespace
}  // namespace strowger::sip
