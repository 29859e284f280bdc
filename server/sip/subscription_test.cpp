// What phones subscribe to (RFC 6665, RFC 3842).
#include "sip/digest.hpp"
#include "sip/subscription.hpp"
#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace strowger::sip::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using std::chrono::seconds;

class OnePhone final : public Subscribers {
 public:
  std::optional<Domain> domain(std::string_view) const override {
    return Domain{"default", "pbx.example.org", false};
  }
  std::optional<Subscriber> find(const Domain&, std::string_view user) const override {
    if (user != "anna") return std::nullopt;
    const auto md5 = digest_ha1(DigestAlgorithm::md5, user, "pbx.example.org", "secret");
    return Subscriber{.identity = {"default", "anna-desk", "anna"},
                      .ha1_md5 = md5,
                      .ha1_sha256 = "",
                      .addresses = {"anna"},
                      .enabled = true};
  }
  bool owns(std::string_view, std::string_view user) const override { return user == "anna"; }
  std::optional<std::string> watchable(const Domain&, std::string_view user) const override {
    if (user != "102") return std::nullopt;
    return "default/seat/bert";
  }
};

struct SubscriptionTest : ::testing::Test {
  SubscriptionTest() : scene({.subscribers = &phone}) {}

  OnePhone phone;
  Scene scene;
  unsigned number = 0;
  std::string call_id = "mwi";
  std::string to_tag;
  std::string user = "anna";

  std::string subscribe(const std::string& headers) {
    const std::string n = std::to_string(++number);
    return wire("SUBSCRIBE sip:anna@pbx.example.org SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.5;rport;"
                "branch=z9hG4bKs" + n + "\nMax-Forwards: 70\nFrom: <sip:anna@pbx.example.org>;"
                "tag=1\nTo: <sip:" + user + "@pbx.example.org>" +
                (to_tag.empty() ? "" : ";tag=" + to_tag) + "\nCall-ID: " + call_id + "\nCSeq: " +
                n + " SUBSCRIBE\nContact: <sip:anna@10.0.0.5>\n" + headers);
  }
  std::vector<std::string> ask(const std::string& headers) {
    scene.receive(subscribe(headers));
    scene.story();
    const auto refused = Message::parse(scene.last());
    const auto challenge =
        parse_challenge(refused->header(HeaderName::www_authenticate).value_or(""));
    if (!challenge) return {"no challenge"};
    const auto answer = answer_challenge(*challenge, {.username = "anna",
                                                      .password = "secret",
                                                      .method = "SUBSCRIBE",
                                                      .uri = "sip:anna@pbx.example.org",
                                                      .cnonce = "0a4f113b",
                                                      .nonce_count = 1});
    scene.receive(subscribe(headers + "Authorization: " + answer + "\n"));
    return scene.story();
  }
  // The last NOTIFY is answered so.
  void answer(const std::string& status) {
    const auto notify = Message::parse(scene.last());
    to_tag = from_tag(*notify);
    std::string text = "SIP/2.0 " + status + "\n";
    for (const auto header : {HeaderName::via, HeaderName::from, HeaderName::to,
                            HeaderName::call_id, HeaderName::cseq}) {
      text += std::string(sip::name(header)) + ": " +
              std::string(notify->header(header).value_or("")) + "\n";
    }
    scene.receive(wire(text));
    scene.story();
  }
};

const std::string mwi = "Event: message-summary\n";
const std::string lamp = "Event: dialog\n";

using State = DialogInfo::State;

// Watches 102.
struct LampTest : SubscriptionTest {
  LampTest() { user = "102"; }
  SessionId watcher = 1;

  void begin() {
    EXPECT_THAT(ask(lamp), ElementsAre("0 > 200 SUBSCRIBE", "0 watching default/seat/bert"));
    show({});
    scene.story();
  }
  void show(std::vector<DialogInfo> calls) {
    scene.act([&](UserAgent& agent, Now now) {
      agent.show(watcher, std::move(calls), now);
      return true;
    });
  }
  static DialogInfo call(const std::string& id, State state) {
    return {id, false, state, "sip:030@pbx.example.org", "Carla"};
  }
};

TEST_F(SubscriptionTest, IsChallengedGrantedAndNotifiedAtOnce) {
  EXPECT_THAT(ask(mwi + "Expires: 9000\n"),
              ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSubscription-State: active;expires=3600\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\n\r\nMessages-Waiting: no\r\n"));
}

TEST_F(SubscriptionTest, OtherEventsAndShortTimesAreRefused) {
  EXPECT_THAT(ask("Event: presence\n"), ElementsAre("0 > 489 SUBSCRIBE", "0 noted"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nAllow-Events: message-summary, dialog\r\n"));
  EXPECT_THAT(ask(mwi + "Expires: 59\n"), ElementsAre("0 > 423 SUBSCRIBE", "0 noted"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nMin-Expires: 60\r\n"));
  user = "bert";
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 403 SUBSCRIBE", "0 noted"));
}

TEST_F(SubscriptionTest, EndsWhenAskedTo) {
  ask(mwi);
  answer("200 OK");
  EXPECT_THAT(ask(mwi + "Expires: 600\n"), ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
  answer("200 OK");
  EXPECT_THAT(ask(mwi + "Expires: 0\n"),
              ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY", "0 ended expired"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSubscription-State: terminated;reason=timeout\r\n"));
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 481 SUBSCRIBE", "0 noted"));
}

TEST_F(SubscriptionTest, AnotherEventIsAnotherSubscription) {
  ask(mwi);
  answer("200 OK");
  EXPECT_THAT(ask("Event: dialog\n"), ElementsAre("0 > 481 SUBSCRIBE", "0 noted"));
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY")) << "which goes on";
}

TEST_F(SubscriptionTest, EndsInTimeAndSaysSo) {
  ask(mwi + "Expires: 60\n");
  answer("200 OK");
  scene.advance(seconds{59});
  EXPECT_THAT(scene.story(), ::testing::IsEmpty());
  scene.advance(seconds{1});
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSubscription-State: terminated;reason=timeout\r\n"));
  EXPECT_THAT(ask(mwi), ElementsAre("60000 > 481 SUBSCRIBE", "60000 noted"));
}

TEST_F(SubscriptionTest, EndsWhenANotifyIsRefused) {
  ask(mwi);
  answer("481 Gone");
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 481 SUBSCRIBE", "0 noted"));
}

TEST_F(SubscriptionTest, OfOneDeviceThereAreAFew) {
  for (std::size_t i = 0; i < subscriptions_per_device_max; ++i) {
    call_id = "mwi" + std::to_string(i);
    EXPECT_THAT(ask(mwi), ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
  }
  call_id = "more";
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 403 SUBSCRIBE", "0 noted"));
}

TEST_F(SubscriptionTest, ACodeOfThisOneNotifyEndsNothing) {
  for (const auto* status : {"401 Who", "407 Who", "500 Oops", "503 Later"}) {
    ask(mwi);
    answer(status);
  }
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
}

TEST_F(SubscriptionTest, EndsWhenANotifyIsNotAnswered) {
  ask(mwi);
  scene.advance(seconds{31});
  to_tag = from_tag(*Message::parse(scene.last()));
  scene.story();
  scene.advance(seconds{1});
  EXPECT_THAT(scene.story(), ::testing::Contains("32000 ended timeout"));
  EXPECT_THAT(ask(mwi), ElementsAre("32000 > 481 SUBSCRIBE", "32000 noted"));
}

TEST_F(SubscriptionTest, OutlivesItsConnectionButOpensNone) {
  scene.peer.transport = Transport::tcp;
  scene.peer.connection = 5;
  ask(mwi + "Expires: 60\n");
  answer("200 OK");
  scene.act([&](UserAgent& agent, Now now) {
    agent.connection_failed(5, now);
    return true;
  });
  EXPECT_THAT(scene.story(), ::testing::IsEmpty());
  scene.peer.connection = 6;
  EXPECT_THAT(ask(mwi + "Expires: 60\n"), ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
  EXPECT_EQ(scene.sent.back().peer.connection, 6U);
  answer("200 OK");
  scene.act([&](UserAgent& agent, Now now) {
    agent.connection_failed(6, now);
    return true;
  });
  scene.advance(seconds{61});
  EXPECT_THAT(scene.story(), ElementsAre("60000 ended expired", "60000 gone"));
}

TEST_F(LampTest, IsToldAtOnceAndInFull) {
  EXPECT_THAT(ask(lamp + "Expires: 600\n"),
              ElementsAre("0 > 200 SUBSCRIBE", "0 watching default/seat/bert"));
  show({call("a", State::confirmed)});
  EXPECT_THAT(scene.story(), ElementsAre("0 > NOTIFY"));
  const auto told = scene.last();
  EXPECT_THAT(told, HasSubstr("\r\nEvent: dialog\r\n"));
  EXPECT_THAT(told, HasSubstr("\r\nSubscription-State: active;expires=600\r\n"));
  EXPECT_THAT(told, HasSubstr("\r\nContent-Type: application/dialog-info+xml\r\n"));
  EXPECT_THAT(told, HasSubstr("version=\"0\" state=\"full\" entity=\"sip:102@pbx.example.org\""));
  EXPECT_THAT(told, HasSubstr("<state>confirmed</state>"));
}

TEST_F(LampTest, ChangesAreToldOnceInASecond) {
  begin();
  answer("200 OK");
  scene.advance_ms(3'000);
  show({call("a", State::early)});
  EXPECT_THAT(scene.story(), ElementsAre("3000 > NOTIFY")) << "the first one at once";
  answer("200 OK");
  scene.advance_ms(100);
  show({call("a", State::confirmed)});
  show({});
  show({call("b", State::early)});
  EXPECT_THAT(scene.story(), ::testing::IsEmpty());
  scene.advance_ms(899);
  EXPECT_THAT(scene.story(), ::testing::IsEmpty());
  scene.advance_ms(1);
  EXPECT_THAT(scene.story(), ElementsAre("4000 > NOTIFY"));
  EXPECT_THAT(scene.last(), HasSubstr("version=\"2\""));
  EXPECT_THAT(scene.last(),
              HasSubstr("<dialog id=\"b\" direction=\"recipient\">\r\n<state>early<"));
  EXPECT_THAT(scene.last(),
              HasSubstr("<dialog id=\"a\" direction=\"recipient\">\r\n<state>terminated<"));
  answer("200 OK");
  scene.advance_ms(10'000);
  show({call("b", State::early)});
  EXPECT_THAT(scene.story(), ::testing::IsEmpty()) << "nothing has changed";
}

TEST_F(LampTest, WaitsForTheAnswerToTheLastNotify) {
  begin();
  scene.advance_ms(2'000);
  show({call("a", State::early)});
  EXPECT_THAT(scene.story(), ::testing::Not(::testing::Contains("2000 > NOTIFY")));
  answer("200 OK");
  EXPECT_THAT(scene.last(), HasSubstr("<state>early</state>"));
}

TEST_F(LampTest, IsFetchedWithoutASubscription) {
  EXPECT_THAT(ask(lamp + "Expires: 0\n"),
              ElementsAre("0 > 200 SUBSCRIBE", "0 watching default/seat/bert"));
  show({call("a", State::confirmed)});
  EXPECT_THAT(scene.story(), ElementsAre("0 > NOTIFY", "0 ended expired"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSubscription-State: terminated;reason=timeout\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("<state>confirmed</state>"));
}

TEST_F(LampTest, OfAnUnknownNumberThereIsNone) {
  user = "199";
  EXPECT_THAT(ask(lamp), ElementsAre("0 > 404 SUBSCRIBE", "0 noted"));
}

TEST_F(LampTest, OfOneDeviceThereAreSoManyBesideItsMessages) {
  for (std::size_t i = 0; i < lamps_per_device_max; ++i) {
    call_id = "lamp" + std::to_string(i);
    EXPECT_THAT(ask(lamp), ElementsAre("0 > 200 SUBSCRIBE", "0 watching default/seat/bert"));
  }
  call_id = "more";
  EXPECT_THAT(ask(lamp), ElementsAre("0 > 403 SUBSCRIBE", "0 noted"));
  user = "anna";
  EXPECT_THAT(ask(mwi), ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
}

// As OPTIONS and the answers to INVITE say.
TEST_F(SubscriptionTest, IsSaidToBePossible) {
  scene.receive(request("OPTIONS", 1));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nAllow-Events: message-summary, dialog\r\n"));
}

}  // namespace
}  // namespace strowger::sip::testing
