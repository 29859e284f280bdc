// The server's own parser judges the messages of the bench.
#include "call_text.hpp"

#include "sip/validation.hpp"
#include "sip/writer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::bench {
namespace {

constexpr CallName call{.index = 0xabcdef, .number = 486, .port = 5070, .media_port = 4000};

sip::Message parsed(std::string_view text) {
  auto message = sip::Message::parse(std::string(text));
  EXPECT_TRUE(message);
  return std::move(*message);
}

std::string reply(std::string_view invite, int status, std::string_view more = {}) {
  const sip::Writer::Reply head{.status = status,
                                .phrase = "Busy Here",
                                .to_tag = "ours",
                                .source = *Endpoint::parse("127.0.0.1:5070")};
  std::string text = sip::Writer::reply(parsed(invite), head).finish();
  return text.insert(text.find("\r\n") + 2, more);
}

TEST(CallText, InviteAndAckAreValid) {
  CallText text("127.0.0.1", "127.0.0.1", 5060);
  EXPECT_FALSE(sip::check_request(parsed(text.invite(call)), sip::Transport::udp));
  EXPECT_FALSE(sip::check_request(parsed(text.ack(call, "<sip:486@127.0.0.1>;tag=ours")),
                                  sip::Transport::udp));
}

TEST(CallText, FindsTheCallOfAnAnswer) {
  CallText text("127.0.0.1", "127.0.0.1", 5060);
  const auto busy = reply(text.invite(call), 486);
  const auto answer = text.read(busy);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->index, call.index);
  EXPECT_EQ(answer->code, 486);
  EXPECT_EQ(answer->to, "<sip:486@127.0.0.1:5060>;tag=ours");
  EXPECT_FALSE(answer->retry_after);
}

TEST(CallText, SeesRetryAfterOfARefusalOnly) {
  CallText text("127.0.0.1", "127.0.0.1", 5060);
  const std::string invite(text.invite(call));
  EXPECT_TRUE(text.read(reply(invite, 503, "Retry-After: 2\r\n"))->retry_after);
  EXPECT_FALSE(text.read(reply(invite, 503))->retry_after);
}

TEST(CallText, IgnoresRequestsAndAnswersToAnotherRun) {
  CallText text("127.0.0.1", "127.0.0.1", 5060);
  CallText other("127.0.0.1", "127.0.0.1", 5060);
  const auto foreign = reply(other.invite(call), 486);
  EXPECT_FALSE(text.read(foreign));
  const std::string invite(text.invite(call));
  EXPECT_FALSE(text.read(invite));
}

}  // namespace
}  // namespace strowger::bench
