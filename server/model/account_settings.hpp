// What an account chose for all of its calls: a JSON object in the store, nothing in it by default.
#pragma once

#include "base/result.hpp"
#include "model/call_preferences.hpp"
#include "model/dial_plan.hpp"
#include "model/finding.hpp"

#include <boost/json/fwd.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t settings_bytes_max = 32 << 10;
inline constexpr std::chrono::seconds early_media_choice_max{600};

// A Response without a block.
struct BareResponse {
  int code = 480;
  std::string phrase;  // never empty
  std::string media;   // heard before it; "" for none

  bool operator==(const BareResponse&) const = default;
};

// Against toll fraud: what leaves by carriers, in any hour. A call that would go beyond is refused.
struct OutboundLimits {
  std::int64_t calls_per_hour = 600;
  std::int64_t minutes_per_hour = 3'000;
  std::int64_t seat_calls_per_hour = 60;
  std::int64_t seat_minutes_per_hour = 300;

  bool operator==(const OutboundLimits&) const = default;
};
inline constexpr std::int64_t outbound_limit_max = 1'000'000;

struct AccountSettings {
  std::string timezone;  // of the IANA database, "Europe/Berlin"; "" for UTC
  // `early_media_max_s`: media before an answer; the server's own limit stays above it.
  std::optional<std::chrono::seconds> early_media_max;
  std::optional<BareResponse> unknown_number;    // nothing answers the number; else 404
  std::optional<BareResponse> default_response;  // the callflow ended without ending the call;
                                                 // else 480, or BYE after an answer
  // `cause_responses`, by the names of model/hangup_cause.hpp: what a caller gets who could not be
  // connected, when no branch takes that; else the cause's own.
  std::map<std::string, BareResponse, std::less<>> cause_responses;
  // `media`: {"transcode": false}: ends without a codec in common don't talk
  bool transcode = true;
  // `media`: {"keypress_prompt": ID}: what those hear who answer a forwarded call and are to
  // press 1; "" for the built-in words
  std::string keypress_prompt;
  Dialling dialling;               // `country_code`, …, see dial_plan.hpp
  CallerId caller_id;              // shown outside for those who have none of their own
  OutboundLimits outbound_limits;
  // `qualify_s`: how often phones are asked by OPTIONS whether they are there, when a device has no
  // interval of its own; 0: never.
  std::chrono::seconds qualify{0};
};

// Findings when a member is unknown or can't be used.
Result<AccountSettings, Findings> read_account_settings(const boost::json::object& object);
Result<AccountSettings, Findings> read_account_settings(std::string_view text);

// The media files that they name, each with its JSON pointer.
struct NamedMedia {
  std::string pointer;
  std::string id;
};
std::vector<NamedMedia> media_named_by(const AccountSettings& settings);
// "unknown-media" for each of them that is not there.
Findings missing_media(const AccountSettings& settings,
                       const std::function<bool(const std::string& id)>& is_there);

}  // namespace strowger::model
