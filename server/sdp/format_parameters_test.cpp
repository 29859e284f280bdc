#include "sdp/format_parameters.hpp"

#include <gtest/gtest.h>

namespace strowger::sdp {
namespace {

TEST(FormatParameters, OneIsFoundByItsName) {
  struct Case {
    const char* parameters;
    std::optional<std::uint32_t> want;
  };
  const Case cases[] = {
      {"maxaveragebitrate=20000", 20'000U},
      {"stereo=0; MaxAverageBitrate = 6000 ;useinbandfec=1", 6'000U},
      {"maxaveragebitrate=1;maxaveragebitrate=2", 1U},
      {"xmaxaveragebitrate=1", std::nullopt},
      {"maxaveragebitrate", std::nullopt},
      {"maxaveragebitrate=", std::nullopt},
      {"maxaveragebitrate=-1", std::nullopt},
      {"maxaveragebitrate=99999999999999999999", std::nullopt},
      {";;;=;", std::nullopt},
      {"", std::nullopt},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(number_parameter(c.parameters, "maxaveragebitrate"), c.want) << c.parameters;
  }
}

}  // namespace
}  // namespace strowger::sdp
