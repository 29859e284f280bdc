// A seat: a person (or a place) with an extension, whose phones ring. KAZOO's `user`.
//
// `document` is the truth and is what gets stored; the other members are read from it and are never
// written back, so fields that we do not know survive unchanged.
#pragma once

#include "base/result.hpp"
#include "model/call_preferences.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t seat_bytes_max = 64 << 10;  // of the text; devices and groups too
inline constexpr std::size_t seat_depth_max = 16;        // JSON levels
inline constexpr std::size_t first_name_chars_max = 128;
inline constexpr std::size_t last_name_chars_max = 128;
inline constexpr std::size_t email_bytes_max = 254;  // RFC 5321 §4.5.3.1.3
inline constexpr std::size_t outbound_classes_max = 32;
inline constexpr std::size_t outbound_class_chars_max = 32;
inline constexpr std::chrono::seconds ring_timeout_max{300};
inline constexpr std::chrono::seconds ring_timeout_default{20};  // KAZOO's

struct Seat {
  std::string id;  // identifier.hpp; "" when the document names none
  std::string first_name;
  std::string last_name;  // first and last are not both ""
  std::string email;      // "" for none
  std::string extension;  // unique in the account; "" for none
  CallPreferences calls;
  std::string timezone;  // of the tz database, "Europe/Berlin"; "" for the account's
  std::string language;  // BCP 47, "de-DE"; "" for the account's
  std::chrono::seconds ring_timeout = ring_timeout_default;  // `ring_timeout_s`
  // `outbound`: classes of numbers outside the account that may be called; none by default.
  std::vector<std::string> outbound;
  bool enabled = true;

  boost::json::object document;

  std::string name() const;  // "Anna Berg"
  // Sets `id` here and in the document.
  void assign_id(std::string new_id);
};

// Text from outside; what is no seat is refused whole, with JSON pointers.
Result<Seat, Findings> parse_seat(std::string_view json_text);
Result<Seat, Findings> read_seat(boost::json::object document);

// One line of JSON, equal in meaning to what was parsed.
std::string serialize(const Seat& seat);

}  // namespace strowger::model
