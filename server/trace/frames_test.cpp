#include "trace/frames.hpp"

#include "trace/packets_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::trace {
namespace {

using testing::HasSubstr;
using Frame = FrameReader::Frame;

std::vector<Frame> read_all(FrameReader& reader) {
  std::vector<Frame> frames;
  for (;;) {
    auto next = reader.next();
    EXPECT_TRUE(next) << next.error().what;
    if (!next || !*next) return frames;
    frames.push_back(std::move(**next));
  }
}

TEST(Frames, ArriveAsTheyWereSentHoweverTheyAreCut) {
  Packet odd = v6_packet_for_tests();
  odd.bytes = std::string("a\nmissed 3\n\0\xff", 13);
  Packet empty = packet_for_tests();
  empty.bytes.clear();
  const std::vector<Frame> want = {packet_for_tests(), Missed{17}, odd, empty, Missed{1}};
  const std::string all = frame(packet_for_tests()) + frame(Missed{17}) + frame(odd) +
                          frame(empty) + frame(Missed{1});
  for (std::size_t step = 1; step < all.size(); step += 7) {
    FrameReader reader;
    std::vector<Frame> got;
    for (std::size_t at = 0; at < all.size(); at += step) {
      reader.feed(std::string_view(all).substr(at, step));
      for (auto& each : read_all(reader)) got.push_back(std::move(each));
    }
    EXPECT_EQ(got, want) << "in pieces of " << step;
  }
}

TEST(Frames, AreReadable) {
  Packet packet = packet_for_tests();
  packet.bytes = "hello";
  EXPECT_EQ(frame(packet),
            "packet 1764331200123456 in udp 127.0.0.1:5060 192.0.2.1:5070 5\nhello");
  EXPECT_EQ(frame(Missed{17}), "missed 17\n");
}

TEST(Frames, NonsenseIsRefused) {
  const std::string endpoints = " 127.0.0.1:5060 192.0.2.1:5070 ";
  for (const std::string& text :
       {std::string("hello\n"), std::string("missed\n"), std::string("missed x\n"),
        std::string("missed -1\n"), std::string("packet 1 in udp\n"),
        "packet x in udp" + endpoints + "0\n", "packet 1 up udp" + endpoints + "0\n",
        "packet 1 in sctp" + endpoints + "0\n", "packet 1 in udp" + endpoints + "-1\n",
        "packet 1 in udp" + endpoints + "65536\n", "packet 1 in udp" + endpoints + "0 0\n",
        std::string("packet 1 in udp localhost:1 192.0.2.1:5070 0\n"),
        std::string("packet 1 in udp 127.0.0.1:5060 192.0.2.1 0\n"),
        std::string(frame_line_bytes_max + 1, 'p')}) {
    FrameReader reader;
    reader.feed(text);
    const auto next = reader.next();
    ASSERT_FALSE(next) << text;
    EXPECT_THAT(next.error().what, HasSubstr("no frame of a trace"));
    EXPECT_FALSE(reader.next()) << "a stream that lost its way does not find it again";
  }
}

TEST(Frames, TheLongestMessageIsCut) {
  Packet packet = packet_for_tests();
  packet.bytes.assign(frame_payload_bytes_max + 10, 'x');
  FrameReader reader;
  reader.feed(frame(packet));
  const auto frames = read_all(reader);
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(std::get<Packet>(frames[0]).bytes.size(), frame_payload_bytes_max);
}

}  // namespace
}  // namespace strowger::trace
