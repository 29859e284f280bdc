#include "call/redirection.hpp"

#include "sip/message.hpp"

#include <gmock/gmock.h>

namespace strowger::call {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const OwnNames own{{IpAddress::loopback_v4(), 5062},
                   "pbx.example",
                   IpAddress::parse("203.0.113.9")};

std::vector<std::string> read(const std::string& contacts) {
  const auto message = sip::Message::parse("SIP/2.0 302 Moved Temporarily\r\n" + contacts +
                                           "Content-Length: 0\r\n\r\n");
  std::vector<std::string> texts;
  for (const auto& one : redirections(*message, own)) {
    texts.push_back(one.number + (one.here ? " here" : " at " + one.host) + " " +
                    std::to_string(one.preference));
  }
  return texts;
}

std::string many(int count) {
  std::string contacts;
  for (int i = 0; i < count; ++i) contacts += "Contact: <sip:" + std::to_string(i) + "@a>\r\n";
  return contacts;
}

TEST(Redirections, SayWhetherTheyNameUs) {
  EXPECT_THAT(read("Contact: <sip:201@pbx.example>\r\n"), ElementsAre("201 here 1000"));
  EXPECT_THAT(read("Contact: sip:201@PBX.example:5062\r\n"), ElementsAre("201 here 1000"));
  EXPECT_THAT(read("Contact: <sip:201@127.0.0.1>\r\n"), ElementsAre("201 here 1000"));
  EXPECT_THAT(read("Contact: <sip:201@127.0.0.1:5062;transport=tcp>\r\n"),
              ElementsAre("201 here 1000"));
  EXPECT_THAT(read("Contact: <tel:+493012345>\r\n"), ElementsAre("+493012345 here 1000"));
  EXPECT_THAT(read("Contact: <sip:%32%30%31@pbx.example>\r\n"), ElementsAre("201 here 1000"));
  EXPECT_THAT(read("Contact: <sip:201@203.0.113.9>\r\n"), ElementsAre("201 here 1000"));
  // Another server at our address is another server.
  EXPECT_THAT(read("Contact: <sip:201@127.0.0.1:5070>\r\n"), ElementsAre("201 at 127.0.0.1 1000"));
  EXPECT_THAT(read("Contact: <sip:201@pbx.example:5070>\r\n"),
              ElementsAre("201 at pbx.example 1000"));
  EXPECT_THAT(read("Contact: <sip:201@evil.example>\r\n"), ElementsAre("201 at evil.example 1000"));
  EXPECT_THAT(read("Contact: <sip:pbx.example>\r\n"), ElementsAre(" here 1000"));
}

TEST(Redirections, AreInTheirOrder) {
  EXPECT_THAT(read("Contact: <sip:1@a>;q=0.5, <sip:2@a>;q=0, <sip:3@a>;q=0.75\r\n"
                   "Contact: <sip:4@a>, <sip:5@a>;q=1.0\r\n"),
              ElementsAre("4 at a 1000", "5 at a 1000", "3 at a 750", "1 at a 500", "2 at a 0"));
}

TEST(Redirections, WhatIsNoneIsLeftOut) {
  EXPECT_THAT(read(""), IsEmpty());
  EXPECT_THAT(read("Contact: *\r\n"), IsEmpty());
  EXPECT_THAT(read("Contact: <mailto:anna@example.net>\r\nContact: <sip:\r\n"), IsEmpty());
  EXPECT_THAT(read("Contact: <sip:" + std::string(redirection_bytes_max, '1') + "@a>\r\n"),
              IsEmpty());
  EXPECT_EQ(read(many(7)).size(), redirections_max);
}

}  // namespace
}  // namespace strowger::call
