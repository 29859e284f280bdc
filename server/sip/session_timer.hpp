// Session timers (RFC 4028): how long a session lives unless somebody refreshes it, and who does.
// Values only; Session acts on them.
#pragma once

#include "base/time.hpp"
#include "sip/header_list.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace strowger::sip {

class Message;

inline constexpr std::chrono::seconds session_expires_least{90};  // RFC 4028 §4: not below

struct SessionTimerPolicy {
  bool known = false;  // whether we speak RFC 4028 at all
  Duration wanted{};   // what we ask for by ourselves; 0: nothing
  Duration least = session_expires_least;  // shorter ones get 422
};

// "1800;refresher=uac"
struct SessionExpires {
  enum class Refresher : std::uint8_t { unsaid, client, server };
  std::chrono::seconds interval{};
  Refresher refresher = Refresher::unsaid;
};
std::optional<SessionExpires> session_expires(const Message& message);
std::optional<std::chrono::seconds> min_se(const Message& message);

// What holds between the two ends.
struct SessionTimer {
  std::chrono::seconds interval{};
  bool ours = false;    // we refresh; else they do
  bool shared = false;  // they know of it; else we only ask now and then whether they are there
};

// Is it shorter than we take? Only who knows the extension is told so (§9). 422 has Min-SE.
bool too_brief(const Message& request, const SessionTimerPolicy& policy);
HeaderList too_brief_headers(const SessionTimerPolicy& policy);

// §9: what the 2xx to their INVITE or UPDATE says.
struct TimerAnswer {
  std::optional<SessionTimer> agreed;
  HeaderList headers;
};
TimerAnswer answer_timer(const Message& request, const SessionTimerPolicy& policy);

// §7.1, §7.4: of our INVITE or UPDATE. Who refreshes stays the same.
HeaderList timer_wish(const SessionTimerPolicy& policy, const std::optional<SessionTimer>& agreed);
// §7.2: what their 2xx makes of it.
std::optional<SessionTimer> timer_agreed(const Message& response, const SessionTimerPolicy& policy,
                                         const std::optional<SessionTimer>& before);

}  // namespace strowger::sip
