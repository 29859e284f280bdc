// Everything that arrives on a media port: RTP, telephone-events and RTCP. The first two bytes of
// the input cut it into datagrams, so that sequences of packets are reached, too.
// Rooms: rtp
// Longest: 2048
#include "base/random.hpp"
#include "rtp/dtmf.hpp"
#include "rtp/receiver.hpp"
#include "rtp/reporter.hpp"
#include "rtp/sender.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace strowger;

void must(bool holds) {
  if (!holds) std::abort();
}

struct Port {
  SeededRandom random{1};
  Now now{Instant(std::chrono::seconds(1)), WallTime(std::chrono::milliseconds(1'700'000'000'000))};
  rtp::Sender sender{random};
  rtp::Receiver receiver;
  rtp::DtmfReceiver dtmf;
  rtp::Reporter reporter{"cname", now.instant, random};

  void receive(rtp::Bytes datagram) {
    now.instant += std::chrono::milliseconds(20);
    now.wall += std::chrono::milliseconds(20);
    if (rtp::is_rtcp(datagram)) {
      receive_rtcp(datagram);
      return;
    }
    const auto packet = rtp::parse_packet(datagram);
    if (!packet) return;
    must(packet->payload.size() + rtp::header_bytes <= datagram.size());
    receiver.receive(packet->header, packet->payload.size(), now.instant);
    (void)dtmf.receive(*packet);
  }

  void receive_rtcp(rtp::Bytes datagram) {
    (void)reporter.receive(datagram, sender, now);
    const auto packets = rtp::parse_rtcp(datagram);
    if (!packets) return;
    const auto again = rtp::parse_rtcp(rtp::write_rtcp(*packets));
    // Writing normalizes, and may pass the limit of one datagram; within it nothing gets lost.
    if (again) must(again->size() == packets->size());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t step = std::max<std::size_t>(data[0] + std::size_t{data[1]}, 1);
  rtp::Bytes rest = std::as_bytes(std::span(data, size)).subspan(2);
  Port port;
  while (!rest.empty()) {
    const std::size_t length = std::min(step, rest.size());
    port.receive(rest.first(length));
    rest = rest.subspan(length);
  }
  (void)port.receiver.report_block();
  must(rtp::parse_rtcp(port.reporter.report(port.sender, port.receiver, port.now, port.random))
           .has_value());
  return 0;
}
