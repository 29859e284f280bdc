// Refusals that cost next to nothing: 503 with Retry-After, written from a scan of the head and
// forgotten at once. The To tag is a keyed hash of what the ACK will repeat, so that ACK is known
// without memory, too. From any thread.
#pragma once

#include "call/exchange.hpp"
#include "sip/head_scan.hpp"
#include "sip/transaction_key.hpp"

#include <string>
#include <string_view>

namespace strowger::host {

class Refusals {
 public:
  explicit Refusals(Random& random) : keys_(random) {}

  call::SendSip write(const sip::HeadScan& request, const sip::Peer& source,
                      std::string_view phrase) const;
  // Whether this ACK is for one of ours.
  bool acknowledges(const sip::HeadScan& ack) const;

 private:
  std::string tag(const sip::HeadScan& request) const;

  sip::KeyMaker keys_;
};

}  // namespace strowger::host
