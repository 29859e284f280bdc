// Which callflow answers a dialled number: exact number, else the pattern with the longest captured
// text, else `no_match` for digits from inside. Immutable once built; safe to share between shards.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t dialled_bytes_max = 256;  // longer than that reaches nothing

// `internal`: an authenticated seat or trunk of the account; `external`: everybody else.
enum class CallerKind : std::uint8_t { internal, external };

struct NumberMatch {
  enum class How : std::uint8_t { number, pattern, no_match };
  How how = How::number;
  std::string callflow_id;
  std::string matched;                // the number or the pattern as written in the callflow
  std::vector<std::string> captures;  // pattern: groups 1.. in order, "" where a group took no part
  std::map<std::string, std::string, std::less<>> named;  // pattern: (?P<name>…) groups
};

struct PatternError {
  std::size_t offset = 0;  // byte in the pattern
  std::string what;
};
// RE2 syntax: no look-around, no back-references; linear time whatever the text.
Result<void, PatternError> check_pattern(std::string_view pattern);

// Visual separators (space - . ( ) /) removed from what was dialled when the rest is a telephone
// number, i.e. only + in front, digits, * and #. Anything else is returned as it is.
std::string normalized_number(std::string_view dialled);

class NumberPlan {
 public:
  NumberPlan();
  ~NumberPlan();
  NumberPlan(NumberPlan&&) noexcept;
  NumberPlan& operator=(NumberPlan&&) noexcept;

  // One published callflow. The first callflow that claims a number keeps it (the store admits no
  // second); patterns that are no RE2 are left out.
  void add(std::string_view callflow_id, const std::vector<std::string>& numbers,
           const std::vector<std::string>& patterns);

  // Patterns tie by: longer capture, longer whole match, smaller callflow id, earlier pattern.
  std::optional<NumberMatch> find(std::string_view dialled, CallerKind caller) const;

  std::size_t number_count() const;
  std::size_t pattern_count() const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace strowger::model
