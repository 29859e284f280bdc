#include "sip/head_scan.hpp"

#include "sip/headers.hpp"
#include "sip/message.hpp"
#include "sip/torture_corpus.hpp"
#include "sip/transaction_key.hpp"
#include "sip/writer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

const std::string via = "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa;rport\r\n";
const std::string rest = "Call-ID: a@b\r\nCSeq: 7 INVITE\r\n";
const std::string usual = via + "From: <sip:a@b>;tag=f\r\nTo: <sip:c@d>\r\n" + rest;

std::string invite(const std::string& headers) {
  return "INVITE sip:c@d SIP/2.0\r\n" + headers + "\r\n";
}

TEST(HeadScan, FindsWhatAResponseRepeats) {
  const auto bytes = "\r\n" + invite("Max-Forwards: 70\r\n" + usual + "Via: SIP/2.0/TCP h\r\n");
  const auto scan = scan_head(bytes);
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->method, Method::invite);
  EXPECT_EQ(scan->request_uri, "sip:c@d");
  EXPECT_EQ(scan->via_lines, 2U);
  EXPECT_EQ(scan->vias[1], "SIP/2.0/TCP h");
  EXPECT_EQ(scan->top.branch(), "z9hG4bKa");
  EXPECT_EQ(scan->from_tag, "f");
  EXPECT_EQ(scan->to, "<sip:c@d>");
  EXPECT_EQ(scan->to_tag, "");
  EXPECT_EQ(scan->call_id, "a@b");
  EXPECT_EQ(scan->cseq, "7 INVITE");
}

TEST(HeadScan, KnowsCompactAndFoldedHeaders) {
  const auto bytes = invite("v: SIP/2.0/UDP h;branch=z9hG4bKa, SIP/2.0/UDP i\r\nf :\r\n <sip:a@b>"
                            ";\r\n\ttag=f\r\nt: <sip:c@d>;tag=t\r\ni: x\r\nCSEQ: 7 INVITE\r\n");
  const auto scan = scan_head(bytes);
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->top_text, "SIP/2.0/UDP h;branch=z9hG4bKa");
  EXPECT_EQ(scan->from, "<sip:a@b>;\r\n\ttag=f");
  EXPECT_EQ(scan->from_tag, "f");
  EXPECT_EQ(scan->to_tag, "t");
}

TEST(HeadScan, LeavesWhatIsUnusualToTheParser) {
  std::string many;
  for (std::size_t i = 0; i < HeadScan::via_lines_max; ++i) many += via;
  ASSERT_TRUE(scan_head(invite(usual)));
  ASSERT_TRUE(scan_head(invite(many + "From: <sip:a@b>\r\nTo: <sip:c@d>\r\n" + rest)));
  const std::string cases[] = {
      "",
      "\r\n\r\n",
      "SIP/2.0 200 OK\r\n" + usual + "\r\n",
      "INVITE sip:c@d SIP/3.0\r\n" + usual + "\r\n",
      invite(usual + "Call-ID: b\r\nCSeq\r\n : 8 INVITE\r\n"),
      invite(via + "From: <sip:a@b>\r\nTo: <sip:c@d>;tag;x\r\n" + rest),
      invite(via + "From: <sip:a@b>\r\nTo: <sip:c@d>\r\nCall-ID: a\r\nCSeq \r\n : 7 INVITE\r\n"),
      "INVITE SIP/2.0\r\n" + usual + "\r\n",
      "INVITE  SIP/2.0\r\n" + usual + "\r\n",
      "INVITE sip:c@d  SIP/2.0\r\n" + usual + "\r\n",
      "INV<TE sip:c@d SIP/2.0\r\n" + usual + "\r\n",
      invite(usual).substr(0, invite(usual).size() - 2),
      invite(usual + "Subject: a\nb\r\n"),
      invite(usual + "Subject: a\rb\r\n"),
      invite(usual + "Call-ID: again\r\n"),
      invite(usual + "CSeq: 8 INVITE\r\n"),
      invite(usual + "To: <sip:x@y>\r\n"),
      invite(usual + "Call-ID\r\n"),
      invite(via + "From: <sip:a@b>;tag=f\r\nTo: <sip:c@d>\r\nCall-ID: a\r\n ;c\r\n"
                   "CSeq: 7 INVITE\r\n"),
      invite(usual + many),
      invite(via + "From: <sip:a@b>;tag=f\r\nTo: <sip:c@d>\r\nCall-ID:\r\nCSeq: 7 INVITE\r\n"),
      invite(via + "From: <sip:a@b>;tag=f\r\nTo: \"open\r\n" + rest),
      invite(via + "From: <sip:a@b>;tag=f\r\n" + rest),
      invite("From: <sip:a@b>;tag=f\r\nTo: <sip:c@d>\r\n" + rest),
      invite("Via: nonsense\r\nFrom: <sip:a@b>;tag=f\r\nTo: <sip:c@d>\r\n" + rest),
  };
  for (const auto& bytes : cases) EXPECT_FALSE(scan_head(bytes)) << bytes;
}

TEST(HeadScan, NeverReadsBeyondWhatIsCutShort) {
  const auto whole = invite(usual);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(scan_head(std::string(whole, 0, length))) << length;
  }
}

TEST(HeadScan, KnowsWhatRefusingWouldHarm) {
  const struct {
    std::string method;
    bool begins;           // without a To tag
  } cases[] = {{"INVITE", true}, {"OPTIONS", true}, {"REGISTER", true}, {"DANCE", true},
               {"ACK", false},   {"BYE", false},    {"CANCEL", false},  {"PRACK", false}};
  for (const auto& [method, begins] : cases) {
    const auto start = method + " sip:c@d SIP/2.0\r\n" + via + "From: <sip:a@b>;tag=f\r\n" + rest;
    const auto outside = start + "To: <sip:c@d>\r\n\r\n";
    const auto inside = start + "To: <sip:c@d>;tag=t\r\n\r\n";
    ASSERT_TRUE(scan_head(outside) && scan_head(inside)) << method;
    EXPECT_EQ(scan_head(outside)->begins_something(), begins) << method;
    EXPECT_FALSE(scan_head(inside)->begins_something()) << method;
  }
}

// Else what was refused would not match what was asked, or a call would be refused that goes on.
TEST(HeadScan, AgreesWithTheParserOnTheTortureCorpus) {
  const KeyMaker keys(1, 2);
  const Writer::Reply reply{.status = 503, .phrase = "Overloaded", .to_tag = "t",
                            .source = {IpAddress::loopback_v4(), 5060}};
  std::size_t compared = 0;
  for (const auto& line : testing::expectations()) {
    const auto bytes = testing::filled(line.bytes(), "UDP");
    const auto scan = scan_head(bytes);
    const auto message = Message::parse(bytes);
    if (!scan) continue;
    ASSERT_TRUE(message) << line.file;
    EXPECT_EQ(scan->method_text, message->method_text()) << line.file;
    EXPECT_EQ(scan->request_uri, message->request_uri()) << line.file;
    EXPECT_EQ(scan->call_id, call_id(*message)) << line.file;
    EXPECT_EQ(scan->to_tag, to_tag(*message)) << line.file;
    EXPECT_EQ(keys.server_transaction(*scan, "INVITE"),
              keys.server_transaction(*message, *top_via(*message), "INVITE")) << line.file;
    EXPECT_EQ(Writer::reply(*scan, reply).finish(), Writer::reply(*message, reply).finish())
        << line.file;
    ++compared;
  }
  EXPECT_GT(compared, 40U);
}

}  // namespace
}  // namespace strowger::sip
