#include "rtp/reorder_window.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace strowger::rtp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct ReorderWindowTest : testing::Test {
  ReorderWindow window;
  Instant now{};

  // What comes out by it: "7", or "7 after 2" when two are missing before; "first" at a new start.
  std::vector<std::string> put(std::uint16_t sequence, std::uint32_t ssrc = 1) {
    const std::array<std::byte, 1> payload{static_cast<std::byte>(sequence)};
    window.put({{.sequence = sequence, .ssrc = ssrc}, payload}, now);
    std::vector<std::string> all;
    while (const auto item = window.next()) {
      EXPECT_EQ(item->payload.front(), static_cast<std::byte>(item->header.sequence));
      auto text = std::to_string(item->header.sequence);
      if (item->lost != 0) text += " after " + std::to_string(item->lost);
      if (item->first) text += " first";
      all.push_back(text);
    }
    return all;
  }
};

TEST_F(ReorderWindowTest, InOrderNothingWaits) {
  EXPECT_THAT(put(65'534), ElementsAre("65534 first"));
  EXPECT_THAT(put(65'535), ElementsAre("65535"));
  EXPECT_THAT(put(0), ElementsAre("0"));
  EXPECT_THAT(put(1), ElementsAre("1"));
}

TEST_F(ReorderWindowTest, OnesThatOvertookWaitForTheOthers) {
  put(10);
  EXPECT_THAT(put(12), IsEmpty());
  EXPECT_THAT(put(11), ElementsAre("11", "12"));
  EXPECT_THAT(put(15), IsEmpty());
  EXPECT_THAT(put(14), IsEmpty());
  EXPECT_THAT(put(13), ElementsAre("13", "14", "15"));
}

TEST_F(ReorderWindowTest, WhatIsLostHoldsUpTwoPackets) {
  put(10);
  EXPECT_THAT(put(12), IsEmpty());
  EXPECT_THAT(put(13), IsEmpty());
  EXPECT_THAT(put(14), ElementsAre("12 after 1", "13", "14"));
  EXPECT_THAT(put(11), IsEmpty()) << "too late";
  EXPECT_THAT(put(15), ElementsAre("15"));
}

TEST_F(ReorderWindowTest, CopiesAreDropped) {
  put(10);
  EXPECT_THAT(put(10), IsEmpty());
  put(12);
  EXPECT_THAT(put(12), IsEmpty());
  EXPECT_THAT(put(11), ElementsAre("11", "12"));
}

TEST_F(ReorderWindowTest, AnotherStreamBeginsAnew) {
  put(10);
  put(12);
  EXPECT_THAT(put(40, 2), ElementsAre("40 first"));
  EXPECT_THAT(put(40 + reorder_jump_max + 2, 2), ElementsAre("142 first"));
  EXPECT_THAT(put(20, 2), ElementsAre("20 first"));
}

TEST_F(ReorderWindowTest, WhatIsTooLongIsDropped) {
  const std::vector<std::byte> payload(reorder_payload_bytes_max + 1);
  window.put({{.sequence = 1}, payload}, now);
  EXPECT_FALSE(window.next());
}

}  // namespace
}  // namespace strowger::rtp
