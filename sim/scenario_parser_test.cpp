// Scenario files: what is read, and that a mistake is told with its line and what is wrong.
#include "sim/scenario.hpp"
#include "sim/scenario_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sim {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace std::chrono_literals;

Scenario parse_one(std::string_view text) {
  auto parsed = parse_scenarios(text, "t.flow");
  if (!parsed) {
    ADD_FAILURE() << parsed.error().what;
    return {};
  }
  EXPECT_EQ(parsed->size(), 1U);
  return parsed->front();
}

TEST(ScenarioParser, ReadsTheExampleOfTheManual) {
  const Scenario scenario = parse_one(R"(
media:    closed 440Hz 2.4s
scenario: announcement is heard before the final status
node:     response code=486 message="Closed" media=closed
caller -> INVITE
caller <- 100
caller <- 183 early-media closed (2.4 s)
caller <- 486 "Closed" Reason~"Q.850;cause=17" no Contact within 500ms
caller -> ACK
record:   code=486 media_ms=2400±40
after 32s nothing left
)");
  EXPECT_EQ(scenario.name, "announcement is heard before the final status");
  EXPECT_EQ(scenario.line, 3);
  ASSERT_EQ(scenario.media.size(), 1U);
  EXPECT_EQ(scenario.media[0].stretches, (std::vector<Stretch>{{440, 2400ms}}));
  ASSERT_EQ(scenario.steps.size(), 5U);
  const auto& progress = std::get<Expect>(scenario.steps[2].what);
  EXPECT_EQ(progress.word, "183");
  EXPECT_EQ(progress.early_media->length, Duration{2400ms});
  const auto& final = std::get<Expect>(scenario.steps[3].what);
  EXPECT_EQ(final.phrase, "Closed");
  EXPECT_EQ(final.checks.size(), 2U);
  EXPECT_EQ(final.within, Duration{500ms});
  EXPECT_EQ(std::get<Sent>(scenario.steps[4].what).method, "ACK");
  ASSERT_EQ(scenario.record_checks.size(), 2U);
  EXPECT_EQ(scenario.record_checks[1].tolerance, 40);
  EXPECT_EQ(scenario.settle, Duration{32s});
}

TEST(ScenarioParser, BuildsTheCallflow) {
  struct Case {
    std::string_view statements;
    std::string_view callflow;
  };
  const Case cases[] = {
      {"node: response code=486 message=\"Closed today\" media=closed",
       R"({"flow":{"module":"response","data":{"code":486,"message":"Closed today",)"
       R"("media":"closed"},"children":{}},"id":"main","name":"s","numbers":["1000"]})"},
      {"number: 77\nnode: play answer=false terminators=[\"1\",\"2\"]",
       R"({"flow":{"module":"play","data":{"answer":false,"terminators":["1","2"]},)"
       R"("children":{}},"id":"main","name":"s","numbers":["77"]})"},
      {"flow: {\n  \"module\": \"menu\",\n  \"data\": {}\n}",
       R"({"flow":{"module":"menu","data":{}},"id":"main","name":"s","numbers":["1000"]})"},
      {"flow: {\"id\":\"x\",\"numbers\":[\"5\"],\"flow\":{}}",
       R"({"id":"x","numbers":["5"],"flow":{},"name":"s"})"},
  };
  for (const Case& c : cases) {
    const auto text = "scenario: s\n" + std::string(c.statements) + "\ncaller -> INVITE\n";
    EXPECT_EQ(parse_one(text).callflows.front(), c.callflow);
  }
}

TEST(ScenarioParser, ReadsCallersNetworksAndLimits) {
  const Scenario scenario = parse_one(R"(
scenario: s
node: hangup
caller: offer=g729,pcma 100rel=required transport=tcp ip=v6 anonymous no-events header="X-A: b c"
lose: first 2 183
lose: all PRACK
net: loss=10% to-caller-delay=100ms
limits: early_media_max=3s steps_max=20
clock: 2026-12-24T21:00
callers: 20 every 5ms
caller -> INVITE
caller -> re-INVITE hold at 2s
digits 12# after 0.5 s
caller -> INVITE again x20
)");
  EXPECT_EQ(scenario.phone.codecs, (std::vector<std::string>{"g729", "pcma"}));
  EXPECT_EQ(scenario.phone.reliable, sip::Invitation::Reliable::required);
  EXPECT_EQ(scenario.transport, sip::Transport::tcp);
  EXPECT_TRUE(scenario.v6);
  EXPECT_TRUE(scenario.phone.anonymous);
  EXPECT_FALSE(scenario.phone.events);
  EXPECT_EQ(scenario.phone.headers.front().second, "b c");
  ASSERT_EQ(scenario.phone.losses.size(), 2U);
  EXPECT_TRUE(scenario.phone.losses[0].received);
  EXPECT_EQ(scenario.phone.losses[0].count, 2);
  EXPECT_FALSE(scenario.phone.losses[1].received);
  EXPECT_DOUBLE_EQ(scenario.to_server.loss, 0.1);
  EXPECT_EQ(scenario.to_caller.delay, Duration{100ms});
  EXPECT_EQ(scenario.limits.early_media_max, Duration{3s});
  EXPECT_EQ(scenario.flow_limits.steps_max, 20U);
  EXPECT_EQ(scenario.callers, 20);
  EXPECT_FALSE(scenario.virtual_only.empty());
  EXPECT_EQ(std::get<Act>(scenario.steps[1].what).how, Reoffer::hold);
  EXPECT_EQ(std::get<Act>(scenario.steps[2].what).after, Duration{500ms});
  EXPECT_EQ(std::get<Act>(scenario.steps[3].what).times, 20);
}

TEST(ScenarioParser, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string_view text;
    std::string_view where;
    std::string_view what;
  };
  const Case cases[] = {
      {"", "t.flow:0", "no `scenario:`"},
      {"caller -> INVITE\n", "t.flow:1", "before the first"},
      {"scenario:\n", "t.flow:1", "needs a name"},
      {"scenario: s\ncaller -> INVITE\n", "t.flow:1", "neither `node:` nor `flow:`"},
      {"scenario: s\nnode: hangup\n", "t.flow:1", "no steps"},
      {"scenario: s\nfoo: bar\n", "t.flow:2", "`foo:` is no statement"},
      {"scenario: s\nnode: response code\n", "t.flow:2", "not key=value"},
      {"scenario: s\nflow: {\"module\": [1,\n", "t.flow:2", "bracket is not closed"},
      {"scenario: s\nflow: {\"module\": }\n", "t.flow:2", "not JSON"},
      {"scenario: s\nalso: {\"flow\": {}}\n", "t.flow:2", "needs an id"},
      {"scenario: s\n\nmedia: a b 440Hz\n", "t.flow:3", "`b` is neither"},
      {"scenario: s\nmedia: a.wav 440Hz 1s\n", "t.flow:2", "is no id"},
      {"scenario: s\nmedia: a 440Hz 2\n", "t.flow:2", "a time such as"},
      {"scenario: s\ncaller: colour=blue\n", "t.flow:2", "no caller option `colour=blue`"},
      {"scenario: s\ncaller: offer=mp3\n", "t.flow:2", "no codec `mp3`"},
      {"scenario: s\nnet: loss=200%\n", "t.flow:2", "a share such as"},
      {"scenario: s\nlimits: patience=3\n", "t.flow:2", "no limit `patience=3`"},
      {"scenario: s\ncaller >> INVITE\n", "t.flow:2", "`caller ->` or `caller <-`"},
      {"scenario: s\ncaller -> SING\n", "t.flow:2", "can't `SING`"},
      {"scenario: s\ncaller -> SUBSCRIBE\n", "t.flow:2", "dialog or message-summary"},
      {"scenario: s\ncaller -> SUBSCRIBE dialog\n", "t.flow:2", "who is watched"},
      {"scenario: s\ncaller -> SUBSCRIBE dialog 1001 for ever\n", "t.flow:2", "not `ever`"},
      {"scenario: s\ncaller -> MESSAGE 1001\n", "t.flow:2", "the text, in quotes"},
      {"scenario: s\ncaller -> CANCEL at noon\n", "t.flow:2", "not `noon`"},
      {"scenario: s\ncaller <- soon\n", "t.flow:2", "neither a code nor a method"},
      {"scenario: s\ncaller <- 486 \"Closed\n", "t.flow:2", "quote is not closed"},
      {"scenario: s\ncaller <- 486 maybe\n", "t.flow:2", "`maybe` makes no sense"},
      {"scenario: s\ndigits 1x at 1s\n", "t.flow:2", "not made of keys"},
      {"scenario: s\nnode: hangup\ncaller -> INVITE\nhears tune\n", "t.flow:4", "no `media: tune"},
      {"scenario: s\nrecord: code 486\n", "t.flow:2", "not name=value"},
      {"scenario: s\nclock: tomorrow\n", "t.flow:2", "clock: 2026"},
  };
  for (const Case& c : cases) {
    const auto parsed = parse_scenarios(c.text, "t.flow");
    ASSERT_FALSE(parsed) << c.text;
    EXPECT_THAT(parsed.error().what, StartsWith(c.where)) << c.text;
    EXPECT_THAT(parsed.error().what, HasSubstr(c.what)) << c.text;
  }
}

TEST(ScenarioParser, ReadsWhatPhonesDoBesideCalls) {
  const auto parsed = parse_scenarios(
      "scenario: s\nnode: hangup\nphone: tab device=tab\n"
      "tab -> SUBSCRIBE dialog 1001 for 5min after 2s\ntab <- NOTIFY body~\"full\"\n"
      "tab -> MESSAGE 1002 \"See you\"\ntab -> SUBSCRIBE end\n",
      "t.flow");
  ASSERT_TRUE(parsed) << parsed.error().what;
  const Scenario& scenario = parsed->front();
  EXPECT_TRUE(scenario.logs_in);
  const auto& watch = std::get<Act>(scenario.steps[0].what);
  EXPECT_EQ(watch.kind, Act::Kind::subscribe);
  EXPECT_EQ(watch.event, "dialog");
  EXPECT_EQ(watch.user, "1001");
  EXPECT_EQ(watch.lasts, 300s);
  EXPECT_EQ(watch.after, 2s);
  const auto& write = std::get<Act>(scenario.steps[2].what);
  EXPECT_EQ(write.user, "1002");
  EXPECT_EQ(write.text, "See you");
  EXPECT_EQ(std::get<Act>(scenario.steps[3].what).kind, Act::Kind::unsubscribe);
}

TEST(ScenarioParser, RefusesFilesBeyondTheLimit) {
  const std::string text(scenario_file_bytes_max + 1, '#');
  const auto parsed = parse_scenarios(text, "big.flow");
  ASSERT_FALSE(parsed);
  EXPECT_THAT(parsed.error().what, HasSubstr("1000000 bytes"));
}

TEST(ScenarioWords, ReadsTimes) {
  const std::pair<std::string_view, std::optional<Duration>> cases[] = {
      {"2.4s", 2400ms}, {"500ms", 500ms}, {"2min", 2min}, {"1h", 1h},   {"2", {}},    {"-1s", {}},
      {"s", {}},        {"1e99s", {}},    {"0s", 0s},     {"3us", 3us}, {"nans", {}},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(parse_duration(text), want) << text;
}

TEST(ScenarioWords, ReadsClocks) {
  EXPECT_EQ(parse_clock("1970-01-02T00:01"), WallTime{24h + 1min});
  EXPECT_EQ(parse_clock("1970-01-02T00:01Z"), WallTime{24h + 1min});
  for (const char* bad : {"", "1970-13-01T00:00", "1970-02-30T00:00", "1970-01-01T25:00", "x"}) {
    EXPECT_FALSE(parse_clock(bad)) << bad;
  }
}

}  // namespace
}  // namespace strowger::sim
