// Session timers (RFC 4028): what is agreed on, and that whoever must refresh does.
#include "sip/session_timer.hpp"

#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::request;
using testing::Scene;
using testing::sdp;

Message with(std::string_view headers) {
  return *Message::parse(request("INVITE", 1, {.headers = std::string(headers)}));
}

std::string joined(const HeaderList& headers) {
  std::string text;
  for (const auto& [name, value] : headers) text += name + ": " + value + "\n";
  return text;
}

constexpr SessionTimerPolicy half_an_hour{.known = true, .wanted = seconds{1'800}};
constexpr SessionTimerPolicy if_wanted{.known = true};

// The table of §9.
TEST(SessionTimer, IsAnsweredAsTheCallerCanAndWants) {
  const struct {
    const char* headers;
    SessionTimerPolicy policy;
    const char* answer;
  } cases[] = {
      {"", half_an_hour, "Session-Expires: 1800;refresher=uas\n"},
      {"", if_wanted, ""},
      {"", {}, ""},
      {"Supported: timer\n", half_an_hour,
       "Session-Expires: 1800;refresher=uas\nRequire: timer\n"},
      {"Supported: timer\n", if_wanted, ""},
      {"k: timer\nx: 600;refresher=uac\n", half_an_hour,
       "Session-Expires: 600;refresher=uac\nRequire: timer\n"},
      {"Supported: timer\nSession-Expires: 600;refresher=uas\n", if_wanted,
       "Session-Expires: 600;refresher=uas\nRequire: timer\n"},
      {"Require: timer\nSession-Expires: 600\n", if_wanted,
       "Session-Expires: 600;refresher=uas\nRequire: timer\n"},
      // Longer than ours: cut, but not below what a proxy on the way wants.
      {"Supported: timer\nSession-Expires: 7200;refresher=uac\n", half_an_hour,
       "Session-Expires: 1800;refresher=uac\nRequire: timer\n"},
      {"Supported: timer\nSession-Expires: 7200;refresher=uac\nMin-SE: 3600\n", half_an_hour,
       "Session-Expires: 3600;refresher=uac\nRequire: timer\n"},
      // A proxy's wish for a caller who does not know: we refresh.
      {"Session-Expires: 600;refresher=uac\n", half_an_hour,
       "Session-Expires: 600;refresher=uas\n"},
      {"Session-Expires: 5\n", half_an_hour, "Session-Expires: 1800;refresher=uas\n"},
      {"Supported: timer\nSession-Expires: soon\n", if_wanted, ""},
      {"Supported: timer\nSession-Expires: 99999999999999999999\n", if_wanted, ""},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(joined(answer_timer(with(c.headers), c.policy).headers), c.answer) << c.headers;
  }
}

TEST(SessionTimer, TooBriefIsOnlyWhatACallerCanMakeLonger) {
  EXPECT_TRUE(too_brief(with("Supported: timer\nSession-Expires: 89\n"), if_wanted));
  EXPECT_FALSE(too_brief(with("Supported: timer\nSession-Expires: 90\n"), if_wanted));
  EXPECT_FALSE(too_brief(with("Session-Expires: 89\n"), if_wanted));
  EXPECT_FALSE(too_brief(with("Supported: timer\nSession-Expires: 89\n"), {}));
}

TEST(SessionTimer, ThePhonesWordCountsAndSilenceMakesUsAskByOurselves) {
  const auto agreed = [](std::string_view headers, const SessionTimerPolicy& policy) {
    return timer_agreed(with(headers), policy, std::nullopt);
  };
  EXPECT_FALSE(agreed("Session-Expires: 600;refresher=uas\n", half_an_hour)->ours);
  EXPECT_TRUE(agreed("Session-Expires: 600;refresher=uac\n", half_an_hour)->ours);
  EXPECT_EQ(agreed("Session-Expires: 600;refresher=uac\n", half_an_hour)->interval, seconds{600});
  EXPECT_EQ(agreed("Session-Expires: 1;refresher=uac\n", half_an_hour)->interval, seconds{90});
  EXPECT_FALSE(agreed("", half_an_hour)->shared);
  EXPECT_FALSE(agreed("", if_wanted).has_value());
}

// ---- in a session

void establish(Scene& scene, const std::string& headers) {
  scene.receive(request("INVITE", 1, {.headers = headers, .body = sdp}));
  scene.act([&](UserAgent& agent, Now now) { return agent.accept(scene.session, sdp, now); });
  scene.receive(request("ACK", 1, {.to_tag = scene.our_tag()}));
  scene.story();
}

// To a request of ours.
void respond(Scene& scene, std::string_view status, const std::string& more = {}) {
  const auto ours = Message::parse(scene.last());
  std::string text = "SIP/2.0 " + std::string(status) + "\n";
  for (const auto header : ours->headers()) {
    const bool copied = header.name == HeaderName::via || header.name == HeaderName::from ||
                        header.name == HeaderName::to || header.name == HeaderName::call_id ||
                        header.name == HeaderName::cseq;
    if (copied) text += std::string(header.line) + "\n";
  }
  scene.receive(testing::wire(text + more));
}

TEST(SessionTimer, IsRefreshedByUpdateWhereThatIsTaken) {
  Scene scene({.session_timer = half_an_hour});
  establish(scene, "Supported: timer\nAllow: INVITE, UPDATE\n");
  scene.advance(seconds{900});
  EXPECT_THAT(scene.story(), Contains("900000 > UPDATE"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSession-Expires: 1800;refresher=uac\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nContent-Length: 0\r\n"));
  respond(scene, "200 OK", "Session-Expires: 1800;refresher=uac\nRequire: timer\n");
  scene.advance(seconds{900});
  EXPECT_THAT(scene.story(), Contains("1800000 > UPDATE"));
}

TEST(SessionTimer, IsRefreshedByTheSameDescriptionElsewhere) {
  Scene scene({.session_timer = half_an_hour});
  establish(scene, "Supported: timer\nAllow: INVITE\n");
  scene.advance(seconds{900});
  EXPECT_THAT(scene.story(), Contains("900000 > INVITE"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\n\r\n" + sdp.content));
  respond(scene, "200 OK", "Session-Expires: 1800;refresher=uac\n");
  EXPECT_THAT(scene.story(), Contains("900000 > ACK"));
}

TEST(SessionTimer, WhoDoesNotAnswerTheRefreshIsGone) {
  Scene scene({.session_timer = half_an_hour});
  establish(scene, "Allow: UPDATE\n");
  scene.advance(seconds{933});
  EXPECT_THAT(scene.story(), Contains("932000 ended expired"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nReason: SIP;cause=408;text=\"Session expired\"\r\n"));
}

TEST(SessionTimer, WhoDoesNotKnowItIsOnlyAskedWhetherItIsThere) {
  Scene scene({.session_timer = half_an_hour});
  establish(scene, "Allow: UPDATE\n");
  for (int half = 1; half <= 4; ++half) {
    scene.advance(seconds{900});
    respond(scene, "488 Not Acceptable Here");
  }
  EXPECT_THAT(scene.story(), Not(Contains(HasSubstr("ended"))));
}

TEST(SessionTimer, AnUpdateThatIsNotKnownIsFollowedByAReinvite) {
  Scene scene({.session_timer = half_an_hour});
  establish(scene, "Supported: timer\nAllow: UPDATE\n");
  scene.advance(seconds{900});
  respond(scene, "501 Not Implemented");
  EXPECT_THAT(scene.story(), Contains("900000 > INVITE"));
}

TEST(SessionTimer, ARefreshThatIsTooBriefIsAskedForAgainButNotForEver) {
  Scene scene({.session_timer = half_an_hour});
  establish(scene, "Supported: timer\nAllow: UPDATE\n");
  scene.advance(seconds{900});
  respond(scene, "422 Too Small", "Min-SE: 2000\n");
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSession-Expires: 2000;refresher=uac\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nMin-SE: 2000\r\n"));
  scene.story();
  respond(scene, "422 Too Small", "Min-SE: 2001\n");
  respond(scene, "422 Too Small", "Min-SE: 2002\n");
  scene.story();
  respond(scene, "422 Too Small", "Min-SE: 2003\n");
  EXPECT_THAT(scene.story(), Not(Contains(HasSubstr("> UPDATE"))));
}

TEST(SessionTimer, TheCallersRefreshKeepsItAliveAndItsSilenceEndsIt) {
  Scene scene({.session_timer = if_wanted});
  const std::string wish = "Supported: timer\nSession-Expires: 120;refresher=uac\n";
  establish(scene, wish);
  scene.advance(seconds{60});
  scene.receive(request("UPDATE", 2, {.headers = wish, .to_tag = scene.our_tag()}));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSession-Expires: 120;refresher=uac\r\n"));
  scene.advance(seconds{87});
  EXPECT_THAT(scene.story(), Not(Contains(HasSubstr("ended"))));
  scene.advance(seconds{1});
  EXPECT_THAT(scene.story(), Contains("148000 ended expired"));
}

TEST(SessionTimer, ARefreshMayNotMakeItTooBrief) {
  Scene scene({.session_timer = if_wanted});
  establish(scene, "Supported: timer\n");
  scene.receive(request("UPDATE", 2, {.headers = "Supported: timer\nSession-Expires: 10\n",
                                      .to_tag = scene.our_tag()}));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 422 Session Interval Too Small\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nMin-SE: 90\r\n"));
}

TEST(SessionTimer, APhoneThatWantsALongerOneIsCalledAgain) {
  Scene scene({.session_timer = half_an_hour});
  scene.act([&](UserAgent& agent, Now now) {
    return agent.invite({.to = scene.peer,
                         .request_uri = "sip:bob@192.0.2.10",
                         .from = "<sip:anna@192.0.2.1>",
                         .to_header = "<sip:bob@192.0.2.10>",
                         .body = sdp},
                        now);
  });
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSupported: 100rel, timer\r\nSession-Expires: 1800\r\n"));
  const auto first = Message::parse(scene.last());
  respond(scene, "422 Session Interval Too Small", "Min-SE: 3600\n");
  const auto second = Message::parse(scene.last());
  EXPECT_EQ(call_id(*second), call_id(*first));
  EXPECT_EQ(cseq(*second)->number, 2U);
  EXPECT_EQ(session_expires(*second)->interval, seconds{3'600});
  EXPECT_EQ(min_se(*second), seconds{3'600});
  // No progress: it is refused for good.
  respond(scene, "422 Session Interval Too Small", "Min-SE: 3600\n");
  EXPECT_THAT(scene.story(), Contains("0 ended rejected"));
}

}  // namespace
}  // namespace strowger::sip
