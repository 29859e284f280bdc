#include "cli/phone_line.hpp"

#include "host/clock.hpp"
#include "sip/uri.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace strowger::cli {
namespace {

constexpr std::uint16_t default_sip_port = 5060;
constexpr std::uint64_t only_connection = 1;
constexpr int port_tries = 50;

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress to_socket(const Endpoint& endpoint) {
  SocketAddress address;
  if (endpoint.address.is_v6()) {
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    std::memcpy(&v6->sin6_addr, endpoint.address.bytes.data(), 16);
    address.length = sizeof(sockaddr_in6);
  } else {
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(endpoint.port);
    std::memcpy(&v4->sin_addr, endpoint.address.bytes.data(), 4);
    address.length = sizeof(sockaddr_in);
  }
  return address;
}

Endpoint from_socket(const SocketAddress& address) {
  Endpoint endpoint;
  if (address.storage.ss_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address.storage);
    endpoint.address.family = IpAddress::Family::v6;
    std::memcpy(endpoint.address.bytes.data(), &v6->sin6_addr, 16);
    endpoint.port = ntohs(v6->sin6_port);
  } else {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.storage);
    std::memcpy(endpoint.address.bytes.data(), &v4->sin_addr, 4);
    endpoint.port = ntohs(v4->sin_port);
  }
  return endpoint;
}

host::FileDescriptor make_socket(const IpAddress& address, int type) {
  const int family = address.is_v6() ? AF_INET6 : AF_INET;
  return host::FileDescriptor(::socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

Endpoint local_end(int fd) {
  SocketAddress address;
  address.length = sizeof(address.storage);
  if (getsockname(fd, address.get(), &address.length) != 0) return {};
  return from_socket(address);
}

bool bind_to(const host::FileDescriptor& fd, const Endpoint& endpoint) {
  const SocketAddress address = to_socket(endpoint);
  return fd && ::bind(fd.get(), address.get(), address.length) == 0;
}

// Our address as the server sees it: what the kernel would send from.
std::optional<IpAddress> address_towards(const Endpoint& server) {
  const auto probe = make_socket(server.address, SOCK_DGRAM);
  const SocketAddress address = to_socket(server);
  if (!probe || ::connect(probe.get(), address.get(), address.length) != 0) return std::nullopt;
  return local_end(probe.get()).address;
}

std::string error_text() { return std::strerror(errno); }

bool connect_within(int fd, const Endpoint& server, std::chrono::milliseconds patience) {
  const SocketAddress address = to_socket(server);
  if (::connect(fd, address.get(), address.length) == 0) return true;
  if (errno != EINPROGRESS) return false;
  pollfd waiting{fd, POLLOUT, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience.count())) != 1) {
    errno = ETIMEDOUT;
    return false;
  }
  int error = 0;
  socklen_t length = sizeof(error);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
  errno = error;
  return error == 0;
}

}  // namespace

Result<std::unique_ptr<PhoneLine>, Complaint> PhoneLine::open(const Endpoint& server,
                                                              sip::Transport transport,
                                                              sim::PhoneOptions options) {
  std::unique_ptr<PhoneLine> line(new PhoneLine);
  if (auto opened = line->open_sip(server, transport); !opened) return unexpected(opened.error());
  if (auto opened = line->open_media(); !opened) return unexpected(opened.error());
  line->phone_ =
      std::make_unique<sim::Phone>(std::move(options), line->line_, line->media_, line->random_);
  return line;
}

Result<void, Complaint> PhoneLine::open_sip(const Endpoint& server, sip::Transport transport) {
  const bool stream = sip::is_reliable(transport);
  const auto own = address_towards(server);
  if (!own) return complain(fmt::format("no way to {}: {}", server.text(), error_text()));
  sip_ = make_socket(server.address, stream ? SOCK_STREAM : SOCK_DGRAM);
  constexpr std::chrono::seconds patience{5};
  if (stream && (!sip_ || !connect_within(sip_.get(), server, patience))) {
    return complain(fmt::format("can't connect to {}: {}", server.text(), error_text()));
  }
  if (!stream && !bind_to(sip_, {*own, 0})) {
    return complain(fmt::format("no UDP socket at {}: {}", own->text(), error_text()));
  }
  line_ = {transport, local_end(sip_.get()), server, 0, stream ? only_connection : 0};
  return {};
}

// An even port for RTP and the next one for RTCP (RFC 3550 §11).
Result<void, Complaint> PhoneLine::open_media() {
  for (int i = 0; i < port_tries; ++i) {
    rtp_ = make_socket(line_.local.address, SOCK_DGRAM);
    rtcp_ = make_socket(line_.local.address, SOCK_DGRAM);
    const auto port = static_cast<std::uint16_t>(20'000 + 2 * (random_.bits() % 20'000));
    media_ = {line_.local.address, port};
    if (!bind_to(rtp_, media_)) continue;
    if (bind_to(rtcp_, {media_.address, static_cast<std::uint16_t>(port + 1)})) return {};
  }
  return complain(
      fmt::format("no pair of RTP ports at {}: {}", line_.local.address.text(), error_text()));
}

void PhoneLine::flush() {
  while (auto output = phone_->poll()) {
    if (const auto* sip = std::get_if<sim::Phone::SendSip>(&*output)) {
      if (sip::is_reliable(line_.transport)) {
        write_stream(*sip->bytes);
        continue;
      }
      const SocketAddress to = to_socket(sip->peer.remote);
      (void)!::sendto(sip_.get(), sip->bytes->data(), sip->bytes->size(), 0, to.get(), to.length);
      continue;
    }
    const auto& media = std::get<sim::Phone::SendMedia>(*output);
    const SocketAddress to = to_socket(media.to);
    const int fd = media.rtcp ? rtcp_.get() : rtp_.get();
    (void)!::sendto(fd, media.bytes.data(), media.bytes.size(), 0, to.get(), to.length);
  }
}

void PhoneLine::write_stream(std::string_view bytes) {
  while (!bytes.empty() && !broken_) {
    const ssize_t written = ::send(sip_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd full{sip_.get(), POLLOUT, 0};
      ::poll(&full, 1, 1'000);
    } else {
      broken_ = true;
    }
  }
}

void PhoneLine::read_sip(Now now) {
  if (sip::is_reliable(line_.transport)) {
    read_stream(now);
    return;
  }
  std::array<char, sip::message_bytes_max> buffer;
  while (true) {
    SocketAddress from;
    from.length = sizeof(from.storage);
    const ssize_t got =
        ::recvfrom(sip_.get(), buffer.data(), buffer.size(), 0, from.get(), &from.length);
    if (got < 0) return;
    phone_->receive_sip({line_.transport, line_.local, from_socket(from), 0},
                        std::string(buffer.data(), static_cast<std::size_t>(got)), now);
    flush();
  }
}

void PhoneLine::read_stream(Now now) {
  std::array<char, 16'384> buffer;
  while (!broken_) {
    const ssize_t got = ::recv(sip_.get(), buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      lose_connection(now);
      return;
    }
    framer_.feed({buffer.data(), static_cast<std::size_t>(got)});
    while (auto frame = framer_.next()) {
      if (frame->kind == sip::Frame::Kind::ping || frame->bytes.empty()) continue;
      phone_->receive_sip(line_, std::move(frame->bytes), now);
      flush();
    }
  }
}

void PhoneLine::lose_connection(Now now) {
  broken_ = true;
  phone_->connection_failed(only_connection, now);
  flush();
}

void PhoneLine::read_media(bool rtcp, Now now) {
  std::array<std::byte, 2'048> buffer;
  const int fd = rtcp ? rtcp_.get() : rtp_.get();
  while (true) {
    const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (got < 0) return;
    phone_->receive_media(rtcp, std::span(buffer.data(), static_cast<std::size_t>(got)), now);
  }
}

void PhoneLine::wait(Instant limit) { wait({this}, limit); }

void PhoneLine::wait(const std::vector<PhoneLine*>& lines, Instant limit) {
  std::vector<pollfd> fds;
  for (PhoneLine* line : lines) {
    if (const auto due = line->deadline()) limit = std::min(limit, *due);
    // A broken connection would be readable for ever.
    fds.push_back({line->broken_ ? -1 : line->sip_.get(), POLLIN, 0});
    fds.push_back({line->rtp_.get(), POLLIN, 0});
    fds.push_back({line->rtcp_.get(), POLLIN, 0});
  }
  const Duration left = std::max(limit - host::monotonic_now(), Duration::zero());
  const timespec timeout{static_cast<time_t>(left.count() / 1'000'000'000),
                         static_cast<long>(left.count() % 1'000'000'000)};
  ::ppoll(fds.data(), fds.size(), &timeout, nullptr);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    PhoneLine& line = *lines[i];
    const Now now = host::real_now();
    if (fds[3 * i].revents != 0) line.read_sip(now);
    if (fds[3 * i + 1].revents != 0) line.read_media(false, now);
    if (fds[3 * i + 2].revents != 0) line.read_media(true, now);
    const auto due = line.deadline();
    if (due && *due <= now.instant) line.phone_->tick(now);
    line.flush();
  }
}

Result<CallTarget, Complaint> resolve_target(std::string_view text) {
  const auto uri = sip::SipUri::parse(text);
  if (!uri || uri->scheme != sip::Scheme::sip) {
    return complain(fmt::format("{} is not such as sip:1000@127.0.0.1:5060", text));
  }
  CallTarget target;
  if (const auto transport = uri->params.get("transport")) {
    if (*transport == "tcp") target.transport = sip::Transport::tcp;
    else if (*transport != "udp")
      return complain(fmt::format("transport={} is not spoken", *transport));
  }
  target.server.port = uri->port.value_or(default_sip_port);
  if (const auto literal = IpAddress::parse(uri->host)) {
    target.server.address = *literal;
    return target;
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  const std::string host(uri->host);
  if (const int error = getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0) {
    return complain(fmt::format("{}: {}", host, gai_strerror(error)));
  }
  SocketAddress address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  target.server.address = from_socket(address).address;
  return target;
}

}  // namespace strowger::cli
