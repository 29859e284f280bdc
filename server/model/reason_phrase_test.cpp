#include "model/reason_phrase.hpp"

#include "model/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::model {
namespace {

using std::string_literals::operator""s;

TEST(ReasonPhrase, Accepted) {
  const std::string accepted[] = {
      "",
      "Busy Here",
      "Call/Transaction Does Not Exist",
      "tab\there",
      "a-_.!~*'()b;/?:@&=+$,c",
      "100%25 sure",
      "%e4%F6",
      "Geschäft geschlossen",
      "Абонент недоступен ☎",
      "😀",
      std::string(phrase_bytes_max, 'x'),
  };
  for (const std::string& phrase : accepted) {
    EXPECT_TRUE(check_phrase(phrase).has_value()) << phrase;
    EXPECT_EQ(repaired_phrase(phrase), phrase);
  }
}

TEST(ReasonPhrase, RefusedWithPosition) {
  struct Case {
    std::string phrase;
    std::size_t offset;
  };
  const Case cases[] = {
      {"a\r\nX-Evil: 1", 1},
      {"a\nb", 1},
      {"a\0b"s, 1},
      {"bell\a", 4},
      {"del\x7f", 3},
      {"say \"hi\"", 4},
      {"<tag>", 0},
      {"no > arrows", 3},
      {"number #1", 7},
      {"50% off", 2},
      {"50%", 2},
      {"50%2", 2},
      {"%G1", 0},
      {"{x", 0},
      {"x}", 1},
      {"a|b", 1},
      {"a\\b", 1},
      {"a^b", 1},
      {"[", 0},
      {"]", 0},
      {"`", 0},
      {"\xC3", 0},
      {"ok\xFFno", 2},
      {"\xC0\x80", 0},              // overlong NUL
      {"\xED\xA0\x80", 0},          // surrogate
      {"\xF4\x90\x80\x80", 0},      // above U+10FFFF
      {"\xE2\x82", 0},              // cut short
      {std::string(phrase_bytes_max + 1, 'x'), phrase_bytes_max},
      {std::string(phrase_bytes_max - 1, 'x') + "ä", phrase_bytes_max - 1},
  };
  for (const Case& c : cases) {
    const auto checked = check_phrase(c.phrase);
    ASSERT_FALSE(checked.has_value()) << c.phrase;
    EXPECT_EQ(checked.error().offset, c.offset) << c.phrase;
    EXPECT_FALSE(checked.error().what.empty());
    EXPECT_TRUE(check_phrase(repaired_phrase(c.phrase)).has_value()) << c.phrase;
  }
}

TEST(ReasonPhrase, RepairedKeepsTheSense) {
  EXPECT_EQ(repaired_phrase("say \"hi\""), "say 'hi'");
  EXPECT_EQ(repaired_phrase("50% off"), "50%25 off");
  EXPECT_EQ(repaired_phrase("line\r\nbreak"), "line  break");
  EXPECT_EQ(repaired_phrase("[x] <y>"), "(x) (y)");
}

// Whatever bytes come, the repaired phrase is legal and a legal one is left alone.
TEST(ReasonPhrase, EveryByteAlone) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string phrase(1, static_cast<char>(byte));
    EXPECT_TRUE(check_phrase(repaired_phrase(phrase)).has_value()) << byte;
    EXPECT_EQ(check_phrase(phrase).has_value(), repaired_phrase(phrase) == phrase) << byte;
  }
}

TEST(ReasonPhrase, CutNeverSplitsAnEscape) {
  for (std::size_t lead = phrase_bytes_max - 4; lead <= phrase_bytes_max; ++lead) {
    const std::string repaired = repaired_phrase(std::string(lead, 'x') + "%41%41");
    EXPECT_TRUE(check_phrase(repaired).has_value()) << lead;
  }
}

TEST(Utf8, LengthCountsCharacters) {
  EXPECT_EQ(utf8_length("ä☎😀x"), 4U);
  EXPECT_EQ(utf8_length("\xFF\xFF"), 2U);
  EXPECT_EQ(utf8_repaired("a\xFF", 10), "a\xEF\xBF\xBD");
  EXPECT_EQ(utf8_repaired("aä", 2), "a");
}

}  // namespace
}  // namespace strowger::model
