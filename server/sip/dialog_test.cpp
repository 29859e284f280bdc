#include "sip/dialog.hpp"

#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

Message parsed(std::string head) {
  std::string bytes;
  for (const char c : head) {
    if (c == '\n') bytes.push_back('\r');
    bytes.push_back(c);
  }
  return *Message::parse(bytes + "\r\n");
}

Peer udp(std::string_view remote) {
  return {Transport::udp, *Endpoint::parse("192.0.2.1:5060"), *Endpoint::parse(remote)};
}

const std::string names =
    "From: \"A, B\" <sip:anna@a.example>;tag=a1\nTo: sip:bob@b.example;x=y\nCall-ID: c\n";

TEST(Dialog, NamesBothEndsInItsRequests) {
  const auto invite = parsed("INVITE sip:bob@b.example SIP/2.0\n" + names +
                             "CSeq: 5 INVITE\nContact: <sip:anna@192.0.2.9:5070;x=1>\n");
  Dialog dialog = Dialog::as_server(invite, "b1", udp("192.0.2.9:5070"));
  const auto number = dialog.next_sequence();
  EXPECT_EQ(dialog.request(Method::bye, number, "SIP/2.0/UDP h;branch=z9hG4bKb").finish(),
            "BYE sip:anna@192.0.2.9:5070;x=1 SIP/2.0\r\n"
            "Via: SIP/2.0/UDP h;branch=z9hG4bKb\r\n"
            "Max-Forwards: 70\r\n"
            "From: sip:bob@b.example;x=y;tag=b1\r\n"
            "To: \"A, B\" <sip:anna@a.example>;tag=a1\r\n"
            "Call-ID: c\r\n"
            "CSeq: 1 BYE\r\n"
            "Content-Length: 0\r\n\r\n");
}

// 12.1.1, 12.1.2: in order for the server, reversed for the client.
TEST(Dialog, KeepsTheRouteSet) {
  const std::string routes =
      "Record-Route: <sip:p1;lr>, <sip:p2;lr>\nRecord-Route: <sip:p3;lr>\n";
  const auto invite = parsed("INVITE sip:bob@b.example SIP/2.0\n" + names + routes +
                             "CSeq: 5 INVITE\nContact: <sip:anna@192.0.2.9>\n");
  const auto server = Dialog::as_server(invite, "b1", udp("192.0.2.9:5070"));
  EXPECT_NE(server.request(Method::bye, 1, "v").finish().find(
                "Route: <sip:p1;lr>\r\nRoute: <sip:p2;lr>\r\nRoute: <sip:p3;lr>\r\n"),
            std::string::npos);
  const auto response = parsed("SIP/2.0 200 OK\n" + names + routes +
                               "CSeq: 5 INVITE\nContact: <sip:bob@192.0.2.9>\n");
  const auto client = Dialog::as_client(response, "<sip:anna@a.example>;tag=a1", "a1",
                                        udp("192.0.2.9:5070"));
  EXPECT_NE(client.request(Method::bye, 1, "v").finish().find(
                "Route: <sip:p3;lr>\r\nRoute: <sip:p2;lr>\r\nRoute: <sip:p1;lr>\r\n"),
            std::string::npos);
  EXPECT_EQ(client.local_sequence(), 5U);
}

TEST(Dialog, CountsWhatItHears) {
  const auto invite = parsed("INVITE sip:b@x SIP/2.0\n" + names + "CSeq: 5 INVITE\n");
  Dialog dialog = Dialog::as_server(invite, "b1", udp("192.0.2.9:5070"));
  EXPECT_FALSE(dialog.accept_sequence(4));
  EXPECT_TRUE(dialog.accept_sequence(6));
  EXPECT_FALSE(dialog.accept_sequence(5));
  EXPECT_TRUE(dialog.accept_sequence(900));
}

TEST(Dialog, GoesToAnIpv6Contact) {
  const auto invite = parsed("INVITE sip:b@x SIP/2.0\n" + names +
                             "CSeq: 5 INVITE\nContact: <sip:anna@[2001:db8::9]:5070>\n");
  const Peer source{Transport::udp, *Endpoint::parse("[2001:db8::1]:5060"),
                    *Endpoint::parse("[2001:db8::9]:4000")};
  const Dialog dialog = Dialog::as_server(invite, "b1", source);
  EXPECT_EQ(dialog.next_hop().remote.text(), "[2001:db8::9]:5070");
  EXPECT_TRUE(dialog.request(Method::bye, 1, "v").finish().starts_with(
      "BYE sip:anna@[2001:db8::9]:5070 SIP/2.0\r\n"));
}

TEST(Dialog, DoesWithoutAContact) {
  const auto invite = parsed("INVITE sip:b@x SIP/2.0\n" + names + "CSeq: 5 INVITE\n");
  const Dialog dialog = Dialog::as_server(invite, "b1", udp("192.0.2.9:5070"));
  EXPECT_EQ(dialog.next_hop(), udp("192.0.2.9:5070"));
  EXPECT_TRUE(dialog.request(Method::bye, 1, "v").finish().starts_with(
      "BYE sip:anna@a.example SIP/2.0\r\n"));
}

}  // namespace
}  // namespace strowger::sip
