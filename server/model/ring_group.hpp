// A ring group: phones that ring together, or one after the other. Members are seats (`user`),
// devices, and other groups. KAZOO's group, with the settings of its ring_group block.
//
// `document` is the truth, as in seat.hpp.
#pragma once

#include "base/result.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t ring_group_bytes_max = 64 << 10;
inline constexpr std::size_t ring_group_depth_max = 16;  // JSON levels
inline constexpr std::size_t ring_group_name_chars_max = 128;
inline constexpr std::size_t ring_endpoints_max = 100;
inline constexpr std::size_t ring_group_nesting_max = 5;  // groups in groups, the outermost is 1
inline constexpr std::chrono::seconds ring_delay_max{120};
inline constexpr std::chrono::seconds ring_endpoint_timeout_max{300};
inline constexpr std::chrono::seconds ring_endpoint_timeout_default{20};  // KAZOO's
inline constexpr std::chrono::seconds ring_group_timeout_max{1'800};
inline constexpr std::int64_t ring_weight_max = 100;
inline constexpr std::int64_t ring_repeats_max = 10;

enum class RingStrategy : std::uint8_t { simultaneous, single, weighted_random };
std::string_view ring_strategy_name(RingStrategy strategy);

struct RingEndpoint {
  enum class Type : std::uint8_t { user, device, group };

  Type type = Type::user;
  std::string id;                  // of a seat, a device, a ring group
  std::chrono::seconds delay{0};   // before it begins to ring
  std::chrono::seconds timeout = ring_endpoint_timeout_default;  // how long it rings
  std::int64_t weight = 20;        // weighted_random: 1..ring_weight_max

  bool operator==(const RingEndpoint&) const = default;
};
std::string_view ring_endpoint_name(RingEndpoint::Type type);  // "user", "device", "group"

struct RingGroup {
  std::string id;    // identifier.hpp; "" when the document names none
  std::string name;  // never ""
  RingStrategy strategy = RingStrategy::simultaneous;
  std::vector<RingEndpoint> endpoints;  // may be empty
  std::chrono::seconds timeout{0};      // of one round; 0: as long as its endpoints need
  std::int64_t repeats = 1;             // rounds: 1..ring_repeats_max
  std::string ringback;                 // media id heard by the caller meanwhile; "" for the tone

  boost::json::object document;

  // Sets `id` here and in the document.
  void assign_id(std::string new_id);
};

// Text from outside; what is no ring group is refused whole, with JSON pointers.
Result<RingGroup, Findings> parse_ring_group(std::string_view json_text);
Result<RingGroup, Findings> read_ring_group(boost::json::object document);

// One line of JSON, equal in meaning to what was parsed.
std::string serialize(const RingGroup& group);

}  // namespace strowger::model
