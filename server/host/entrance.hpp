// What all shards of a server share about messages that nobody has parsed yet: how much each source
// may send, whom the log is told of, and how refusals are written.
#pragma once

#include "host/excess_report.hpp"
#include "host/refusals.hpp"
#include "host/source_meter.hpp"

namespace strowger::host {

class Entrance {
 public:
  Entrance(SourceLimits limits, Random& random)
      : meter_(std::move(limits), random), refusals_(random) {}

  // False: it depends on what it is, see below.
  bool lets_anything_in(const IpAddress& source, Instant now) {
    return meter_.take(source, true, now);
  }
  // False, and the log told now and then: this source sends more than it may.
  bool lets_in(const IpAddress& source, bool begins_something, Instant now);
  const Refusals& refusals() const { return refusals_; }
  const SourceLimits& limits() const { return meter_.limits(); }

 private:
  SourceMeter meter_;
  ExcessReport excess_;
  Refusals refusals_;
};

}  // namespace strowger::host
