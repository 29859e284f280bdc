#include "call/carrier_words.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

TEST(CarrierWords, AddressesThatAreCalled) {
  EXPECT_EQ(carrier_uri("+4930123", {"sip.example.net", 0, sip::Transport::udp}),
            "sip:+4930123@sip.example.net");
  EXPECT_EQ(carrier_uri("0301#23", {"2001:db8::1", 5070, sip::Transport::tcp}),
            "sip:0301%2323@[2001:db8::1]:5070;transport=tcp");
  EXPECT_EQ(carrier_uri("112", {"sip.example.net", 0, sip::Transport::tls}),
            "sip:112@sip.example.net;transport=tls");
}

TEST(CarrierWords, TheCallerIsShownTwice) {
  const auto shown = shown_to_carrier({.who = {"A \"B\"", "+4930123"}, .host = "c.example"});
  EXPECT_EQ(shown.from, "\"A \\\"B\\\"\" <sip:+4930123@c.example>");
  EXPECT_EQ(shown.headers, (sip::HeaderList{{"P-Asserted-Identity", shown.from}}));
}

TEST(CarrierWords, WhoIsHiddenIsKnownToTheCarrierOnly) {
  const auto shown = shown_to_carrier(
      {.who = {"", "+4930123"}, .host = "c.example", .asserted = false, .hidden = true});
  EXPECT_EQ(shown.from, "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
  EXPECT_EQ(shown.headers, (sip::HeaderList{{"P-Asserted-Identity", "<sip:+4930123@c.example>"},
                                            {"Privacy", "id"}}));
}

// RFC 3325 9.1: it would assert somebody who does not exist.
TEST(CarrierWords, NobodyIsCalledAnonymous) {
  const auto shown = shown_to_carrier(
      {.who = {"Anonymous", "anonymous"}, .host = "c.example", .asserted = true, .hidden = true});
  EXPECT_EQ(shown.headers, (sip::HeaderList{{"Privacy", "id"}}));
}

TEST(CarrierWords, WithoutANumberThereIsNothingToAssert) {
  const auto shown = shown_to_carrier({.who = {}, .host = "c.example"});
  EXPECT_EQ(shown.from, "<sip:c.example>");
  EXPECT_TRUE(shown.headers.empty());
}

}  // namespace
}  // namespace strowger::call
