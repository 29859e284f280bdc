// The bare price of a relayed packet: epoll, one recvmmsg and one sendmmsg for what waits on a
// socket, and nothing looked at. Ports come in pairs: what comes in at one leaves by the other, to
// whoever was heard there last.
#include "ear.hpp"

#include <CLI/CLI.hpp>
#include <sys/epoll.h>

#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

namespace strowger::bench {

namespace {

constexpr int events_max = 256;

struct End {
  std::unique_ptr<DatagramSocket> socket;
  std::optional<sockaddr_in> peer = {};
};

std::vector<End> open(std::size_t count, int epoll) {
  std::vector<End> ends;
  for (std::size_t i = 0; i < count; ++i) {
    ends.push_back({.socket = std::make_unique<DatagramSocket>(
                        address_of("127.0.0.1", 0),
                        DatagramSocket::Options{.buffer_bytes = 256 << 10})});
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, ends.back().socket->fd(), &event);
  }
  return ends;
}

[[noreturn]] void serve(std::vector<End>& ends, int epoll) {
  std::array<epoll_event, events_max> events;
  for (;;) {
    const int count = epoll_wait(epoll, events.data(), events_max, -1);
    for (int i = 0; i < count; ++i) {
      const auto index = events[i].data.u64;
      End& from = ends[index];
      End& to = ends[index ^ 1];
      from.socket->receive([&](const Arrival& arrival) {
        from.peer = arrival.from;
        if (to.peer) to.socket->queue(*to.peer, arrival.bytes);
      });
      to.socket->flush();
    }
  }
}

}  // namespace
}  // namespace strowger::bench

int main(int argc, char** argv) {
  using namespace strowger::bench;
  CLI::App app("A bare relay: the floor of make bench for calls between two");
  std::size_t pairs = 1;
  app.add_option("--pairs", pairs);
  CLI11_PARSE(app, argc, argv);
  allow_all_descriptors();
  const int epoll = epoll_create1(0);
  auto ends = open(2 * pairs, epoll);
  std::cout << "ready";
  for (const auto& end : ends) std::cout << ' ' << end.socket->port();
  std::cout << std::endl;
  serve(ends, epoll);
}
