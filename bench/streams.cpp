#include "streams.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>

#include <cstring>

namespace strowger::bench {

namespace {

constexpr std::size_t slots = 20;  // of a millisecond each
constexpr std::int64_t slot_ns = 1'000'000;
constexpr std::size_t packet_bytes = rtp_header_bytes + 160;  // 20 ms of G.711
constexpr std::uint32_t samples_per_packet = 160;

}  // namespace

Streams::Streams(std::size_t count, const std::string& ip, int epoll, std::uint64_t first_key) {
  allow_all_descriptors();
  for (std::size_t i = 0; i < count; ++i) {
    const auto& end = ends_.emplace_back(End{.ear = std::make_unique<Ear>(address_of(ip, 0))});
    epoll_event event{.events = EPOLLIN, .data = {.u64 = first_key + i}};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, end.ear->fd(), &event) != 0) give_up("epoll is full");
  }
}

void Streams::forget_times() {
  delays_ = {};
  gaps_ = {};
}

void Streams::greet(std::size_t index, const sockaddr_in& relay) {
  auto& socket = ends_[index].ear->socket();
  socket.queue(relay, "\r");
  socket.flush();
}

std::int64_t Streams::speak(std::int64_t now_ns) {
  if (next_ns_ == 0) next_ns_ = now_ns;
  for (; next_ns_ <= now_ns; next_ns_ += slot_ns, slot_ = (slot_ + 1) % slots) {
    for (auto i = slot_; i < ends_.size(); i += slots) {
      if (ends_[i].peer) say(i);
    }
  }
  return next_ns_;
}

void Streams::say(std::size_t index) {
  End& end = ends_[index];
  std::array<unsigned char, packet_bytes> packet{};
  const std::uint32_t timestamp = samples_per_packet * ++end.sequence;
  packet[0] = 0x80;  // RTP version 2, payload type 0
  packet[2] = static_cast<unsigned char>(end.sequence >> 8);
  packet[3] = static_cast<unsigned char>(end.sequence);
  for (std::size_t i = 0; i < 4; ++i) {
    packet[4 + i] = static_cast<unsigned char>(timestamp >> (24 - 8 * i));
    packet[8 + i] = static_cast<unsigned char>(index >> (24 - 8 * i));  // SSRC
  }
  const auto now = wall_ns();
  std::memcpy(packet.data() + rtp_header_bytes, &now, sizeof now);
  end.ear->socket().queue(*end.peer, {reinterpret_cast<const char*>(packet.data()), packet_bytes});
  end.ear->socket().flush();
  ++sent_;
}

void Streams::listen(std::size_t index) {
  Ear& ear = *ends_[index].ear;
  const auto before = ear.packets();
  ear.listen(gaps_, &delays_);
  heard_ += ear.packets() - before;
}

std::string Streams::json() {
  std::uint64_t missing = 0;
  for (const auto& end : ends_) missing += end.ear->missing();
  return fmt::format(R"("sent":{},"heard":{},"missing":{},"delay_us":{},"gap_us":{})",
                     sent_, heard_, missing, delays_.json(), gaps_.json());
}

}  // namespace strowger::bench
