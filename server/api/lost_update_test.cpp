// Two who write the same thing: the later one learns of the other, and nothing is half done.
#include "api/api_harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace strowger::api {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

const std::string api = "/api/v1";
const std::string account = api + "/accounts/default";
const std::vector<std::pair<std::string, std::string>> wav = {{"content-type", "audio/wav"}};
const std::vector<std::pair<std::string, std::string>> always = {{"if-match", "*"}};
const std::vector<std::pair<std::string, std::string>> wav_over_any = {
    {"content-type", "audio/wav"}, {"if-match", "*"}};

json::object body_of(const Response& response) { return json::parse(response.body).as_object(); }

class LostUpdate : public ApiHarness {};

TEST_F(LostUpdate, TheLaterWriterLearnsWhoAndWhen) {
  ASSERT_EQ(ask({"eva", "POST", account + "/media?id=m", "RIFF", wav}).status, 201);
  const Ask firsts[] = {
      {"eva", "PUT", account + "/callflows/a", R"({"flow": {}})", {{"if-none-match", "*"}}},
      {"eva", "PUT", account + "/media/m", R"({"name": "New"})", always},
      {"eva", "PUT", account + "/media/m/audio", "other", wav_over_any},
      {"boss", "PUT", account + "/settings", R"({"early_media_max_s": 60})", always},
      {"admin", "PUT", api + "/users/vic", R"({"name": "V", "roles": {}})", always},
      {"admin", "PUT", account, R"({"name": "New"})", always},
  };
  for (auto write : firsts) {
    SCOPED_TRACE(write.path);
    now_ += std::chrono::minutes(1);
    const auto other = write.who;
    const auto at = now_.time_since_epoch().count();
    ASSERT_LT(ask(write).status, 300);
    now_ += std::chrono::minutes(1);
    write.who = "admin";
    if (write.path.ends_with("/settings")) write.body = "{}";
    else if (write.body.starts_with('{')) write.body.insert(1, R"("note": "mine", )");
    std::erase_if(write.headers, [](const auto& header) { return header.first != "content-type"; });
    write.headers.emplace_back("if-match", "\"seen before\"");
    const auto late = ask(write);
    ASSERT_EQ(late.status, 412);
    const auto body = body_of(late);
    EXPECT_EQ(body.at("current").at("who").as_string(), other);
    EXPECT_EQ(body.at("current").at("when_ms").as_int64(), at);
    EXPECT_THAT(std::string(body.at("detail").as_string()), HasSubstr(other));
    EXPECT_NE(header(late, "ETag"), "");
  }
}

TEST_F(LostUpdate, WhatWasDeletedMeanwhileNamesWhoDidIt) {
  ASSERT_EQ(ask({"admin", "DELETE", api + "/users/vic", "", always}).status, 204);
  const auto late = ask({"admin", "PUT", api + "/users/vic", R"({"name": "V"})",
                         {{"if-match", "\"seen before\""}}});
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(body_of(late).at("detail").as_string(), "admin deleted the user meanwhile.");
}

class ReplacedMedia : public ApiHarness {
 protected:
  // Two live callflows play the sound.
  void SetUp() override {
    for (const char* id : {"m", "n"}) {
      ASSERT_EQ(ask({"eva", "POST", account + "/media?id=" + id, "RIFF", wav}).status, 201);
    }
    for (const char* id : {"a", "b"}) {
      const auto path = account + "/callflows/" + id + "?publish=true";
      const auto saved = ask({"eva", "PUT", path, R"({"flow": {"module": "response",
          "data": {"media": "m"}}})", {{"if-none-match", "*"}}});
      ASSERT_EQ(saved.status, 201) << saved.body;
    }
  }

  bool plays(const std::string& callflow, const std::string& media) {
    const auto there = store_->callflow("default", callflow);
    const auto live = store_->revision("default", callflow, there->published);
    return live && live->document.find(R"("media":")" + media + '"') != std::string::npos;
  }
  Response replace() {
    return ask({"eva", "DELETE", account + "/media/m?replace_with=n", "", always});
  }
};

TEST_F(ReplacedMedia, IsPlayedByNobodyAndGone) {
  ASSERT_EQ(replace().status, 204);
  EXPECT_TRUE(plays("a", "n") && plays("b", "n"));
  EXPECT_FALSE(store_->media_file("default", "m"));
}

// The disk fills up at the second callflow, or when the row is to go.
TEST_F(ReplacedMedia, StaysEverywhereWhenOneStepFails) {
  for (const char* when : {"BEFORE INSERT ON callflow_revision WHEN new.callflow = 'b'",
                           "BEFORE DELETE ON media"}) {
    SCOPED_TRACE(when);
    SQLite::Database database((directory_.path() / "strowger.db").string(),
                              SQLite::OPEN_READWRITE);
    database.exec(std::string("CREATE TRIGGER fault ") + when +
                  " BEGIN SELECT RAISE(ABORT, 'no space left'); END");
    const auto reloads = reloads_;
    EXPECT_EQ(replace().status, 503);
    database.exec("DROP TRIGGER fault");
    EXPECT_TRUE(plays("a", "m") && plays("b", "m"));
    EXPECT_EQ(store_->callflow("default", "a")->latest, 1);
    EXPECT_TRUE(store_->media_file("default", "m"));
    EXPECT_EQ(ask({"vic", "GET", account + "/media/m/audio.wav"}).status, 200);
    EXPECT_EQ(reloads_, reloads);
  }
  EXPECT_EQ(replace().status, 204);
}

}  // namespace
}  // namespace strowger::api
