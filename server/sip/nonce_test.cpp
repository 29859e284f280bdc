#include "sip/nonce.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

using std::chrono::seconds;

constexpr Instant start = Instant{} + std::chrono::hours{1};

struct NonceTest : testing::Test {
  SeededRandom random{1};
  Nonces nonces{random};
};

TEST_F(NonceTest, IsValidForItsLifetimeWhereItWasMade) {
  const auto nonce = nonces.make(start);
  EXPECT_NE(nonce, nonces.make(start));
  EXPECT_TRUE(nonces.valid(nonce, start + nonce_lifetime - seconds{1}));
  EXPECT_FALSE(nonces.valid(nonce, start + nonce_lifetime));
  Nonces another_shard{random};
  EXPECT_FALSE(another_shard.valid(nonce, start));
}

TEST_F(NonceTest, CannotBeMadeUpOrChanged) {
  auto nonce = nonces.make(start);
  EXPECT_FALSE(nonces.valid("", start));
  EXPECT_FALSE(nonces.valid(std::string(nonce.size(), '0'), start));
  for (std::size_t i = 0; i < nonce.size(); ++i) {
    auto changed = nonce;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_FALSE(nonces.valid(changed, start)) << i;
  }
}

TEST_F(NonceTest, EachCountIsGoodOnce) {
  const auto nonce = nonces.make(start);
  const auto other = nonces.make(start);
  EXPECT_TRUE(nonces.use(nonce, 1, start));
  EXPECT_FALSE(nonces.use(nonce, 1, start));
  EXPECT_TRUE(nonces.use(nonce, 5, start));
  EXPECT_TRUE(nonces.use(nonce, 3, start)) << "overtaken on its way";
  EXPECT_FALSE(nonces.use(nonce, 3, start));
  EXPECT_TRUE(nonces.use(nonce, 100, start));
  EXPECT_FALSE(nonces.use(nonce, 100 - nonce_counts_remembered, start)) << "out of the window";
  EXPECT_TRUE(nonces.use(nonce, 101 - nonce_counts_remembered, start));
  EXPECT_TRUE(nonces.use(other, 1, start));
}

TEST_F(NonceTest, WithoutCountsItIsGoodOnce) {
  const auto nonce = nonces.make(start);
  EXPECT_TRUE(nonces.use(nonce, 0, start));
  EXPECT_FALSE(nonces.use(nonce, 0, start));
  EXPECT_FALSE(nonces.use(nonce, 1, start));
  const auto other = nonces.make(start);
  EXPECT_TRUE(nonces.use(other, 1, start));
  EXPECT_FALSE(nonces.use(other, 0, start));
}

TEST_F(NonceTest, WhatItForgetsIsGoodNoMore) {
  const auto first = nonces.make(start);
  EXPECT_TRUE(nonces.use(first, 1, start));
  for (std::size_t i = 0; i < nonces_in_use_max; ++i) {
    EXPECT_TRUE(nonces.use(nonces.make(start), 1, start));
  }
  EXPECT_EQ(nonces.in_use(), nonces_in_use_max);
  EXPECT_FALSE(nonces.use(first, 2, start));
  EXPECT_TRUE(nonces.use(nonces.make(start + nonce_lifetime), 1, start + nonce_lifetime));
  EXPECT_EQ(nonces.in_use(), 1U) << "those too old are forgotten";
}

}  // namespace
}  // namespace strowger::sip
