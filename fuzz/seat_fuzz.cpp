// Any bytes as a seat, a device, a ring group, a rule or rule set: reading never crashes, and
// what was accepted once is accepted again and means the same.
// Seeds: tests/corpus/seats
// Rooms: model
// Longest: 4096
#include "model/seat_directory.hpp"
#include "model/temporal_rule.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace strowger::model;

template <class Thing, class Parse>
void round_trip(std::string_view text, const Parse& parse) {
  const auto once = parse(text);
  if (!once) {
    if (once.error().empty()) std::abort();  // a refusal says why
    return;
  }
  const auto written = serialize(*once);
  const auto again = parse(written);
  // What grows by being written ("1.0" becomes "1E0") may be too large then, and only that.
  if (!again && written.size() <= seat_bytes_max) std::abort();
  if (again && serialize(*again) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  round_trip<Seat>(text, parse_seat);
  round_trip<Device>(text, parse_device);
  round_trip<RingGroup>(text, parse_ring_group);
  round_trip<TemporalRule>(text, parse_temporal_rule);
  round_trip<TemporalRuleSet>(text, parse_temporal_rule_set);
  return 0;
}
