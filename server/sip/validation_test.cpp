#include "sip/validation.hpp"

#include "sip/headers.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace strowger::sip {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

// A request that is all right; each case changes one thing.
struct Draft {
  std::string start = "INVITE sip:1000@example.org SIP/2.0";
  Lines headers = {
      {"Via", "SIP/2.0/UDP h.example.org;branch=z9hG4bK1"},
      {"Max-Forwards", "70"},
      {"From", "<sip:a@example.org>;tag=1"},
      {"To", "<sip:1000@example.org>"},
      {"Call-ID", "id@h"},
      {"CSeq", "1 INVITE"},
      {"Contact", "<sip:a@h.example.org>"},
  };
  std::string body;

  Draft& set(const std::string& name, const std::string& value) {
    for (auto& line : headers) {
      if (line.first == name) {
        line.second = value;
        return *this;
      }
    }
    return add(name, value);
  }
  Draft& add(const std::string& name, const std::string& value) {
    headers.emplace_back(name, value);
    return *this;
  }
  Draft& drop(const std::string& name) {
    std::erase_if(headers, [&](const auto& line) { return line.first == name; });
    return *this;
  }
  Draft& method(const std::string& name) {
    start = name + " sip:1000@example.org SIP/2.0";
    return set("CSeq", "1 " + name);
  }
  Draft& uri(const std::string& text) {
    start = "INVITE " + text + " SIP/2.0";
    return *this;
  }
  Draft& with_body(const std::string& type, const std::string& text) {
    body = text;
    return type.empty() ? *this : set("Content-Type", type);
  }
  Message message() const {
    std::string text = start + "\r\n";
    for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
    return *Message::parse(text + "\r\n" + body);
  }
};

Draft draft() { return {}; }

// The status that check_request gives; 0: accepted.
int verdict(const Draft& draft, Transport transport = Transport::udp) {
  const auto refusal = check_request(draft.message(), transport);
  return refusal ? refusal->status : 0;
}

struct Case {
  std::string what;
  Draft draft;
  int want;
};

void check(const std::vector<Case>& cases) {
  for (const auto& [what, draft, want] : cases) EXPECT_EQ(verdict(draft), want) << what;
}

TEST(Validation, HeaderPresence) {
  check({
      {"all is well", draft(), 0},
      {"no Via", draft().drop("Via"), 400},
      {"no From", draft().drop("From"), 400},
      {"no To", draft().drop("To"), 400},
      {"no Call-ID", draft().drop("Call-ID"), 400},
      {"no CSeq", draft().drop("CSeq"), 400},
      {"no Max-Forwards: RFC 2543", draft().drop("Max-Forwards"), 0},
      {"no Contact", draft().drop("Contact"), 0},
      {"two From", draft().add("f", "<sip:b@h>;tag=2"), 400},
      {"two To", draft().add("t", "<sip:b@h>"), 400},
      {"two Call-ID", draft().add("i", "id@h"), 400},
      {"two CSeq", draft().add("CSeq", "1 INVITE"), 400},
      {"two Max-Forwards", draft().add("Max-Forwards", "70"), 400},
      {"two Content-Type", draft().add("c", "a/b").add("c", "a/b"), 400},
      {"no From tag: RFC 2543", draft().set("From", "<sip:a@h>"), 0},
  });
}

TEST(Validation, StartLine) {
  Draft seven = draft();
  seven.start = "INVITE sip:a@h SIP/7.0";
  Draft trailing = draft();
  trailing.start += "  ";
  Draft small = draft();
  small.start = "INVITE sip:a@h sip/2.0";
  check({
      {"SIP/7.0", seven, 505},
      {"trailing white space", trailing, 400},
      {"the version is case-insensitive", small, 0},
      {"white space in the URI", draft().uri("sip:a@h; lr"), 400},
      {"< > around the URI", draft().uri("<sip:a@h>"), 400},
      {"no scheme", draft().uri("a@h"), 400},
      {"other scheme", draft().uri("nobodyKnows:opaque"), 416},
      {"odd scheme", draft().uri("soap.beep://192.0.2.103:3002"), 416},
      {"other scheme with illegal characters", draft().uri("x:\"a\""), 416},
      {"tel", draft().uri("tel:+15551212"), 0},
      {"sips on UDP", draft().uri("sips:a@h"), 416},
      {"port", draft().uri("sip:a@h:70000"), 400},
      {"headers", draft().uri("sip:a@h?Route=%3Csip:x%3E"), 400},
      {"longest", draft().uri("sip:" + std::string(request_uri_bytes_max - 6, 'a') + "@h"), 0},
      {"too long", draft().uri("sip:" + std::string(request_uri_bytes_max - 5, 'a') + "@h"), 414},
  });
  EXPECT_EQ(verdict(draft().uri("sips:a@h").set("Content-Length", "0"), Transport::tls), 0);
  EXPECT_EQ(verdict(draft().uri("sips:a@h"), Transport::wss), 0);
}

TEST(Validation, HeaderValues) {
  check({
      {"bad Via", draft().set("Via", "SIP/2.0/UDP 192.0.2.15;;,;,,"), 400},
      {"bad second Via", draft().add("Via", "x"), 400},
      {"unknown transport in Via", draft().set("Via", "SIP/2.0/UNKNOWN h"), 0},
      {"garbage in Via parameters", draft().set("Via", "SIP/2.0/UDP h;ttl=99999;rport=999999"), 0},
      {"unterminated quote", draft().set("To", "\"Mr. J. User <sip:j@h>"), 400},
      {"white space in < >", draft().set("To", "<  sip:a@h >"), 400},
      {"bad From URI", draft().set("From", "<sip:a@>;tag=1"), 400},
      {"From *", draft().set("From", "*"), 400},
      {"foreign From", draft().set("From", "<http://www.example.com>;tag=1"), 0},
      {"foreign To", draft().set("To", "isbn:2983792873"), 0},
      {"foreign To in REGISTER", draft().method("REGISTER").set("To", "isbn:298"), 400},
      {"empty Call-ID", draft().set("Call-ID", ""), 400},
      {"white space in Call-ID", draft().set("Call-ID", "a b"), 400},
      {"odd Call-ID", draft().set("Call-ID", "word%ZK-!.*_+'@word`~)(><:\\/\"][?}{"), 0},
      {"CSeq above 2^31-1", draft().set("CSeq", "2147483648 INVITE"), 400},
      {"CSeq above 2^32-1", draft().set("CSeq", "4294967296 INVITE"), 400},
      {"CSeq of another method", draft().set("CSeq", "1 OPTIONS"), 400},
      {"CSeq in lower case", draft().set("CSeq", "1 invite"), 400},
      {"Max-Forwards 0 is for us", draft().set("Max-Forwards", "0"), 0},
      {"Max-Forwards 255", draft().set("Max-Forwards", "255"), 0},
      {"Max-Forwards 256", draft().set("Max-Forwards", "256"), 400},
      {"Max-Forwards -1", draft().set("Max-Forwards", "-1"), 400},
      {"good routes", draft().add("Route", "<sip:a;lr>, <sip:b>").add("Record-Route", "<sip:c>"),
       0},
      {"bad Route", draft().add("Route", "<sip:a;lr>,"), 400},
      {"bad Record-Route", draft().add("Record-Route", "sip:a b"), 400},
      {"bad header line", draft().add("Bad Name", "x"), 400},
      {"a bad Date is ignored", draft().add("Date", "Fri, 01 Jan 2010 16:00:00 EST"), 0},
      {"unknown method", draft().method("invite"), 0},
      {"unknown method, other CSeq", draft().method("NEW").set("CSeq", "1 INVITE"), 400},
      {"PRACK", draft().method("PRACK").add("RAck", "1 1 INVITE"), 0},
      {"PRACK without RAck", draft().method("PRACK"), 400},
      {"PRACK with a bad RAck", draft().method("PRACK").add("RAck", "1 INVITE"), 400},
      {"bare LF", draft().add("Subject", "a\nb"), 400},
      {"NUL", draft().add("Subject", std::string("a\0b", 3)), 400},
  });
}

TEST(Validation, ManyHeaders) {
  Draft vias = draft();
  for (std::size_t i = 1; i < vias_max; ++i) vias.add("Via", "SIP/2.0/UDP h");
  EXPECT_EQ(verdict(vias), 0);
  EXPECT_EQ(verdict(vias.add("v", "SIP/2.0/UDP h")), 400);
  Draft many = draft();
  for (std::size_t i = 0; i < headers_max; ++i) many.add("X", "y");
  EXPECT_EQ(verdict(many), 513);
}

TEST(Validation, Contacts) {
  const auto registration = [] { return draft().method("REGISTER"); };
  check({
      {"none malformed", draft().set("Contact", "<sip:a@h>, \"b\" <tel:1>;q=0.5"), 0},
      {"bracket that never ends", draft().set("Contact", "<sip:p@[fe80::1%25eth0:5060>"), 400},
      {"semicolons", draft().set("Contact", "\"Joe\" <sip:joe@example.org>;;;;"), 400},
      {"empty", draft().set("Contact", ""), 400},
      {"second one bad", draft().add("m", "<"), 400},
      {"? without < >", draft().set("Contact", "sip:a@h?Route=x"), 400},
      {"headers within < >", registration().set("Contact", "<sip:a@h?Route=%3Csip:x%3E>"), 0},
      {"unknown parameter", registration().set("Contact", "sip:+1@h;unknownparam"), 0},
      {"* outside of REGISTER", draft().set("Contact", "*"), 400},
      {"* without Expires", registration().set("Contact", "*"), 400},
      {"* with Expires 60", registration().set("Contact", "*").add("Expires", "60"), 400},
      {"* with Expires 0", registration().set("Contact", "*").add("Expires", "0"), 0},
      {"* and another", registration().set("Contact", "*, <sip:a@h>").add("Expires", "0"), 400},
  });
}

TEST(Validation, ContentLength) {
  const auto sdp = [] { return draft().with_body("application/sdp", "v=0\r\n"); };
  check({
      {"absent on UDP", sdp(), 0},
      {"exact", sdp().add("Content-Length", "5"), 0},
      {"shorter", sdp().add("Content-Length", "3"), 0},
      {"longer", sdp().add("Content-Length", "6"), 400},
      {"twice the same", sdp().add("Content-Length", "5").add("l", "5"), 0},
      {"twice different", sdp().add("Content-Length", "5").add("l", "3"), 400},
      {"list", sdp().add("Content-Length", "5, 5"), 400},
      {"sign", draft().add("Content-Length", "+0"), 400},
      {"negative", draft().add("Content-Length", "-999"), 400},
      {"2^64", draft().add("Content-Length", "18446744073709551616"), 400},
      {"too large for anything", draft().add("Content-Length", "70000"), 513},
  });
  EXPECT_EQ(verdict(draft(), Transport::tcp), 400);
  EXPECT_EQ(verdict(draft().add("Content-Length", "0"), Transport::tcp), 0);
  EXPECT_EQ(verdict(draft(), Transport::ws), 0)
      << "a WebSocket frame has its own length (RFC 7118)";
}

TEST(Validation, RequiredExtensions) {
  const auto refusal = check_request(
      draft().add("Require", "100rel, nope").add("Require", "neither").message(), Transport::udp);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 420);
  EXPECT_EQ(refusal->headers, (HeaderList{{"Unsupported", "nope, neither"}}));
  check({
      {"ours", draft().add("Require", "100REL, replaces"), 0},
      {"empty", draft().add("Require", ""), 0},
      {"no token", draft().add("Require", "a b"), 400},
      {"of proxies", draft().add("Proxy-Require", "privacy"), 0},
      {"in ACK", draft().method("ACK").add("Require", "nope"), 0},
      {"in CANCEL", draft().method("CANCEL").add("Require", "nope"), 0},
  });
  EXPECT_EQ(check_request(draft().add("Require", "100rel").message(), Transport::udp, {})->status,
            420);
}

TEST(Validation, AcceptableAnswers) {
  check({
      {"SDP", draft().add("Accept", "text/plain, application/sdp;level=1"), 0},
      {"SDP on another line", draft().add("Accept", "text/plain").add("Accept", "*/*"), 0},
      {"any application", draft().add("Accept", "application/*"), 0},
      {"no SDP", draft().add("Accept", "text/nobodyKnowsThis"), 406},
      {"nothing", draft().add("Accept", ""), 406},
      {"not of an INVITE", draft().method("OPTIONS").add("Accept", "text/plain"), 0},
  });
}

TEST(Validation, Bodies) {
  const std::string mixed = "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--";
  const std::string strange = "--b\r\nContent-Type: x/y\r\n\r\nz\r\n--b--";
  check({
      {"SDP", draft().with_body("application/sdp", "v=0"), 0},
      {"SDP in capitals, with a parameter", draft().with_body("Application/SDP;a=b", "v=0"), 0},
      {"unknown type", draft().with_body("application/unknownformat", "x"), 415},
      {"unknown type, nothing in it", draft().with_body("application/unknownformat", ""), 0},
      {"unknown type in INFO", draft().method("INFO").with_body("application/dtmf", "x"), 0},
      {"unknown type, optional",
       draft().with_body("a/b", "x").add("Content-Disposition", "render;handling=optional"), 0},
      {"no type", draft().with_body("", "x"), 400},
      {"bad type", draft().with_body("sdp", "x"), 400},
      {"in an ACK it is too late", draft().method("ACK").with_body("a/b", "x"), 0},
      {"in a CANCEL it means nothing", draft().method("CANCEL").with_body("", "x"), 0},
      {"gzip", draft().with_body("application/sdp", "x").add("Content-Encoding", "gzip"), 415},
      {"identity", draft().with_body("application/sdp", "x").add("e", "identity"), 0},
      {"multipart", draft().with_body("multipart/mixed;boundary=b", mixed), 0},
      {"multipart, unknown part", draft().with_body("multipart/mixed;boundary=b", strange), 415},
      {"multipart without boundary", draft().with_body("multipart/mixed", mixed), 400},
      {"multipart never begun", draft().with_body("multipart/mixed;boundary=c", mixed), 400},
  });
  const auto headers = [](const Draft& draft) {
    return check_request(draft.message(), Transport::udp)->headers;
  };
  EXPECT_EQ(headers(draft().with_body("a/b", "x")).at(0).first, "Accept");
  EXPECT_EQ(headers(draft().with_body("a/b", "x").add("Content-Encoding", "gzip")),
            (HeaderList{{"Accept-Encoding", "identity"}}));
}

TEST(Validation, KnowsWhatCanBeAnswered) {
  EXPECT_TRUE(can_reply(draft().message()));
  EXPECT_TRUE(can_reply(draft().drop("To").drop("From").message()));
  EXPECT_FALSE(can_reply(draft().method("ACK").message()));
  EXPECT_FALSE(can_reply(draft().drop("Via").message()));
  EXPECT_FALSE(can_reply(draft().set("Via", "x").message()));
  EXPECT_TRUE(can_reply(draft().set("Via", "SIP/2.0/UDP 192.0.2.15;;,;,,").message()));
  Draft response = draft();
  response.start = "SIP/2.0 200 OK";
  EXPECT_FALSE(can_reply(response.message()));
}

// RFC 4475 3.1.1.1 in its essence: white space, folds and compact forms wherever the grammar lets
// them be.
TEST(Validation, TakesATortuousInvite) {
  const auto message = Message::parse(
      "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r\n"
      "TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n"
      "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = "
      "98asjd8\r\n"
      "MaX-fOrWaRdS: 0068\r\n"
      "Call-ID: wsinv.ndaksdj@192.0.2.1\r\n"
      "Content-Length   : 0\r\n"
      "cseq: 0009\r\n  INVITE\r\n"
      "Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\n"
      "s :\r\n"
      "NewFangledHeader:   newfangled value\r\n continued newfangled value\r\n"
      "UnknownHeaderWithUnusualValue: ;;,,;;,;\r\n"
      "Route:\r\n <sip:services.example.com;lr;unknownwith=value;unknown-no-value>\r\n"
      "v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n"
      " SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239\r\n"
      "m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\r\n      newvalue ;\r\n"
      "  secondparam ; q = 0.33\r\n\r\n");
  ASSERT_TRUE(message);
  const auto refusal = check_request(*message, Transport::udp);
  EXPECT_FALSE(refusal) << refusal->phrase;
  EXPECT_EQ(to_tag(*message), "1918181833n");
  EXPECT_EQ(from_tag(*message), "98asjd8");
  EXPECT_EQ(from(*message)->display_text(), "J Rosenberg \\\"");
  EXPECT_EQ(cseq(*message)->number, 9U);
  EXPECT_EQ(max_forwards(*message), 68);
  EXPECT_EQ(message->values(HeaderName::via).size(), 3U);
  EXPECT_EQ(contact(*message)->params.get("q"), "0.33");
}

// More of RFC 4475 and RFC 5118 that can be said in one line.
TEST(Validation, TortureInOneLine) {
  check({
      {"3.1.1.3 escapes", draft().uri("sip:sips%3Auser%40example.com@example.net"), 0},
      {"3.1.1.3 escaped parameter",
       draft().set("Contact", "<sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>"),
       0},
      {"3.1.1.5 escapes that are none", draft().set("To", "\"%Z%45\" <sip:r@example.com>"), 0},
      {"3.1.1.5 an escaped method", draft().method("RE%47IST%45R"), 0},
      {"3.1.1.9 semicolon in the user", draft().uri("sip:user;par=u%40example.net@example.com"), 0},
      {"3.1.2.1 separators", draft().set("Via", "SIP/2.0/UDP 192.0.2.15;;,;,,"), 400},
      {"3.1.2.5 < >", draft().uri("<sip:user@example.com>"), 400},
      {"3.1.2.7 white space", draft().uri(" sip:user@example.com "), 400},
      {"3.1.2.11 no < >", draft().set("Contact", "sip:u@h?Route=%3Csip:sip.example.com%3E"), 400},
      {"3.1.2.13 comma", draft().set("To", "Watson, Thomas <sip:t.watson@example.org>"), 400},
      {"3.2.1 only the cookie", draft().set("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"), 0},
      {"3.3.15 no SDP wanted", draft().add("Accept", "text/nobodyKnowsThis"), 406},
      {"5118 4.2 no brackets", draft().uri("sip:2001:db8::10"), 400},
      {"5118 4.4 port", draft().uri("sip:[2001:db8::10]:5070"), 0},
      {"5118 4.5 received",
       draft().set("Via", "SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas"),
       0},
      {"5118 4.9 mapped", draft().set("Contact", "\"T\" <sip:t@[::ffff:192.0.2.10]>"), 0},
  });
}

TEST(Validation, OfResponses) {
  const auto complaint = [](const Draft& draft) { return check_response(draft.message()); };
  const auto response = [] {
    Draft made;
    made.start = "SIP/2.0 200 OK";
    return made;
  };
  EXPECT_FALSE(complaint(response()));
  EXPECT_FALSE(complaint(response().add("Content-Length", "0")));
  for (const auto name : {"Via", "From", "To", "Call-ID", "CSeq"}) {
    EXPECT_TRUE(complaint(response().drop(name))) << name;
    EXPECT_TRUE(complaint(response().set(name, ""))) << name;
  }
  EXPECT_TRUE(complaint(response().add("Content-Length", "1")));
  EXPECT_TRUE(complaint(response().add("Content-Length", "x")));
  EXPECT_TRUE(complaint(response().add("Subject", "a\nb")));
}

}  // namespace
}  // namespace strowger::sip
