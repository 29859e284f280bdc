// A shard's way in: sorts what its sockets and the other shards bring, hands out in each turn what
// is to be handled, and refuses the rest with 503 and Retry-After without parsing it.
#pragma once

#include "host/admission.hpp"
#include "host/counters.hpp"
#include "host/entrance.hpp"
#include "host/log.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace strowger::host {

class Intake {
 public:
  // Streams of media wait for the end of a turn, and have a packet to send every 20 ms.
  static constexpr Duration turn_max = std::chrono::milliseconds{4};
  // Of it, for calls in progress: an ACK that waits until its answer is sent again only makes more
  // of both. The rest is for new calls, whatever strangers send that looks like an old one.
  static constexpr Duration ahead_max = std::chrono::milliseconds{3};
  static constexpr std::size_t late_per_turn = 512;
  // 503s to sources that send more than they may; beyond, they get nothing.
  static constexpr Duration excess_answer_pause = std::chrono::milliseconds{10};

  Intake(Entrance& entrance, const call::Exchange& exchange, Counters& counters,
         AdmissionLimits limits, Random& random)
      : entrance_(entrance),
        exchange_(exchange),
        counters_(counters),
        admission_(limits, sip::KeyMaker(random)) {}

  // Whether a message may come in without anybody having looked at it: nothing has to be refused
  // by what it says. A look at its head is a tenth of what a call costs.
  bool is_calm(Instant now) const { return !exchange_.full() && admission_.is_calm(now); }
  bool takes_unread(const sip::Peer& peer, Instant now);
  void add_unread(Arrival arrival, Instant now) { admission_.add_unread(std::move(arrival), now); }

  // Whether its source may send this now; if not, it is as good as answered.
  bool lets_in(const sip::Peer& peer, const std::optional<sip::HeadScan>& scan, Instant now);
  // A message of this shard's; `scan` shows into it, or into a copy that lives on.
  void add(Arrival arrival, const std::optional<sip::HeadScan>& scan, Instant now);

  // What to handle next in this turn; nothing when it has taken long enough, or all is done.
  void begin_turn(Instant now);
  std::optional<Arrival> next(Instant now);
  bool empty() const { return admission_.empty() && repeated_.empty(); }

  std::vector<call::SendSip> take_refusals();
  // Connections to be ended: a message on them was lost, which nobody would repeat.
  std::vector<std::uint64_t> take_broken();

 private:
  bool refuse(const Arrival& arrival, std::string_view phrase);
  bool refuse(const sip::HeadScan& request, const sip::Peer& peer, std::string_view phrase);
  bool is_refused(const Arrival& arrival);
  void answer(const sip::HeadScan& request, const sip::Peer& peer, std::string_view phrase);
  void lose(const sip::Peer& peer, Counter& counter);
  void tell_of_overload(Instant now);

  Entrance& entrance_;
  const call::Exchange& exchange_;
  Counters& counters_;
  Admission admission_;
  std::vector<Arrival> repeated_;  // late, but of transactions that are known
  std::vector<call::SendSip> refusals_;
  std::vector<std::uint64_t> broken_;
  Instant turn_ends_{};
  Instant ahead_ends_{};
  Instant excess_answered_{};
  Seldom overload_warning_;
  std::uint64_t told_ = 0;  // of counters_.requests_refused
};

}  // namespace strowger::host
