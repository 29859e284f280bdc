#include "datagram_socket.hpp"

#include <arpa/inet.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace strowger::bench {

namespace {

constexpr std::int64_t ns_per_s = 1'000'000'000;

// What recvmmsg fills; one for all sockets of the thread.
struct Inbox {
  std::array<std::array<char, datagram_bytes_max>, datagrams_per_batch> bytes;
  std::array<std::array<char, 64>, datagrams_per_batch> control;
  std::array<sockaddr_in, datagrams_per_batch> from;
  std::array<iovec, datagrams_per_batch> pieces;
  std::array<mmsghdr, datagrams_per_batch> headers;

  void prepare() {
    for (std::size_t i = 0; i < datagrams_per_batch; ++i) {
      pieces[i] = {.iov_base = bytes[i].data(), .iov_len = bytes[i].size()};
      headers[i].msg_hdr = {.msg_name = &from[i],
                            .msg_namelen = sizeof from[i],
                            .msg_iov = &pieces[i],
                            .msg_iovlen = 1,
                            .msg_control = control[i].data(),
                            .msg_controllen = control[i].size(),
                            .msg_flags = 0};
    }
  }
};

std::int64_t stamp_of(msghdr& header) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
      timespec at{};
      std::memcpy(&at, CMSG_DATA(c), sizeof at);
      return at.tv_sec * ns_per_s + at.tv_nsec;
    }
  }
  return 0;
}

// By force where we may, so that the system's limit doesn't make one side's buffer smaller.
void set_buffers(int fd, int bytes) {
  for (const auto& [forced, plain] : {std::pair{SO_RCVBUFFORCE, SO_RCVBUF},
                                      std::pair{SO_SNDBUFFORCE, SO_SNDBUF}}) {
    if (setsockopt(fd, SOL_SOCKET, forced, &bytes, sizeof bytes) != 0) {
      setsockopt(fd, SOL_SOCKET, plain, &bytes, sizeof bytes);
    }
  }
}

}  // namespace

void give_up(const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), std::strerror(errno));
  std::exit(2);
}

std::int64_t wall_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * ns_per_s + now.tv_nsec;
}

sockaddr_in address_of(const std::string& ip, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (inet_pton(AF_INET, ip.c_str(), &address.sin_addr) != 1) {
    errno = EINVAL;
    give_up(ip + " is no IPv4 address");
  }
  return address;
}

DatagramSocket::DatagramSocket(const sockaddr_in& address, const Options& options)
    : fd_(socket(AF_INET, SOCK_DGRAM | (options.blocking ? 0 : SOCK_NONBLOCK), 0)),
      receive_flags_(options.blocking ? MSG_WAITFORONE : 0) {
  if (fd_ < 0) give_up("no socket");
  set_buffers(fd_, options.buffer_bytes);
  const int on = 1;
  if (options.stamped) setsockopt(fd_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  sockaddr_in bound = address;
  socklen_t length = sizeof bound;
  if (bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    give_up("can't bind port " + std::to_string(ntohs(address.sin_port)));
  }
  getsockname(fd_, reinterpret_cast<sockaddr*>(&bound), &length);
  port_ = ntohs(bound.sin_port);
}

DatagramSocket::~DatagramSocket() { close(fd_); }

std::size_t DatagramSocket::receive(const std::function<void(const Arrival&)>& take) {
  thread_local Inbox inbox;
  inbox.prepare();
  const int count =
      recvmmsg(fd_, inbox.headers.data(), datagrams_per_batch, receive_flags_, nullptr);
  for (int i = 0; i < count; ++i) {
    take({.from = inbox.from[i],
          .bytes = {inbox.bytes[i].data(), inbox.headers[i].msg_len},
          .at_ns = stamp_of(inbox.headers[i].msg_hdr)});
  }
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

void DatagramSocket::queue(const sockaddr_in& to, std::string_view bytes) {
  if (bytes.size() > datagram_bytes_max) {
    errno = EMSGSIZE;
    give_up("a message of the bench is too long");
  }
  const std::size_t i = queued_++;
  std::memcpy(out_[i].data(), bytes.data(), bytes.size());
  to_[i] = to;
  pieces_[i] = {.iov_base = out_[i].data(), .iov_len = bytes.size()};
  headers_[i].msg_hdr = {.msg_name = &to_[i],
                         .msg_namelen = sizeof to_[i],
                         .msg_iov = &pieces_[i],
                         .msg_iovlen = 1,
                         .msg_control = nullptr,
                         .msg_controllen = 0,
                         .msg_flags = 0};
  if (queued_ == datagrams_per_batch) flush();
}

void DatagramSocket::flush() {
  for (std::size_t next = 0; next < queued_;) {
    const int sent = sendmmsg(fd_, &headers_[next], static_cast<unsigned>(queued_ - next), 0);
    // Refused by a peer that is not there (yet), or no room: lost, as UDP may lose.
    next += sent > 0 ? static_cast<std::size_t>(sent) : 1;
  }
  queued_ = 0;
}

}  // namespace strowger::bench
