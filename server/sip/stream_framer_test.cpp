#include "sip/stream_framer.hpp"

#include "sip/message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace strowger::sip {

static bool operator==(const Frame& a, const Frame& b) {
  return a.kind == b.kind && a.bytes == b.bytes;
}
static void PrintTo(const Frame& frame, std::ostream* out) {
  *out << static_cast<int>(frame.kind) << ":" << frame.bytes;
}

namespace {

using Kind = Frame::Kind;

std::string message(const std::string& subject, const std::string& body) {
  return "OPTIONS sip:a@b SIP/2.0\r\nSubject: " + subject +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::vector<Frame> drain(StreamFramer& framer) {
  std::vector<Frame> frames;
  while (auto frame = framer.next()) frames.push_back(*frame);
  return frames;
}

std::vector<Frame> frames_of(const std::string& stream) {
  StreamFramer framer;
  framer.feed(stream);
  return drain(framer);
}

TEST(StreamFramer, CutsMessagesAndPings) {
  const std::string one = message("1", "");
  const std::string two = message("2", "body \r\n\r\n OPTIONS");
  EXPECT_EQ(frames_of(one), (std::vector<Frame>{{Kind::message, one, {}}}));
  EXPECT_EQ(frames_of(one + two),
            (std::vector<Frame>{{Kind::message, one, {}}, {Kind::message, two, {}}}));
  EXPECT_EQ(frames_of("\r\n\r\n"), (std::vector<Frame>{{Kind::ping, "", {}}}));
  EXPECT_EQ(frames_of("\r\n" + one + "\r\n" + two),
            (std::vector<Frame>{{Kind::message, one, {}}, {Kind::message, two, {}}}));
  EXPECT_EQ(frames_of(one + "\r\n\r\n\r\n\r\n" + two),
            (std::vector<Frame>{{Kind::message, one, {}},
                                {Kind::ping, "", {}},
                                {Kind::ping, "", {}},
                                {Kind::message, two, {}}}));
}

TEST(StreamFramer, WaitsForTheRest) {
  const std::string whole = message("x", "12345");
  StreamFramer framer;
  for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
    framer.feed(whole.substr(i, 1));
    EXPECT_FALSE(framer.next());
    EXPECT_EQ(framer.waiting(), i + 1);
  }
  framer.feed(whole.substr(whole.size() - 1));
  EXPECT_EQ(framer.next()->bytes, whole);
  EXPECT_EQ(framer.waiting(), 0U);
  EXPECT_FALSE(framer.broken());
}

struct BrokenCase {
  std::string what, stream, bytes;
};

TEST(StreamFramer, GivesUpWhereTheEndIsUnknown) {
  const std::string start = "OPTIONS sip:a@b SIP/2.0\r\n";
  const std::string long_head = start + "X: " + std::string(head_bytes_max, 'x');
  const std::string many = [&] {
    std::string text = start;
    for (std::size_t i = 0; i <= headers_max; ++i) text += "X: y\r\n";
    return text + "Content-Length: 0\r\n\r\n";
  }();
  const BrokenCase cases[] = {
      {"no Content-Length", start + "\r\nbody", start + "\r\n"},
      {"two lengths", start + "l: 1\r\nl: 2\r\n\r\n12", start + "l: 1\r\nl: 2\r\n\r\n"},
      {"no number", start + "l: +1\r\n\r\n1", start + "l: +1\r\n\r\n"},
      {"2^64", start + "l: 18446744073709551616\r\n\r\n",
       start + "l: 18446744073709551616\r\n\r\n"},
      {"beyond the limit", start + "l: 65535\r\n\r\n", start + "l: 65535\r\n\r\n"},
      {"bare LF", start + "X: a\nl: 1\r\nl: 0\r\n\r\n", start + "X: a\nl: 1\r\nl: 0\r\n\r\n"},
      {"endless head", long_head, long_head.substr(0, head_bytes_max)},
      {"too many headers", many, many},
      {"HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", ""},
      {"TLS", std::string("\x16\x03\x01\x00\xa5", 5), ""},
      {"a binary byte", std::string("\0", 1), ""},
  };
  for (const auto& [what, stream, bytes] : cases) {
    StreamFramer framer;
    framer.feed(message("good", "") + stream + message("late", ""));
    EXPECT_EQ(framer.next()->kind, Kind::message) << what;
    const auto broken = framer.next();
    ASSERT_TRUE(broken) << what;
    EXPECT_EQ(broken->kind, Kind::broken) << what;
    EXPECT_EQ(broken->bytes, bytes) << what;
    EXPECT_FALSE(broken->why.empty()) << what;
    framer.feed(message("later", ""));
    EXPECT_FALSE(framer.next()) << what;
    EXPECT_TRUE(framer.broken()) << what;
  }
}

TEST(StreamFramer, TakesTheLargestMessage) {
  const std::string head = "OPTIONS sip:a@b SIP/2.0\r\nl: 65498\r\n\r\n";
  const std::string largest = head + std::string(message_bytes_max - head.size(), 'x');
  ASSERT_EQ(largest.size() - head.size(), 65498U);
  EXPECT_EQ(frames_of(largest), (std::vector<Frame>{{Kind::message, largest, {}}}));
}

// Whatever the pieces are in which a stream arrives, the frames are the same.
RC_GTEST_PROP(StreamFramerProperty, SplitsDoNotMatter, ()) {
  const std::vector<std::string> pieces = {
      message("1", ""),
      message("2", "some body\r\n\r\n"),
      message("3", std::string(300, 'b')),
      "\r\n",
      "\r\n\r\n",
      "\r\r\n",
      "\n",
      "SIP/2.0 200 OK\r\nl:2\r\n\r\nab",
      "OPTIONS sip:a@b SIP/2.0\r\nSubject: no length\r\n\r\n",
      "garbage\r\n\r\n",
      std::string("\0\1", 2),
  };
  const auto picks = *rc::gen::container<std::vector<std::size_t>>(
      rc::gen::weightedOneOf<std::size_t>({{8, rc::gen::inRange<std::size_t>(0, 8)},
                                           {1, rc::gen::inRange<std::size_t>(8, pieces.size())}}));
  std::string stream;
  for (const std::size_t pick : picks) stream += pieces[pick];

  const std::vector<Frame> want = frames_of(stream);
  StreamFramer framer;
  std::vector<Frame> got;
  for (std::size_t at = 0; at < stream.size();) {
    const auto length =
        *rc::gen::inRange<std::size_t>(1, 1 + std::min<std::size_t>(200, stream.size() - at));
    framer.feed(std::string_view(stream).substr(at, length));
    for (auto& frame : drain(framer)) got.push_back(std::move(frame));
    at += length;
  }
  RC_ASSERT(got == want);
}

}  // namespace
}  // namespace strowger::sip
