#include "api/api_harness.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace strowger::api {
namespace {

namespace json = boost::json;

json::object body_of(const Response& response) { return json::parse(response.body).as_object(); }

class Speech : public ApiHarness {
 protected:
  Response speak(const std::string& text, const std::string& voice = "en-gb",
                 const std::string& name = "Closed") {
    return ask({"eva", "POST", "/api/v1/accounts/default/media/speech",
                json::serialize(json::object{{"name", name}, {"text", text}, {"voice", voice}})});
  }
};

TEST_F(Speech, BecomesMediaLikeAnUpload) {
  const auto spoken = speak("We are closed.");
  ASSERT_EQ(spoken.status, 201) << spoken.body;
  const auto id = std::string(body_of(spoken).at("id").as_string());
  EXPECT_EQ(header(spoken, "Location"), "/api/v1/accounts/default/media/" + id);
  EXPECT_NE(header(spoken, "ETag"), "");
  const auto stored = store_->media_file("default", id);
  ASSERT_TRUE(stored) << stored.error().text;
  EXPECT_EQ(stored->name, "Closed");
  const auto last = store_->last_audit("default", "media/" + id);
  EXPECT_EQ((*last)->action, "media.speak");
  EXPECT_EQ((*last)->note, "spoken by en-gb");
}

TEST_F(Speech, IsRefusedWithTheField) {
  const std::string umlauts = [] {
    std::string text;
    for (int i = 0; i < 1'001; ++i) text += "ü";
    return text;
  }();
  const struct {
    std::string text;
    const char* voice;
    const char* name;
    const char* pointer;
  } cases[] = {
      {"", "en-gb", "Closed", "/text"},
      {std::string(2'001, 'x'), "en-gb", "Closed", "/text"},
      {umlauts, "en-gb", "Closed", "/text"},
      {"\x01+9S fast", "en-gb", "Closed", "/text"},  // a command to espeak-ng
      {"two\r\nlines", "en-gb", "Closed", "/text"},
      {"Hello", "--path=/etc", "Closed", "/voice"},
      {"Hello", "en-gb -f /etc/passwd", "Closed", "/voice"},
      {"Hello", "", "Closed", "/voice"},
      {"Hello", "en-gb", "", "/name"},
      {"loop", "en-gb", "Closed", "/text"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text.substr(0, 20) + "|" + c.voice);
    const auto refused = speak(c.text, c.voice, c.name);
    ASSERT_EQ(refused.status, 422);
    EXPECT_EQ(body_of(refused).at("findings").at(0).at("pointer").as_string(), c.pointer);
  }
  EXPECT_EQ(speak(std::string(2'000, 'x')).status, 201);
  EXPECT_EQ(speak(umlauts.substr(2)).status, 201);
}

TEST_F(Speech, SoundThatCantBeUsedIsRefused) {
  EXPECT_EQ(speak("bad").status, 422);
  EXPECT_EQ(speak("long").status, 413);
}

TEST_F(Speech, NotInstalledIsSaid) {
  EXPECT_TRUE(body_of(ask({"vic", "GET", "/api/v1/speech/voices"})).at("installed").as_bool());
  speech_installed_ = false;
  const auto voices = body_of(ask({"vic", "GET", "/api/v1/speech/voices"}));
  EXPECT_FALSE(voices.at("installed").as_bool());
  EXPECT_TRUE(voices.at("voices").as_array().empty());
  const auto refused = speak("Hello");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(body_of(refused).at("detail").as_string(), "espeak-ng is not installed");
}

}  // namespace
}  // namespace strowger::api
