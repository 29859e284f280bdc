#include "host/hep_mirror.hpp"

#include <gtest/gtest.h>
#include <poll.h>

namespace strowger::host {
namespace {

TEST(HepMirror, CopiesArriveAsDatagrams) {
  const auto collector = UdpSocket::bind({IpAddress::loopback_v4(), 0});
  ASSERT_TRUE(collector) << collector.error().what;
  const HepConfig config{.to = collector->bound(), .identity = {.capture_id = 7}};
  const auto mirror = HepMirror::open(config);
  ASSERT_TRUE(mirror) << mirror.error().what;
  std::vector<trace::Packet> packets(datagrams_per_batch + 3);
  for (std::size_t i = 0; i < packets.size(); ++i) packets[i].bytes = std::to_string(i);
  EXPECT_EQ(mirror->send(packets), packets.size());
  std::vector<std::string> arrived;
  while (arrived.size() < packets.size()) {
    pollfd one{.fd = collector->fd(), .events = POLLIN, .revents = 0};
    ASSERT_EQ(poll(&one, 1, 10'000), 1) << "only " << arrived.size() << " arrived";
    collector->receive([&](const Datagram& got) { arrived.emplace_back(got.bytes); });
  }
  for (std::size_t i = 0; i < packets.size(); ++i) {
    EXPECT_EQ(arrived[i], trace::hep_packet(packets[i], config.identity));
  }
}

TEST(HepMirror, WhatCannotGoIsNotCountedAsSent) {
  // No route leads to the unspecified network with port 0.
  const auto mirror = HepMirror::open({.to = {IpAddress{}, 0}});
  ASSERT_TRUE(mirror);
  const std::vector<trace::Packet> packets(2);
  EXPECT_EQ(mirror->send(packets), 0U);
}

}  // namespace
}  // namespace strowger::host
