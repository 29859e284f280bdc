// The words of one statement of a .flow file. A quoted string or a bracket holds blanks together:
// `message="Closed today"`, `keys=["1", "2"]` and `(2.4 s)` are one word each.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace strowger::sim {

// Thrown inside the parser of .flow files only, and turned into a Complaint at its edge: a
// statement is read by many small functions that all may find it wrong.
struct BadStatement : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  bool done();
  std::string_view peek();  // "" at the end
  std::string_view next();  // "" at the end
  // Takes the next word when it is this one.
  bool take(std::string_view word);
  // The next word; `what` was wanted.
  std::string_view need(std::string_view what);
  void expect_end();
  // "2.4s", "2.4 s", "500ms", "2min", "1h"; a bare number is no duration.
  Duration duration(std::string_view what);
  std::optional<Duration> maybe_duration();
  // "±40ms" or "+-40ms" when it comes next.
  std::optional<Duration> maybe_tolerance();
  std::string_view rest();

 private:
  std::string_view rest_;
};

std::optional<Duration> parse_duration(std::string_view text);
// "2026-12-24T21:00", UTC; a Z may follow.
std::optional<WallTime> parse_clock(std::string_view text);
// A JSON string loses its quotes and escapes; anything else is taken as it stands.
std::string unquoted(std::string_view word);
// Non-negative; "0.1" or "10%".
std::optional<double> parse_share(std::string_view text);
std::optional<double> parse_decimal(std::string_view text);

struct KeyValue {
  std::string_view key;
  char sign = 0;  // '=' or '~'; 0 when there is none
  std::string_view value;
};
// Cuts at the first '=' or '~' outside of quotes.
KeyValue split_key(std::string_view word);
// "Name: value"
std::pair<std::string, std::string> header_line(const std::string& line);

// How many brackets are still open at the end of JSON text; strings respected.
int open_brackets(std::string_view text);

}  // namespace strowger::sim
