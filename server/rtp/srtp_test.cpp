#include "rtp/srtp.hpp"

#include <gtest/gtest.h>

namespace strowger::rtp {
namespace {

SrtpKey key_of(int first) {
  SrtpKey key;
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<std::byte>(first + static_cast<int>(i));
  }
  return key;
}

std::vector<std::byte> packet(std::uint16_t sequence) {
  std::vector<std::byte> bytes(172, std::byte{0x2A});
  const Header header{.payload_type = 0, .sequence = sequence, .timestamp = 160U * sequence,
                      .ssrc = 7};
  const auto written = write_packet(header, Bytes(bytes).subspan(12), bytes);
  EXPECT_EQ(written.size(), bytes.size());
  return bytes;
}

class SrtpTest : public testing::TestWithParam<SrtpSuite> {
 protected:
  SrtpSender sender_{GetParam(), key_of(1)};
  SrtpReceiver receiver_{GetParam(), key_of(1)};
};

TEST_P(SrtpTest, WhatIsSentIsHeard) {
  for (std::uint16_t sequence = 65'530; sequence != 10; ++sequence) {  // over the wrap
    const auto plain = packet(sequence);
    auto bytes = plain;
    ASSERT_TRUE(sender_.protect(bytes, false));
    const std::size_t tag = GetParam() == SrtpSuite::aes_cm_128_hmac_sha1_80 ? 10 : 4;
    EXPECT_EQ(bytes.size(), plain.size() + tag);
    EXPECT_NE(bytes[20], plain[20]);
    ASSERT_TRUE(receiver_.unprotect(bytes, false));
    EXPECT_EQ(bytes, plain);
  }
}

TEST_P(SrtpTest, ForgedAlteredAndRepeatedPacketsAreRefused) {
  auto good = packet(1);
  ASSERT_TRUE(sender_.protect(good, false));
  auto altered = good;
  altered[30] ^= std::byte{1};
  EXPECT_FALSE(receiver_.unprotect(altered, false));
  auto plain = packet(2);
  EXPECT_FALSE(receiver_.unprotect(plain, false));
  auto again = good;
  EXPECT_TRUE(receiver_.unprotect(good, false));
  EXPECT_FALSE(receiver_.unprotect(again, false));
  SrtpReceiver stranger(GetParam(), key_of(2));
  auto next = packet(3);
  ASSERT_TRUE(sender_.protect(next, false));
  EXPECT_FALSE(stranger.unprotect(next, false));
}

TEST_P(SrtpTest, ReportsToo) {
  std::vector<std::byte> report(28, std::byte{0});
  report[0] = std::byte{0x80};
  report[1] = std::byte{200};
  report[3] = std::byte{6};
  const auto plain = report;
  ASSERT_TRUE(sender_.protect(report, true));
  EXPECT_EQ(report.size(), plain.size() + 14);  // an index and the long tag
  ASSERT_TRUE(receiver_.unprotect(report, true));
  EXPECT_EQ(report, plain);
}

TEST_P(SrtpTest, NonsenseIsRefused) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::vector<std::byte> bytes(size, std::byte{0x80});
    EXPECT_FALSE(receiver_.unprotect(bytes, false));
    bytes.assign(size, std::byte{0x81});
    EXPECT_FALSE(receiver_.unprotect(bytes, true));
  }
}

INSTANTIATE_TEST_SUITE_P(Suites, SrtpTest,
                         testing::Values(SrtpSuite::aes_cm_128_hmac_sha1_80,
                                         SrtpSuite::aes_cm_128_hmac_sha1_32));

}  // namespace
}  // namespace strowger::rtp
