// Registering at a carrier in virtual time: the carrier is the test.
#include "call/carrier_logins.hpp"

#include "sip/headers.hpp"
#include "sip/writer.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

using std::chrono::seconds;

const sip::Peer carrier_peer{sip::Transport::udp, {IpAddress::loopback_v4(), 5060},
                             {IpAddress::loopback_v4(), 5090}, 0};

class CarrierLoginsTest : public testing::Test {
 protected:
  CarrierLoginsTest() { state_->settle({{0, carrier_peer}}, ""); }

  CarrierAccount account(std::string password = "s3cret") const {
    return {.key = "default/carrier",
            .domain = "c.example",
            .login = {"acct7", std::move(password), ""},
            .expires = seconds(600),
            .state = state_};
  }
  // What was sent since; answers come to the logins.
  std::vector<sip::Message> requests() {
    std::vector<sip::Message> all;
    while (auto output = agent_.poll()) {
      if (const auto* sent = std::get_if<sip::Send>(&*output)) {
        all.push_back(std::move(*sip::Message::parse(*sent->bytes)));
      } else if (const auto* replied = std::get_if<sip::Replied>(&*output)) {
        logins_.on(*replied, now_);
      }
    }
    return all;
  }
  void answer(const sip::Message& request, int status, const sip::HeaderList& headers = {}) {
    auto writer = sip::Writer::reply(
        request, {.status = status, .phrase = "Said", .to_tag = "t", .source = {}});
    writer.headers(headers);
    agent_.receive(carrier_peer, writer.finish(), now_);
  }
  void pass(Duration time) {
    now_.instant += time;
    agent_.tick(now_);
    logins_.tick(now_);
  }
  sip::Message only_request() {
    auto all = requests();
    EXPECT_EQ(all.size(), 1U);
    return std::move(all.at(0));
  }
  std::string header(const sip::Message& message, sip::HeaderName name) const {
    return std::string(message.header(name).value_or(""));
  }

  const sip::HeaderList challenge_{{"WWW-Authenticate", "Digest realm=\"c\", nonce=\"n\""}};
  SeededRandom random_{1};
  sip::UserAgent agent_{{}, random_};
  std::vector<std::string> log_;
  CarrierLogins logins_{agent_, random_, [this] { return random_.token(8); },
                        [this](LogLevel, std::string text) { log_.push_back(std::move(text)); }};
  std::shared_ptr<CarrierState> state_ = std::make_shared<CarrierState>();
  Now now_{Instant{std::chrono::hours{12}}, WallTime{std::chrono::hours{12}}};
};

TEST_F(CarrierLoginsTest, AnswersTheChallengeAndRefreshesInTime) {
  logins_.use({account()}, now_);
  const auto first = only_request();
  EXPECT_EQ(first.request_uri(), "sip:c.example");
  EXPECT_EQ(header(first, sip::HeaderName::expires), "600");
  EXPECT_EQ(state_->status().login, CarrierLogin::trying);
  answer(first, 401, challenge_);
  const auto second = only_request();
  EXPECT_NE(header(second, sip::HeaderName::authorization).find("acct7"), std::string::npos);
  EXPECT_EQ(sip::call_id(first), sip::call_id(second));
  EXPECT_EQ(sip::cseq(second)->number, 2U);
  answer(second, 200, {{"Contact", header(second, sip::HeaderName::contact) + ";expires=100"}});
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(state_->status().login, CarrierLogin::registered);
  EXPECT_EQ(state_->status().expires, now_.wall + seconds(100));
  pass(seconds(79));
  EXPECT_TRUE(requests().empty());
  pass(seconds(1));
  EXPECT_EQ(sip::cseq(only_request())->number, 3U);
}

TEST_F(CarrierLoginsTest, AWrongPasswordIsTriedOnceThenLaterAndLater) {
  logins_.use({account()}, now_);
  answer(only_request(), 401, challenge_);
  answer(only_request(), 401, challenge_);
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(state_->status().login, CarrierLogin::refused);
  EXPECT_EQ(state_->status().code, 401);
  EXPECT_EQ(log_.size(), 1U);
  Duration pause{};
  for (const int most : {30, 60, 120}) {
    const auto due = logins_.deadline();
    ASSERT_TRUE(due);
    pause = *due - now_.instant;
    EXPECT_GE(pause, seconds(most / 2));
    EXPECT_LE(pause, seconds(most));
    pass(pause);
    answer(only_request(), 403);
    requests();
  }
  EXPECT_EQ(log_.size(), 1U);  // it is no news
}

TEST_F(CarrierLoginsTest, SilenceIsToldAsSuch) {
  logins_.use({account()}, now_);
  requests();
  for (int i = 0; i < 40; ++i) {
    pass(seconds(1));
    requests();
  }
  EXPECT_EQ(state_->status().login, CarrierLogin::silent);
}

TEST_F(CarrierLoginsTest, AsksForLongerWhenTheCarrierWantsIt) {
  logins_.use({account()}, now_);
  answer(only_request(), 423, {{"Min-Expires", "1800"}});
  const auto again = only_request();
  EXPECT_EQ(header(again, sip::HeaderName::expires), "1800");
  answer(again, 423, {{"Min-Expires", "60"}});  // nonsense: no loop
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(state_->status().login, CarrierLogin::refused);
}

// A carrier that first wants to know who asks, and then that it be for longer.
TEST_F(CarrierLoginsTest, ProvesItselfOnceMoreForTheLongerTime) {
  logins_.use({account()}, now_);
  answer(only_request(), 401, challenge_);
  answer(only_request(), 423, {{"Min-Expires", "1800"}});
  answer(only_request(), 401, challenge_);
  const auto last = only_request();
  EXPECT_FALSE(header(last, sip::HeaderName::authorization).empty());
  EXPECT_EQ(header(last, sip::HeaderName::expires), "1800");
  answer(last, 200);
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(state_->status().login, CarrierLogin::registered);
}

// RFC 3261 10.2.4
TEST_F(CarrierLoginsTest, OtherGearsContactDoesNotHurryUs) {
  logins_.use({account()}, now_);
  const auto request = only_request();
  const auto ours = header(request, sip::HeaderName::contact);
  answer(request, 200, {{"Contact", "<sip:other@192.0.2.99>;expires=20"},
                        {"Contact", ours + ";expires=1000"}});
  EXPECT_TRUE(requests().empty());
  ASSERT_TRUE(logins_.deadline());
  EXPECT_GT(*logins_.deadline() - now_.instant, std::chrono::seconds{500});
}

TEST_F(CarrierLoginsTest, IsTakenBackWithCredentialsAndStaysWhenNothingChanged) {
  logins_.use({account()}, now_);
  answer(only_request(), 200);
  EXPECT_TRUE(requests().empty());
  logins_.use({account()}, now_);
  EXPECT_TRUE(requests().empty());
  logins_.use({}, now_);
  const auto last = only_request();
  EXPECT_EQ(header(last, sip::HeaderName::expires), "0");
  EXPECT_EQ(state_->status().login, CarrierLogin::off);
  answer(last, 401, challenge_);
  EXPECT_EQ(header(only_request(), sip::HeaderName::expires), "0");
  EXPECT_FALSE(logins_.deadline());
}

TEST_F(CarrierLoginsTest, WaitsForAnAddress) {
  state_->settle({}, "unknown");
  logins_.use({account()}, now_);
  EXPECT_TRUE(requests().empty());
  state_->settle({{0, carrier_peer}}, "");
  pass(seconds(1));
  only_request();
}

// RFC 5626 4.5 without its flows: the carrier calls us over that connection.
TEST_F(CarrierLoginsTest, RegistersAgainSoonAfterItsConnectionIsLost) {
  logins_.use({account()}, now_);
  auto over = carrier_peer;
  over.connection = 7;
  const auto first = only_request();
  auto writer = sip::Writer::reply(
      first, {.status = 200, .phrase = "OK", .to_tag = "t", .source = {}});
  agent_.receive(over, writer.finish(), now_);
  EXPECT_TRUE(requests().empty());
  logins_.connection_lost(8, now_);
  pass(seconds{2});
  EXPECT_TRUE(requests().empty()) << "it was another one";
  logins_.connection_lost(7, now_);
  pass(seconds{1});
  const auto again = only_request();
  EXPECT_EQ(state_->status().login, CarrierLogin::registered) << "nothing has expired yet";
  answer(again, 200);
  EXPECT_TRUE(requests().empty());
  logins_.connection_lost(7, now_);
  pass(seconds{1});
  EXPECT_TRUE(requests().empty()) << "it is over only once";
}

}  // namespace
}  // namespace strowger::call
