#include "sim/caller.hpp"

#include "sim/server.hpp"

#include <span>
#include <utility>

namespace strowger::sim {
namespace {

constexpr int addresses = 250;  // of 127.0.0.0/24, from .2 on
constexpr std::uint16_t sip_port = 5060;
constexpr std::uint16_t media_port = 30'000;

}  // namespace

Caller::Place Caller::place(int number, sip::Transport transport, bool v6,
                            std::optional<IpAddress> address) {
  IpAddress own = v6 ? *IpAddress::parse("::1") : IpAddress::loopback_v4();
  int port_step = number;
  std::uint16_t port = sip_port;
  if (address) {
    own = *address;
  } else if (v6) {
    port = sip_port + 2;  // the server has 5060 of the same address
  } else {
    own.bytes[3] = static_cast<std::uint8_t>(2 + number % addresses);
    port_step = number / addresses;
  }
  const Endpoint sip{own, static_cast<std::uint16_t>(port + port_step)};
  const Endpoint media{own, static_cast<std::uint16_t>(media_port + 2 * port_step)};
  return {{transport, sip, Server::sip_endpoint(v6), 0}, media};
}

Caller::Caller(World& world, VirtualNet& net, PhoneOptions options, Place place)
    : world_(world),
      net_(net),
      place_(place),
      random_(world.random().bits()),
      phone_(std::move(options), place.line, place.media, random_) {
  net_.attach(place_.line.local, *this, false);
  net_.attach(place_.media, *this, false);
  net_.attach({place_.media.address, static_cast<std::uint16_t>(place_.media.port + 1)}, *this,
              false);
  world_.join(*this);
}

Caller::~Caller() {
  world_.leave(*this);
  net_.detach_all(*this);
}

void Caller::begin(Director& director) {
  director_ = &director;
  settle();
}

void Caller::unplug() {
  plugged_ = false;
  net_.detach_all(*this);
}

void Caller::cut_connections() {
  if (!sip::is_reliable(place_.line.transport)) return;
  cut_ = true;
  net_.cut_all(place_.line.local);
}

void Caller::tick(Now now) {
  phone_.tick(now);
  settle();
}

std::optional<Instant> Caller::deadline() const {
  auto first = phone_.deadline();
  const auto due = director_ != nullptr ? director_->deadline(phone_) : std::nullopt;
  if (due && (!first || *due < *first)) first = due;
  return first;
}

void Caller::datagram(const Endpoint& local, const Endpoint&, const std::string& bytes) {
  const auto packet = std::as_bytes(std::span(bytes.data(), bytes.size()));
  if (local == place_.line.local) {
    phone_.receive_sip({sip::Transport::udp, local, place_.line.remote, 0}, bytes, world_.now());
  } else {
    phone_.receive_media(local.port != place_.media.port, packet, world_.now());
  }
  settle();
}

void Caller::segment(const sip::Peer& from, std::string_view bytes) {
  for (std::string& message : streams_.feed(from.connection, bytes)) {
    phone_.receive_sip(from, std::move(message), world_.now());
    settle();
  }
}

void Caller::disconnected(std::uint64_t connection) {
  streams_.drop(connection);
  phone_.connection_failed(connection, world_.now());
  settle();
}

void Caller::settle() {
  if (director_ != nullptr) director_->advance(phone_, world_.now());
  while (auto output = phone_.poll()) {
    if (!plugged_) continue;
    if (const auto* sip = std::get_if<Phone::SendSip>(&*output)) {
      net_.send_sip(sip->peer, sip->bytes);
      continue;
    }
    const auto& media = std::get<Phone::SendMedia>(*output);
    Endpoint from = place_.media;
    if (media.rtcp) ++from.port;
    net_.send_datagram(from, media.to, media.bytes);
  }
}

}  // namespace strowger::sim
