#include "host/refusals.hpp"

#include "sip/headers.hpp"
#include "sip/message.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

const sip::Peer source{.remote = *Endpoint::parse("192.0.2.1:7000")};

std::string request(const std::string& method, const std::string& to_tag = "",
                    const std::string& via = "SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bKa") {
  return method + " sip:486@pbx SIP/2.0\r\nVia: " + via + "\r\nMax-Forwards: 70\r\n" +
         "Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKb\r\nFrom: <sip:a@pbx>;tag=f\r\n" +
         "To: <sip:486@pbx>" + (to_tag.empty() ? "" : ";tag=" + to_tag) +
         "\r\nCall-ID: c\r\nCSeq: 1 " + method + "\r\nContent-Length: 4\r\n\r\nbody";
}

class RefusalsTest : public testing::Test {
 protected:
  SeededRandom random{1};
  Refusals refusals{random};
};

TEST_F(RefusalsTest, AnswersAsAParserWould) {
  const auto bytes = request("INVITE");
  const auto refusal = refusals.write(*sip::scan_head(bytes), source, "Overloaded");
  const auto message = sip::Message::parse(*refusal.bytes);
  ASSERT_TRUE(message);
  EXPECT_FALSE(message->flaws().any());
  EXPECT_EQ(message->status(), 503);
  EXPECT_EQ(message->reason_phrase(), "Overloaded");
  EXPECT_EQ(message->header("Retry-After"), "5");
  EXPECT_EQ(message->count(sip::HeaderName::via), 2U);
  EXPECT_EQ(sip::top_via(*message)->received(), "192.0.2.1");
  EXPECT_EQ(sip::call_id(*message), "c");
  EXPECT_EQ(message->header("CSeq"), "1 INVITE");
  EXPECT_EQ(message->body(), "");
  EXPECT_EQ(refusal.peer.remote, *Endpoint::parse("192.0.2.1:5062")) << "RFC 3261 18.2.2";
}

TEST_F(RefusalsTest, GivesCopiesTheSameTagAndOthersAnother) {
  const auto tag_of = [&](const std::string& bytes) {
    const auto refusal = refusals.write(*sip::scan_head(bytes), source, "Overloaded");
    return std::string(sip::to_tag(*sip::Message::parse(*refusal.bytes)));
  };
  EXPECT_EQ(tag_of(request("INVITE")), tag_of(request("INVITE")));
  EXPECT_NE(tag_of(request("INVITE")), tag_of(request("INVITE", "", "SIP/2.0/UDP h;branch=b")));
}

TEST_F(RefusalsTest, KnowsTheAckOfWhatItWrote) {
  const auto bytes = request("INVITE");
  const auto refusal = refusals.write(*sip::scan_head(bytes), source, "Overloaded");
  const std::string tag(sip::to_tag(*sip::Message::parse(*refusal.bytes)));
  const auto known = [&](const std::string& ack) {
    return refusals.acknowledges(*sip::scan_head(ack));
  };
  EXPECT_TRUE(known(request("ACK", tag)));
  EXPECT_FALSE(known(request("ACK", "0123456789abcdef")));
  EXPECT_FALSE(known(request("ACK")));
  EXPECT_FALSE(known(request("ACK", tag, "SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bKc")));
  EXPECT_FALSE(known(request("BYE", tag)));
}

}  // namespace
}  // namespace strowger::host
