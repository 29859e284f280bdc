#include "call/info_digit.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

std::optional<char> digit(std::string_view type, std::string_view body) {
  const auto info = sip::Message::parse(
      "INFO sip:a@b SIP/2.0\r\nContent-Type: " + std::string(type) +
      "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  return info ? digit_in(*info) : '?';
}

TEST(InfoDigit, IsReadHoweverItIsWritten) {
  const std::string relay = "application/dtmf-relay";
  EXPECT_EQ(digit(relay, "Signal=5\r\nDuration=160\r\n"), '5');
  EXPECT_EQ(digit(relay, "Signal= 5\nDuration=160"), '5');
  EXPECT_EQ(digit(relay, "signal = *\r\n"), '*');
  EXPECT_EQ(digit(relay, "Duration=160\r\nSignal=#"), '#');
  EXPECT_EQ(digit(relay, "Signal=d\r\n"), 'D');
  EXPECT_EQ(digit("application/dtmf", "7\r\n"), '7');
  EXPECT_EQ(digit("Application/DTMF", " 0 "), '0');
}

// RFC 4733 §3.2
TEST(InfoDigit, MayBeTheNumberOfAnEvent) {
  EXPECT_EQ(digit("application/dtmf-relay", "Signal=10\r\n"), '*');
  EXPECT_EQ(digit("application/dtmf-relay", "Signal=11\r\n"), '#');
  EXPECT_EQ(digit("application/dtmf", "11"), '#');
}

TEST(InfoDigit, WhatIsNoKeyIsNone) {
  const std::string relay = "application/dtmf-relay";
  EXPECT_EQ(digit(relay, "Signal=16\r\nDuration=160\r\n"), std::nullopt) << "a flash";
  EXPECT_EQ(digit(relay, "Signal=\r\n"), std::nullopt);
  EXPECT_EQ(digit(relay, "NoSignal=5"), std::nullopt);
  EXPECT_EQ(digit(relay, ""), std::nullopt);
  EXPECT_EQ(digit("application/dtmf", "flash"), std::nullopt);
  EXPECT_EQ(digit("text/plain", "5"), std::nullopt);
}

}  // namespace
}  // namespace strowger::call
