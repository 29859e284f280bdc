#include "model/account_settings.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

TEST(AccountSettings, NothingIsChosenByDefault) {
  const auto settings = read_account_settings("{}");
  ASSERT_TRUE(settings);
  EXPECT_TRUE(settings->transcode);
  EXPECT_EQ(settings->qualify, std::chrono::seconds{0});
  EXPECT_FALSE(settings->early_media_max || settings->unknown_number ||
               settings->default_response);
}

TEST(AccountSettings, AreRead) {
  const auto settings = read_account_settings(R"({"early_media_max_s": 600,
      "timezone": "Europe/Berlin", "media": {"transcode": false, "keypress_prompt": "press-1"},
      "qualify_s": 15,
      "unknown_number": {"code": 410, "message": "Gone for good"},
      "default_response": {"code": 503, "media": "sorry"},
      "cause_responses": {"USER_BUSY": {"code": 486, "message": "All busy", "media": "busy"},
                          "NO_ANSWER": {"code": 480}}})");
  ASSERT_TRUE(settings) << one_line(settings.error().front());
  EXPECT_EQ(settings->timezone, "Europe/Berlin");
  EXPECT_FALSE(settings->transcode);
  EXPECT_EQ(settings->keypress_prompt, "press-1");
  EXPECT_EQ(settings->qualify, std::chrono::seconds{15});
  EXPECT_EQ(settings->early_media_max, early_media_choice_max);
  EXPECT_EQ(settings->unknown_number, (BareResponse{410, "Gone for good"}));
  EXPECT_EQ(settings->default_response, (BareResponse{503, "Service Unavailable", "sorry"}));
  const auto& causes = settings->cause_responses;
  ASSERT_EQ(causes.size(), 2U);
  EXPECT_EQ(causes.at("USER_BUSY"), (BareResponse{486, "All busy", "busy"}));
  EXPECT_EQ(causes.at("NO_ANSWER"), (BareResponse{480, "Temporarily Unavailable", ""}));
}

TEST(AccountSettings, WhatCannotBeUsedIsToldWithItsPlace) {
  const struct {
    const char* text;
    const char* pointer;
    const char* code;
  } cases[] = {
      {"[]", "", "bad-value"},
      {R"({"colour": "blue"})", "/colour", "unknown-setting"},
      {R"({"timezone": "Europe/Atlantis"})", "/timezone", "bad-value"},
      {R"({"timezone": 1})", "/timezone", "bad-value"},
      {R"({"early_media_max_s": 0})", "/early_media_max_s", "bad-value"},
      {R"({"early_media_max_s": 601})", "/early_media_max_s", "bad-value"},
      {R"({"early_media_max_s": "60"})", "/early_media_max_s", "bad-value"},
      {R"({"media": {"transcode": "no"}})", "/media/transcode", "wrong-type"},
      {R"({"media": {"keypress_prompt": "a b"}})", "/media/keypress_prompt", "bad-value"},
      {R"({"qualify_s": 14})", "/qualify_s", "bad-value"},
      {R"({"qualify_s": -1})", "/qualify_s", "bad-value"},
      {R"({"qualify_s": 3601})", "/qualify_s", "bad-value"},
      {R"({"unknown_number": 404})", "/unknown_number", "bad-value"},
      {R"({"unknown_number": {"code": 200}})", "/unknown_number/code", "refused-code"},
      {R"({"default_response": {"code": 302}})", "/default_response/code", "redirect-missing"},
      {R"({"default_response": {"message": "a\nb"}})", "/default_response/message", "bad-message"},
      {R"({"default_response": {"q850_cause": 17}})", "/default_response/q850_cause",
       "unknown-setting"},
      {R"({"cause_responses": []})", "/cause_responses", "bad-value"},
      {R"({"cause_responses": {"BUSY": {}}})", "/cause_responses/BUSY", "unknown-cause"},
      {R"({"cause_responses": {"USER_BUSY": {"code": 200}}})", "/cause_responses/USER_BUSY/code",
       "refused-code"},
      {R"({"cause_responses": {"USER_BUSY": {"colour": 1}}})",
       "/cause_responses/USER_BUSY/colour", "unknown-setting"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    const auto settings = read_account_settings(c.text);
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().front().pointer, c.pointer);
    EXPECT_EQ(settings.error().front().code, c.code);
  }
}

TEST(AccountSettings, SayWhichMediaTheyName) {
  const auto settings = read_account_settings(R"({"media": {"keypress_prompt": "press-1"},
      "unknown_number": {"code": 404, "media": "nobody"},
      "default_response": {"code": 480, "media": "sorry"},
      "cause_responses": {"NO_ANSWER": {"code": 480},
                          "USER_BUSY": {"code": 486, "media": "busy"}}})");
  ASSERT_TRUE(settings) << one_line(settings.error().front());
  std::string all;
  for (const auto& [pointer, id] : media_named_by(*settings)) all += pointer + "=" + id + "\n";
  EXPECT_EQ(all, "/media/keypress_prompt=press-1\n"
                 "/unknown_number/media=nobody\n"
                 "/default_response/media=sorry\n"
                 "/cause_responses/USER_BUSY/media=busy\n");
  EXPECT_TRUE(media_named_by({}).empty());
}

}  // namespace
}  // namespace strowger::model
