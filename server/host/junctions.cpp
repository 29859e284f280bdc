#include "host/junctions.hpp"

#include "sip/peek_call_id.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <system_error>

namespace strowger::host {

namespace {

std::string begin_inside(std::size_t here, std::size_t there) {
  return fmt::format("inside-{}-{}-", here, there);
}

}  // namespace

std::size_t Junctions::owner(std::string_view message, std::size_t here) const {
  return shards() == 1 ? here : owner_of_call(sip::peek_call_id(message), here);
}

std::size_t Junctions::owner_of_call(std::string_view call_id, std::size_t here) const {
  if (shards() == 1) return here;
  return call_id.empty() ? here : keys_.of({call_id}).low % shards();
}

std::string Junctions::inside_call_id(std::string_view call_id, std::size_t here) const {
  const auto owner = owner_of_call(call_id, here);
  return owner == here ? "" : begin_inside(here, owner);
}

std::vector<std::string> Junctions::inside_call_ids(std::size_t here) const {
  std::vector<std::string> begins;
  for (std::size_t other = 0; other < shards(); ++other) {
    if (other != here) begins.push_back(begin_inside(here, other));
  }
  return begins;
}

std::optional<std::size_t> Junctions::across(std::string_view call_id, std::size_t here) const {
  constexpr std::string_view mark = "inside-";
  if (!call_id.starts_with(mark)) return std::nullopt;
  std::array<std::size_t, 2> ends{};
  const char* at = call_id.data() + mark.size();
  const char* const end = call_id.data() + call_id.size();
  for (auto& shard : ends) {
    const auto [next, error] = std::from_chars(at, end, shard);
    if (error != std::errc{} || next == end || *next != '-' || shard >= shards()) {
      return std::nullopt;
    }
    at = next + 1;
  }
  if (ends[0] != here && ends[1] != here) return std::nullopt;
  return ends[0] == here ? ends[1] : ends[0];
}

}  // namespace strowger::host
