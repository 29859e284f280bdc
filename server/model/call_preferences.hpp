// What a Seat and a Device have in common, in KAZOO's shape: who they show as caller, where their
// calls are forwarded, whether they want to be left alone.
#pragma once

#include "model/document_reader.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace strowger::model {

inline constexpr std::size_t caller_name_chars_max = 35;  // as KAZOO has it
inline constexpr std::size_t caller_number_chars_max = 35;

struct CallerId {
  std::string name;    // "" for none
  std::string number;  // "" for none

  bool operator==(const CallerId&) const = default;
};

struct CallerIds {
  CallerId internal;  // shown to seats of the same account
  CallerId external;  // shown to everybody else

  bool operator==(const CallerIds&) const = default;
};

// The defaults are KAZOO's.
struct CallForward {
  bool enabled = false;
  std::string number;              // never "" when enabled
  bool keep_caller_id = true;      // the one forwarded to sees the caller's number, not ours
  bool require_keypress = true;    // who answers there has to press 1, so that no mailbox does
  bool substitute = true;          // instead of the phones; false: beside them
  bool direct_calls_only = false;  // not for calls that come by a ring group
  bool ignore_early_media = true;  // what the other end plays before it answers is not heard

  bool operator==(const CallForward&) const = default;
};

struct CallPreferences {
  CallerIds caller_id;
  CallForward call_forward;
  bool do_not_disturb = false;

  bool operator==(const CallPreferences&) const = default;
};

// Members `caller_id`, `call_forward`, `do_not_disturb`.
CallPreferences read_call_preferences(DocumentReader& reader);

// What can be dialled from a phone: 1..35 digits, letters, - . _ * # + (no `no_match`).
bool is_dialable(std::string_view text);

}  // namespace strowger::model
