// What a shard does first, and what not at all, when more comes in than it can work off. Messages
// of calls that are in progress go ahead. Requests that begin something wait behind them, and only
// as long as they can be served in time: whoever is served is served soon, and all others are
// refused at once, to try elsewhere. Serving stale requests instead would lose all of them,
// while their senders repeat themselves (RFC 5390 §6).
//
// Time is an argument; nothing here is sent or parsed.
#pragma once

#include "base/time.hpp"
#include "sip/head_scan.hpp"
#include "sip/peer.hpp"
#include "sip/transaction_key.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace strowger::host {

// A whole message, and when it came to this machine.
struct Arrival {
  sip::Peer peer;
  std::string bytes;
  Instant at;
};

struct AdmissionLimits {
  // A queue that was empty a moment ago is a burst, which is worked off; one that has stood longer
  // is overload, in which nothing may wait longer than `wait`, until for as long nothing did.
  Duration burst = std::chrono::milliseconds{200};
  Duration wait = std::chrono::milliseconds{20};
  std::size_t waiting_max = 8'192;    // messages
  std::size_t ahead_max = 16'384;     // messages
  std::size_t calm_max = 16;          // messages: about a millisecond's work
  std::size_t bytes_max = 32 << 20;   // of all of them
};

class Admission {
 public:
  Admission(AdmissionLimits limits, sip::KeyMaker keys) : limits_(limits), keys_(keys) {}

  // False, and the arrival untouched: there is no room, or in overload so many wait already that it
  // would wait too long.
  bool add(Arrival&& arrival, const std::optional<sip::HeadScan>& scan, Instant now);

  // Little waits, and nobody was refused lately: nothing has to be known of what comes now.
  bool is_calm(Instant now) const;
  // When it is calm: handled in the order in which it came.
  void add_unread(Arrival&& arrival, Instant now);

  // Of a call in progress, or unread.
  std::optional<Arrival> next_ahead();
  // That begins something, the oldest first.
  std::optional<Arrival> next_waiting();
  // That has waited too long: to be refused.
  std::optional<Arrival> next_late(Instant now);

  bool empty() const { return ahead_.empty() && waiting_.empty(); }
  std::size_t waiting() const { return waiting_.size(); }

 private:
  struct Waiting {
    Arrival arrival;
    std::uint64_t call;     // 0: not known
    bool begins_something;  // else it came after such a request of the same call
  };

  std::uint64_t call_of(const sip::HeadScan& scan) const;
  bool has_room(const Arrival& arrival) const;
  bool is_overload(Instant now) const;
  bool would_be_late() const;
  Waiting take_waiting();
  void measure(Instant now);
  void try_more(Instant now);

  AdmissionLimits limits_;
  sip::KeyMaker keys_;
  std::deque<Arrival> ahead_;
  std::deque<Waiting> waiting_;
  std::unordered_map<std::uint64_t, std::uint32_t> waiting_calls_;  // how often each is in waiting_
  std::size_t bytes_ = 0;
  Instant last_empty_{};  // nothing waited
  std::optional<Instant> last_late_;
  // How many were served in `wait` when some waited all that time; nothing before that is known.
  std::optional<std::size_t> served_in_time_;
  Instant measured_since_{};
  Instant tried_more_{};
  std::size_t served_since_ = 0;
};

}  // namespace strowger::host
