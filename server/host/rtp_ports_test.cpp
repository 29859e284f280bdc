#include "host/rtp_ports.hpp"

#include "host/clock.hpp"

#include <gtest/gtest.h>
#include <sys/epoll.h>

#include <set>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;

class RtpPortsTest : public testing::Test {
 protected:
  struct Packet {
    call::PortId port;
    bool rtcp;
    Endpoint from;
    std::string bytes;
  };

  RtpPorts make(PortRange range, std::optional<IpAddress> advertised = {}) {
    pairs_.emplace(range, random_);
    return RtpPorts(loop_, {*pairs_, advertised},
                    [this](call::PortId port, bool rtcp, const Endpoint& from,
                           std::span<const std::byte> bytes) {
                      heard_.push_back({port, rtcp, from,
                                        {reinterpret_cast<const char*>(bytes.data()),
                                         bytes.size()}});
                      loop_.stop();
                    });
  }

  void send(const UdpSocket& from, const Endpoint& to, std::string_view text) {
    const Datagram datagram{.remote = to, .bytes = text};
    ASSERT_EQ(from.send({&datagram, 1}), 1U);
    const auto alarm = loop_.at(monotonic_now() + 10s, [this] { loop_.stop(); });
    loop_.run();
    loop_.disarm(alarm);
  }

  Loop loop_;
  SeededRandom random_{1};
  std::optional<FreePairs> pairs_;
  std::vector<Packet> heard_;
};

const auto here = IpAddress::loopback_v4();

TEST_F(RtpPortsTest, PairsAreEvenAndNextToIt) {
  auto ports = make({0, 0});
  for (int i = 0; i < 20; ++i) {
    const auto port = ports.open(here);
    ASSERT_TRUE(port);
    EXPECT_EQ(port->rtp.port % 2, 0);
    EXPECT_EQ(port->rtp.address, here);
  }
  EXPECT_EQ(ports.open_pairs(), 20U);
}

TEST_F(RtpPortsTest, HearsBothPortsAndAnswersFromThem) {
  auto ports = make({0, 0});
  const auto port = ports.open(here);
  ASSERT_TRUE(port);
  const auto caller = UdpSocket::bind({here, 0});
  ASSERT_TRUE(caller);
  Endpoint rtcp = port->rtp;
  ++rtcp.port;
  send(*caller, port->rtp, "sound");
  send(*caller, rtcp, "report");
  ASSERT_EQ(heard_.size(), 2U);
  EXPECT_EQ(heard_[0].bytes, "sound");
  EXPECT_FALSE(heard_[0].rtcp);
  EXPECT_EQ(heard_[1].bytes, "report");
  EXPECT_TRUE(heard_[1].rtcp);
  EXPECT_EQ(heard_[1].port, port->id);
  EXPECT_EQ(heard_[1].from, caller->bound());
}

TEST_F(RtpPortsTest, ClosedPortsStillSendWhatThisTurnOwes) {
  auto ports = make({0, 0});
  const auto port = ports.open(here);
  const auto caller = UdpSocket::bind({here, 0});
  ASSERT_TRUE(port && caller);
  ports.close(port->id);
  EXPECT_EQ(ports.open_pairs(), 0U);
  const std::byte bytes[] = {std::byte{'b'}};
  ports.send(port->id, true, caller->bound(), bytes);
  ports.release_closed();
  ports.send(port->id, true, caller->bound(), bytes);  // nobody's any more
  EXPECT_TRUE(ports.open(here));  // where it was kept
  ports.send(port->id, true, caller->bound(), bytes);
  std::size_t arrived = 0;
  while (caller->receive([&](const Datagram& d) {
    EXPECT_EQ(d.remote.port, port->rtp.port + 1);
    ++arrived;
  }) > 0) {
  }
  EXPECT_EQ(arrived, 1U);
}

TEST_F(RtpPortsTest, StaysInItsRangeAndRunsOutThere) {
  // Somewhere three pairs are free.
  for (std::uint16_t first = 41'001; first < 60'000; first += 100) {
    auto ports = make({first, static_cast<std::uint16_t>(first + 6)});
    std::set<std::uint16_t> numbers;
    std::vector<call::PortId> ids;
    while (const auto port = ports.open(here)) {
      numbers.insert(port->rtp.port);
      ids.push_back(port->id);
    }
    if (numbers.size() != 3) continue;
    EXPECT_EQ(*numbers.begin(), first + 1);
    EXPECT_EQ(*numbers.rbegin(), first + 5);
    ports.close(ids[1]);
    EXPECT_FALSE(ports.open(here));  // not before the turn is over
    ports.release_closed();
    EXPECT_TRUE(ports.open(here));
    return;
  }
  FAIL() << "no six free UDP ports on this machine";
}

TEST_F(RtpPortsTest, AdvertisesAnotherAddressButNotOnLoopback) {
  const auto outside = IpAddress::parse("203.0.113.5");
  auto ports = make({0, 0}, outside);
  EXPECT_EQ(ports.open(here)->rtp.address, here);
  EXPECT_EQ(ports.open(IpAddress{})->rtp.address, *outside);
}

}  // namespace
}  // namespace strowger::host
