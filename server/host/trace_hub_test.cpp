#include "host/trace_hub.hpp"

#include "trace/frames.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <optional>
#include <utility>

namespace strowger::host {
namespace {

using trace::FrameReader;
using trace::Missed;
using trace::Packet;

constexpr int patience_ms = 10'000;  // for another thread; only a failure waits that long

Packet packet(std::string bytes, std::int64_t microseconds = 0) {
  return {.local = {IpAddress::loopback_v4(), 5060},
          .remote = {IpAddress::loopback_v4(), 6000},
          .at = trace::Time(std::chrono::microseconds(microseconds)),
          .bytes = std::move(bytes)};
}

// The far end of a watcher's connection.
class Reader {
 public:
  explicit Reader(TraceHub& hub, const trace::Filter& filter = {}) {
    int ends[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    ours_ = FileDescriptor(ends[0]);
    added_ = hub.add(FileDescriptor(ends[1]), filter, "missed 0\n");
    if (added_) EXPECT_EQ(std::get<Missed>(*next()), Missed{0});
  }
  bool added() const { return added_; }
  // The next frame; nothing at the end of the connection.
  std::optional<FrameReader::Frame> next() {
    for (;;) {
      auto frame = frames_.next();
      EXPECT_TRUE(frame);
      if (*frame) return *frame;
      pollfd one{.fd = ours_.get(), .events = POLLIN, .revents = 0};
      EXPECT_EQ(poll(&one, 1, patience_ms), 1) << "nothing comes";
      char bytes[65'536];
      const auto count = read(ours_.get(), bytes, sizeof bytes);
      if (count <= 0) return std::nullopt;
      frames_.feed({bytes, static_cast<std::size_t>(count)});
    }
  }
  void close() { ours_.reset(); }

 private:
  FileDescriptor ours_;
  FrameReader frames_;
  bool added_ = false;
};

void wait_until(const auto& holds) {
  for (int i = 0; i < patience_ms && !holds(); ++i) poll(nullptr, 0, 1);
  EXPECT_TRUE(holds());
}

TEST(TraceHub, NobodyWatchesUntilSomebodyDoes) {
  TraceHub hub;
  EXPECT_FALSE(hub.watched());
  Reader reader(hub);
  EXPECT_TRUE(hub.watched());
  reader.close();
  wait_until([&] { return !hub.watched(); });
}

TEST(TraceHub, EachSeesWhatItAskedFor) {
  TraceHub hub;
  Reader all(hub);
  Reader some(hub, {.call_id = "b"});
  hub.publish({packet("OPTIONS sip:x SIP/2.0\r\nCall-ID: a\r\n\r\n"),
               packet("OPTIONS sip:x SIP/2.0\r\nCall-ID: b\r\n\r\n")});
  EXPECT_THAT(std::get<Packet>(*all.next()).bytes, testing::HasSubstr("Call-ID: a"));
  EXPECT_THAT(std::get<Packet>(*all.next()).bytes, testing::HasSubstr("Call-ID: b"));
  EXPECT_THAT(std::get<Packet>(*some.next()).bytes, testing::HasSubstr("Call-ID: b"));
}

// Two shards: the one that answers is quicker to tell than the one that received.
TEST(TraceHub, WhatShardsSayIsShownInTheOrderOfTime) {
  TraceHub hub;
  Reader reader(hub);
  hub.publish({packet("answer", 1'002), packet("acknowledged", 1'009)});
  hub.publish({packet("request", 1'001)});
  EXPECT_EQ(std::get<Packet>(*reader.next()).bytes, "request");
  EXPECT_EQ(std::get<Packet>(*reader.next()).bytes, "answer");
  EXPECT_EQ(std::get<Packet>(*reader.next()).bytes, "acknowledged");
}

TEST(TraceHub, AClockSetBackHidesNothing) {
  TraceHub hub;
  Reader reader(hub);
  hub.publish({packet("before", 3'600'000'000)});
  EXPECT_EQ(std::get<Packet>(*reader.next()).bytes, "before");
  hub.publish({packet("after", 1'000)});
  EXPECT_EQ(std::get<Packet>(*reader.next()).bytes, "after");
}

TEST(TraceHub, ASlowReaderIsToldWhatItMissed) {
  TraceHub hub;
  Reader reader(hub);
  const std::string large(60'000, 'x');
  constexpr std::size_t sent = 400;  // 24 MB: more than a socket and a queue hold
  for (std::size_t i = 0; i < sent; ++i) hub.publish({packet(large)});
  std::size_t seen = 0, missed = 0;
  while (seen + missed < sent) {
    const auto frame = reader.next();
    ASSERT_TRUE(frame);
    if (const auto* gap = std::get_if<Missed>(&*frame)) missed += gap->packets;
    else ++seen;
  }
  EXPECT_EQ(seen + missed, sent);
  EXPECT_GT(missed, 0U);
  hub.publish({packet("again")});
  EXPECT_EQ(std::get<Packet>(*reader.next()).bytes, "again");
}

TEST(TraceHub, MoreThanWaitAreCountedForEverybody) {
  TraceHub hub;
  Reader reader(hub, {.method = "BYE"});  // takes none of these
  std::vector<Packet> many(TraceHub::waiting_max + 5, packet("x"));
  hub.publish(std::move(many));
  EXPECT_EQ(std::get<Missed>(*reader.next()), Missed{5});
}

TEST(TraceHub, WatchersAreLimited) {
  TraceHub hub;
  std::vector<std::unique_ptr<Reader>> readers;
  for (std::size_t i = 0; i < TraceHub::watchers_max; ++i) {
    readers.push_back(std::make_unique<Reader>(hub));
    EXPECT_TRUE(readers.back()->added());
  }
  EXPECT_TRUE(hub.full());
  EXPECT_FALSE(Reader(hub).added());
  readers.clear();
  wait_until([&] { return !hub.full(); });
  EXPECT_TRUE(Reader(hub).added());
}

TEST(TraceHub, EndsWithWatchersThatGoOnListening) {
  auto hub = std::make_unique<TraceHub>();
  Reader reader(*hub);
  hub.reset();
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace strowger::host
