#include "sip/peek_call_id.hpp"

#include "sip/headers.hpp"
#include "sip/message.hpp"
#include "sip/torture_corpus.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

struct Case {
  std::string head;  // between the start line and the empty line
  std::string_view call_id;
};

TEST(PeekCallId, FindsIt) {
  const Case cases[] = {
      {"Call-ID: a@b\r\n", "a@b"},
      {"Via: SIP/2.0/UDP h\r\nCALL-id:a\r\nCSeq: 1 BYE\r\n", "a"},
      {"i: a\r\n", "a"},
      {"I \t:a \r\n", "a"},
      {"Call-ID\t : a\r\n", "a"},
      {"Call-ID:\r\n  a\r\n", "a"},
      {"Call-ID: \r\n\t\r\n a \r\n", "a"},
      {"Call-ID: a\r\nCall-ID: b\r\n", "a"},
      {"Subject: x\r\n Call-ID: folded\r\nCall-ID: a\r\n", "a"},
      {"Call-IDs: x\r\nCall-Info: <sip:x>\r\nInfo: x\r\nCall-ID: a\r\n", "a"},
      {"Call-ID x\r\nCall-ID: a\r\n", "a"},
      {"Call-ID:\r\n", ""},
      {"Subject: x\r\n", ""},
      {"", ""},
  };
  for (const auto& [head, call_id] : cases) {
    EXPECT_EQ(peek_call_id("BYE sip:a@b SIP/2.0\r\n" + head + "\r\n"), call_id) << head;
  }
}

TEST(PeekCallId, SkipsLineBreaksInFront) {
  EXPECT_EQ(peek_call_id("\r\n\r\nSIP/2.0 200 OK\r\ni: a\r\n\r\n"), "a");
}

TEST(PeekCallId, StopsAtTheBody) {
  EXPECT_EQ(peek_call_id("BYE sip:a@b SIP/2.0\r\n\r\nCall-ID: body\r\n"), "");
}

TEST(PeekCallId, TakesWhatIsCutShort) {
  const std::string whole = "BYE sip:a@b SIP/2.0\r\nCall-ID: \r\n ab";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_LE(peek_call_id(whole.substr(0, length)).size(), 1U) << length;
  }
  EXPECT_EQ(peek_call_id(whole), "ab");
}

// Else a message would be given to a shard that does not know its call.
TEST(PeekCallId, AgreesWithTheParserOnTheTortureCorpus) {
  std::size_t compared = 0;
  for (const auto& line : testing::expectations()) {
    const auto bytes = testing::filled(line.bytes(), "UDP");
    const auto message = Message::parse(bytes);
    if (!message) continue;
    EXPECT_EQ(peek_call_id(bytes), call_id(*message)) << line.file;
    ++compared;
  }
  EXPECT_GT(compared, 50U);
}

}  // namespace
}  // namespace strowger::sip
