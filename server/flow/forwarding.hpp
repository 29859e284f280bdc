// Calls that a seat forwards, or that a phone redirects (300, 301, 302): on whose account they go
// on, and where their number leads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {
struct CallForward;
struct Seat;
}  // namespace strowger::model

namespace strowger::flow {

class Run;

inline constexpr std::size_t forwards_max = 5;  // of one call, one after the other

// Who sends a call on. Its rights and its hour count, whoever calls: as if it had dialled the
// number itself.
struct Forwarder {
  std::string seat;            // "" for none: it reaches nothing outside
  bool keep_caller_id = true;  // the caller is shown, and not the seat
  // Who answers outside has to press 1 (call/keypress.hpp): a mailbox can't.
  bool require_keypress = false;
  // The seats and devices that have sent the call on so far, this one last.
  std::vector<std::string> chain;
};

// `chain` grown by `id`. Nothing, and why, when the call would go in a circle, or on and on.
struct Onward {
  std::optional<Forwarder> by;
  std::string why_not;
};
Onward send_on(const std::vector<std::string>& chain, Forwarder by, std::string id);
std::string seat_link(const model::Seat& seat);

enum class Destination : std::uint8_t {
  callflow,  // one has that number, or a pattern for it
  seat,      // it is an extension without a callflow
  no_match,  // the callflow for what nobody has
  outside,   // the account's carriers
};
Destination destination(const Run& run, const std::string& number);

// Are a seat's or device's calls forwarded when they come by a ring group, or not?
bool is_forwarding(const model::CallForward& forward, bool by_group);

}  // namespace strowger::flow
