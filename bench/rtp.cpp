// The bare price of early media: a sender that does nothing but one sendmmsg per 64 packets every
// 20 ms, and ears for what it sends. The sender is a process of its own and reports its CPU time.
// With --own-ports each stream is sent from a port of its own, as calls are (RFC 4961): that takes
// a system call for each packet.
#include "ear.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

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

class Mouth {
 public:
  virtual ~Mouth() = default;
  virtual void say(std::string_view packet) = 0;  // to each ear
};

class SharedPort final : public Mouth {
 public:
  explicit SharedPort(const std::vector<sockaddr_in>& ears) : ears_(ears) {}

  void say(std::string_view packet) override {
    for (const auto& ear : ears_) socket_.queue(ear, packet);
    socket_.flush();
  }

 private:
  const std::vector<sockaddr_in>& ears_;
  DatagramSocket socket_{address_of("127.0.0.1", 0), {}};
};

class OwnPorts final : public Mouth {
 public:
  explicit OwnPorts(const std::vector<sockaddr_in>& ears) : ears_(ears) {
    for (std::size_t i = 0; i < ears.size(); ++i) {
      const auto address = address_of("127.0.0.1", 0);
      sockets_.push_back(socket(AF_INET, SOCK_DGRAM, 0));
      if (bind(sockets_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        give_up("no port for a stream");
      }
    }
  }
  ~OwnPorts() override {
    for (const int fd : sockets_) close(fd);
  }
  OwnPorts(const OwnPorts&) = delete;
  OwnPorts& operator=(const OwnPorts&) = delete;

  void say(std::string_view packet) override {
    for (std::size_t i = 0; i < ears_.size(); ++i) {
      sendto(sockets_[i], packet.data(), packet.size(), 0,
             reinterpret_cast<const sockaddr*>(&ears_[i]), sizeof ears_[i]);
    }
  }

 private:
  const std::vector<sockaddr_in>& ears_;
  std::vector<int> sockets_;
};

// Returns the CPU time per packet in nanoseconds.
std::int64_t send(Mouth& mouth, std::size_t streams, std::size_t packets) {
  std::array<char, packet_bytes> packet{};
  packet[0] = static_cast<char>(0x80);  // RTP version 2
  const auto before = cpu_ns();
  auto tick = clock_of(CLOCK_MONOTONIC);
  for (std::size_t n = 0; n < packets; ++n) {
    wait_for_tick(tick);
    packet[2] = static_cast<char>(n >> 8);
    packet[3] = static_cast<char>(n);
    mouth.say({packet.data(), packet.size()});
  }
  return (cpu_ns() - before) / static_cast<std::int64_t>(packets * streams);
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

void measure(std::size_t streams, std::size_t packets, bool own_ports) {
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
    std::unique_ptr<Mouth> mouth;
    if (own_ports) mouth = std::make_unique<OwnPorts>(addresses);
    else mouth = std::make_unique<SharedPort>(addresses);
    const auto cost = send(*mouth, streams, packets);
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
  bool own_ports = false;
  app.add_flag("--own-ports", own_ports, "Each stream from a port of its own");
  CLI11_PARSE(app, argc, argv);
  strowger::bench::measure(streams, packets, own_ports);
}
