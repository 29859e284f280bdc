// What an account chose for all of its calls: a JSON object in the store, nothing in it by default.
#pragma once

#include "base/result.hpp"
#include "model/finding.hpp"

#include <boost/json/fwd.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace strowger::model {

inline constexpr std::size_t settings_bytes_max = 32 << 10;
inline constexpr std::chrono::seconds early_media_choice_max{600};

// A Response without a block.
struct BareResponse {
  int code = 480;
  std::string phrase;  // never empty

  bool operator==(const BareResponse&) const = default;
};

struct AccountSettings {
  std::string timezone;  // of the IANA database, "Europe/Berlin"; "" for UTC
  // `early_media_max_s`: media before an answer; the server's own limit stays above it.
  std::optional<std::chrono::seconds> early_media_max;
  std::optional<BareResponse> unknown_number;    // nothing answers the number; else 404
  std::optional<BareResponse> default_response;  // the callflow ended without ending the call;
                                                 // else 480, or BYE after an answer
};

// Findings when a member is unknown or can't be used.
Result<AccountSettings, Findings> read_account_settings(const boost::json::object& object);
Result<AccountSettings, Findings> read_account_settings(std::string_view text);

}  // namespace strowger::model
