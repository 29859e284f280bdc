// THE table of SIP response codes: names, what the Response action makes of each, and which header
// and which Q.850 cause go with it. Engine, lint, API, editor help, docs and tests all read this
// one.
#pragma once

#include "base/result.hpp"
#include "model/reason_phrase.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace strowger::model {

// What happens when somebody puts the code into a Response block.
enum class Verdict : std::uint8_t {
  ok,         // accepted
  automatic,  // accepted; the companion header is added by us
  ask,        // accepted once the extra field (redirect_to, contact data) is filled
  warn,       // accepted, with an explanation why it is likely wrong
  no,         // refused, with the reason and what to use instead
};

// The header that a response of this code carries besides the usual ones.
enum class Companion : std::uint8_t {
  none, accept, accept_resource_priority, alert_msg_error, allow, allow_events, body, call_info,
  contact, geolocation_error, min_expires, min_se, permission_missing, proxy_authenticate, reason,
  recv_info, require, sdp, security_server, unsupported, warning, www_authenticate,
};

enum class Duty : std::uint8_t { none, may, should, must };

struct ResponseCode {
  int code = 0;
  std::string_view phrase;  // registered name (IANA)
  int rfc = 3261;           // the RFC that the registry names
  Verdict verdict = Verdict::ok;
  bool doubtful = false;    // accepted, but explain as for `warn` (405, 415, 488, 606)
  Companion companion = Companion::none;
  Duty duty = Duty::none;   // how strongly the RFC wants the companion
  bool retry_after = false;  // may carry Retry-After (RFC 3261 §20.33)
  std::string_view explanation;  // for people: what callers make of it
  std::string_view instead;      // what to use instead; "" when nothing is better
  std::string_view search;       // words that people look for: "busy", "blocked", "closed"
};

// All 75 registered codes in ascending order.
std::span<const ResponseCode> response_codes();

// Codes that are seen on the wire without being registered ("409", "701"), and where they come
// from.
struct UnregisteredCode {
  int code = 0;
  std::string_view name;
  std::string_view note;
};
std::span<const UnregisteredCode> unregistered_codes();

const ResponseCode* find_code(int code);  // nullptr when not registered

// The registered name; for an unregistered 100..699 the name of its x00 code, as receivers treat it
// (RFC 3261 §8.1.3.2; 1xx as 183); "" outside.
std::string_view default_phrase(int code);

// Also for codes that are not registered: 3xx ask, 4xx..6xx warn, everything else no.
Verdict verdict(int code);
std::string_view verdict_name(Verdict verdict);  // "ok", "automatic", "ask", "warn", "no"
std::string_view companion_name(Companion companion);  // header name, e.g. "Allow"; "" for none

// Why the verdict is what it is, for any number, registered or not.
std::string_view code_explanation(int code);
std::string_view code_instead(int code);

bool may_carry_retry_after(int code);  // 404 413 480 486 500 503 600 603

// The Q.850 cause for the Reason header of a final response, RFC 3398 §8.2.6.1. Nothing for
// 1xx..3xx and 487. 488 and 606 depend on the Warning there; we send 31 (normal, unspecified), the
// mapping's own fall-back. Codes that the RFC does not cover follow their class (4xx, 6xx: 31,
// 5xx: 41).
std::optional<int> q850_cause(int code);
// The SIP code for a Q.850 cause, RFC 3398 §7.2.4.1; 480 for causes that it does not name, and
// nothing for 16 (normal clearing is no failure).
std::optional<int> code_of_q850(int cause);
// ITU-T Q.850 name of a cause, e.g. 17 → "User busy"; "" when the cause has none here.
std::string_view q850_text(int cause);

inline constexpr int q850_cause_min = 1;
inline constexpr int q850_cause_max = 127;

}  // namespace strowger::model
