#include "cli/call_ladder_text.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using model::Direction;
using ::testing::HasSubstr;
using ::testing::Not;

model::LadderLine message(std::int64_t at_ms, Direction direction, std::string line, int leg) {
  return {.at_ms = at_ms, .direction = direction, .first_line = std::move(line), .leg = leg};
}

TEST(CallLadderText, EachPhoneHasAColumn) {
  model::CallRecord record{.id = "c1"};
  record.source = "udp:192.0.2.10:5060";
  record.legs = {{.number = 1, .name = "reception/desk", .party = "Reception", .extension = "1001"},
                 {.number = 2, .name = "trunk out", .place = "tcp:198.51.100.1:5062"}};
  record.ladder = {message(0, Direction::in, "INVITE sip:1@pbx.example SIP/2.0", 0),
                   message(2, Direction::out, "INVITE sip:r@h SIP/2.0", 1),
                   message(3, Direction::out, "INVITE sip:4@c SIP/2.0", 2),
                   message(210, Direction::in, "SIP/2.0 486 Busy Here", 1),
                   message(900, Direction::in, "SIP/2.0 200 OK", 2),
                   message(901, Direction::out, "SIP/2.0 200 OK", 0)};
  record.media = {{.media_id = "hold", .sent_ms = 1'500, .at_ms = 4}, {.media_id = "older"}};
  record.talks = {{901, 3'401, 0, 2}};
  EXPECT_EQ(
      call_ladder(record),
      "SIP        Caller        Strowger      1 Reception   2 trunk out\n"
      "           192.0.2.10    pbx.example   1001          198.51.100.1…\n"
      "  0.000 s  │────────────▶│             │             │  INVITE sip:1@pbx.example SIP/2.0\n"
      "  0.002 s  │             │────────────▶│             │  INVITE sip:r@h SIP/2.0\n"
      "  0.003 s  │             │─────────────┼────────────▶│  INVITE sip:4@c SIP/2.0\n"
      "  0.004 s  │≈≈≈≈≈≈≈≈≈≈≈≈≈│             │             │  hold, 1.5 s\n"
      "  0.210 s  │             │◀────────────│             │  SIP/2.0 486 Busy Here\n"
      "  0.900 s  │             │◀────────────┼─────────────│  SIP/2.0 200 OK\n"
      "  0.901 s  │◀────────────│             │             │  SIP/2.0 200 OK\n"
      "  0.901 s  │≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈│  they talk, 2.5 s\n");
}

TEST(CallLadderText, ManyPhonesShareTheLastColumn) {
  model::CallRecord record{.id = "c1"};
  record.ladder = {message(0, Direction::in, "INVITE sip:1000@x SIP/2.0", 0)};
  for (int leg = 1; leg <= 9; ++leg) {
    record.legs.push_back({.number = leg, .name = fmt::format("seat{}", leg)});
    record.ladder.push_back(message(leg, Direction::out, "INVITE sip:a@b SIP/2.0", leg));
  }
  const auto text = call_ladder(record);
  EXPECT_THAT(text, HasSubstr("6 seat6       3 more\n"));
  EXPECT_THAT(text, HasSubstr("┼────────────▶│  phone 9: INVITE sip:a@b SIP/2.0\n"));
  EXPECT_THAT(text, Not(HasSubstr("phone 6: ")));
}

TEST(CallLadderText, RecordsOfEarlierProgramsAndHostileOnesAreDrawn) {
  EXPECT_EQ(call_ladder({}), "");
  model::CallRecord record{.id = "c1"};
  record.ladder = {message(0, Direction::in, "INVITE \x1b[31m", 0),
                   message(1, Direction::out, "SIP/2.0 486 Busy", 77)};
  record.talks = {{1, std::nullopt, 0, 99}};
  record.ladder_dropped = 4;
  const auto text = call_ladder(record);
  EXPECT_THAT(text, HasSubstr("77 phone"));
  EXPECT_THAT(text, HasSubstr("INVITE \\x1b[31m\n"));
  EXPECT_THAT(text, HasSubstr("they talk\n"));
  EXPECT_THAT(text, HasSubstr("4 more messages were not kept\n"));
}

}  // namespace
}  // namespace strowger::cli
