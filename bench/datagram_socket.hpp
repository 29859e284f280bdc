// A UDP socket for IPv4 that sends and receives in batches. Arrivals carry the kernel's time stamp,
// so that our own lateness in reading them is nobody's answer time. What cannot be set up ends the
// program with a message: a bench that half works measures nothing.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace strowger::bench {

inline constexpr std::size_t datagrams_per_batch = 64;
inline constexpr std::size_t datagram_bytes_max = 2048;  // a SIP message of the bench, or RTP

[[noreturn]] void give_up(const std::string& what);  // with errno's text
std::int64_t wall_ns();                              // the clock of the kernel's time stamps
sockaddr_in address_of(const std::string& ip, std::uint16_t port);

struct Arrival {
  sockaddr_in from;
  std::string_view bytes;
  std::int64_t at_ns;  // when the kernel had it; 0 without time stamps
};

class DatagramSocket {
 public:
  struct Options {
    int buffer_bytes = 4 << 20;  // as the kernel counts before it doubles them
    bool blocking = false;
    bool stamped = false;
  };

  DatagramSocket(const sockaddr_in& address, const Options& options);
  ~DatagramSocket();
  DatagramSocket(const DatagramSocket&) = delete;
  DatagramSocket& operator=(const DatagramSocket&) = delete;

  int fd() const { return fd_; }
  std::uint16_t port() const { return port_; }

  // One batch of what waits; a blocking socket waits for the first. `take` may not keep the bytes.
  std::size_t receive(const std::function<void(const Arrival&)>& take);
  // Copied, and sent with a full batch or by flush().
  void queue(const sockaddr_in& to, std::string_view bytes);
  void flush();

 private:
  int fd_;
  std::uint16_t port_;
  int receive_flags_;
  std::size_t queued_ = 0;
  std::array<std::array<char, datagram_bytes_max>, datagrams_per_batch> out_;
  std::array<sockaddr_in, datagrams_per_batch> to_;
  std::array<iovec, datagrams_per_batch> pieces_;
  std::array<mmsghdr, datagrams_per_batch> headers_{};
};

}  // namespace strowger::bench
