#include "call/presentation.hpp"

#include "sip/headers.hpp"
#include "sip/message.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

const CallerShown anna{"Anna", "201", "pbx.example"};

TEST(Presentation, shows_the_caller_as_blocks_have_changed_them) {
  const std::pair<Presentation, const char*> cases[] = {
      {{}, R"("Anna" <sip:201@pbx.example>)"},
      {{.name = "Sales"}, R"("Sales" <sip:201@pbx.example>)"},
      {{.name = "", .number = "+4930123"}, "<sip:+4930123@pbx.example>"},
      {{.name_prefix = "VIP ", .number_prefix = "9"}, R"("VIP Anna" <sip:9201@pbx.example>)"},
      {{.hide_name = true}, R"("Anonymous" <sip:201@pbx.example>)"},
      {{.hide_number = true}, R"("Anna" <sip:anonymous@anonymous.invalid>)"},
      {{.name = "Sales", .name_prefix = "VIP ", .hide_name = true, .hide_number = true},
       R"("Anonymous" <sip:anonymous@anonymous.invalid>)"},
      {{.number = ""}, R"("Anna" <sip:pbx.example>)"},
  };
  for (const auto& [shown, from] : cases) EXPECT_EQ(from_value(shown, anna), from);
}

TEST(Presentation, hidden_numbers_ask_others_to_hide_them_too) {
  EXPECT_TRUE(presentation_headers({}).empty());
  EXPECT_TRUE(presentation_headers({.hide_name = true}).empty());
  const sip::HeaderList privacy{{"Privacy", "id"}};
  EXPECT_EQ(presentation_headers({.hide_number = true}), privacy);
  const sip::HeaderList ring{{"Alert-Info", "<http://ring.example/3>;info=door"}};
  EXPECT_EQ(presentation_headers({.alert_info = "<http://ring.example/3>;info=door"}), ring);
}

// Whatever a document says, no header of its own comes of it.
TEST(Presentation, nothing_gets_out_of_its_place) {
  const char* const hostile[] = {
      "x\r\nX-Evil: 1", "x\nX-Evil: 1", "x\rX-Evil: 1", "\" <sip:evil@evil.example>;tag=1",
      "a@evil.example>;x=\"", "\\", "\\\"", "<", ">", ";tag=evil", "a b", "\x7f\x01",
      "\r\n\r\nv=0", "%0d%0aX-Evil: 1", "?X-Evil=1", "a,b",
  };
  for (const std::string text : hostile) {
    const Presentation shown{.name = text, .number = text, .name_prefix = text,
                             .number_prefix = text, .alert_info = text};
    const auto value = from_value(shown, anna);
    EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << text;
    const auto message = sip::Message::parse(
        "OPTIONS sip:x@pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
        "From: " + value + ";tag=own\r\nTo: <sip:x@pbx.example>\r\nCall-ID: 1\r\n"
        "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
    ASSERT_TRUE(message) << value;
    const auto from = sip::from(*message);
    ASSERT_TRUE(from) << value;
    const auto uri = sip::SipUri::parse(from->uri);
    ASSERT_TRUE(uri) << value;
    EXPECT_EQ(uri->host, "pbx.example") << value;
    EXPECT_EQ(uri->user_text(), text + text) << value;
    for (const auto& [name, header] : presentation_headers(shown)) {
      EXPECT_EQ(header.find_first_of("\r\n"), std::string::npos) << text;
    }
  }
}

TEST(Presentation, an_alert_info_is_one_line_of_ascii) {
  EXPECT_TRUE(is_alert_info("Bellcore-dr3"));
  EXPECT_TRUE(is_alert_info("<urn:alert:source:external>"));
  for (const char* text : {"", " x", "x ", "x\r\nY: 1", "x\ty", "é"}) {
    EXPECT_FALSE(is_alert_info(text)) << text;
  }
  EXPECT_FALSE(is_alert_info(std::string(alert_info_bytes_max + 1, 'x')));
}

}  // namespace
}  // namespace strowger::call
