#include "host/udp_socket.hpp"

#include "host/socket_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <set>
#include <string>
#include <vector>

namespace strowger::host {
namespace {

using testing::HasSubstr;

struct Heard {
  IpAddress local;
  Endpoint remote;
  std::string bytes;
};

std::vector<Heard> hear(const UdpSocket& socket, std::size_t count) {
  std::vector<Heard> heard;
  while (heard.size() < count) {
    pollfd one{.fd = socket.fd(), .events = POLLIN, .revents = 0};
    if (poll(&one, 1, 5'000) != 1) break;
    socket.receive([&](const Datagram& d) {
      heard.push_back({d.local, d.remote, std::string(d.bytes)});
    });
  }
  return heard;
}

UdpSocket bound(const char* address) {
  auto socket = UdpSocket::bind(*Endpoint::parse(address));
  EXPECT_TRUE(socket) << socket.error().what;
  return std::move(*socket);
}

TEST(UdpSocket, CarriesOneAtATimeOverBothFamilies) {
  for (const char* address : {"127.0.0.1:0", "[::1]:0"}) {
    SCOPED_TRACE(address);
    const auto a = bound(address);
    const auto b = bound(address);
    std::vector<Heard> heard;
    const auto keep = [&](const Datagram& d) {
      heard.push_back({d.local, d.remote, std::string(d.bytes)});
    };
    EXPECT_FALSE(b.receive_one(keep)) << "nothing is there";
    EXPECT_TRUE(a.send_one(b.bound(), "first"));
    EXPECT_TRUE(a.send_one(b.bound(), ""));
    EXPECT_TRUE(b.receive_one(keep));
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].bytes, "first");
    EXPECT_EQ(heard[0].remote, a.bound());
    EXPECT_EQ(heard[0].local, b.bound().address);
    EXPECT_TRUE(b.receive_one(keep)) << "an empty one is one";
    EXPECT_FALSE(b.receive_one(keep));
  }
}

TEST(UdpSocket, CarriesBatchesOverBothFamilies) {
  for (const char* address : {"127.0.0.1:0", "[::1]:0"}) {
    SCOPED_TRACE(address);
    const auto a = bound(address);
    const auto b = bound(address);
    EXPECT_NE(a.bound().port, 0);
    std::vector<std::string> texts;
    for (int i = 0; i < 150; ++i) texts.push_back("datagram " + std::to_string(i));
    std::vector<Datagram> batch;
    for (const auto& text : texts) batch.push_back({.remote = b.bound(), .bytes = text});
    EXPECT_EQ(a.send(batch), 150U);
    const auto heard = hear(b, 150);
    ASSERT_EQ(heard.size(), 150U);
    EXPECT_EQ(heard[149].bytes, "datagram 149");
    EXPECT_EQ(heard[0].remote, a.bound());
    EXPECT_EQ(heard[0].local, b.bound().address);
  }
}

TEST(UdpSocket, KnowsWhichAddressOfAWildcardWasMeant) {
  const auto wildcard = bound("0.0.0.0:0");
  const auto caller = bound("127.0.0.1:0");
  const auto meant = *IpAddress::parse("127.0.0.7");
  const Datagram out{.remote = {meant, wildcard.bound().port}, .bytes = "hello"};
  EXPECT_EQ(caller.send({&out, 1}), 1U);
  const auto heard = hear(wildcard, 1);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].local, meant);

  // And answers from it.
  const Datagram back{.local = meant, .remote = caller.bound(), .bytes = "back"};
  EXPECT_EQ(wildcard.send({&back, 1}), 1U);
  const auto answered = hear(caller, 1);
  ASSERT_EQ(answered.size(), 1U);
  EXPECT_EQ(answered[0].remote, (Endpoint{meant, wildcard.bound().port}));
}

TEST(UdpSocket, ADatagramThatCannotGoDoesNotHoldUpTheOthers) {
  const auto a = bound("127.0.0.1:0");
  const auto b = bound("127.0.0.1:0");
  const std::string too_long(70'000, 'x');
  const std::vector<Datagram> batch{{.remote = b.bound(), .bytes = "1"},
                                    {.remote = b.bound(), .bytes = too_long},
                                    {.remote = b.bound(), .bytes = "2"}};
  EXPECT_EQ(a.send(batch), 2U);
  const auto heard = hear(b, 2);
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[1].bytes, "2");
}

TEST(UdpSocket, SaysWhyItCannotBind) {
  const auto taken = bound("127.0.0.1:0");
  const auto second = UdpSocket::bind(taken.bound());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("udp:" + taken.bound().text()));
  EXPECT_THAT(second.error().what, HasSubstr("in use"));
  EXPECT_FALSE(UdpSocket::bind(*Endpoint::parse("192.0.2.1:0")));
}

TEST(SocketAddress, GoesThereAndBack) {
  for (const char* text : {"192.0.2.1:5060", "[2001:db8::1]:65535", "0.0.0.0:0"}) {
    const auto endpoint = *Endpoint::parse(text);
    EXPECT_EQ(SocketAddress(endpoint).endpoint(), endpoint);
  }
  const auto mapped = *Endpoint::parse("[::ffff:192.0.2.1]:1");
  EXPECT_EQ(SocketAddress(mapped).endpoint().text(), "192.0.2.1:1");
}

}  // namespace
}  // namespace strowger::host
