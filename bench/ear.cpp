#include "ear.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstring>

namespace strowger::bench {

namespace {

constexpr int ear_buffer_bytes = 256 << 10;  // seconds of one stream

bool is_rtcp(unsigned char type) { return type >= 192 && type <= 223; }  // RFC 5761 §4

}  // namespace

void allow_all_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Ear::Ear(const sockaddr_in& address)
    : socket_(address, {.buffer_bytes = ear_buffer_bytes, .blocking = false, .stamped = true}) {}

void Ear::listen(Samples& gaps, Samples* delays) {
  while (socket_.receive([&](const Arrival& arrival) { hear(arrival, gaps, delays); }) ==
         datagrams_per_batch) {
  }
}

void Ear::hear(const Arrival& arrival, Samples& gaps, Samples* delays) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(arrival.bytes[i]); };
  if (arrival.bytes.size() < rtp_header_bytes || is_rtcp(byte(1))) return;
  const auto sequence = static_cast<std::uint16_t>(byte(2) << 8 | byte(3));
  if (packets_ > 0) {
    gaps.add_ns(arrival.at_ns - last_ns_);
    missing_ += static_cast<std::uint16_t>(sequence - sequence_ - 1);
  }
  std::int64_t sent_ns = 0;
  if (delays && arrival.bytes.size() >= rtp_header_bytes + sizeof sent_ns) {
    std::memcpy(&sent_ns, arrival.bytes.data() + rtp_header_bytes, sizeof sent_ns);
    delays->add_ns(arrival.at_ns - sent_ns);
  }
  ++packets_;
  sequence_ = sequence;
  last_ns_ = arrival.at_ns;
}

Ears::Ears(std::size_t count, const std::string& ip, int epoll, std::uint64_t first_key) {
  allow_all_descriptors();
  for (std::size_t i = 0; i < count; ++i) {
    const auto& ear = *ears_.emplace_back(std::make_unique<Ear>(address_of(ip, 0)));
    epoll_event event{.events = EPOLLIN, .data = {.u64 = first_key + i}};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, ear.fd(), &event) != 0) give_up("epoll refused an ear");
  }
}

void Ears::listen(std::size_t index) {
  Ear& ear = *ears_[index];
  const auto before = ear.packets();
  ear.listen(gaps_);
  hearing_ += before == 0 && ear.packets() > 0;
  packets_ += ear.packets() - before;
}

std::string Ears::json(std::uint64_t expected) {
  std::uint64_t missing = 0;
  const auto exact = std::count_if(ears_.begin(), ears_.end(), [&](const auto& ear) {
    missing += ear->missing();
    return ear->packets() == expected;
  });
  return fmt::format(R"("heard":{{"callers":{},"exact":{},"packets":{},"missing":{},"gap_us":{}}})",
                     ears_.size(), exact, packets_, missing, gaps_.json());
}

}  // namespace strowger::bench
