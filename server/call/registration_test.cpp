// What an exchange does with registrations and logins, and tells the others.
#include "call/call.hpp"
#include "call/exchange.hpp"
#include "call/no_ports_for_tests.hpp"
#include "sip/digest.hpp"
#include "sip/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace strowger::call {
namespace {

using std::chrono::seconds;
using testing::StartsWith;

class OnePhone final : public sip::Subscribers {
 public:
  std::optional<sip::Domain> domain(std::string_view) const override {
    return sip::Domain{"default", "pbx", true};
  }
  std::optional<sip::Subscriber> find(const sip::Domain&, std::string_view user) const override {
    if (user != "anna") return std::nullopt;
    return sip::Subscriber{
        .identity = {"default", "desk", "seat-of-anna"},
        .ha1_sha256 = sip::digest_ha1(sip::DigestAlgorithm::sha256, user, "pbx", "secret"),
        .addresses = {"anna"}};
  }
  bool owns(std::string_view, std::string_view user) const override { return user == "anna"; }
};

Task<> refuse(Call& call) {
  call.reject(standard_rejection(486));
  co_return;
}

const sip::Peer phone{sip::Transport::tcp, *Endpoint::parse("127.0.0.1:5060"),
                      *Endpoint::parse("127.0.0.1:6000"), 0, 7};

struct RegistrationTest : testing::Test {
  SeededRandom random{7};
  NoPorts ports;
  OnePhone subscribers;
  Exchange exchange{{.subscribers = &subscribers}, random, ports, refuse};
  Exchange other{{.subscribers = &subscribers}, random, ports, refuse};
  Now now{Instant{} + std::chrono::hours{1}, WallTime{} + std::chrono::hours{1}};
  std::vector<std::string> sent;
  std::vector<LocationChanged> changes;
  std::vector<Guessed> guesses;
  std::vector<model::CallRecord> records;
  unsigned number = 0;

  void drain() {
    while (auto output = exchange.poll()) {
      if (auto* message = std::get_if<SendSip>(&*output)) sent.push_back(*message->bytes);
      if (auto* change = std::get_if<LocationChanged>(&*output)) changes.push_back(*change);
      if (auto* guess = std::get_if<Guessed>(&*output)) guesses.push_back(*guess);
      if (auto* stored = std::get_if<StoreRecord>(&*output)) records.push_back(stored->record);
    }
  }
  void send(const std::string& method, const std::string& uri, const std::string& headers) {
    const auto n = std::to_string(++number);
    exchange.receive_sip(
        phone,
        method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.5;branch=z9hG4bK" + n +
            "\r\nMax-Forwards: 70\r\nFrom: <sip:anna@pbx>;tag=" + n + "\r\nTo: <sip:anna@pbx>" +
            "\r\nCall-ID: one\r\nCSeq: " + n + " " + method +
            "\r\nContact: <sip:anna@10.0.0.5;transport=tcp>\r\n" + headers +
            "Content-Length: 0\r\n\r\n",
        now);
    drain();
  }
  void log_in(const std::string& method, const std::string& uri,
              const std::string& password = "secret") {
    send(method, uri, "");
    const auto message = sip::Message::parse(sent.back());
    const auto challenge =
        sip::parse_challenge(*message->header(sip::HeaderName::www_authenticate));
    send(method, uri,
         "Authorization: " + sip::answer_challenge(*challenge, {.username = "anna",
                                                                .password = password,
                                                                .method = method,
                                                                .uri = uri,
                                                                .cnonce = "1"}) + "\r\n");
  }
};

TEST_F(RegistrationTest, IsToldAndKnownInEveryReplica) {
  log_in("REGISTER", "sip:pbx");
  EXPECT_THAT(sent.back(), StartsWith("SIP/2.0 200 "));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].news);
  EXPECT_EQ(changes[0].change->aor, "default/desk");
  other.apply(*changes[0].change);
  for (auto* each : {&exchange, &other}) {
    ASSERT_EQ(each->locations().bindings("default/desk").size(), 1U);
    EXPECT_EQ(each->locations().bindings("default/desk")[0].flow, phone);
  }
}

TEST_F(RegistrationTest, WhatExpiresIsToldByTheExchangeThatTookIt) {
  log_in("REGISTER", "sip:pbx");
  other.apply(*changes[0].change);
  ASSERT_TRUE(exchange.deadline());
  now.instant += sip::expires_on_stream_max;
  exchange.tick(now);
  drain();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_FALSE(changes[1].news) << "the others have clocks of their own";
  EXPECT_EQ(changes[1].change->why, sip::LocationChange::Why::expired);
  other.tick(now);
  EXPECT_FALSE(other.poll());
  EXPECT_EQ(other.locations().size(), 0U);
}

TEST_F(RegistrationTest, AConnectionThatEndsTakesWhatOnlyItLedTo) {
  log_in("REGISTER", "sip:pbx");
  exchange.connection_failed(7, now);
  drain();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[1].change->why, sip::LocationChange::Why::disconnected);
  EXPECT_EQ(exchange.locations().size(), 0U);
}

TEST_F(RegistrationTest, AnAdministratorMayRemoveIt) {
  log_in("REGISTER", "sip:pbx");
  const auto& bound = changes[0].change->bound[0];
  exchange.change_locations({.aor = "default/desk",
                             .why = sip::LocationChange::Why::unregistered,
                             .removed = {{bound.contact, "", 0, now.instant}}});
  drain();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[1].news);
  EXPECT_EQ(exchange.locations().size(), 0U);
}

TEST_F(RegistrationTest, WrongAnswersCountInEveryExchange) {
  for (std::uint32_t i = 0; i < sip::wrong_answers_max; ++i) log_in("REGISTER", "sip:pbx", "no");
  ASSERT_EQ(guesses.size(), sip::wrong_answers_max);
  for (const auto& guess : guesses) other.count(*guess.answer);
}

TEST_F(RegistrationTest, TheRecordSaysWhichDeviceCalled) {
  log_in("INVITE", "sip:1000@pbx");
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records[0].caller_device, "desk");
  EXPECT_EQ(records[0].caller_seat, "seat-of-anna");
  const auto again = model::call_record_from_json(model::to_json(records[0]));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->caller_device, "desk");
  EXPECT_EQ(again->caller_seat, "seat-of-anna");
}

}  // namespace
}  // namespace strowger::call
