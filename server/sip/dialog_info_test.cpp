// What watchers are told, as text (RFC 4235 §4).
#include "sip/dialog_info.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace strowger::sip {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DialogInfo, OfNobodyWhoTalksIsEmptyAndFull) {
  EXPECT_EQ(dialog_info(0, "sip:101@pbx", {}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
            "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"0\" "
            "state=\"full\" entity=\"sip:101@pbx\">\r\n</dialog-info>\r\n");
}

TEST(DialogInfo, SaysWhoTalksWithWhom) {
  const std::vector<DialogInfo> dialogs{
      {"a", true, DialogInfo::State::confirmed, "sip:102@pbx", ""},
      {"b", false, DialogInfo::State::early, "sip:030@pbx", "Bob \"B\" <b@c> & sons"}};
  const auto text = dialog_info(7, "sip:101@pbx", dialogs);
  EXPECT_THAT(text, HasSubstr("version=\"7\""));
  EXPECT_THAT(text, HasSubstr("<dialog id=\"a\" direction=\"initiator\">\r\n<state>confirmed"
                              "</state>\r\n<local><identity>sip:101@pbx</identity></local>\r\n"
                              "<remote><identity>sip:102@pbx</identity></remote>\r\n</dialog>"));
  EXPECT_THAT(text, HasSubstr("display=\"Bob &quot;B&quot; &lt;b@c&gt; &amp; sons\">sip:030@pbx"));
}

TEST(DialogInfo, OfHiddenCallersThereIsNoRemote) {
  const std::vector<DialogInfo> one{{"a", false, DialogInfo::State::early, "", "Anna"}};
  const auto text = dialog_info(1, "sip:101@pbx", one);
  EXPECT_THAT(text, Not(HasSubstr("<remote>")));
  EXPECT_THAT(text, Not(HasSubstr("Anna")));
}

TEST(DialogInfo, IsBounded) {
  const std::vector<DialogInfo> many(100, {"a", false, DialogInfo::State::early,
                                           "sip:1@pbx", std::string(5'000, '<')});
  EXPECT_LT(dialog_info(1, "sip:101@pbx", many).size(), 8'000U);
  const std::vector<DialogInfo> one{{"a", false, DialogInfo::State::early,
                                     "sip:" + std::string(5'000, '1') + "@pbx", ""}};
  EXPECT_THAT(dialog_info(1, "sip:101@pbx", one), Not(HasSubstr("111")));
}

TEST(XmlEscaped, TakesWhatXmlTakes) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Anna", "Anna"},
      {"J\xC3\xBCrgen \xE2\x82\xAC", "J\xC3\xBCrgen \xE2\x82\xAC"},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
      {"<a b='c' d=\"&\">", "&lt;a b=&apos;c&apos; d=&quot;&amp;&quot;&gt;"},
      {std::string("a\0b\x01\r\n\tc", 8), "a?b???\tc"},
      {"\xFF\xC3", "??"},
      {"\xC0\xAF", "??"},          // "/" written too long
      {"\xED\xA0\x80", "???"},     // half of a surrogate pair
      {"\xEF\xBF\xBF", "?"},       // no character
      {"\xF4\x90\x80\x80", "????"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(xml_escaped(text), want) << text;
}

}  // namespace
}  // namespace strowger::sip
