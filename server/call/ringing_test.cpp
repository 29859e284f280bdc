// Phones that are rung for a caller: whom, for how long, and what is made of their answers.
#include "call/ringing.hpp"

#include "call/parties_for_tests.hpp"

namespace strowger::call {
namespace {

using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

struct RingingTest : Parties {
  std::vector<Target> targets;
  RingOptions options;
  RingResult result;

  static Task<> script(Call& call, RingingTest& test) {
    test.result = co_await call.ring(test.targets, test.options);
    test.results.emplace_back(ring_outcome_name(test.result.outcome));
    if (test.result.leg == nullptr) {
      call.reject(standard_rejection(486));
      co_return;
    }
    const auto end = co_await call.bridge(*test.result.leg);
    test.results.emplace_back(end == BridgeEnd::callee_left ? "callee left" : "not answered");
    if (!call.over()) call.hang_up(test.result.leg->reasons());
  }
  void start(std::vector<Target> to, Exchange::Config config = {}) {
    targets = std::move(to);
    open([this](Call& call) { return script(call, *this); }, std::move(config));
  }
  const model::CallRecord& record() const { return records.back(); }
};

TEST_F(RingingTest, APhoneThatAnswersTalksWithTheCaller) {
  start({bob().target()});
  invite(caller().sdp());
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE"));
  EXPECT_THAT(bob().invite, HasSubstr("INVITE sip:phone@127.0.0.1:7001 SIP/2.0\r\n"));
  EXPECT_THAT(bob().invite, HasSubstr("Max-Forwards: 69\r\n"));
  EXPECT_THAT(bob().invite,
              HasSubstr("From: \"Anna \\\"A\\\" Berg\" <sip:2000@pbx.example>;tag="));
  ring(bob());
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "180 INVITE"));
  answer(bob());
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE"));
  EXPECT_THAT(results, ElementsAre("answered"));
  hang_up(bob(), {{"Reason", "Q.850;cause=16;text=\"done\""}});
  EXPECT_THAT(caller().heard(), ElementsAre("BYE", "ended"));
  EXPECT_THAT(caller().last, HasSubstr("Reason: Q.850;cause=16;text=\"done\"\r\n"));
  EXPECT_THAT(results, ElementsAre("answered", "callee left"));
  EXPECT_TRUE(record().complete);
  EXPECT_EQ(record().hung_up_by, model::Side::callee);
  EXPECT_EQ(record().bridged_leg, 1);
  ASSERT_EQ(record().legs.size(), 1u);
  EXPECT_EQ(record().legs[0].code, 200);
  EXPECT_EQ(record().legs[0].name, "phone 7001");
  EXPECT_THAT(record().legs[0].reasons, ElementsAre("Q.850;cause=16;text=\"done\""));
  EXPECT_EQ(exchange->calls(), 0u);
  EXPECT_EQ(ports.left, 10);
  advance(seconds{40});
  EXPECT_EQ(exchange->remembered(), 0u);
  EXPECT_EQ(exchange->deadline(), std::nullopt);
}

TEST_F(RingingTest, TheFirstToAnswerWinsAndTheOthersAreToldSo) {
  start({bob().target(), cleo().target()});
  invite();
  ring(bob());
  ring(cleo());
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "180 INVITE"));
  answer(cleo());
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "CANCEL", "ended", "ACK"));
  EXPECT_THAT(bob().last, StartsWith("ACK "));
  EXPECT_THAT(record().legs[0].reasons,
              ElementsAre("SIP;cause=200;text=\"Call completed elsewhere\""));
  EXPECT_EQ(record().legs[0].note, "another phone answered");
  EXPECT_EQ(record().bridged_leg, 2);
}

TEST_F(RingingTest, TheSecondToAnswerIsHungUp) {
  start({bob().target(), cleo().target()});
  invite();
  ring(bob());
  ring(cleo());
  // Both at once: neither has heard of the other.
  bob().agent.accept(bob().session, {"application/sdp", bob().sdp()}, now);
  cleo().agent.accept(cleo().session, {"application/sdp", cleo().sdp()}, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ACK"));
  EXPECT_THAT(cleo().heard(), ElementsAre("INVITE", "CANCEL", "ACK", "BYE", "ended"));
}

TEST_F(RingingTest, NobodyAnswersInTime) {
  start({bob().target({}, seconds{10})});
  invite();
  ring(bob());
  advance(seconds{9});
  EXPECT_THAT(results, IsEmpty());
  advance(seconds{2});
  EXPECT_THAT(results, ElementsAre("no_answer"));
  EXPECT_THAT(bob().heard(), Contains("CANCEL"));
  EXPECT_EQ(record().legs[0].note, "not answered in time");
}

TEST_F(RingingTest, NoSignOfLifeIsUnreachable) {
  Target nobody = bob().target();
  nobody.peer.remote.port = 9;
  start({nobody});
  invite();
  advance(seconds{7});
  EXPECT_THAT(results, IsEmpty());
  advance(seconds{2});
  EXPECT_THAT(results, ElementsAre("unreachable"));
  EXPECT_THAT(caller().heard(), Not(Contains("180 INVITE")));
}

TEST_F(RingingTest, DelaysAndHopelessOnes) {
  Target absent = cleo().target();
  absent.hopeless = Hopeless{480, "not registered"};
  start({absent, bob().target(seconds{5})});
  invite();
  EXPECT_THAT(bob().heard(), IsEmpty());
  advance(seconds{6});
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE"));
  EXPECT_THAT(cleo().heard(), IsEmpty());
  refuse(bob(), 486);
  EXPECT_THAT(results, ElementsAre("busy"));
  EXPECT_EQ(record().legs[0].note, "not registered");
}

struct Refusals {
  int bob;
  int cleo;
  int best;
  std::string_view outcome;
};

TEST_F(RingingTest, TheBestRefusalCounts) {  // RFC 3261 16.7 step 6
  const Refusals cases[] = {
      {486, 480, 486, "busy"},      {503, 486, 486, "busy"},  {404, 503, 404, "unreachable"},
      {302, 503, 503, "unreachable"}, {407, 486, 486, "busy"}, {401, 302, 401, "rejected"},
      {480, 484, 484, "failed"},
  };
  for (const auto& [first, second, best, outcome] : cases) {
    results.clear();
    start({bob().target(), cleo().target()});
    invite();
    refuse(bob(), first);
    EXPECT_THAT(results, IsEmpty()) << first;
    refuse(cleo(), second, {{"Reason", "Q.850;cause=17"}});
    EXPECT_EQ(result.code, best) << first << " " << second;
    EXPECT_THAT(results, ElementsAre(std::string(outcome))) << first << " " << second;
    advance(seconds{40});
  }
}

TEST_F(RingingTest, A6xxIsForAll) {
  start({bob().target(), cleo().target(), party(7003).target(seconds{5})});
  invite();
  ring(bob());
  refuse(cleo(), 603);
  EXPECT_THAT(results, ElementsAre("rejected"));
  EXPECT_EQ(result.code, 603);
  EXPECT_THAT(bob().heard(), Contains("CANCEL"));
  advance(seconds{10});
  EXPECT_THAT(party(7003).heard(), IsEmpty());
}

TEST_F(RingingTest, ARejectionIsForAllWhenSoWanted) {
  options.first_rejection_ends = true;
  start({bob().target(), cleo().target()});
  invite();
  refuse(bob(), 403);
  EXPECT_THAT(results, ElementsAre("rejected"));
  EXPECT_THAT(cleo().heard(), Contains("INVITE"));
}

TEST_F(RingingTest, NoCredentialsForAPhoneAndNoRedirection) {
  start({bob().target()});
  invite();
  refuse(bob(), 407, {{"Proxy-Authenticate", "Digest realm=\"trunk.example\",nonce=\"1\""}});
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ended", "ACK"));
  EXPECT_THAT(record().legs[0].note, HasSubstr("credentials"));
  start({bob().target()});
  invite();
  refuse(bob(), 302, {{"Contact", "<sip:+4990012345@carrier.example>"}});
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ended", "ACK"));
  EXPECT_THAT(record().legs[0].note, HasSubstr("redirects"));
}

// RFC 3261 22.3: each proxy on the way may want to know us.
TEST_F(RingingTest, EachRealmIsAnsweredOnce) {
  auto target = bob().target();
  target.login = {.username = "us", .password = "secret", .realm = {}};
  start({target});
  invite();
  refuse(bob(), 407, {{"Proxy-Authenticate", "Digest realm=\"edge\",nonce=\"1\""}});
  EXPECT_THAT(bob().last_invite, HasSubstr("Proxy-Authorization: Digest username=\"us\", realm="
                                           "\"edge\""));
  refuse(bob(), 401, {{"WWW-Authenticate", "Digest realm=\"core\",nonce=\"2\""}});
  EXPECT_THAT(bob().last_invite, HasSubstr("realm=\"edge\""));
  EXPECT_THAT(bob().last_invite, HasSubstr("Authorization: Digest username=\"us\", realm="
                                           "\"core\""));
  bob().heard();
  refuse(bob(), 401, {{"WWW-Authenticate", "Digest realm=\"core\",nonce=\"3\""}});
  EXPECT_THAT(bob().heard(), Not(Contains("INVITE")));
  EXPECT_EQ(record().legs.at(0).note, "it does not take our credentials");
}

TEST_F(RingingTest, WhoCallsPrivatelyIsShownToNoPhone) {
  start({bob().target()});
  invite(caller().sdp(), {{"Privacy", "id"}});
  EXPECT_THAT(bob().invite,
              HasSubstr("From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
  EXPECT_THAT(bob().invite, HasSubstr("Privacy: id\r\n"));
}

TEST_F(RingingTest, TheCallerWhoGivesUpStopsTheRinging) {
  start({bob().target(), cleo().target()});
  invite();
  ring(bob());
  caller().agent.cancel(caller().session, now, {{"Reason", "SIP;cause=487"}});
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "CANCEL", "ended", "ACK"));
  EXPECT_THAT(record().legs[0].reasons, ElementsAre("SIP;cause=487"));
  EXPECT_EQ(record().disposition, model::Disposition::abandoned);
  advance(seconds{70});
  EXPECT_EQ(exchange->remembered(), 0u);
  EXPECT_EQ(ports.left, 10);
}

TEST_F(RingingTest, LoopsEnd) {
  Target ourselves = bob().target();
  ourselves.peer.remote = ourselves.peer.local;
  start({ourselves});
  invite();
  EXPECT_EQ(result.code, 482);
  start({bob().target()});
  invite(caller().sdp(), {}, 0);
  EXPECT_EQ(result.code, 483);
  EXPECT_THAT(bob().heard(), IsEmpty());
}

TEST_F(RingingTest, SoManyPhonesAndNoMore) {
  Exchange::Config config;
  config.limits.legs_max = 1;
  start({bob().target(), cleo().target()}, config);
  invite();
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE"));
  EXPECT_THAT(cleo().heard(), IsEmpty());
}

TEST_F(RingingTest, CallIdsAreDrawnUntilTheyAreOurs) {
  Exchange::Config config;
  config.owns_call_id = [](std::string_view id) { return id.back() == 'a'; };
  start({bob().target()}, config);
  invite();
  const auto at = bob().invite.find("Call-ID: ");
  const auto end = bob().invite.find("\r\n", at);
  EXPECT_EQ(bob().invite[end - 1], 'a');
}

TEST_F(RingingTest, WithoutAMediaPortNobodyIsCalled) {
  ports.left = 0;
  start({bob().target()});
  invite();
  EXPECT_EQ(result.code, 500);
  EXPECT_THAT(bob().heard(), IsEmpty());
}

}  // namespace
}  // namespace strowger::call
