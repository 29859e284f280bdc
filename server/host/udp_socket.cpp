#include "host/udp_socket.hpp"

#include "host/clock.hpp"
#include "host/socket_address.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

namespace strowger::host {

namespace {

// Room for one in_pktinfo or in6_pktinfo, and a time stamp.
using ControlBytes =
    std::array<std::byte, CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(timespec))>;

// A datagram that seems to be older came before the calendar was set.
constexpr Duration age_max = std::chrono::seconds{2};

void set_option(int fd, int level, int option, int value) {
  setsockopt(fd, level, option, &value, sizeof value);
}

// Root may go beyond net.core.rmem_max; everybody else gets what is allowed.
void set_buffer(int fd, int forced, int plain, int bytes) {
  if (setsockopt(fd, SOL_SOCKET, forced, &bytes, sizeof bytes) != 0) {
    set_option(fd, SOL_SOCKET, plain, bytes);
  }
}

IpAddress local_address(msghdr& header) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
      in_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(c), sizeof info);
      return address_of(info.ipi_spec_dst);
    }
    if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(c), sizeof info);
      return address_of(info.ipi6_addr);
    }
  }
  return {};
}

// The kernel's stamps are of the calendar's clock.
class Stamps {
 public:
  Stamps() : instant_(monotonic_now()), calendar_(calendar_now()) {}

  Instant of(msghdr& header) const {
    for (cmsghdr* c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_TIMESTAMPNS) continue;
      timespec stamp{};
      std::memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
      const auto age = calendar_ - std::chrono::seconds{stamp.tv_sec} -
                       std::chrono::nanoseconds{stamp.tv_nsec};
      return age < Duration::zero() || age > age_max ? instant_ : instant_ - age;
    }
    return instant_;
  }

 private:
  Instant instant_;
  Duration calendar_;
};

template <class Info>
void put_control(msghdr& header, ControlBytes& control, int level, int type, const Info& info) {
  header.msg_control = control.data();
  header.msg_controllen = CMSG_SPACE(sizeof info);
  cmsghdr* const c = CMSG_FIRSTHDR(&header);
  c->cmsg_level = level;
  c->cmsg_type = type;
  c->cmsg_len = CMSG_LEN(sizeof info);
  std::memcpy(CMSG_DATA(c), &info, sizeof info);
}

void choose_source(msghdr& header, ControlBytes& control, const IpAddress& local) {
  if (local.is_v6()) {
    in6_pktinfo info{};
    std::memcpy(&info.ipi6_addr, local.bytes.data(), sizeof info.ipi6_addr);
    put_control(header, control, IPPROTO_IPV6, IPV6_PKTINFO, info);
  } else {
    in_pktinfo info{};
    std::memcpy(&info.ipi_spec_dst, local.bytes.data(), sizeof info.ipi_spec_dst);
    put_control(header, control, IPPROTO_IP, IP_PKTINFO, info);
  }
}

// What recvmmsg fills, shared by all sockets of a thread: 4 MiB, of which little is ever touched.
struct Inbox {
  std::unique_ptr<char[]> bytes =
      std::make_unique_for_overwrite<char[]>(datagrams_per_batch * datagram_bytes_max);
  std::array<SocketAddress, datagrams_per_batch> from;
  std::array<ControlBytes, datagrams_per_batch> control;
  std::array<iovec, datagrams_per_batch> pieces;
  std::array<mmsghdr, datagrams_per_batch> headers;

  Inbox() { prepare(datagrams_per_batch); }

  // After each batch only the headers that it used: most batches of media have one datagram.
  void prepare(std::size_t used) {
    for (std::size_t i = 0; i < used; ++i) {
      pieces[i] = {.iov_base = at(i), .iov_len = datagram_bytes_max};
      headers[i] = {};
      headers[i].msg_hdr.msg_name = from[i].get();
      headers[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
      headers[i].msg_hdr.msg_iov = &pieces[i];
      headers[i].msg_hdr.msg_iovlen = 1;
      headers[i].msg_hdr.msg_control = control[i].data();
      headers[i].msg_hdr.msg_controllen = control[i].size();
    }
  }

  char* at(std::size_t i) { return bytes.get() + i * datagram_bytes_max; }
};

// What sendmmsg reads; kept, because clearing it for each packet of a call would cost more than
// sending.
struct Outbox {
  std::array<SocketAddress, datagrams_per_batch> to;
  std::array<ControlBytes, datagrams_per_batch> control;
  std::array<iovec, datagrams_per_batch> pieces;
  std::array<mmsghdr, datagrams_per_batch> headers;

  void put(std::size_t i, const Datagram& datagram, bool choose) {
    to[i] = SocketAddress(datagram.remote);
    pieces[i] = {.iov_base = const_cast<char*>(datagram.bytes.data()),
                 .iov_len = datagram.bytes.size()};
    headers[i] = {};
    msghdr& header = headers[i].msg_hdr;
    header.msg_name = to[i].get();
    header.msg_namelen = to[i].length;
    header.msg_iov = &pieces[i];
    header.msg_iovlen = 1;
    if (choose && !datagram.local.is_unspecified()) {
      choose_source(header, control[i], datagram.local);
    }
  }
};

std::size_t send_batch(int fd, std::span<const Datagram> datagrams, bool choose) {
  thread_local Outbox outbox;
  for (std::size_t i = 0; i < datagrams.size(); ++i) outbox.put(i, datagrams[i], choose);
  std::size_t sent = 0;
  for (std::size_t next = 0; next < datagrams.size();) {
    const int count = sendmmsg(fd, &outbox.headers[next], datagrams.size() - next, 0);
    if (count < 0 && errno == EINTR) continue;
    // A datagram that can't go (no route, too long) is dropped; those behind it still get their
    // turn.
    if (count <= 0 && (errno == EAGAIN || errno == ENOBUFS)) break;
    sent += std::max(count, 0);
    next += std::max(count, 1);
  }
  return sent;
}

}  // namespace

Result<UdpSocket, Complaint> UdpSocket::bind(const Endpoint& address, Options options) {
  const int family = address.address.is_v6() ? AF_INET6 : AF_INET;
  FileDescriptor fd(socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return complain("can't make a UDP socket: " + std::string(std::strerror(errno)));
  if (family == AF_INET6) set_option(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (address.address.is_unspecified()) {
    if (family == AF_INET6) set_option(fd.get(), IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    else set_option(fd.get(), IPPROTO_IP, IP_PKTINFO, 1);
  }
  if (options.stamped) set_option(fd.get(), SOL_SOCKET, SO_TIMESTAMPNS, 1);
  set_buffer(fd.get(), SO_RCVBUFFORCE, SO_RCVBUF, options.receive_buffer_bytes);
  set_buffer(fd.get(), SO_SNDBUFFORCE, SO_SNDBUF, options.send_buffer_bytes);
  if (bind_port(fd.get(), SocketAddress(address), options.use) != 0) {
    return complain("can't listen on udp:" + address.text() + ": " + std::strerror(errno));
  }
  const auto bound = bound_endpoint(fd.get());
  return UdpSocket(std::move(fd), bound, options.stamped);
}

std::size_t UdpSocket::receive(const std::function<void(const Datagram&)>& take) const {
  thread_local Inbox inbox;
  const int count = recvmmsg(fd_.get(), inbox.headers.data(), datagrams_per_batch, 0, nullptr);
  if (count <= 0) return 0;
  const bool wildcard = bound_.address.is_unspecified();
  const auto stamps = stamped_ ? std::optional<Stamps>(std::in_place) : std::nullopt;
  for (int i = 0; i < count; ++i) {
    msghdr& header = inbox.headers[i].msg_hdr;
    take({.local = wildcard ? local_address(header) : bound_.address,
          .remote = inbox.from[i].endpoint(),
          .bytes = {inbox.at(i), inbox.headers[i].msg_len},
          .at = stamps ? stamps->of(header) : Instant{}});
  }
  inbox.prepare(count);
  return count;
}

std::size_t UdpSocket::send(std::span<const Datagram> datagrams) const {
  std::size_t sent = 0;
  while (!datagrams.empty()) {
    const auto batch = datagrams.first(std::min(datagrams.size(), datagrams_per_batch));
    sent += send_batch(fd_.get(), batch, bound_.address.is_unspecified());
    datagrams = datagrams.subspan(batch.size());
  }
  return sent;
}

bool UdpSocket::receive_one(const std::function<void(const Datagram&)>& take) const {
  thread_local const auto bytes = std::make_unique_for_overwrite<char[]>(datagram_bytes_max);
  SocketAddress from;
  from.length = sizeof(sockaddr_storage);
  const auto size =
      recvfrom(fd_.get(), bytes.get(), datagram_bytes_max, 0, from.get(), &from.length);
  if (size < 0) return false;
  take({.local = bound_.address,
        .remote = from.endpoint(),
        .bytes = {bytes.get(), static_cast<std::size_t>(size)}});
  return true;
}

bool UdpSocket::send_one(const Endpoint& to, std::string_view bytes) const {
  const SocketAddress address(to);
  return sendto(fd_.get(), bytes.data(), bytes.size(), 0, address.get(), address.length) >= 0;
}

}  // namespace strowger::host
