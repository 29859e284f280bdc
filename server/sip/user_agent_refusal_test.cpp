// What the user agent answers without a call: methods, extensions, overload, merged and malformed
// requests.
#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::request;
using testing::RequestParts;
using testing::Scene;
using testing::wire;

struct Case {
  std::string name;
  std::string bytes;
  std::string answer;       // "405 REFER"; empty: none
  std::string holds = {};   // somewhere in it
};

const std::vector<Case> cases{
    {"OPTIONS", request("OPTIONS", 1), "200 OPTIONS", "\r\nAccept: application/sdp\r\n"},
    {"OPTIONS says Allow", request("OPTIONS", 1), "200 OPTIONS",
     "\r\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK\r\n"},
    {"OPTIONS says Supported", request("OPTIONS", 1), "200 OPTIONS", "\r\nSupported: 100rel\r\n"},
    {"REGISTER", request("REGISTER", 1), "403 REGISTER"},
    {"REFER", request("REFER", 1), "405 REFER", "\r\nAllow: INVITE, "},
    {"SUBSCRIBE", request("SUBSCRIBE", 1), "405 SUBSCRIBE", "\r\nAllow: INVITE, "},
    {"NOTIFY", request("NOTIFY", 1, {.to_tag = "x"}), "405 NOTIFY", "\r\nAllow: "},
    {"MESSAGE", request("MESSAGE", 1), "405 MESSAGE", "\r\nAllow: "},
    {"PUBLISH", request("PUBLISH", 1), "405 PUBLISH", "\r\nAllow: "},
    {"unknown method", request("DANCE", 1), "501 DANCE"},
    {"methods are case-sensitive", request("invite", 1), "501 invite"},
    {"BYE of nothing", request("BYE", 1, {.to_tag = "x"}), "481 BYE"},
    {"BYE without a tag", request("BYE", 1), "481 BYE"},
    {"INFO of nothing", request("INFO", 1, {.to_tag = "x"}), "481 INFO"},
    {"UPDATE of nothing", request("UPDATE", 1, {.to_tag = "x"}), "481 UPDATE"},
    {"PRACK of nothing",
     request("PRACK", 1, {.headers = "RAck: 1 1 INVITE\n", .to_tag = "x"}), "481 PRACK"},
    {"INVITE in an unknown dialog", request("INVITE", 1, {.to_tag = "x"}), "481 INVITE"},
    {"CANCEL of nothing", request("CANCEL", 1), "481 CANCEL"},
    {"ACK of nothing", request("ACK", 1, {.to_tag = "x"}), ""},
    {"Replaces of an unknown dialog",
     request("INVITE", 1,
             {.headers = "Require: replaces\nReplaces: nosuch;to-tag=1;from-tag=2\n"}),
     "481 INVITE"},
    {"unknown extension", request("INVITE", 1, {.headers = "Require: 100rel, teleport\n"}),
     "420 INVITE", "\r\nUnsupported: teleport\r\n"},
    {"session timers are not ours", request("INVITE", 1, {.headers = "Require: timer\n"}),
     "420 INVITE", "\r\nUnsupported: timer\r\n"},
    {"body of a type unknown", request("INVITE", 1, {.body = {"application/x", "?"}}), "415 INVITE",
     "\r\nAccept: application/sdp"},
    {"compressed body",
     request("INVITE", 1,
             {.headers = "Content-Encoding: gzip\n", .body = {"application/sdp", "?"}}),
     "415 INVITE"},
    {"malformed", wire("INVITE sip:x@y SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"), "400 ?"},
    {"stray response",
     wire("SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\n"
          "To: <sip:a@b>;tag=2\nCall-ID: 1\nCSeq: 1 INVITE\n"),
     ""},
    {"keep-alive", "\r\n\r\n", ""},
    {"not SIP", "GET / HTTP/1.1\r\n\r\n", ""},
};

TEST(UserAgentRefusal, AnswersWithoutAnyTransaction) {
  for (const Case& c : cases) {
    Scene scene;
    scene.receive(c.bytes);
    EXPECT_EQ(scene.sent.empty() ? "" : testing::brief(scene.last()), c.answer) << c.name;
    EXPECT_THAT(scene.last(), HasSubstr(c.holds)) << c.name;
    EXPECT_EQ(scene.agent.sessions(), 0U) << c.name;
    EXPECT_EQ(scene.agent.transactions(), 0U) << c.name;
    EXPECT_EQ(scene.agent.deadline(), std::nullopt) << c.name;
  }
}

// RFC 3261 8.2.7: an answer without a transaction is the same for every copy, its To tag included.
TEST(UserAgentRefusal, IsTheSameForEveryCopy) {
  for (const Case& c : cases) {
    Scene scene;
    scene.receive(c.bytes);
    scene.receive(c.bytes);
    if (scene.sent.empty()) continue;
    ASSERT_EQ(scene.sent.size(), 2U) << c.name;
    EXPECT_EQ(*scene.sent[0].bytes, *scene.sent[1].bytes) << c.name;
  }
}

TEST(UserAgentRefusal, HasAToTag) {
  Scene scene;
  scene.receive(request("OPTIONS", 1));
  EXPECT_THAT(scene.header_of_last(HeaderName::to), HasSubstr(";tag="));
}

// RFC 3261 18.2.2, RFC 3581
TEST(UserAgentRefusal, GoesWhereTheViaAndTheSourceSay) {
  struct Row {
    std::string source, via, to, via_out;
  };
  const std::vector<Row> rows{
      {"192.0.2.10:4000", "SIP/2.0/UDP 192.0.2.10:5070", "192.0.2.10:5070",
       "SIP/2.0/UDP 192.0.2.10:5070;branch=z9hG4bK1"},
      {"192.0.2.10:4000", "SIP/2.0/UDP 192.0.2.10", "192.0.2.10:5060",
       "SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1"},
      {"192.0.2.10:4000", "SIP/2.0/UDP host.example:5070", "192.0.2.10:5070",
       "SIP/2.0/UDP host.example:5070;branch=z9hG4bK1;received=192.0.2.10"},
      {"192.0.2.10:4000", "SIP/2.0/UDP 10.0.0.1:5070;rport", "192.0.2.10:4000",
       "SIP/2.0/UDP 10.0.0.1:5070;rport=4000;branch=z9hG4bK1;received=192.0.2.10"},
      {"192.0.2.10:4000", "SIP/2.0/UDP 192.0.2.10:5070;maddr=203.0.113.1", "192.0.2.10:5070",
       "SIP/2.0/UDP 192.0.2.10:5070;maddr=203.0.113.1;branch=z9hG4bK1"},
      {"[2001:db8::9]:4000", "SIP/2.0/UDP [2001:db8::9]:5070;rport", "[2001:db8::9]:4000",
       "SIP/2.0/UDP [2001:db8::9]:5070;rport=4000;branch=z9hG4bK1;received=2001:db8::9"},
  };
  for (const Row& row : rows) {
    Scene scene;
    scene.peer.remote = *Endpoint::parse(row.source);
    scene.receive(request("OPTIONS", 1, {.branch = "1", .via = row.via}));
    ASSERT_EQ(scene.sent.size(), 1U) << row.via;
    EXPECT_EQ(scene.sent[0].peer.remote.text(), row.to) << row.via;
    EXPECT_EQ(scene.header_of_last(HeaderName::via), row.via_out);
  }
}

TEST(UserAgentRefusal, ReturnsOnTheConnectionThatAsked) {
  Scene scene;
  scene.peer.transport = Transport::tcp;
  scene.peer.connection = 7;
  scene.peer.remote = *Endpoint::parse("192.0.2.10:4000");
  scene.receive(request("OPTIONS", 1, {.via = "SIP/2.0/TCP 192.0.2.10:5070"}));
  EXPECT_EQ(scene.sent.at(0).peer, scene.peer);
}

TEST(UserAgentRefusal, SaysWhereWeAreToBeReached) {
  struct Row {
    std::string local;
    std::optional<IpAddress> advertised;
    Transport transport;
    std::string contact;
  };
  const std::vector<Row> rows{
      {"192.0.2.1:5060", {}, Transport::udp, "<sip:192.0.2.1:5060;transport=udp>"},
      {"192.0.2.1:5060", {}, Transport::tcp, "<sip:192.0.2.1:5060;transport=tcp>"},
      {"10.0.0.1:5080", IpAddress::parse("203.0.113.9"), Transport::udp,
       "<sip:203.0.113.9:5080;transport=udp>"},
      {"[2001:db8::1]:5060", {}, Transport::udp, "<sip:[2001:db8::1]:5060;transport=udp>"},
      {"[2001:db8::1]:5060", IpAddress::parse("203.0.113.9"), Transport::udp,
       "<sip:[2001:db8::1]:5060;transport=udp>"},
  };
  for (const Row& row : rows) {
    Scene scene({.advertised = row.advertised});
    scene.peer.local = *Endpoint::parse(row.local);
    scene.peer.transport = row.transport;
    scene.receive(request("OPTIONS", 1));
    EXPECT_EQ(scene.header_of_last(HeaderName::contact), row.contact);
  }
}

TEST(UserAgentRefusal, RefusesWhoMayNotCall) {
  Scene scene({.may_call = [](const Peer& from, const void*) {
    return from.remote.address.is_loopback();
  }});
  scene.receive(request("INVITE", 1));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 403 INVITE", "0 noted"));
  scene.peer.remote = *Endpoint::parse("127.0.0.1:5060");
  scene.receive(request("INVITE", 2));
  EXPECT_THAT(scene.story(),
              ElementsAre("0 invited", "0 < INVITE", "0 > 100 INVITE"));
}

// RFC 3261 8.2.2.2: the same request once more, by another path.
TEST(UserAgentRefusal, RefusesMergedRequests) {
  Scene scene;
  scene.receive(request("INVITE", 1, {.branch = "a"}));
  scene.receive(request("INVITE", 1, {.branch = "b"}));
  EXPECT_EQ(testing::brief(scene.last()), "482 INVITE");
  EXPECT_EQ(scene.agent.sessions(), 1U);
  scene.receive(request("INVITE", 1, {.branch = "b", .from_tag = "other"}));
  EXPECT_EQ(testing::brief(scene.last()), "100 INVITE");
  EXPECT_EQ(scene.agent.sessions(), 2U);
}

TEST(UserAgentRefusal, RefusesNewCallsWhenItIsFull) {
  Scene scene({.transactions_max = 2});
  for (const unsigned number : {1U, 2U}) {
    scene.receive(request("INVITE", number, {.from_tag = "f" + std::to_string(number)}));
  }
  EXPECT_EQ(scene.agent.sessions(), 2U);
  scene.receive(request("INVITE", 3, {.from_tag = "f3"}));
  EXPECT_EQ(testing::brief(scene.last()), "503 INVITE");
  EXPECT_EQ(scene.header_of_last(HeaderName::retry_after), "5");
  EXPECT_EQ(scene.agent.transactions(), 2U);
  scene.receive(request("OPTIONS", 4));
  EXPECT_EQ(testing::brief(scene.last()), "503 OPTIONS");
}

TEST(UserAgentRefusal, BoundsRequestsInDialogsToo) {
  Scene scene({.transactions_max = 4});
  scene.receive(request("INVITE", 1));
  scene.act([&](UserAgent& agent, Now now) {
    return agent.progress(scene.session, {.status = 180}, false, now);
  });
  const auto tag = scene.our_tag();
  for (unsigned number = 2; number < 12; ++number) {
    scene.receive(request("INFO", number, {.to_tag = tag}));
  }
  EXPECT_EQ(testing::brief(scene.last()), "503 INFO");
  EXPECT_EQ(scene.agent.transactions(), 5U);  // a quarter above the limit, for calls in progress
}

TEST(UserAgentRefusal, RefusesNewCallsWhenItLeaves) {
  Scene scene;
  scene.receive(request("INVITE", 1));
  scene.agent.drain();
  scene.receive(request("INVITE", 1));
  EXPECT_EQ(testing::brief(scene.last()), "100 INVITE");  // a copy of one in progress
  scene.receive(request("INVITE", 2, {.from_tag = "other"}));
  EXPECT_EQ(testing::brief(scene.last()), "503 INVITE");
  EXPECT_EQ(scene.header_of_last(HeaderName::retry_after), "5");
}

TEST(UserAgentRefusal, HidesItsNameWhenToldSo) {
  Scene scene({.server_name = ""});
  scene.receive(request("OPTIONS", 1));
  EXPECT_THAT(scene.header_of_last(HeaderName::server), IsEmpty());
}

}  // namespace
}  // namespace strowger::sip
