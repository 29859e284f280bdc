// The corpus of torture messages (tests/corpus/sip, README there) against parser and check: every
// file must come out as its line in expect.tsv allows, as far as that can be known without calls
// and accounts.
#include "sip/headers.hpp"
#include "sip/stream_framer.hpp"
#include "sip/validation.hpp"
#include "sip/writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace strowger::sip {
namespace {

namespace fs = std::filesystem;

const fs::path corpus = fs::path(STROWGER_SOURCE_DIR) / "tests/corpus/sip";
const Endpoint source = *Endpoint::parse("127.0.0.1:5070");

// One line of expect.tsv.
struct Expectation {
  std::string set, file;
  std::vector<std::string> best, tolerated, never;
  std::string answer;  // must, any, none: on UDP
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back().push_back(c);
  }
  return parts;
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Expectation> expectations() {
  std::vector<Expectation> all;
  for (const std::string set : {"rfc4475", "rfc5118", "extra"}) {
    std::ifstream in(corpus / set / "expect.tsv");
    std::string line;
    std::getline(in, line);  // the titles
    while (std::getline(in, line)) {
      const auto cells = split(line, '\t');
      if (cells.size() < 7) continue;
      all.push_back({set, cells[0], split(cells[3], ','), split(cells[4], ','),
                     split(cells[5], ','), cells[6]});
    }
  }
  return all;
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
}

std::string filled(std::string text, const std::string& transport) {
  const std::pair<std::string, std::string> values[] = {
      {"@H@", "127.0.0.1"}, {"@P@", "5060"},     {"@LH@", "127.0.0.1"},
      {"@LP@", "5070"},     {"@TP@", transport}, {"@BR@", "z9hG4bKx"},
      {"@CID@", "cid1"},    {"@TAG@", "tag1"},   {"@EXT@", "1000"}};
  for (const auto& [name, value] : values) replace_all(text, name, value);
  const std::size_t head = text.find("\r\n\r\n", text.find_first_not_of("\r\n"));
  const std::size_t body = head == std::string::npos ? 0 : text.size() - head - 4;
  replace_all(text, "@CL@", std::to_string(body));
  return text;
}

constexpr int accepted = 0;
constexpr int silent = -1;  // nothing is answered

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

bool matches(const std::string& token, int status) {
  if (token.empty()) return false;
  if (token == "none") return status == silent;
  if (token[0] == '!') return status != silent && !matches(token.substr(1), status);
  if (token.size() == 3 && token[1] == 'x') return status / 100 == token[0] - '0';
  return token == std::to_string(status);
}

bool any_match(const std::vector<std::string>& tokens, int status) {
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const std::string& token) { return matches(token, status); });
}

bool allowed(const Expectation& line, int status) {
  if (any_match(line.never, status)) return false;
  if (status == silent && line.answer == "must") return false;
  if (line.answer == "none") return status == silent;
  return any_match(line.best, status) || any_match(line.tolerated, status);
}

// What the layers above may answer to a request that got this far.
bool allowed_above(const Expectation& line) {
  constexpr int statuses[] = {200, 401, 403, 404, 405, 407, 423, 481, 486, 488, 489, 501, 603};
  return std::any_of(std::begin(statuses), std::end(statuses),
                     [&](int status) { return allowed(line, status); });
}

TEST(Torture, EveryFileHasItsLineAndItsOutcome) {
  std::map<std::string, int> kinds;
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    files += entry.path().extension() == ".sip" ? 1U : 0U;
  }
  const auto lines = expectations();
  EXPECT_EQ(lines.size(), files);
  for (const Expectation& line : lines) {
    const std::string bytes = filled(read(corpus / line.set / line.file), "UDP");
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
    const std::string bytes = filled(read(corpus / line.set / line.file), "UDP");
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
    framer.feed(filled(read(corpus / line.set / line.file), "TCP"));
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
  const std::string bytes = read(corpus / "rfc4475/dblreq.sip");
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
