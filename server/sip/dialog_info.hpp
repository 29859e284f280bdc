// What a watcher is told of somebody's calls: application/dialog-info+xml (RFC 4235 §4). Texts of
// any kind may be in it: what XML does not take is escaped or left out here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace strowger::sip {

// Of one person a few are enough to see that the line is busy; the body has to fit a datagram.
constexpr std::size_t dialogs_shown_max = 8;
constexpr std::size_t identity_bytes_max = 128;  // of a URI; longer ones are left out
constexpr std::size_t display_bytes_max = 96;    // longer: cut

struct DialogInfo {
  enum class State : std::uint8_t { trying, early, confirmed, terminated };

  std::string id;          // made up: no Call-ID, no tag (docs/decisions/0033-lamps.md)
  bool initiator = false;  // the phone called; else it is called
  State state = State::trying;
  std::string remote;          // a URI; "" when nobody shall know
  std::string remote_display;  // "" for none

  bool operator==(const DialogInfo&) const = default;
};

std::string_view dialog_state_name(DialogInfo::State state);

// All that there is ("full"). `entity`: the URI whose calls these are.
std::string dialog_info(std::uint32_t version, std::string_view entity,
                        std::span<const DialogInfo> dialogs);

// For an attribute or an element. Bytes that are no UTF-8, and characters that XML 1.0 does not
// know (§2.2), become "?".
std::string xml_escaped(std::string_view text);

}  // namespace strowger::sip
