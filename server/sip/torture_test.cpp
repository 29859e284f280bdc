// The corpus of torture messages (tests/corpus/sip, README there) against parser and check: every
// file must come out as its line in expect.tsv allows, as far as that can be known without calls
// and accounts.
#include "sip/headers.hpp"
#include "sip/stream_framer.hpp"
#include "sip/torture_corpus.hpp"
#include "sip/validation.hpp"
#include "sip/writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace strowger::sip {
namespace {

using testing::allowed;
using testing::Expectation;
using testing::expectations;
using testing::filled;
using testing::silent;

const Endpoint source = *Endpoint::parse("127.0.0.1:5070");

constexpr int accepted = 0;

// The reply to a refused request must be a message of its own, whatever the request was.
void check_reply(const Message& request, const Refusal& refusal, const std::string& file) {
  Writer writer = Writer::reply(
      request,
      {.status = refusal.status, .phrase = refusal.phrase, .to_tag = "tt", .source = source});
  const std::string bytes = writer.headers(refusal.headers).finish();
  const auto reply = Message::parse(bytes);
  ASSERT_TRUE(reply) << file;
  EXPECT_FALSE(reply->flaws().any()) << file << "\n" << bytes;
  EXPECT_TRUE(top_via(*reply)) << file;
  EXPECT_EQ(reply->body(), "") << file;
  EXPECT_EQ(reply->header("X-Injected"), std::nullopt) << file;
}

int outcome(const std::string& bytes, Transport transport, const std::string& file) {
  const auto message = Message::parse(bytes);
  if (!message || !message->is_request()) return silent;
  const auto refusal = check_request(*message, transport);
  if (!refusal) return accepted;
  if (!can_reply(*message)) return silent;
  check_reply(*message, *refusal, file);
  return refusal->status;
}

// What the layers above may answer to a request that got this far.
bool allowed_above(const Expectation& line) {
  constexpr int statuses[] = {200, 401, 403, 404, 405, 407, 423, 481, 486, 488, 489, 501, 603};
  return std::any_of(std::begin(statuses), std::end(statuses),
                     [&](int status) { return allowed(line, status); });
}

TEST(Torture, EveryFileHasItsLineAndItsOutcome) {
  std::map<std::string, int> kinds;
  const auto lines = expectations();
  EXPECT_EQ(lines.size(), testing::count_corpus_files());
  for (const Expectation& line : lines) {
    const std::string bytes = filled(line.bytes(), "UDP");
    const int got = outcome(bytes, Transport::udp, line.file);
    if (got == accepted) {
      // The rest of the line is the user agent's to keep; the wire tests hold it to that.
      EXPECT_TRUE(allowed_above(line)) << line.file << " must be refused here";
    } else {
      EXPECT_TRUE(allowed(line, got)) << line.file << " came out as " << got;
    }
    ++kinds[got == accepted ? "left to the user agent" : "settled here"];
  }
  // Counted, so that no line changes sides unseen.
  EXPECT_EQ(kinds["settled here"], 29);
  EXPECT_EQ(kinds["left to the user agent"], 44);
}

// What is best by expect.tsv and within the power of parser and check.
TEST(Torture, TheBestOutcomeWhereItIsOurs) {
  const std::map<std::string, int> best = {
      {"badaspec.sip", 400},       {"badvers.sip", 505},      {"clerr.sip", 400},
      {"invut.sip", 415},          {"lwsruri.sip", 400},      {"mismatch02.sip", 400},
      {"multi01.sip", 400},        {"quotbal.sip", 400},      {"scalar02.sip", 400},
      {"trws.sip", 400},           {"unkscm.sip", 416},       {"unksm2.sip", 400},
      {"cseq-2p32.sip", 400},      {"ruri-30k.sip", 414},     {"maxfwd-neg.sip", 400},
      {"callid-crlf.sip", 400},    {"bare-lf.sip", 400},      {"cl-plus.sip", 400},
      {"cl-2p64.sip", 400},        {"gzip-body.sip", 415},    {"mp-no-boundary.sip", 400},
      {"sips-on-udp.sip", 416},    {"ipv6-zone.sip", 400},    {"register-star-bad.sip", 400},
      {"unreason.sip", silent},    {"bcast.sip", silent},     {"crlf-keepalive.sip", silent},
      {"stun-on-sip.sip", silent}, {"tls-hello.sip", silent},
  };
  std::size_t refused = 0;
  for (const Expectation& line : expectations()) {
    const std::string bytes = filled(line.bytes(), "UDP");
    const int got = outcome(bytes, Transport::udp, line.file);
    const auto found = best.find(line.file);
    EXPECT_EQ(got, found == best.end() ? accepted : found->second) << line.file;
    refused += found == best.end() ? 0U : 1U;
  }
  EXPECT_EQ(refused, best.size());
}

// The same files as a stream. A file without Content-Length is refused there (RFC 3261 20.14), and
// one that promises more than comes is waited for; both are counted.
TEST(Torture, ThroughAStream) {
  std::map<std::string, int> kinds;
  for (const Expectation& line : expectations()) {
    StreamFramer framer;
    framer.feed(filled(line.bytes(), "TCP"));
    const auto frame = framer.next();
    if (!frame) {
      ++kinds["waiting"];
      EXPECT_GT(framer.waiting(), 0U) << line.file;
      continue;
    }
    if (frame->kind == Frame::Kind::ping) continue;
    const auto message = Message::parse(frame->bytes);
    if (message && message->count(HeaderName::content_length) == 0) {
      ++kinds["without Content-Length"];
      EXPECT_EQ(frame->kind, Frame::Kind::broken) << line.file;
      EXPECT_EQ(outcome(frame->bytes, Transport::tcp, line.file), 400) << line.file;
      continue;
    }
    const int got = outcome(frame->bytes, Transport::tcp, line.file);
    EXPECT_TRUE(got == accepted ? allowed_above(line) : allowed(line, got)) << line.file << got;
  }
  EXPECT_EQ(kinds["waiting"], 1);
  EXPECT_EQ(kinds["without Content-Length"], 1);
}

TEST(Torture, TwoRequestsInOneStreamAreTwoAndInOneDatagramOne) {
  const std::string bytes = testing::read_corpus("rfc4475/dblreq.sip");
  const auto datagram = Message::parse(bytes);
  ASSERT_TRUE(datagram);
  EXPECT_EQ(datagram->method(), Method::register_);
  EXPECT_EQ(datagram->body(), "");
  StreamFramer framer;
  framer.feed(bytes);
  ASSERT_TRUE(framer.next());
  const auto second = framer.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(Message::parse(second->bytes)->method(), Method::invite);
}

}  // namespace
}  // namespace strowger::sip
