#include "sip/torture_corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace strowger::sip::testing {

namespace {

namespace fs = std::filesystem;

const fs::path corpus = fs::path(STROWGER_SOURCE_DIR) / "tests/corpus/sip";

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

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
}

bool matches(const std::string& token, int status) {
  if (token.empty()) return false;
  if (token == "none") return status == silent;
  if (token[0] == '!') return status != silent && !matches(token.substr(1), status);
  if (token.size() == 3 && token[1] == 'x') return status / 100 == token[0] - '0';
  return token == std::to_string(status);
}

}  // namespace

std::string read_corpus(const std::string& path) {
  std::ifstream in(corpus / path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Expectation::bytes() const { return read_corpus(set + "/" + file); }

std::size_t count_corpus_files() {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    files += entry.path().extension() == ".sip" ? 1U : 0U;
  }
  return files;
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

}  // namespace strowger::sip::testing
