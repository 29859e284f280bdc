#include "base/byte_search.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger {
namespace {

TEST(ByteSearch, FindsEachByteAtEachPlaceOfEachLength) {
  const auto odd = [](EightBytes eight) {
    return eight.below(0x20) | eight.equal('"') | eight.equal('\x7f') | eight.beyond_ascii();
  };
  for (std::size_t length = 0; length < 40; ++length) {
    EXPECT_FALSE(has_byte(std::string(length, 'x'), odd)) << length;
    for (std::size_t place = 0; place < length; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(length, 'x');
        text[place] = static_cast<char>(byte);
        const bool expected = byte < 0x20 || byte == '"' || byte >= 0x7f;
        ASSERT_EQ(has_byte(text, odd), expected) << byte << " at " << place << " of " << length;
      }
    }
  }
}

TEST(ByteSearch, FindsNul) {
  const auto nul = [](EightBytes eight) { return eight.equal('\0'); };
  EXPECT_TRUE(has_byte(std::string(1, '\0'), nul));
  EXPECT_TRUE(has_byte(std::string("12345678901") + '\0', nul));
  EXPECT_FALSE(has_byte("\x01\x01\x80\xff 12345", nul));
}

}  // namespace
}  // namespace strowger
