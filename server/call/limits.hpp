// What one call may use up. Every limit has a unit and a test.
#pragma once

#include "base/time.hpp"

#include <cstddef>

namespace strowger::call {

struct Limits {
  // Carriers cut unanswered media after a few minutes; ours stops before (spec: 120 s).
  Duration early_media_max = std::chrono::seconds{120};
  // An INVITE that no block answers, early media included.
  Duration unanswered_max = std::chrono::minutes{10};
  Duration call_max = std::chrono::hours{4};
  // How long audio waits for the PRACK of its reliable 183 (RFC 3262 §3 lets a final answer go
  // without).
  Duration prack_wait = std::chrono::seconds{2};
  // An unreliable 183 is repeated once in case it was lost, then to re-arm Timer C (RFC
  // 3261 13.3.1.1).
  Duration progress_repeat_first = std::chrono::milliseconds{500};
  Duration progress_repeat = std::chrono::seconds{60};
  // A phone that does not ring by then has given no sign of life (RFC 3261 Timer B is 32 s).
  Duration silent_max = std::chrono::seconds{8};
  // Who is asked to press a key before the call is theirs has so long, however long it has rung.
  Duration keypress_max = std::chrono::seconds{15};
  // RFC 4028: what we ask for by ourselves, 0: nothing; and what we take from others.
  Duration session_expires = std::chrono::minutes{30};
  Duration session_expires_min = std::chrono::seconds{90};
  std::size_t calls_max = 20'000;
  std::size_t legs_max = 64;  // phones called for one caller, all blocks together
  std::size_t ladder_max = 128;  // entries
  std::size_t path_max = 1'000;  // blocks
  std::size_t digits_max = 256;  // keyed ahead
  std::size_t variable_bytes_max = 4'096;
  std::size_t variables_max = 64;
};

}  // namespace strowger::call
