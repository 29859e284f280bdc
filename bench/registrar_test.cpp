#include "registrar.hpp"

#include <gtest/gtest.h>

namespace strowger::bench {
namespace {

bool shows(const std::string& value, const std::string& response) {
  return value.find("response=\"" + response + '"') != std::string::npos;
}

TEST(Registrar, ReadsAChallenge) {
  const auto found = Challenge::of(R"(Digest realm="a b", nonce="n=1", algorithm=MD5, qop="auth")");
  EXPECT_EQ(found.realm, "a b");
  EXPECT_EQ(found.nonce, "n=1");
  EXPECT_EQ(found.qop, "auth");
}

// Computed by Python's hashlib.
TEST(Registrar, AnswersWithAndWithoutQop) {
  const auto plain = credentials({.realm = "r", .nonce = "n", .qop = ""}, "u", "sip:h");
  EXPECT_TRUE(shows(plain, "1f4e6c2816e0695ae8f1c65827e9a5ed")) << plain;
  const auto counted = credentials({.realm = "r", .nonce = "n", .qop = "auth"}, "u", "sip:h");
  EXPECT_TRUE(shows(counted, "4b20da5ba481924d86a193846ef133d9")) << counted;
  EXPECT_NE(counted.find("nc=00000001"), std::string::npos);
}

}  // namespace
}  // namespace strowger::bench
