// A UDP socket that reads and writes datagrams in batches, and knows which of our addresses each
// one came to even when it is bound to 0.0.0.0 or [::].
#pragma once

#include "base/endpoint.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "host/file_descriptor.hpp"
#include "host/shared_port.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace strowger::host {

constexpr std::size_t datagrams_per_batch = 64;
constexpr std::size_t datagram_bytes_max = 65'535;

struct Datagram {
  IpAddress local;  // ours; unspecified: let the kernel choose
  Endpoint remote;
  std::string_view bytes;
  Instant at{};  // when it came to this machine; of stamped sockets only
};

class UdpSocket {
 public:
  struct Options {
    int receive_buffer_bytes = 4 << 20;
    int send_buffer_bytes = 4 << 20;
    PortUse use = PortUse::alone;
    bool stamped = false;  // received datagrams say when they came
  };

  // Port 0 lets the kernel pick one, see bound().
  static Result<UdpSocket, Complaint> bind(const Endpoint& address, Options options);
  static Result<UdpSocket, Complaint> bind(const Endpoint& address) { return bind(address, {}); }

  int fd() const { return fd_.get(); }
  const Endpoint& bound() const { return bound_; }

  // Up to one batch of what waits now; `take` may not keep the bytes. Returns how many there were.
  std::size_t receive(const std::function<void(const Datagram&)>& take) const;
  // Returns how many were handed to the kernel; the rest found no room and is lost, as UDP may
  // lose.
  std::size_t send(std::span<const Datagram> datagrams) const;
  // The same for sockets that have one datagram at a time, as those of media have: with a batch of
  // one the kernel reads and writes more than the datagram.
  bool receive_one(const std::function<void(const Datagram&)>& take) const;
  bool send_one(const Endpoint& to, std::string_view bytes) const;

 private:
  UdpSocket(FileDescriptor fd, Endpoint bound, bool stamped)
      : fd_(std::move(fd)), bound_(bound), stamped_(stamped) {}

  FileDescriptor fd_;
  Endpoint bound_;
  bool stamped_;
};

}  // namespace strowger::host
