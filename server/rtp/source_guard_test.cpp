#include "rtp/source_guard.hpp"

#include <gtest/gtest.h>

namespace strowger::rtp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Endpoint endpoint(const char* text) { return *Endpoint::parse(text); }
IpAddress address(const char* text) { return *IpAddress::parse(text); }

constexpr std::uint32_t caller = 0xCA11;
constexpr std::uint32_t intruder = 0xBAD;
const Instant start{seconds(1'000)};
const Endpoint signalled = endpoint("192.0.2.1:4000");
const Endpoint stranger = endpoint("203.0.113.66:4000");

SourceGuard direct() { return {signalled, signalled.address, start}; }
// The SDP names an address inside; the SIP messages come from the outside of the NAT.
SourceGuard behind_nat() { return {endpoint("10.0.0.5:4000"), address("198.51.100.9"), start}; }

TEST(SourceGuard, TheSignalledEndpointIsHeardAndAnswered) {
  SourceGuard guard = direct();
  EXPECT_EQ(guard.send_to(), signalled);
  EXPECT_FALSE(guard.locked());
  EXPECT_TRUE(guard.accept(signalled, caller, start));
  EXPECT_TRUE(guard.locked());
  EXPECT_EQ(guard.send_to(), signalled);
  EXPECT_EQ(guard.rejected(), 0U);
}

TEST(SourceGuard, ItMayStartLate) {
  SourceGuard guard = direct();
  EXPECT_TRUE(guard.accept(signalled, caller, start + std::chrono::hours(1)));
}

TEST(SourceGuard, NobodyElseIsHeardBeforeDuringOrAfter) {
  const Endpoint others[] = {stranger, endpoint("203.0.113.66:9"), endpoint("192.0.2.1:4002"),
                             endpoint("[2001:db8::1]:4000")};
  for (const Endpoint& other : others) {
    SourceGuard guard = direct();
    EXPECT_FALSE(guard.accept(other, intruder, start)) << other.text();
    EXPECT_EQ(guard.send_to(), signalled);
    EXPECT_TRUE(guard.accept(signalled, caller, start + milliseconds(20)));
    for (int ms = 40; ms < 20'000; ms += 20) {
      EXPECT_FALSE(guard.accept(other, caller, start + milliseconds(ms))) << other.text();
    }
    EXPECT_EQ(guard.send_to(), signalled);
    EXPECT_EQ(guard.rejected(), 999U);
    EXPECT_TRUE(guard.accept(signalled, caller, start + seconds(21)));
  }
}

TEST(SourceGuard, AForgedSourceDoesNotGetInBesideTheTrueStream) {
  SourceGuard guard = direct();
  int heard = 0;
  for (int ms = 0; ms < 10'000; ms += 20) {
    EXPECT_TRUE(guard.accept(signalled, caller, start + milliseconds(ms)));
    if (guard.accept(signalled, intruder, start + milliseconds(ms + 1))) ++heard;
  }
  EXPECT_EQ(heard, 0);
}

TEST(SourceGuard, AGatewayMayChangeItsSsrcAfterSilence) {
  SourceGuard guard = direct();
  EXPECT_TRUE(guard.accept(signalled, caller, start));
  EXPECT_FALSE(guard.accept(signalled, 2, start + ssrc_change_silence - milliseconds(1)));
  EXPECT_TRUE(guard.accept(signalled, 2, start + ssrc_change_silence));
  EXPECT_FALSE(guard.accept(signalled, caller, start + ssrc_change_silence + milliseconds(20)));
}

TEST(SourceGuard, TheOutsideOfANatIsLearntOnce) {
  const Endpoint outside = endpoint("198.51.100.9:61000");
  SourceGuard guard = behind_nat();
  EXPECT_EQ(guard.send_to(), endpoint("10.0.0.5:4000"));
  EXPECT_FALSE(guard.accept(stranger, intruder, start));
  EXPECT_TRUE(guard.accept(outside, caller, start + seconds(1)));
  EXPECT_EQ(guard.send_to(), outside);
  EXPECT_FALSE(guard.accept(endpoint("198.51.100.9:61002"), intruder, start + seconds(2)));
  EXPECT_FALSE(guard.accept(stranger, caller, start + seconds(2)));
  EXPECT_EQ(guard.send_to(), outside);
  EXPECT_EQ(guard.rejected(), 3U);
}

TEST(SourceGuard, TheSignalledEndpointTakesOverWithinTheWindow) {
  SourceGuard guard = behind_nat();
  EXPECT_TRUE(guard.accept(endpoint("198.51.100.9:61000"), intruder, start));
  EXPECT_TRUE(guard.accept(endpoint("10.0.0.5:4000"), caller, start + seconds(4)));
  EXPECT_EQ(guard.send_to(), endpoint("10.0.0.5:4000"));
  EXPECT_FALSE(guard.accept(endpoint("198.51.100.9:61000"), intruder, start + seconds(4)));
}

TEST(SourceGuard, WhoIsMutedAtFirstMayStartBehindItsNatAtAnyTime) {
  SourceGuard guard = behind_nat();
  EXPECT_FALSE(guard.accept(stranger, intruder, start + seconds(60)));
  EXPECT_TRUE(guard.accept(endpoint("198.51.100.9:61000"), caller, start + seconds(60)));
  EXPECT_FALSE(guard.accept(endpoint("198.51.100.9:7"), intruder, start + seconds(90)));
}

TEST(SourceGuard, LearningEndsWithTheWindow) {
  SourceGuard guard = behind_nat();
  const Endpoint outside = endpoint("198.51.100.9:61000");
  EXPECT_TRUE(guard.accept(outside, caller, start + seconds(1)));
  EXPECT_FALSE(guard.accept(endpoint("10.0.0.5:4000"), caller, start + seconds(70)));
  guard.reopen(start + seconds(80));
  EXPECT_FALSE(guard.accept(endpoint("198.51.100.9:7"), caller, start + seconds(80)));
  EXPECT_EQ(guard.send_to(), outside) << "a locked source stays";
}

TEST(SourceGuard, AfterAHoldTheNatMayHaveAnotherPort) {
  SourceGuard guard = behind_nat();
  const Endpoint before = endpoint("198.51.100.9:61000");
  const Endpoint after = endpoint("198.51.100.9:61002");
  EXPECT_TRUE(guard.accept(before, caller, start));
  guard.described_again(start + seconds(60));
  EXPECT_EQ(guard.send_to(), before);
  EXPECT_FALSE(guard.accept(stranger, intruder, start + seconds(61)));
  EXPECT_TRUE(guard.accept(after, caller, start + seconds(61)));
  EXPECT_EQ(guard.send_to(), after);
  EXPECT_FALSE(guard.accept(before, intruder, start + seconds(62))) << "once";
  guard.described_again(start + seconds(90));
  EXPECT_TRUE(guard.accept(after, caller, start + seconds(91)));
  EXPECT_FALSE(guard.accept(before, intruder, start + seconds(91))) << "it is not silent";
  EXPECT_FALSE(guard.accept(before, caller, start + seconds(96))) << "too late";
}

TEST(SourceGuard, RtcpComesFromWhereMediaComes) {
  SourceGuard guard = behind_nat();
  EXPECT_TRUE(guard.accept_rtcp(endpoint("10.0.0.5:4001")));
  EXPECT_TRUE(guard.accept_rtcp(endpoint("198.51.100.9:61001")));
  EXPECT_FALSE(guard.accept_rtcp(stranger));
  EXPECT_TRUE(guard.accept(endpoint("198.51.100.9:61000"), caller, start));
  EXPECT_FALSE(guard.accept_rtcp(endpoint("10.0.0.5:4001")));
  EXPECT_TRUE(guard.accept_rtcp(endpoint("198.51.100.9:61001")));
}

TEST(SourceGuard, NothingIsSentToNoAddress) {
  const IpAddress peer = address("192.0.2.1");
  EXPECT_EQ(SourceGuard(endpoint("0.0.0.0:4000"), peer, start).send_to(), std::nullopt);
  EXPECT_EQ(SourceGuard(endpoint("[::]:4000"), peer, start).send_to(), std::nullopt);
  EXPECT_EQ(SourceGuard(endpoint("192.0.2.1:0"), peer, start).send_to(), std::nullopt);
}

}  // namespace
}  // namespace strowger::rtp
