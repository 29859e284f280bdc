// Packets for those who watch: a filter and a message, both hostile; the frames on their way to
// `strowger trace`, cut anywhere; and what HEP and pcap make of them, which must keep their limits.
// Seeds: tests/corpus/sip/rfc4475
// Rooms: trace
// Longest: 2048
#include "trace/filter.hpp"
#include "trace/frames.hpp"
#include "trace/hep.hpp"
#include "trace/pcap.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace strowger;

void require(bool holds) {
  if (!holds) std::abort();
}

trace::Packet packet_of(std::string_view bytes) {
  return {.direction = bytes.size() % 2 == 0 ? trace::Direction::in : trace::Direction::out,
          .transport = static_cast<sip::Transport>(bytes.size() % 5),
          .local = {IpAddress::loopback_v4(), 5060},
          .remote = {IpAddress::loopback_v4(), static_cast<std::uint16_t>(bytes.size())},
          .at = trace::Time(std::chrono::microseconds(bytes.size())),
          .bytes = std::string(bytes)};
}

void read_filter(std::string_view text, const trace::Packet& packet) {
  const auto filter = trace::Filter::parse(text);
  if (!filter) return;
  (void)filter->takes(packet);
  const auto again = trace::Filter::parse(filter->text());
  require(again.has_value());
}

// Until there is no more, or nonsense.
void read_frames(std::string_view bytes, std::size_t step) {
  trace::FrameReader reader;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.feed(bytes.substr(at, step));
    for (;;) {
      const auto next = reader.next();
      if (!next) return;
      if (!*next) break;
    }
  }
}

void there_and_back(const trace::Packet& packet, std::size_t step) {
  const auto sent = trace::frame(packet);
  trace::FrameReader reader;
  for (std::size_t at = 0; at < sent.size(); at += step) {
    reader.feed(std::string_view(sent).substr(at, step));
    const auto next = reader.next();
    require(next.has_value());
    require(next->has_value() == (at + step >= sent.size()));
    if (*next) require(std::get<trace::Packet>(**next) == packet);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min<std::size_t>(size, size > 0 ? data[0] : 0);
  const auto packet = packet_of(bytes.substr(cut));
  read_filter(bytes.substr(0, cut), packet);
  read_filter("number=1000\nmethod=INVITE", packet);
  read_frames(bytes, 1 + size / 3);
  there_and_back(packet, 1 + size / 2);
  require(trace::hep_packet(packet, {.password = std::string(bytes)}).size() <=
          trace::hep_bytes_max);
  require(trace::pcap_record(packet).size() <= 16 + trace::pcap_ip_bytes_max);
  return 0;
}
