// The parameters of an a=fmtp line as most codecs write them: "stereo=0; maxptime=40".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::sdp {

// The first one of that name, without regard to case. None when it is missing, or no whole number.
std::optional<std::uint32_t> number_parameter(std::string_view parameters, std::string_view name);

}  // namespace strowger::sdp
