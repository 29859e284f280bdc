// MESSAGE from one device to the phones of another seat (RFC 3428).
#include "call/call.hpp"
#include "call/exchange.hpp"
#include "call/no_ports_for_tests.hpp"
#include "sip/digest.hpp"
#include "sip/headers.hpp"
#include "sip/paged_message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace strowger::call {
namespace {

using sip::HeaderName;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Anna may log in; bert has two phones, cleo's has not registered.
class Office final : public sip::Subscribers {
 public:
  std::optional<sip::Domain> domain(std::string_view host) const override {
    if (host != "pbx") return std::nullopt;
    return sip::Domain{"acc", "pbx", false};
  }
  std::optional<sip::Subscriber> find(const sip::Domain&, std::string_view user) const override {
    if (user != "anna") return std::nullopt;
    return sip::Subscriber{
        .identity = {"acc", "annas", "anna"},
        .ha1_md5 = sip::digest_ha1(sip::DigestAlgorithm::md5, user, "pbx", "secret"),
        .addresses = {"anna", "201"}};
  }
  std::optional<std::vector<std::string>> phones_of(const sip::Domain&,
                                                    std::string_view user) const override {
    if (user == "201") return std::vector<std::string>{"annas"};
    if (user == "202") return std::vector<std::string>{"berts", "berts2"};
    if (user == "203") return std::vector<std::string>{"cleos"};
    return std::nullopt;
  }
  bool owns(std::string_view, std::string_view) const override { return true; }
};

Task<> refuse_all(Call& call) {
  call.reject(standard_rejection(486));
  co_return;
}

struct TextMessagesTest : testing::Test {
  SeededRandom random{7};
  NoPorts ports;
  Office office;
  Exchange exchange{{.subscribers = &office}, random, ports, refuse_all};
  Now now{Instant{} + std::chrono::hours{1}, WallTime{} + std::chrono::hours{1}};
  sip::Peer anna{sip::Transport::udp, *Endpoint::parse("127.0.0.1:5060"),
                 *Endpoint::parse("127.0.0.1:6001"), 0};
  std::vector<SendSip> sent;
  unsigned number = 0;
  std::string from = "\"Anna B\" <sip:201@pbx>";

  TextMessagesTest() {
    bind("annas", 6001);
    bind("berts", 6002);
    bind("berts2", 6003);
  }
  void bind(const std::string& device, std::uint16_t port) {
    sip::Binding binding;
    binding.contact = "sip:" + device + "@127.0.0.1:" + std::to_string(port);
    binding.flow = {sip::Transport::udp, anna.local, {anna.remote.address, port}, 0};
    binding.due = now.instant + std::chrono::hours{1};
    exchange.locations().apply({.aor = "acc/" + device, .bound = {binding}, .removed = {}}, true);
  }
  void drain() {
    while (auto output = exchange.poll()) {
      if (auto* message = std::get_if<SendSip>(&*output)) sent.push_back(*message);
    }
  }
  void write(const std::string& to, const std::string& headers, const std::string& body) {
    const auto n = std::to_string(++number);
    exchange.receive_sip(
        anna,
        "MESSAGE sip:" + to + "@pbx SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:6001;branch=z9hG4bK" + n +
            "\r\nMax-Forwards: 70\r\nFrom: " + from + ";tag=" + n + "\r\nTo: <sip:" + to +
            "@pbx>\r\nCall-ID: text\r\nCSeq: " + n + " MESSAGE\r\n" + headers +
            "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
        now);
    drain();
  }
  // With anna's password.
  void text(const std::string& to, const std::string& body = "Lunch?",
            const std::string& headers = "Content-Type: text/plain\r\n") {
    write(to, headers, body);
    const auto message = sip::Message::parse(*sent.back().bytes);
    const auto challenge = sip::parse_challenge(*message->header(HeaderName::www_authenticate));
    sent.clear();
    write(to,
          headers + "Authorization: " +
              sip::answer_challenge(*challenge, {.username = "anna",
                                                 .password = "secret",
                                                 .method = "MESSAGE",
                                                 .uri = "sip:" + to + "@pbx",
                                                 .cnonce = "1"}) +
              "\r\n",
          body);
  }
  // The phone answers the copy that it got.
  void answer(std::size_t copy, const std::string& status) {
    const auto asked = sent.at(copy);
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
  // "6002 MESSAGE", "6001 200": what went out, and to which port.
  std::vector<std::string> story() const {
    std::vector<std::string> lines;
    for (const auto& one : sent) {
      const auto message = sip::Message::parse(*one.bytes);
      lines.push_back(std::to_string(one.peer.remote.port) + " " +
                      (message->is_request() ? std::string(message->method_text())
                                             : std::to_string(message->status())));
    }
    return lines;
  }
};

TEST_F(TextMessagesTest, GoesToAllPhonesAndTheFirstThatTakesItAnswers) {
  text("202", "Lunch?",
       "Content-Type: message/cpim;x=y\r\nSubject: Today\r\nX-Secret: 1\r\nDate: Sat, 13 Nov 2010 "
       "23:29:00 GMT\r\nExpires: 30\r\nContact: <sip:anna@10.0.0.1>\r\nRoute: <sip:other;lr>\r\n");
  EXPECT_THAT(story(), ElementsAre("6002 MESSAGE", "6003 MESSAGE"));
  const auto copy = *sent[0].bytes;
  EXPECT_THAT(copy, StartsWith("MESSAGE sip:berts@127.0.0.1:6002 SIP/2.0\r\n"));
  EXPECT_THAT(copy, HasSubstr("\r\nFrom: \"Anna B\" <sip:201@pbx>;tag="));
  EXPECT_THAT(copy, HasSubstr("\r\nContent-Type: message/cpim;x=y\r\n"));
  EXPECT_THAT(copy, HasSubstr("\r\nSubject: Today\r\n"));
  EXPECT_THAT(copy, HasSubstr("\r\nDate: Sat, 13 Nov 2010 23:29:00 GMT\r\n"));
  EXPECT_THAT(copy, HasSubstr("\r\nExpires: 30\r\n"));
  EXPECT_THAT(copy, HasSubstr("\r\nMax-Forwards: 69\r\n"));
  EXPECT_THAT(copy, HasSubstr("\r\n\r\nLunch?"));
  for (const auto* left_out : {"X-Secret", "\r\nContact:", "Authorization", "other;lr"}) {
    EXPECT_THAT(copy, Not(HasSubstr(left_out)));
  }
  answer(0, "486 Busy Here");
  answer(1, "200 OK");
  EXPECT_THAT(story(), ElementsAre("6002 MESSAGE", "6003 MESSAGE", "6001 200"));
  EXPECT_THAT(*sent.back().bytes, Not(HasSubstr("Contact:")));
}

TEST_F(TextMessagesTest, TheBestRefusalIsPassedOnWhenAllRefuse) {
  text("202");
  answer(0, "415 Unsupported Media Type");
  answer(1, "500 Oops");
  EXPECT_THAT(story(), ElementsAre("6002 MESSAGE", "6003 MESSAGE", "6001 415"));
}

TEST_F(TextMessagesTest, WhatTheSenderCanDoNothingAboutIs480) {
  text("202");
  answer(0, "401 Unauthorized");
  answer(1, "302 Moved");
  EXPECT_THAT(story().back(), "6001 480");
}

TEST_F(TextMessagesTest, NobodyThereIs480AndNobodyKnownIs404) {
  text("203");
  EXPECT_THAT(story(), ElementsAre("6001 480"));
  text("999");
  EXPECT_THAT(story(), ElementsAre("6001 404"));
  text("201");
  EXPECT_THAT(story(), ElementsAre("6001 480")) << "the phone that it comes from has it already";
}

TEST_F(TextMessagesTest, SilenceIs480BeforeTheSenderGivesUp) {
  text("202");
  while (exchange.deadline() && *exchange.deadline() < Instant{} + std::chrono::hours{1} +
                                                           std::chrono::seconds{21}) {
    now.instant = *exchange.deadline();
    exchange.tick(now);
    drain();
  }
  EXPECT_THAT(story(), ::testing::Contains("6001 480"));
  const auto before = sent.size();
  answer(0, "200 OK");
  EXPECT_EQ(sent.size(), before) << "too late";
}

TEST_F(TextMessagesTest, LargeOnesAndThoseInAnothersNameAreRefused) {
  text("202", std::string(sip::message_bytes_by_datagram + 1, 'x'));
  EXPECT_THAT(story(), ElementsAre("6001 513"));
  text("202", std::string(sip::message_bytes_by_datagram, 'x'));
  EXPECT_THAT(story(), ElementsAre("6002 MESSAGE", "6003 MESSAGE"));
  sent.clear();
  write("202", "", "no type");
  EXPECT_THAT(story(), ElementsAre("6001 400"));
  from = "<sip:boss@pbx>";
  text("202");
  EXPECT_THAT(story(), ElementsAre("6001 403"));
}

TEST_F(TextMessagesTest, LargeOnesByStreamDoNotGoOnByDatagrams) {
  anna.transport = sip::Transport::tcp;
  anna.connection = 9;
  text("202", std::string(sip::message_bytes_by_datagram + 1, 'x'));
  EXPECT_THAT(story(), ElementsAre("6001 480"));
}

}  // namespace
}  // namespace strowger::call
