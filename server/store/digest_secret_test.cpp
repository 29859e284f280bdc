#include "store/digest_secret.hpp"

#include <gtest/gtest.h>

namespace strowger::store {
namespace {

// The user of RFC 7616 §3.9.1; the digests are those of its A1, by another program.
TEST(DigestSecret, IsTheHashOfUsernameRealmAndPassword) {
  const auto secret = digest_secret("Mufasa", "http-auth@example.org", "Circle of Life");
  EXPECT_EQ(secret.realm, "http-auth@example.org");
  EXPECT_EQ(secret.md5, "3d78807defe7de2157e2b0b6573a855f");
  EXPECT_EQ(secret.sha256, "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232");
}

}  // namespace
}  // namespace strowger::store
