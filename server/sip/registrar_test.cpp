// What a REGISTER of somebody who has proven to be the device is answered.
#include "sip/registrar.hpp"

#include "sip/headers.hpp"
#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace strowger::sip {
namespace {

using std::chrono::seconds;
using testing::wire;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Asked {
  std::string headers;  // whole lines
  unsigned cseq = 1;
  std::string call_id = "one@test";
  std::string vias = "Via: SIP/2.0/UDP 10.0.0.5;branch=z9hG4bK1\n";
};

struct RegistrarTest : ::testing::Test {
  LocationTable table;
  RegistrarLimits limits;
  Peer source{.transport = Transport::udp,
              .local = *Endpoint::parse("192.0.2.1:5060"),
              .remote = *Endpoint::parse("192.0.2.10:40000")};
  Now now{Instant{} + std::chrono::hours{1}, WallTime{} + seconds{1'289'690'940}};
  Registration last;

  int send(const Asked& asked) {
    const auto number = std::to_string(asked.cseq);
    const auto message = Message::parse(wire(
        "REGISTER sip:example.org SIP/2.0\n" + asked.vias +
        "From: <sip:anna@example.org>;tag=1\nTo: <sip:anna@example.org>\nCall-ID: " +
        asked.call_id + "\nCSeq: " + number + " REGISTER\n" + asked.headers));
    last = register_contacts(*message, source, "default/desk", table.bindings("default/desk"),
                             limits, now);
    table.apply(last.change, true);
    return last.status;
  }
  std::vector<std::string> told(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [header, value] : last.headers) {
      if (header == name) values.push_back(value);
    }
    return values;
  }
  std::span<const Binding> bound() const { return table.bindings("default/desk"); }
};

TEST_F(RegistrarTest, BindsAndTellsWhatIsBound) {
  EXPECT_EQ(send({"Contact: <sip:anna@10.0.0.5:5060>;q=0.5\nUser-Agent: Phone 1\n"}), 200);
  ASSERT_EQ(bound().size(), 1U);
  const Binding& binding = bound()[0];
  EXPECT_EQ(binding.contact, "sip:anna@10.0.0.5:5060");
  EXPECT_EQ(binding.q, 500);
  EXPECT_EQ(binding.flow, source) << "behind NAT: back to where it came from";
  EXPECT_EQ(binding.user_agent, "Phone 1");
  EXPECT_EQ(binding.due, now.instant + limits.expires_default);
  EXPECT_EQ(binding.expires, now.wall + limits.expires_default);
  EXPECT_THAT(told("Contact"), ElementsAre("<sip:anna@10.0.0.5:5060>;expires=3600;q=0.500"));
  EXPECT_THAT(told("Date"), ElementsAre("Sat, 13 Nov 2010 23:29:00 GMT"));
  now.instant += seconds{600};
  EXPECT_EQ(send({"", 2}), 200) << "no Contact asks what there is (10.2.3)";
  EXPECT_THAT(told("Contact"), ElementsAre("<sip:anna@10.0.0.5:5060>;expires=3000;q=0.500"));
  EXPECT_TRUE(last.change.empty());
}

TEST_F(RegistrarTest, SeveralContactsEachWithItsTime) {
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>;expires=100, <sip:b@10.0.0.6>\n"
                  "Contact: <sip:c@10.0.0.7>;expires=99999\nExpires: 200\n"}), 200);
  EXPECT_THAT(told("Contact"),
              ElementsAre("<sip:a@10.0.0.5>;expires=100", "<sip:b@10.0.0.6>;expires=200",
                          "<sip:c@10.0.0.7>;expires=7200"));
}

TEST_F(RegistrarTest, ARefreshKeepsSinceAndComparesAddressesByTheirMeaning) {
  send({"Contact: <sip:anna@Phone.example.org>\n"});
  const auto since = bound()[0].since;
  now.wall += seconds{60};
  EXPECT_EQ(send({"Contact: <sip:anna@phone.EXAMPLE.org>\n", 2}), 200);
  ASSERT_EQ(bound().size(), 1U);
  EXPECT_EQ(bound()[0].contact, "sip:anna@phone.EXAMPLE.org");
  EXPECT_EQ(bound()[0].since, since);
}

TEST_F(RegistrarTest, RemovesOneOrAll) {
  send({"Contact: <sip:a@10.0.0.5>, <sip:b@10.0.0.6>, <sip:c@10.0.0.7>\n"});
  EXPECT_EQ(send({"Contact: <sip:b@10.0.0.6>;expires=0\n", 2}), 200);
  EXPECT_EQ(last.change.why, LocationChange::Why::unregistered);
  EXPECT_EQ(bound().size(), 2U);
  EXPECT_EQ(told("Contact").size(), 2U);
  EXPECT_EQ(send({"Contact: *\nExpires: 0\n", 3}), 200);
  EXPECT_THAT(bound(), IsEmpty());
  EXPECT_THAT(told("Contact"), IsEmpty());
}

TEST_F(RegistrarTest, AnIntervalThatIsTooShortIsRefusedWithTheLeastThatIsTaken) {
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>, <sip:b@10.0.0.6>;expires=59\n"}), 423);
  EXPECT_THAT(told("Min-Expires"), ElementsAre("60"));
  EXPECT_THAT(bound(), IsEmpty()) << "all or nothing";
}

// 10.3 steps 6 and 7.
TEST_F(RegistrarTest, AnOldRequestThatIsLateUndoesNothing) {
  send({"Contact: <sip:a@10.0.0.5>\n", 5});
  for (const unsigned late : {4U, 5U}) {
    EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>;expires=0\n", late}), 500);
    EXPECT_EQ(send({"Contact: *\nExpires: 0\n", late}), 500);
    EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>\n", late}), 500);
  }
  EXPECT_EQ(bound().size(), 1U);
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>;expires=0\n", 1, "after-restart@test"}), 200);
  EXPECT_THAT(bound(), IsEmpty());
}

TEST_F(RegistrarTest, OfTooManyContactsTheOldestGoes) {
  for (std::size_t i = 0; i < bindings_per_aor_max; ++i) {
    now.instant += seconds{1};
    send({"Contact: <sip:" + std::to_string(i) + "@10.0.0.5>\n", 1, std::to_string(i)});
  }
  EXPECT_EQ(send({"Contact: <sip:new@10.0.0.5>\n"}), 200);
  EXPECT_EQ(bound().size(), bindings_per_aor_max);
  EXPECT_THAT(last.change.removed,
              ElementsAre(LocationChange::Removed{"sip:0@10.0.0.5", "", 0, now.instant}));
  std::string many = "Contact: <sip:0@10.0.0.9>";
  for (std::size_t i = 1; i <= bindings_per_aor_max; ++i) {
    many += ", <sip:" + std::to_string(i) + "@10.0.0.9>";
  }
  EXPECT_EQ(send({many + "\n", 1, "many"}), 403);
}

TEST_F(RegistrarTest, TextsAreBounded) {
  const auto long_text = [](std::size_t bytes) { return std::string(bytes, 'x'); };
  EXPECT_EQ(send({"Contact: <sip:" + long_text(contact_bytes_max) + "@10.0.0.5>\n"}), 400);
  EXPECT_EQ(send({"", 1, long_text(registration_call_id_bytes_max + 1)}), 400);
  EXPECT_EQ(send({"Supported: path\nPath: <sip:" + long_text(path_bytes_max) + "@10.0.0.1;lr>\n"}),
            400);
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>;+sip.instance=\"" + long_text(instance_bytes_max + 1) +
                  "\"\n"}), 400);
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>\nUser-Agent: " + long_text(1'000) + "\n"}), 200);
  EXPECT_EQ(bound()[0].user_agent.size(), user_agent_bytes_max);
}

// RFC 3327 5.3.
TEST_F(RegistrarTest, KeepsThePathForThePhoneThatKnowsOfIt) {
  const std::string contact = "Contact: <sip:a@10.0.0.5>\n";
  const std::string path = "Path: <sip:edge2.example.org;lr>, <sip:edge1.example.org;lr;ob>\n";
  EXPECT_EQ(send({contact + path}), 420);
  EXPECT_THAT(told("Unsupported"), ElementsAre("path"));
  EXPECT_EQ(send({contact + path + "Supported: path\n"}), 200);
  EXPECT_THAT(bound()[0].path,
              ElementsAre("<sip:edge2.example.org;lr>", "<sip:edge1.example.org;lr;ob>"));
  EXPECT_THAT(told("Path"), ElementsAre("<sip:edge2.example.org;lr>",
                                        "<sip:edge1.example.org;lr;ob>"));
  EXPECT_EQ(send({contact + "Supported: path\nPath: <nonsense\n", 2}), 400);
}

const std::string flow_of =
    "Supported: path, outbound\nContact: <sip:a@10.0.0.5>;+sip.instance=\"<urn:uuid:1>\";reg-id=";

// RFC 5626 6.
TEST_F(RegistrarTest, FlowsAreToldApartByInstanceAndNumber) {
  EXPECT_EQ(send({flow_of + "1\n"}), 200);
  EXPECT_THAT(told("Require"), ElementsAre("outbound"));
  EXPECT_THAT(told("Flow-Timer"), ElementsAre("120"));
  EXPECT_EQ(send({flow_of + "2\n", 2}), 200);
  EXPECT_EQ(bound().size(), 2U) << "the same address, another flow";
  EXPECT_EQ(send({"Supported: outbound\nContact: <sip:a@10.0.0.99>;"
                  "+sip.instance=\"<urn:uuid:1>\";reg-id=1\n", 3}), 200);
  EXPECT_EQ(bound().size(), 2U) << "the same flow, another address";
  EXPECT_THAT(told("Contact"),
              ElementsAre("<sip:a@10.0.0.99>;expires=3600;+sip.instance=\"<urn:uuid:1>\";reg-id=1",
                          "<sip:a@10.0.0.5>;expires=3600;+sip.instance=\"<urn:uuid:1>\";reg-id=2"));
}

TEST_F(RegistrarTest, AFlowNeedsSupportFromBothEndsAndAllBetween) {
  const std::string two_hops = "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK2\n"
                               "Via: SIP/2.0/UDP 10.0.0.5;branch=z9hG4bK1\n";
  EXPECT_EQ(send({.headers = flow_of + "1\n", .vias = two_hops}), 439);
  EXPECT_EQ(send({.headers = flow_of + "1\nPath: <sip:10.0.0.1;lr>\n", .vias = two_hops}), 439);
  EXPECT_EQ(send({.headers = flow_of + "1\nPath: <sip:10.0.0.1;lr;ob>\n", .vias = two_hops}), 200);
  EXPECT_EQ(send({flow_of + "1, <sip:b@10.0.0.6>\n", 2}), 400);
  EXPECT_EQ(send({"Contact: <sip:b@10.0.0.6>;reg-id=1\n", 3}), 200) << "no instance: no flow";
  EXPECT_THAT(told("Require"), IsEmpty());
}

// A quiet connection ends, and the binding with it.
TEST_F(RegistrarTest, OnAStreamBindingsAreRefreshedSooner) {
  source.transport = Transport::tcp;
  source.connection = 7;
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5;transport=tcp>\n"}), 200);
  EXPECT_THAT(told("Contact"), ElementsAre("<sip:a@10.0.0.5;transport=tcp>;expires=600"));
}

TEST_F(RegistrarTest, WhatIsNoNumberCountsAsNone) {
  EXPECT_EQ(send({"Contact: <sip:a@10.0.0.5>;expires=soon;q=2\nExpires: 999999999999\n"}), 200);
  EXPECT_THAT(told("Contact"), ElementsAre("<sip:a@10.0.0.5>;expires=3600"));
}

}  // namespace
}  // namespace strowger::sip
