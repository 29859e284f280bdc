#include "sip/message.hpp"

#include "sip/grammar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

using testing::ElementsAre;

constexpr std::string_view invite =
    "INVITE sip:1000@example.org SIP/2.0\r\n"
    "Via: SIP/2.0/UDP a.example.org;branch=z9hG4bK1, SIP/2.0/TCP b.example.org\r\n"
    "v: SIP/2.0/UDP c.example.org\r\n"
    "From: \"Anna, B.\" <sip:anna@example.org>;tag=1\r\n"
    "t:\tsip:1000@example.org\r\n"
    "Call-ID : abc\r\n"
    "CSEQ: 1 INVITE\r\n"
    "Subject: first\r\n"
    "  second \r\n"
    "\tthird\r\n"
    "X-Unknown:\r\n"
    "Contact: \"a,b\" <sip:x,y@h>, <sip:z@h>\r\n"
    "Content-Length: 4\r\n"
    "\r\n"
    "bodymore";

Message parsed(std::string_view bytes) {
  auto message = Message::parse(std::string(bytes));
  EXPECT_TRUE(message.has_value()) << bytes;
  return message ? *message : *Message::parse("SIP/2.0 200 OK\r\n\r\n");
}

TEST(Message, IndexesARequest) {
  const Message message = parsed(invite);
  EXPECT_TRUE(message.is_request());
  EXPECT_EQ(message.method(), Method::invite);
  EXPECT_EQ(message.method_text(), "INVITE");
  EXPECT_EQ(message.request_uri(), "sip:1000@example.org");
  EXPECT_EQ(message.version(), "SIP/2.0");
  EXPECT_EQ(message.start_line(), "INVITE sip:1000@example.org SIP/2.0");
  EXPECT_EQ(message.body(), "body") << "what follows Content-Length is no body";
  EXPECT_EQ(message.bytes(), invite);
  EXPECT_EQ(message.size(), 10U);
  EXPECT_FALSE(message.flaws().any());
}

TEST(Message, FindsHeadersByNameFormAndCase) {
  const Message message = parsed(invite);
  EXPECT_EQ(message.header(HeaderName::to), "sip:1000@example.org");
  EXPECT_EQ(message.header("TO"), "sip:1000@example.org");
  EXPECT_EQ(message.header(HeaderName::call_id), "abc");
  EXPECT_EQ(message.header(HeaderName::cseq), "1 INVITE");
  EXPECT_EQ(message.header("x-unknown"), "");
  EXPECT_EQ(message.header("X-Absent"), std::nullopt);
  EXPECT_EQ(message.header(HeaderName::require), std::nullopt);
  EXPECT_EQ(message.count(HeaderName::via), 2U);
}

TEST(Message, CutsLists) {
  const Message message = parsed(invite);
  EXPECT_THAT(message.values(HeaderName::via),
              ElementsAre("SIP/2.0/UDP a.example.org;branch=z9hG4bK1", "SIP/2.0/TCP b.example.org",
                          "SIP/2.0/UDP c.example.org"));
  EXPECT_THAT(message.values(HeaderName::contact), ElementsAre("\"a,b\" <sip:x,y@h>", "<sip:z@h>"));
  EXPECT_EQ(message.first_value(HeaderName::via), "SIP/2.0/UDP a.example.org;branch=z9hG4bK1");
  EXPECT_TRUE(message.values(HeaderName::route).empty());
}

TEST(Message, KeepsFoldsAndLinesByteExact) {
  const Message message = parsed(invite);
  const std::string_view subject = *message.header(HeaderName::subject);
  EXPECT_EQ(subject, "first\r\n  second \r\n\tthird");
  EXPECT_EQ(unfolded(subject), "first second third");
  for (const auto header : message.headers()) {
    if (header.name != HeaderName::subject) continue;
    EXPECT_EQ(header.line, "Subject: first\r\n  second \r\n\tthird");
    EXPECT_EQ(header.text, "Subject");
  }
}

TEST(Message, SurvivesCopyAndMove) {
  Message copy = parsed("SIP/2.0 200 OK\r\n\r\n");
  {
    const Message original = parsed(invite);
    copy = original;
  }
  const Message moved = std::move(copy);
  EXPECT_EQ(moved.header(HeaderName::call_id), "abc");
  const Message short_one = parsed("BYE a:b SIP/2.0\r\n\r\n");
  const Message short_copy = short_one;  // NOLINT: the short string lives inside the object
  EXPECT_EQ(short_copy.request_uri(), "a:b");
}

TEST(Message, ReadsStatusLines) {
  struct Case {
    std::string_view line;
    int status;
    std::string_view phrase;
  };
  const Case cases[] = {
      {"SIP/2.0 486 Busy Here", 486, "Busy Here"},
      {"SIP/2.0 486 ", 486, ""},
      {"SIP/2.0 486", 486, ""},
      {"sip/2.0 100 Trying", 100, "Trying"},
      {"SIP/2.0 200  two  spaces ", 200, " two  spaces "},
      {"SIP/2.0 699 \xd1\x82\xd0\xb5\xd1\x81\xd1\x82", 699, "\xd1\x82\xd0\xb5\xd1\x81\xd1\x82"},
  };
  for (const auto& [line, status, phrase] : cases) {
    const Message message = parsed(std::string(line) + "\r\n\r\n");
    EXPECT_FALSE(message.is_request());
    EXPECT_EQ(message.status(), status);
    EXPECT_EQ(message.reason_phrase(), phrase);
    EXPECT_EQ(message.request_uri(), "");
    EXPECT_EQ(message.method_text(), "");
    EXPECT_FALSE(message.flaws().any()) << line;
  }
}

TEST(Message, RefusesWhatIsNoSip) {
  const std::string_view lines[] = {
      "",
      "x",
      "GET / HTTP/1.1",
      "INVITE sip:a@b",
      "INVITE",
      "IN(VITE sip:a@b SIP/2.0",
      "SIP/2.0 20 OK",
      "SIP/2.0 099 OK",
      "SIP/2.0 700 OK",
      "SIP/2.0 2000 OK",
      "SIP/2.0 4294967301 better not break the receiver",
      "SIP/3.0 200 OK",
      "SIP/2.0 -20 OK",
      "SIP/2.0200 OK",
      " SIP/2.0 200 OK",
  };
  for (const std::string_view line : lines) {
    const auto message = Message::parse("\r\n" + std::string(line) + "\r\nVia: x\r\n\r\n");
    const bool none = !message && message.error() == ParseError::not_sip;
    EXPECT_TRUE(none || line.empty()) << line;
  }
  for (const std::string_view bytes : {"", "\r\n", "\r\n\r\n", "\n"}) {
    const auto message = Message::parse(std::string(bytes));
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error(), ParseError::empty);
  }
  EXPECT_FALSE(Message::parse(std::string("\0\1\0\0", 4)));
  for (const auto error : {ParseError::empty, ParseError::not_sip, ParseError::too_large}) {
    EXPECT_FALSE(text(error).empty());
  }
}

TEST(Message, TellsFlaws) {
  const std::string start = "OPTIONS sip:a@b SIP/2.0\r\n";
  const auto flaws = [](const std::string& bytes) { return parsed(bytes).flaws(); };
  EXPECT_TRUE(flaws("OPTIONS sip:a@b SIP/2.0 \r\n\r\n").start_line);
  EXPECT_TRUE(flaws("OPTIONS  sip:a@b SIP/2.0\r\n\r\n").start_line);
  EXPECT_TRUE(flaws("OPTIONS sip:a@b; lr SIP/2.0\r\n\r\n").start_line);
  EXPECT_TRUE(flaws("OPTIONS SIP/2.0\r\n\r\n").start_line);
  EXPECT_TRUE(flaws("OPTIONS sip:a@b\tSIP/2.0\r\n\r\n").start_line);
  EXPECT_TRUE(flaws(start + "no colon here\r\n\r\n").header_line);
  EXPECT_TRUE(flaws(start + "Bad Name: x\r\n\r\n").header_line);
  EXPECT_TRUE(flaws(start + ": x\r\n\r\n").header_line);
  EXPECT_TRUE(flaws(start + " folded: first\r\n\r\n").header_line);
  EXPECT_TRUE(flaws(start + "Subject: a\nX: y\r\n\r\n").line_break);
  EXPECT_TRUE(flaws(start + "Subject: a\rX: y\r\n\r\n").line_break);
  EXPECT_TRUE(flaws("OPTIONS sip:a@b\n SIP/2.0\r\n\r\n").any());
  EXPECT_TRUE(flaws(start + "Subject: a" + std::string(1, '\0') + "b\r\n\r\n").nul);
  EXPECT_FALSE(flaws(start + "To: \"a\\" + std::string(1, '\0') + "\" <sip:a@b>\r\n\r\n").nul);
  EXPECT_TRUE(flaws(start).unfinished);
  EXPECT_TRUE(flaws("OPTIONS sip:a@b SIP/2.0").unfinished);
  EXPECT_TRUE(flaws(start + "Subject: a").unfinished);
  EXPECT_EQ(parsed(start + "Subject: a").header(HeaderName::subject), "a");
  EXPECT_FALSE(flaws(start + "\r\n\r\n\n\r\n").any()) << "bodies may hold what they like";
  EXPECT_FALSE(flaws(start + "Subject: \xff\xfe \xd0\xb9\r\n\r\n").any());
}

TEST(Message, NeverTakesABareLineFeedForALineEnd) {
  const Message message = parsed("OPTIONS sip:a@b SIP/2.0\r\nSubject: a\nFrom: x\r\n\r\n");
  EXPECT_EQ(message.header(HeaderName::from), std::nullopt);
  EXPECT_EQ(message.header(HeaderName::subject), "a\nFrom: x");
}

TEST(Message, HoldsItsLimits) {
  const std::string start = "OPTIONS sip:a@b SIP/2.0\r\n";
  std::string most = start;
  for (std::size_t i = 0; i < headers_max; ++i) most += "X: y\r\n";
  const Message full = parsed(most + "\r\n");
  EXPECT_EQ(full.size(), headers_max);
  EXPECT_FALSE(full.flaws().any());
  const Message over = parsed(most + "X: y\r\n\r\nbody");
  EXPECT_EQ(over.size(), headers_max);
  EXPECT_TRUE(over.flaws().too_many_headers);
  EXPECT_EQ(over.body(), "body");

  const std::string padding(message_bytes_max - start.size() - 2 - 7, 'p');
  const Message biggest = parsed(start + "Pad: " + padding + "\r\n\r\n");
  EXPECT_EQ(biggest.bytes().size(), message_bytes_max);
  EXPECT_EQ(biggest.header("Pad"), padding);
  const auto bigger = Message::parse(start + "Pad: " + padding + "p\r\n\r\n");
  ASSERT_FALSE(bigger);
  EXPECT_EQ(bigger.error(), ParseError::too_large);
}

TEST(Message, ReadsContentLength) {
  struct Case {
    std::string_view headers;
    std::optional<std::size_t> length;
    std::string_view body;
  };
  const Case cases[] = {
      {"", std::nullopt, "12345"},
      {"Content-Length: 3\r\n", 3, "123"},
      {"l:0\r\n", 0, ""},
      {"l: 3\r\nContent-Length: 3\r\n", 3, "123"},
      {"l: 003\r\n", 3, "123"},
      {"l: 3\r\nContent-Length: 4\r\n", std::nullopt, "12345"},
      {"l: 3\r\nl: x\r\n", std::nullopt, "12345"},
      {"l: x\r\nl: 3\r\n", std::nullopt, "12345"},
      {"l: 3, 3\r\n", std::nullopt, "12345"},
      {"l: +3\r\n", std::nullopt, "12345"},
      {"l: -3\r\n", std::nullopt, "12345"},
      {"l: 3 3\r\n", std::nullopt, "12345"},
      {"l: 0x3\r\n", std::nullopt, "12345"},
      {"l:\r\n", std::nullopt, "12345"},
      {"l: 18446744073709551616\r\n", std::nullopt, "12345"},
      {"l: 9999\r\n", 9999, "12345"},
  };
  for (const auto& [headers, length, body] : cases) {
    const Message message =
        parsed("OPTIONS sip:a@b SIP/2.0\r\n" + std::string(headers) + "\r\n12345");
    EXPECT_EQ(message.content_length(), length) << headers;
    EXPECT_EQ(message.body(), body) << headers;
  }
}

TEST(Names, OfHeadersAreKnownInEveryForm) {
  for (std::size_t i = 1; i < static_cast<std::size_t>(HeaderName::count_); ++i) {
    const auto header = static_cast<HeaderName>(i);
    const std::string canonical(name(header));
    std::string shouted;
    std::string whispered;
    for (const char c : canonical) {
      whispered.push_back(lower(c));
      shouted.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    }
    EXPECT_EQ(header_name_from(canonical), header) << canonical;
    EXPECT_EQ(header_name_from(shouted), header) << canonical;
    EXPECT_EQ(header_name_from(whispered), header) << canonical;
    EXPECT_EQ(header_name_from(canonical + "x"), HeaderName::other);
    if (!compact_name(header).empty()) {
      EXPECT_EQ(header_name_from(compact_name(header)), header);
    }
  }
  EXPECT_EQ(header_name_from(""), HeaderName::other);
  EXPECT_EQ(header_name_from("z"), HeaderName::other);
  EXPECT_EQ(header_name_from("!"), HeaderName::other);
  EXPECT_EQ(header_name_from("V"), HeaderName::via);
  EXPECT_EQ(name(HeaderName::other), "");
  EXPECT_EQ(name(HeaderName::rseq), "RSeq");
  EXPECT_EQ(name(HeaderName::www_authenticate), "WWW-Authenticate");
}

TEST(Names, OfMethodsMindTheCase) {
  for (int i = 0; i < static_cast<int>(Method::unknown); ++i) {
    const auto method = static_cast<Method>(i);
    EXPECT_EQ(method_from(name(method)), method);
  }
  for (const std::string_view other : {"invite", "INVITE ", "INVIT", "", "UNKNOWN", "PING"}) {
    EXPECT_EQ(method_from(other), Method::unknown) << other;
  }
}

}  // namespace
}  // namespace strowger::sip
