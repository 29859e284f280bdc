// The torture corpus against the whole user agent: every file is answered as its line in
// expect.tsv allows, calls being refused 404 as an empty server does.
#include "sip/torture_corpus.hpp"
#include "sip/user_agent_harness.hpp"

#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using testing::Expectation;
using testing::Scene;

// The one final answer, or testing::silent.
int answer_to(const std::string& bytes, Transport transport) {
  Scene scene;
  scene.peer.transport = transport;
  scene.peer.connection = transport == Transport::udp ? 0 : 1;
  scene.receive(bytes);
  if (scene.session != 0) {
    scene.act([&](UserAgent& agent, Now now) {
      return agent.reject(scene.session, {.status = 404, .phrase = "Not Found"}, now);
    });
  }
  int final = testing::silent;
  for (const Send& send : scene.sent) {
    const auto message = Message::parse(*send.bytes);
    EXPECT_TRUE(message && !message->is_request() && !message->flaws().any()) << *send.bytes;
    if (!message || message->status() < 200) continue;
    EXPECT_EQ(final, testing::silent) << "answered twice";
    final = message->status();
    if (final == 405) {
      EXPECT_TRUE(message->header(HeaderName::allow));
    }
  }
  scene.advance(std::chrono::minutes{2});
  EXPECT_EQ(scene.agent.sessions(), 0U);
  EXPECT_EQ(scene.agent.transactions(), 0U);
  EXPECT_EQ(scene.agent.deadline(), std::nullopt);
  return final;
}

TEST(UserAgentTorture, AnswersEveryFileAsItsLineAllows) {
  int best = 0;
  int lines = 0;
  for (const Expectation& line : testing::expectations()) {
    const int got = answer_to(testing::filled(line.bytes(), "UDP"), Transport::udp);
    EXPECT_TRUE(testing::allowed(line, got)) << line.file << " was answered " << got;
    best += testing::any_match(line.best, got);
    ++lines;
  }
  EXPECT_EQ(lines, 73);
  // The others: two stray responses, whose line names no answer; four session descriptions that
  // call/ refuses with 488; a Date that need not be looked at.
  EXPECT_EQ(best, 66);
}

// A method is named by the request line, and what a method may do does not depend on the transport.
TEST(UserAgentTorture, AnswersStreamsLikeDatagrams) {
  for (const Expectation& line : testing::expectations()) {
    const auto text = line.bytes();
    const auto message = Message::parse(testing::filled(text, "TCP"));
    if (!message || message->count(HeaderName::content_length) == 0) continue;
    EXPECT_EQ(answer_to(testing::filled(text, "TCP"), Transport::tcp),
              answer_to(testing::filled(text, "UDP"), Transport::udp))
        << line.file;
  }
}

}  // namespace
}  // namespace strowger::sip
