// What one shard shows to those who watch: the collector of HEP, and `strowger trace`. While there
// are none, a message costs one relaxed load.
#pragma once

#include "host/counters.hpp"
#include "host/hep_mirror.hpp"
#include "host/trace_hub.hpp"
#include "trace/packet.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::host {

class Tap {
 public:
  Tap(TraceHub& hub, Counters& counters) : hub_(hub), counters_(counters) {}

  Result<void, Complaint> mirror_to(const HepConfig& config);

  bool wanted() const { return mirror_ || hub_.watched(); }
  // RTCP goes to the collector only.
  bool wants_rtcp() const { return mirror_.has_value(); }

  // Only if wanted.
  void sip(trace::Direction direction, const sip::Peer& peer, std::string_view bytes);
  void rtcp(trace::Packet packet);
  // At the end of each turn.
  void pass_on();

 private:
  TraceHub& hub_;
  Counters& counters_;
  std::optional<HepMirror> mirror_;
  std::vector<trace::Packet> seen_;
};

}  // namespace strowger::host
