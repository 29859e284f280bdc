#include "model/call_record.hpp"
#include "model/call_record_text.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>

namespace strowger::model {
namespace {

CallRecord sample() {
  CallRecord record;
  record.id = "c1";
  record.account = "default";
  record.callflow_id = "main";
  record.callflow_revision = 7;
  record.callflow_name = "Büro \"Süd\"";
  record.from = "sip:u@example.net";
  record.to = "sip:1000@example.net";
  record.call_id = "a\\b\n\x01";
  record.source = "udp:192.0.2.1:5060";
  record.caller_name = "Lena \"Füchsin\" Fox";
  record.user_agent = "Phone/1.0";
  record.started = WallTime(std::chrono::milliseconds(1'700'000'000'123));
  record.answered = record.started + std::chrono::milliseconds(5);
  record.ended = record.started + std::chrono::milliseconds(900);
  record.path = {{"n1", "play", 0, "_", "", "main", 7},
                 {"n2", "response", 3, "", "no common codec", "other", 2}};
  record.code = 480;
  record.phrase = "Абонент ☎";
  record.reasons = {"Q.850;cause=18;text=\"No user responding\""};
  record.disposition = Disposition::rejected;
  record.ended_by = "eva";
  record.intended_code = 486;
  record.media = {{"hello", 2'400, 120, ""}, {"gone", 0, 0, "", "no such media", 90, 2}};
  record.ladder = {{0, Direction::in, "INVITE sip:1000@example.net SIP/2.0", "INVITE", 1, ""},
                   {1, Direction::out, "SIP/2.0 480 x", "INVITE", 1, "retransmission"},
                   {2, Direction::out, "INVITE sip:anna@192.0.2.7 SIP/2.0", "INVITE", 1, "", 1}};
  record.legs = {{.number = 1,
                  .target = "sip:anna@192.0.2.7",
                  .name = "anna/desk",
                  .party = "Anna Berg",
                  .extension = "1001",
                  .device = "Desk phone",
                  .user_agent = "baresip v1.0.0",
                  .call_id = "b",
                  .place = "udp:192.0.2.7:5060",
                  .began_ms = 2,
                  .answered_ms = 50,
                  .ended_ms = 800,
                  .code = 200,
                  .phrase = "OK",
                  .note = "",
                  .reasons = {"Q.850;cause=16"}},
                 {.number = 2, .target = "sip:bert@192.0.2.8", .note = "not registered"}};
  record.transfers = {{.at_ms = 90, .by = 1, .attended = true, .to = "1003", .phrase = {}},
                      {.at_ms = 95, .by = 0, .to = "110\"0", .code = 486, .phrase = "On strike"}};
  record.talks = {{51, 90, 0, 1}, {95, std::nullopt, 0, 2}};
  record.bridged_leg = 1;
  record.bridged_ms = 51;
  record.hung_up_by = Side::callee;
  record.transcoded = Transcoded{"PCMU", "opus"};
  record.ladder_dropped = 3;
  record.complete = true;
  return record;
}

TEST(CallRecord, ComesBackAsItWent) {
  const std::string json = to_json(sample());
  EXPECT_EQ(json.find('\n'), std::string::npos);
  const auto back = call_record_from_json(json);
  ASSERT_TRUE(back.has_value()) << back.error().what;
  EXPECT_EQ(*back, sample());
  CallRecord bare;
  bare.id = "x";
  EXPECT_EQ(*call_record_from_json(to_json(bare)), bare);
}

TEST(CallRecord, StepsOfOlderRecordsAreOfTheCallsOwnCallflow) {
  const auto read = call_record_from_json(
      R"({"id": "x", "callflow": "main", "revision": 7, "path": [{"block": "n1"}]})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->path.at(0).callflow_id, "main");
  EXPECT_EQ(read->path.at(0).callflow_revision, 7);
}

TEST(CallRecord, EveryDispositionHasItsName) {
  for (int i = 0; i <= static_cast<int>(Disposition::failed); ++i) {
    CallRecord record = sample();
    record.disposition = static_cast<Disposition>(i);
    EXPECT_EQ(call_record_from_json(to_json(record))->disposition, record.disposition);
  }
}

TEST(CallRecord, HostileTextsStayJson) {
  CallRecord record;
  record.id = "x";
  for (int byte = 0; byte < 256; ++byte) record.from += static_cast<char>(byte);
  record.to = std::string(10'000, '\xFF');
  record.phrase = std::string(10'000, 'x');
  const std::string json = to_json(record);
  EXPECT_EQ(json.find('\n'), std::string::npos);
  const auto back = call_record_from_json(json);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->phrase.size(), record_text_bytes_max);
  EXPECT_LE(back->to.size(), record_text_bytes_max);
}

TEST(CallRecord, ItsTextSaysWhatAStoreMustKnow) {
  CallRecord record = sample();
  record.phrase = R"(,"account":"other","started_ms":7,)";  // what a caller might write
  record.from = R"(","complete":false})";
  const std::string json = to_json(record);
  const auto text = call_record_text(json);
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(text->id, record.id);
  EXPECT_EQ(text->account, record.account);
  EXPECT_EQ(text->started_ms, record.started.time_since_epoch().count());
  EXPECT_TRUE(text->complete);
  EXPECT_EQ(text->json, json);
  record.complete = false;
  const std::string early = to_json(record);
  EXPECT_FALSE(call_record_text(early)->complete);
}

TEST(CallRecord, TextOfOthersIsToBeRead) {
  const std::string json = to_json(sample());
  for (const std::string& text :
       {std::string(), std::string("{}"), json.substr(1), json.substr(0, json.size() - 1),
        std::string(R"({"id": "x", "account": "a", "started_ms": 1, "complete": true})"),
        std::string(R"({"id":"x\"","account":"a","started_ms":1,"complete":true})"),
        std::string(R"({"id":"x","account":"a","started_ms":x,"complete":true})"),
        std::string(R"({"id":"x","account":"a","complete":true})")}) {
    EXPECT_FALSE(call_record_text(text).has_value()) << text;
  }
}

TEST(CallRecord, ListsAreBounded) {
  CallRecord record;
  for (std::size_t i = 0; i < ladder_lines_max + 5; ++i) record.add_ladder({});
  for (std::size_t i = 0; i < path_steps_max + 5; ++i) record.add_step({});
  for (std::size_t i = 0; i < record_media_max + 5; ++i) record.add_media({});
  EXPECT_EQ(record.ladder.size(), ladder_lines_max);
  EXPECT_EQ(record.ladder_dropped, 5U);
  EXPECT_EQ(record.path.size(), path_steps_max);
  EXPECT_EQ(record.media.size(), record_media_max);
  for (std::size_t i = 0; i < record_legs_max; ++i) EXPECT_NE(record.add_leg({}), nullptr);
  EXPECT_EQ(record.add_leg({}), nullptr);
  EXPECT_EQ(record.legs.size(), record_legs_max);
}

TEST(CallRecord, PhonesThatRingLeaveRoomForTheAnswerOfTheCaller) {
  CallRecord record;
  for (std::size_t i = 0; i < ladder_lines_max; ++i) record.add_ladder({.leg = 1});
  EXPECT_EQ(record.ladder.size(), ladder_lines_max - ladder_lines_for_caller);
  record.add_ladder({.first_line = "SIP/2.0 200 OK"});
  EXPECT_EQ(record.ladder.back().first_line, "SIP/2.0 200 OK");
  EXPECT_EQ(record.ladder_dropped, ladder_lines_for_caller);
}

TEST(CallRecord, ATalkEndsOnceAndAnotherOneEndsIt) {
  CallRecord record;
  record.end_talk(1);
  record.begin_talk(2, 0, 1);
  record.begin_talk(5, 1, 2);
  record.end_talk(9);
  record.end_talk(11);
  EXPECT_EQ(record.talks, (std::vector<Talk>{{2, 5, 0, 1}, {5, 9, 1, 2}}));
  for (std::size_t i = 0; i < record_talks_max; ++i) record.begin_talk(20, 0, 1);
  EXPECT_EQ(record.talks.size(), record_talks_max);
}

TEST(CallRecord, WhatIsNoRecord) {
  for (const char* text : {"", "[]", "{}", "{\"id\": 7}", "{\"id\": \"x\"", "null"}) {
    EXPECT_FALSE(call_record_from_json(text).has_value()) << text;
  }
  // Odd members are passed over.
  EXPECT_TRUE(call_record_from_json(
                  R"({"id": "x", "path": 7, "ladder": [1], "reasons": [2], "new": {}, "code": ""})")
                  .has_value());
}

}  // namespace
}  // namespace strowger::model
