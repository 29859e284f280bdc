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

TEST_F(SubscriptionTest, IsChallengedGrantedAndNotifiedAtOnce) {
  EXPECT_THAT(ask(mwi + "Expires: 9000\n"),
              ElementsAre("0 > 200 SUBSCRIBE", "0 > NOTIFY"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSubscription-State: active;expires=3600\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\n\r\nMessages-Waiting: no\r\n"));
}

TEST_F(SubscriptionTest, OtherEventsAndShortTimesAreRefused) {
  EXPECT_THAT(ask("Event: presence\n"), ElementsAre("0 > 489 SUBSCRIBE", "0 noted"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nAllow-Events: message-summary\r\n"));
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

}  // namespace
}  // namespace strowger::sip::testing
