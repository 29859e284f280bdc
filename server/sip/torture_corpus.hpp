// For tests: the torture messages of tests/corpus/sip and what expect.tsv wants to become of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace strowger::sip::testing {

// One line of expect.tsv.
struct Expectation {
  std::string set, file;
  std::vector<std::string> best, tolerated, never;
  std::string answer;  // must, any, none: on UDP

  std::string bytes() const;  // of the file, its placeholders not yet filled in
};

std::vector<Expectation> expectations();
std::size_t count_corpus_files();
// "rfc4475/dblreq.sip"
std::string read_corpus(const std::string& path);
// With the placeholders of the corpus' README filled in; `transport` is "UDP" or "TCP".
std::string filled(std::string text, const std::string& transport);

constexpr int silent = -1;  // nothing is answered

// Is `status` one of these codes, classes ("5xx"), negations ("!400"), or "none"?
bool any_match(const std::vector<std::string>& tokens, int status);
bool allowed(const Expectation& line, int status);

}  // namespace strowger::sip::testing
