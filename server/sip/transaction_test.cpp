// The four machines against RFC 3261 §17 and RFC 6026: each row feeds inputs and looks at the last
// reaction.
#include "sip/client_transaction.hpp"
#include "sip/message.hpp"
#include "sip/server_transaction.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace strowger::sip {
namespace {

const std::map<std::string, Input> inputs{
    {"begin", Input::begin},        {"request", Input::request}, {"ack", Input::ack},
    {"1xx", Input::provisional},    {"2xx", Input::success},     {"4xx", Input::failure},
    {"repeat", Input::repeat_due},  {"limit", Input::limit_due},
    {"broken", Input::transport_error},
};

std::string describe(char fallback, const TimerChange& change) {
  if (change.what == TimerChange::What::keep) return "";
  if (change.what == TimerChange::What::stop) return std::string(" -") + fallback;
  constexpr std::string_view names = "?ABDEFGHIJKLM";  // as TimerName
  return std::string(" ") + names[static_cast<std::size_t>(change.name)] + "=" +
         std::to_string(milliseconds(change.after));
}

// "ack send pass A=500 -limit over", in a fixed order.
std::string describe(const Reaction& reaction) {
  std::string text;
  if (reaction.acknowledge) text += " ack";
  if (reaction.send) text += " send";
  if (reaction.pass) text += " pass";
  if (reaction.timed_out) text += " timed_out";
  if (reaction.failed) text += " failed";
  if (reaction.settled) text += " settled";
  text += describe('r', reaction.repeat);
  text += describe('l', reaction.limit);
  if (reaction.over) text += " over";
  return text.empty() ? text : text.substr(1);
}

struct Row {
  std::string fed;   // inputs, the last one being looked at
  std::string want;  // what it brings about
};

template <class Machine>
void check(bool reliable, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    Machine machine(reliable);
    std::string last;
    std::istringstream words(row.fed);
    for (std::string word; words >> word;) last = describe(machine.feed(inputs.at(word)));
    EXPECT_EQ(last, row.want) << "after: " << row.fed << (reliable ? " (stream)" : "");
  }
}

TEST(InviteClientTransaction, FollowsFigure5OverDatagrams) {
  check<InviteClientTransaction>(
      false, {
                 {"begin", "send A=500 B=32000"},
                 {"begin repeat", "send A=1000"},
                 {"begin repeat repeat", "send A=2000"},
                 {"begin repeat repeat repeat repeat repeat repeat", "send A=32000"},
                 {"begin limit", "timed_out over"},
                 {"begin broken", "failed over"},
                 {"begin 1xx", "pass -r -l"},
                 {"begin 1xx 1xx", "pass"},
                 {"begin 1xx repeat", ""},
                 {"begin 1xx limit", ""},
                 {"begin 1xx broken", "failed over"},
                 {"begin 2xx", "pass -r M=32000"},
                 {"begin 1xx 2xx", "pass -r M=32000"},
                 {"begin 2xx 2xx", "pass"},
                 {"begin 2xx 1xx", ""},
                 {"begin 2xx 4xx", ""},
                 {"begin 2xx limit", "over"},
                 {"begin 4xx", "ack send pass -r D=32000"},
                 {"begin 1xx 4xx", "ack send pass -r D=32000"},
                 {"begin 4xx 4xx", "send"},
                 {"begin 4xx 1xx", ""},
                 {"begin 4xx 2xx", ""},
                 {"begin 4xx limit", "over"},
                 {"begin 4xx broken", "over"},
                 {"begin 4xx limit 4xx", ""},
             });
}

TEST(InviteClientTransaction, NeitherRepeatsNorLingersOnStreams) {
  check<InviteClientTransaction>(true, {
                                           {"begin", "send B=32000"},
                                           {"begin limit", "timed_out over"},
                                           {"begin 2xx", "pass -r M=32000"},
                                           {"begin 4xx", "ack send pass -r -l over"},
                                       });
}

TEST(NonInviteClientTransaction, FollowsFigure6OverDatagrams) {
  check<NonInviteClientTransaction>(false, {
                                               {"begin", "send E=500 F=32000"},
                                               {"begin repeat", "send E=1000"},
                                               {"begin repeat repeat repeat", "send E=4000"},
                                               {"begin repeat repeat repeat repeat", "send E=4000"},
                                               {"begin limit", "timed_out over"},
                                               {"begin broken", "failed over"},
                                               {"begin 1xx", "pass"},
                                               {"begin 1xx repeat", "send E=4000"},
                                               {"begin 1xx limit", "timed_out over"},
                                               {"begin 2xx", "pass -r K=5000"},
                                               {"begin 4xx", "pass -r K=5000"},
                                               {"begin 1xx 4xx", "pass -r K=5000"},
                                               {"begin 2xx 2xx", ""},
                                               {"begin 2xx limit", "over"},
                                               {"begin 2xx limit 2xx", ""},
                                           });
}

TEST(NonInviteClientTransaction, NeitherRepeatsNorLingersOnStreams) {
  check<NonInviteClientTransaction>(true, {
                                              {"begin", "send F=32000"},
                                              {"begin 1xx", "pass"},
                                              {"begin 2xx", "pass -r -l over"},
                                          });
}

TEST(InviteServerTransaction, FollowsFigure7OverDatagrams) {
  check<InviteServerTransaction>(
      false, {
                 {"begin", "pass"},
                 {"begin request", "send"},
                 {"begin 1xx", "send"},
                 {"begin ack", ""},
                 {"begin 2xx", "send L=32000"},
                 {"begin 2xx request", ""},
                 {"begin 2xx 2xx", "send"},
                 {"begin 2xx 4xx", ""},
                 {"begin 2xx ack", "pass"},
                 {"begin 2xx limit", "over"},
                 {"begin 4xx", "send G=500 H=32000"},
                 {"begin 4xx repeat", "send G=1000"},
                 {"begin 4xx repeat repeat repeat", "send G=4000"},
                 {"begin 4xx repeat repeat repeat repeat", "send G=4000"},
                 {"begin 4xx request", "send"},
                 {"begin 4xx 4xx", ""},
                 {"begin 4xx limit", "timed_out over"},
                 {"begin 4xx ack", "settled -r I=5000"},
                 {"begin 4xx ack ack", ""},
                 {"begin 4xx ack request", ""},
                 {"begin 4xx ack limit", "over"},
                 {"begin 4xx ack limit ack", ""},
             });
}

TEST(InviteServerTransaction, NeitherRepeatsNorLingersOnStreams) {
  check<InviteServerTransaction>(true, {
                                           {"begin 4xx", "send H=32000"},
                                           {"begin 4xx limit", "timed_out over"},
                                           {"begin 4xx ack", "settled -r -l over"},
                                           {"begin 2xx", "send L=32000"},
                                       });
}

TEST(NonInviteServerTransaction, FollowsFigure8OverDatagrams) {
  check<NonInviteServerTransaction>(false, {
                                               {"begin", "pass"},
                                               {"begin request", ""},
                                               {"begin 1xx", "send"},
                                               {"begin 1xx request", "send"},
                                               {"begin 2xx", "send J=32000"},
                                               {"begin 1xx 4xx", "send J=32000"},
                                               {"begin 2xx request", "send"},
                                               {"begin 2xx 4xx", ""},
                                               {"begin 2xx limit", "over"},
                                               {"begin 2xx limit request", ""},
                                           });
}

TEST(NonInviteServerTransaction, DoesNotLingerOnStreams) {
  check<NonInviteServerTransaction>(true, {{"begin 2xx", "send over"}});
}

constexpr std::string_view invite =
    "INVITE sip:bob@192.0.2.4 SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx;rport\r\n"
    "Max-Forwards: 70\r\n"
    "Route: <sip:192.0.2.9;lr>\r\n"
    "From: Alice <sip:alice@a.example>;tag=88sja8x\r\n"
    "To: <sip:bob@b.example>\r\n"
    "Call-ID: 987asjd97y7atg\r\n"
    "CSeq: 986759 INVITE\r\n"
    "Contact: <sip:alice@192.0.2.1>\r\n"
    "Content-Length: 0\r\n\r\n";

// RFC 3261 17.1.1.3: its To has the tag of the response, its one Via is the INVITE's.
TEST(InviteClientTransaction, WritesTheAckOfARefusal) {
  const auto response = Message::parse(
      "SIP/2.0 486 Busy Here\r\n"
      "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx;rport=5060\r\n"
      "To: <sip:bob@b.example>;tag=99sa0xk\r\nFrom: Alice <sip:alice@a.example>;tag=88sja8x\r\n"
      "Call-ID: 987asjd97y7atg\r\nCSeq: 986759 INVITE\r\n\r\n");
  ASSERT_TRUE(response);
  EXPECT_EQ(ack_of_failure(invite, *response),
            "ACK sip:bob@192.0.2.4 SIP/2.0\r\n"
            "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx;rport\r\n"
            "Max-Forwards: 70\r\n"
            "Route: <sip:192.0.2.9;lr>\r\n"
            "From: Alice <sip:alice@a.example>;tag=88sja8x\r\n"
            "To: <sip:bob@b.example>;tag=99sa0xk\r\n"
            "Call-ID: 987asjd97y7atg\r\n"
            "CSeq: 986759 ACK\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(InviteClientTransaction, WritesTheCancel) {
  EXPECT_EQ(cancel_of(invite),
            "CANCEL sip:bob@192.0.2.4 SIP/2.0\r\n"
            "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx;rport\r\n"
            "Max-Forwards: 70\r\n"
            "Route: <sip:192.0.2.9;lr>\r\n"
            "From: Alice <sip:alice@a.example>;tag=88sja8x\r\n"
            "To: <sip:bob@b.example>\r\n"
            "Call-ID: 987asjd97y7atg\r\n"
            "CSeq: 986759 CANCEL\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(InviteClientTransaction, SaysInTheCancelWhy) {
  const HeaderList why{{"Reason", "SIP;cause=200;text=\"Call completed elsewhere\""}};
  const auto cancel = cancel_of(invite, why);
  EXPECT_NE(cancel.find("\r\nReason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n"),
            std::string::npos);
}

}  // namespace
}  // namespace strowger::sip
