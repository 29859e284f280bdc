// What the four transaction machines (RFC 3261 §17) have in common: what they are fed, and what
// they want done about it. The machines know neither messages nor clocks; TransactionTable does
// the work.
#pragma once

#include "base/time.hpp"
#include "sip/peer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace strowger::sip {

// RFC 3261 17.1.1.1. Tests may shorten nothing: time is virtual there.
constexpr Duration t1 = std::chrono::milliseconds{500};
constexpr Duration t2 = std::chrono::seconds{4};
constexpr Duration t4 = std::chrono::seconds{5};
constexpr Duration timer_h = 64 * t1;

// RFC 3261 17, table 4; L and M are RFC 6026's. A, E and G repeat a message, the others end a
// state.
enum class TimerName : std::uint8_t { none, a, b, d, e, f, g, h, i, j, k, l, m };

enum class Input : std::uint8_t {
  begin,            // the transaction exists from now on
  request,          // server: the same request once more
  ack,              // INVITE server
  provisional,      // 1xx: received by a client, sent by a server
  success,          // 2xx
  failure,          // 3xx–6xx
  repeat_due,       // timer A, E or G
  limit_due,        // timer B, D, F, H, I, J, K, L or M
  transport_error,  // the connection is gone
};

constexpr Input input_for(int status) {
  return status < 200 ? Input::provisional : status < 300 ? Input::success : Input::failure;
}

struct TimerChange {
  enum class What : std::uint8_t { keep, stop, set } what = What::keep;
  TimerName name = TimerName::none;
  Duration after{};

  bool operator==(const TimerChange&) const = default;
};
constexpr TimerChange stop_timer{TimerChange::What::stop, TimerName::none, {}};
constexpr TimerChange set_timer(TimerName name, Duration after) {
  return {TimerChange::What::set, name, after};
}

// What is to be done after one input; in this order.
struct Reaction {
  bool acknowledge = false;  // INVITE client: the ACK (17.1.1.3) is the stored message from now on
  bool send = false;         // the stored message, for the first time or again
  bool pass = false;         // the message to the transaction user
  bool timed_out = false;    // tell the transaction user
  bool failed = false;       // likewise: the transport failed
  bool settled = false;      // the stored message will not be sent again
  TimerChange repeat;        // A, E, G
  TimerChange limit;         // all others
  bool over = false;         // terminated: forget it

  bool operator==(const Reaction&) const = default;
};

}  // namespace strowger::sip
