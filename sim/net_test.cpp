// The virtual network: what it loses, doubles and delays, and that streams arrive whole and in
// order.
#include "sim/net.hpp"
#include "sim/sound.hpp"
#include "sim/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sim {
namespace {

using namespace std::chrono_literals;

struct Ear final : Station {
  void datagram(const Endpoint&, const Endpoint&, const std::string& bytes) override {
    got.push_back(bytes);
  }
  void segment(const sip::Peer& from, std::string_view bytes) override {
    connection = from.connection;
    stream += bytes;
    ++segments;
  }
  void disconnected(std::uint64_t) override { ++cuts; }

  std::vector<std::string> got;
  std::string stream;
  std::uint64_t connection = 0;
  int segments = 0;
  int cuts = 0;
};

const Endpoint server{IpAddress::loopback_v4(), 5060};
const Endpoint phone{*IpAddress::parse("127.0.0.2"), 5060};

struct NetTest : ::testing::Test {
  NetTest() {
    net.attach(server, at_server, true);
    net.attach(phone, at_phone, false);
  }
  void send(std::string bytes, sip::Transport transport = sip::Transport::udp) {
    net.send_sip({transport, phone, server, 0},
                 std::make_shared<const std::string>(std::move(bytes)));
  }
  void settle() { world.run_until(world.now().instant + 10s); }

  World world{1};
  VirtualNet net{world};
  Ear at_server;
  Ear at_phone;
};

TEST_F(NetTest, DeliversAfterItsDelay) {
  Faults slow;
  slow.delay = 100ms;
  net.set_faults(slow, {});
  send("a");
  world.run_until(world.now().instant + 99ms);
  EXPECT_TRUE(at_server.got.empty());
  world.run_until(world.now().instant + 1ms);
  EXPECT_THAT(at_server.got, ::testing::ElementsAre("a"));
}

TEST_F(NetTest, LosesOneDirectionOnly) {
  Faults dead;
  dead.loss = 1;
  net.set_faults(dead, {});
  send("a");
  net.send_sip({sip::Transport::udp, server, phone, 0}, std::make_shared<const std::string>("b"));
  settle();
  EXPECT_TRUE(at_server.got.empty());
  EXPECT_THAT(at_phone.got, ::testing::ElementsAre("b"));
  ASSERT_EQ(net.capture().size(), 2U);
  EXPECT_TRUE(net.capture()[0].lost);
  EXPECT_FALSE(net.capture()[1].lost);
}

TEST_F(NetTest, DoublesAndReorders) {
  Faults odd;
  odd.duplicate = 0.5;
  odd.reorder = 0.5;
  net.set_faults(odd, {});
  std::vector<std::string> sent;
  for (int i = 0; i < 50; ++i) {
    sent.push_back(std::to_string(i));
    send(sent.back());
    world.run_until(world.now().instant + 10ms);
  }
  settle();
  EXPECT_GT(at_server.got.size(), 60U);
  EXPECT_FALSE(
      std::is_sorted(at_server.got.begin(), at_server.got.end(),
                     [](const auto& a, const auto& b) { return std::stoi(a) < std::stoi(b); }));
}

TEST_F(NetTest, StreamsArriveInOrderHoweverTheyAreCut) {
  Faults torn;
  torn.split = 0.9;
  torn.jitter = 50ms;
  torn.loss = 1;  // not of streams
  net.set_faults(torn, {});
  std::string all;
  for (int i = 0; i < 20; ++i) {
    all += "message " + std::to_string(i) + "\n";
    send("message " + std::to_string(i) + "\n", sip::Transport::tcp);
  }
  settle();
  EXPECT_EQ(at_server.stream, all);
  EXPECT_GT(at_server.segments, 40);
  net.send_sip({sip::Transport::tcp, server, phone, 0, at_server.connection},
               std::make_shared<const std::string>("back"));
  settle();
  EXPECT_EQ(at_phone.stream, "back");
}

TEST_F(NetTest, ACutConnectionIsToldToBoth) {
  send("a", sip::Transport::tcp);
  settle();
  net.cut(at_server.connection);
  EXPECT_EQ(at_server.cuts + at_phone.cuts, 2);
  send("b", sip::Transport::tcp);  // another connection
  settle();
  EXPECT_EQ(at_server.stream, "ab");
}

TEST_F(NetTest, DatagramsForNobodyAreKept) {
  net.send_datagram(server, {*IpAddress::parse("192.0.2.9"), 9}, {});
  settle();
  ASSERT_EQ(net.strays().size(), 1U);
}

TEST(Sound, WhatIsLeftAtTheEndBelongsToTheToneBefore) {
  const double tones[] = {440, 500};
  for (const auto rest : {1ms, 3ms, 5ms, 9ms, 15ms, 19ms}) {
    const Stretch made[] = {{500, 100ms + rest}};
    EXPECT_EQ(text(listen(render(made), tones)), "500 Hz 120 ms") << rest.count();
  }
}

TEST(Sound, TellsStretchesApart) {
  const std::vector<Stretch> made{
      {440, 600ms}, {Stretch::silence_hz, 100ms}, {880, 300ms}, {440, 200ms}};
  const double tones[] = {440, 880};
  EXPECT_EQ(listen(render(made), tones), made);
  const double others[] = {1000};
  EXPECT_EQ(text(listen(render(made), others)), "sound 600 ms, silence 100 ms, sound 500 ms");
  EXPECT_EQ(dominant_tone(render(made)), 440);
  for (const int rate : {16'000, 48'000}) {
    EXPECT_EQ(listen(render(made, rate), tones, rate), made) << rate;
    EXPECT_EQ(dominant_tone(render(made, rate), rate), 440) << rate;
  }
  EXPECT_FALSE(dominant_tone(std::vector<std::int16_t>(8'000)));
}

}  // namespace
}  // namespace strowger::sim
