// The bare price of early media: a sender that does nothing but one sendmmsg per 64 packets every
// 20 ms, and ears for what it sends. The sender is a process of its own and reports its CPU time.
#include "ear.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <iostream>

namespace strowger::bench {

namespace {

constexpr std::int64_t tick_ns = 20'000'000;
constexpr std::size_t header_bytes = 12;
constexpr std::size_t packet_bytes = header_bytes + 160;  // 20 ms of G.711
constexpr int events_max = 256;

timespec clock_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now;
}

std::int64_t cpu_ns() {
  const auto used = clock_of(CLOCK_PROCESS_CPUTIME_ID);
  return used.tv_sec * 1'000'000'000 + used.tv_nsec;
}

void wait_for_tick(timespec& tick) {
  tick.tv_nsec += tick_ns;
  if (tick.tv_nsec >= 1'000'000'000) {
    tick.tv_nsec -= 1'000'000'000;
    ++tick.tv_sec;
  }
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &tick, nullptr) != 0) {
  }
}

// Returns the CPU time per packet in nanoseconds.
std::int64_t send(const std::vector<sockaddr_in>& ears, std::size_t packets) {
  DatagramSocket socket(address_of("127.0.0.1", 0), {});
  std::array<char, packet_bytes> packet{};
  packet[0] = static_cast<char>(0x80);  // RTP version 2
  const auto before = cpu_ns();
  auto tick = clock_of(CLOCK_MONOTONIC);
  for (std::size_t n = 0; n < packets; ++n) {
    wait_for_tick(tick);
    packet[2] = static_cast<char>(n >> 8);
    packet[3] = static_cast<char>(n);
    for (const auto& ear : ears) socket.queue(ear, {packet.data(), packet.size()});
    socket.flush();
  }
  return (cpu_ns() - before) / static_cast<std::int64_t>(packets * ears.size());
}

// Until `expected` packets have come, or none for a second.
void hear(Ears& ears, int epoll, std::uint64_t expected) {
  std::array<epoll_event, events_max> events;
  while (ears.packets() < expected) {
    const int count = epoll_wait(epoll, events.data(), events_max, 1000);
    if (count <= 0) return;
    for (int i = 0; i < count; ++i) ears.listen(events[i].data.u64);
  }
}

void measure(std::size_t streams, std::size_t packets) {
  const int epoll = epoll_create1(0);
  Ears ears(streams, "127.0.0.1", epoll, 0);
  std::vector<sockaddr_in> addresses;
  for (std::size_t i = 0; i < streams; ++i) {
    addresses.push_back(address_of("127.0.0.1", ears.port(i)));
  }
  std::array<int, 2> report{};
  if (pipe(report.data()) != 0) give_up("no pipe");
  const auto sender = fork();
  if (sender < 0) give_up("no second process");
  if (sender == 0) {
    const auto cost = send(addresses, packets);
    _exit(write(report[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
  }
  hear(ears, epoll, streams * packets);
  std::int64_t cost = 0;
  if (read(report[0], &cost, sizeof cost) != sizeof cost) give_up("the sender failed");
  waitpid(sender, nullptr, 0);
  fmt::print("{{\"cpu_ns_per_packet\":{},{}}}\n", cost, ears.json(packets));
}

}  // namespace
}  // namespace strowger::bench

int main(int argc, char** argv) {
  CLI::App app("Bare RTP: a sendmmsg sender and its listeners; prints JSON");
  std::size_t streams = 1000;
  std::size_t packets = 100;
  app.add_option("--streams", streams);
  app.add_option("--packets", packets, "Per stream, 20 ms apart");
  CLI11_PARSE(app, argc, argv);
  strowger::bench::measure(streams, packets);
}
