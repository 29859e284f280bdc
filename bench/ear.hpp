// Hears the RTP of one caller: counts packets, what is missing between them, and the gaps.
#pragma once

#include "datagram_socket.hpp"
#include "samples.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace strowger::bench {

inline constexpr std::size_t rtp_header_bytes = 12;  // RFC 3550 §5.1, as the bench sends it

class Ear {
 public:
  explicit Ear(const sockaddr_in& address);

  int fd() const { return socket_.fd(); }
  std::uint16_t port() const { return socket_.port(); }
  std::uint64_t packets() const { return packets_; }
  std::uint64_t missing() const { return missing_; }

  DatagramSocket& socket() { return socket_; }

  // Everything that waits now; gaps are added to `gaps`. With `delays` each packet begins its
  // payload with the time of its sending (wall_ns), and what it took to come is added there.
  void listen(Samples& gaps, Samples* delays = nullptr);

 private:
  void hear(const Arrival& arrival, Samples& gaps, Samples* delays);

  DatagramSocket socket_;
  std::uint64_t packets_ = 0;
  std::uint64_t missing_ = 0;  // skipped sequence numbers
  std::uint16_t sequence_ = 0;
  std::int64_t last_ns_ = 0;
};

// As many as the system allows: each stream has a socket.
void allow_all_descriptors();

class Ears {
 public:
  // Watched by `epoll` with their index plus `first_key` as data.
  Ears(std::size_t count, const std::string& ip, int epoll, std::uint64_t first_key);

  std::uint16_t port(std::size_t index) const { return ears_[index]->port(); }
  void listen(std::size_t index);
  std::size_t hearing() const { return hearing_; }  // how many have heard something
  std::uint64_t packets() const { return packets_; }
  // "heard": {…}; `expected` packets per caller.
  std::string json(std::uint64_t expected);

 private:
  std::vector<std::unique_ptr<Ear>> ears_;
  Samples gaps_;
  std::size_t hearing_ = 0;
  std::uint64_t packets_ = 0;
};

}  // namespace strowger::bench
