#include "sim/scenario_words.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace strowger::sim {
namespace {

bool blank(char c) { return c == ' ' || c == '\t'; }

// The end of the string that begins at `at`, behind its closing quote.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  throw BadStatement("a quote is not closed");
}

std::size_t word_end(std::string_view text) {
  int depth = 0;
  std::size_t at = 0;
  while (at < text.size() && (depth > 0 || !blank(text[at]))) {
    const char c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    ++at;
  }
  if (depth > 0) throw BadStatement("a bracket is not closed");
  return at;
}

std::string_view without_sign(std::string_view word) {
  for (const std::string_view sign : {"±", "+-"}) {
    if (word.substr(0, sign.size()) == sign) return word.substr(sign.size());
  }
  return {};
}

}  // namespace

std::string_view Words::rest() {
  while (!rest_.empty() && blank(rest_.front())) rest_.remove_prefix(1);
  while (!rest_.empty() && blank(rest_.back())) rest_.remove_suffix(1);
  return rest_;
}

bool Words::done() { return rest().empty(); }

std::string_view Words::peek() {
  const std::string_view text = rest();
  return text.substr(0, word_end(text));
}

std::string_view Words::next() {
  const std::string_view word = peek();
  rest_.remove_prefix(word.size());
  return word;
}

bool Words::take(std::string_view word) {
  if (peek() != word) return false;
  next();
  return true;
}

std::string_view Words::need(std::string_view what) {
  if (done()) throw BadStatement(fmt::format("{} is missing at the end", what));
  return next();
}

void Words::expect_end() {
  if (!done()) throw BadStatement(fmt::format("`{}` makes no sense here", rest()));
}

std::optional<Duration> Words::maybe_duration() {
  const std::string_view before = rest();
  const std::string_view word = next();
  if (const auto whole = parse_duration(word)) return whole;
  if (parse_decimal(word)) {
    const std::string joined = std::string(word) + std::string(next());
    if (const auto split = parse_duration(joined)) return split;
  }
  rest_ = before;
  return std::nullopt;
}

Duration Words::duration(std::string_view what) {
  if (const auto found = maybe_duration()) return *found;
  throw BadStatement(fmt::format("{} is a time such as 2.4s or 500ms, not `{}`", what, peek()));
}

std::optional<Duration> Words::maybe_tolerance() {
  const std::string_view text = without_sign(peek());
  if (text.empty()) return std::nullopt;
  next();
  if (const auto found = parse_duration(text)) return found;
  throw BadStatement(fmt::format("±{} is not a time such as ±40ms", text));
}

std::optional<double> parse_decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= 0))
    return std::nullopt;
  return value;
}

std::optional<double> parse_share(std::string_view text) {
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.remove_suffix(1);
  const auto value = parse_decimal(text);
  if (!value) return std::nullopt;
  const double share = percent ? *value / 100 : *value;
  if (share > 1) return std::nullopt;
  return share;
}

std::optional<Duration> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    double seconds;
  };
  // "ms" before "s", "min" before "m": the longer name first.
  for (const auto& [name, seconds] : {Unit{"ms", 1e-3}, Unit{"us", 1e-6}, Unit{"min", 60},
                                      Unit{"s", 1}, Unit{"m", 60}, Unit{"h", 3600}}) {
    if (!text.ends_with(name)) continue;
    const auto value = parse_decimal(text.substr(0, text.size() - name.size()));
    constexpr double week = 7 * 24 * 3600.0;
    if (!value || *value * seconds > week) return std::nullopt;
    return Duration{std::llround(*value * seconds * 1e9)};
  }
  return std::nullopt;
}

std::optional<WallTime> parse_clock(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  char tail = 0;
  const std::string copy(text);
  const int read = std::sscanf(copy.c_str(), "%4d-%2u-%2uT%2d:%2d%c", &year, &month, &day, &hour,
                               &minute, &tail);
  if (read < 5 || (read == 6 && tail != 'Z')) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (!date.ok() || hour > 23 || minute > 59) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

std::string unquoted(std::string_view word) {
  if (word.empty() || word.front() != '"') return std::string(word);
  boost::system::error_code error;
  const boost::json::value value =
      boost::json::parse(boost::json::string_view(word.data(), word.size()), error);
  if (error || !value.is_string()) throw BadStatement(fmt::format("{} is not a JSON string", word));
  const boost::json::string& text = value.get_string();
  return {text.data(), text.size()};
}

KeyValue split_key(std::string_view word) {
  for (std::size_t at = 0; at < word.size() && word[at] != '"'; ++at) {
    if (word[at] != '=' && word[at] != '~') continue;
    return {word.substr(0, at), word[at], word.substr(at + 1)};
  }
  return {word, 0, {}};
}

int open_brackets(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      continue;
    }
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    ++at;
  }
  return depth;
}

std::pair<std::string, std::string> header_line(const std::string& line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string::npos) throw BadStatement("header=\"Name: value\"");
  std::size_t begin = colon + 1;
  while (begin < line.size() && line[begin] == ' ') ++begin;
  return {line.substr(0, colon), line.substr(begin)};
}

}  // namespace strowger::sim
