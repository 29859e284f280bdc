#include "model/number_match.hpp"

#include "model/callflow.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace strowger::model {
namespace {

constexpr std::int64_t pattern_memory_bytes = 1 << 20;  // of one compiled pattern

re2::RE2::Options pattern_options() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(pattern_memory_bytes);
  return options;
}

bool is_digits_after_plus(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Result<void, PatternError> check_pattern(std::string_view pattern) {
  const re2::RE2 compiled(piece(pattern), pattern_options());
  if (compiled.ok()) return {};
  const std::string& fragment = compiled.error_arg();
  const std::size_t found = fragment.empty() ? std::string_view::npos : pattern.find(fragment);
  const std::size_t offset = found == std::string_view::npos ? 0 : found;
  return unexpected(PatternError{offset, compiled.error()});
}

// "+49(0)30…": the zero in brackets is for who calls from within the country.
std::string_view without_national_zero(std::string_view dialled, std::string& room) {
  constexpr std::string_view zero = "(0)";
  const auto at = dialled.starts_with('+') ? dialled.find(zero) : std::string_view::npos;
  if (at == std::string_view::npos) return dialled;
  room = dialled;
  room.erase(at, zero.size());
  return room;
}

std::string normalized_number(std::string_view dialled) {
  std::string room;
  std::string bare;
  dialled = without_national_zero(dialled, room);
  for (const char c : dialled) {
    const bool separator = c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
    if (separator) continue;
    const bool dial = (c >= '0' && c <= '9') || c == '*' || c == '#' || (c == '+' && bare.empty());
    if (!dial) return std::string(dialled);
    bare += c;
  }
  return bare.empty() ? std::string(dialled) : bare;
}

struct NumberPlan::Tables {
  struct Pattern {
    std::string callflow_id;
    std::string text;
    std::unique_ptr<re2::RE2> compiled;
    std::size_t order;  // within its callflow
  };
  struct Hit {
    const Pattern* pattern;
    std::vector<re2::StringPiece> groups;  // [0] is the whole match
    std::size_t captured;                  // bytes
  };

  std::unordered_map<std::string, std::string> numbers;
  std::vector<Pattern> patterns;

  static std::optional<Hit> try_pattern(const Pattern& pattern, std::string_view dialled);
  std::optional<Hit> best_hit(std::string_view dialled) const;
};

std::optional<NumberPlan::Tables::Hit> NumberPlan::Tables::try_pattern(const Pattern& pattern,
                                                                       std::string_view dialled) {
  const int groups = pattern.compiled->NumberOfCapturingGroups();
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups) + 1);
  const bool hit = pattern.compiled->Match(piece(dialled), 0, dialled.size(),
                                           re2::RE2::UNANCHORED, found.data(), groups + 1);
  if (!hit) return std::nullopt;
  std::size_t captured = groups == 0 ? found[0].size() : 0;
  for (std::size_t i = 1; i < found.size(); ++i) captured = std::max(captured, found[i].size());
  return Hit{&pattern, std::move(found), captured};
}

std::optional<NumberPlan::Tables::Hit> NumberPlan::Tables::best_hit(
    std::string_view dialled) const {
  const auto rank = [](const Hit& hit) {
    return std::tuple(hit.captured, hit.groups[0].size());
  };
  const auto earlier = [](const Pattern& a, const Pattern& b) {
    return std::tie(a.callflow_id, a.order) < std::tie(b.callflow_id, b.order);
  };
  std::optional<Hit> best;
  for (const Pattern& pattern : patterns) {
    auto hit = try_pattern(pattern, dialled);
    if (!hit) continue;
    const bool better = !best || rank(*hit) > rank(*best) ||
                        (rank(*hit) == rank(*best) && earlier(pattern, *best->pattern));
    if (better) best = std::move(hit);
  }
  return best;
}

NumberPlan::NumberPlan() : tables_(std::make_unique<Tables>()) {}
NumberPlan::~NumberPlan() = default;
NumberPlan::NumberPlan(NumberPlan&&) noexcept = default;
NumberPlan& NumberPlan::operator=(NumberPlan&&) noexcept = default;

void NumberPlan::add(std::string_view callflow_id, const std::vector<std::string>& numbers,
                     const std::vector<std::string>& patterns) {
  for (const std::string& number : numbers) {
    tables_->numbers.emplace(number == no_match_number ? number : normalized_number(number),
                             callflow_id);
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    auto compiled = std::make_unique<re2::RE2>(piece(patterns[i]), pattern_options());
    if (!compiled->ok()) continue;
    tables_->patterns.push_back(
        {std::string(callflow_id), patterns[i], std::move(compiled), i});
  }
}

std::optional<NumberMatch> NumberPlan::find(std::string_view dialled, CallerKind caller) const {
  const std::string number = normalized_number(dialled);
  if (number.size() > dialled_bytes_max) return std::nullopt;
  if (number != no_match_number) {  // dialling the reserved word itself reaches nothing
    const auto exact = tables_->numbers.find(number);
    if (exact != tables_->numbers.end()) {
      return NumberMatch{NumberMatch::How::number, exact->second, exact->first, {}, {}};
    }
  }
  if (const auto hit = tables_->best_hit(number)) {
    NumberMatch match{NumberMatch::How::pattern, hit->pattern->callflow_id, hit->pattern->text,
                      {}, {}};
    for (std::size_t i = 1; i < hit->groups.size(); ++i) {
      match.captures.emplace_back(hit->groups[i].data(), hit->groups[i].size());
    }
    for (const auto& [name, index] : hit->pattern->compiled->NamedCapturingGroups()) {
      match.named[name] = match.captures[static_cast<std::size_t>(index) - 1];
    }
    return match;
  }
  if (caller != CallerKind::internal || !is_digits_after_plus(number)) return std::nullopt;
  const auto rest = tables_->numbers.find(std::string(no_match_number));
  if (rest == tables_->numbers.end()) return std::nullopt;
  return NumberMatch{NumberMatch::How::no_match, rest->second, rest->first, {}, {}};
}

std::size_t NumberPlan::number_count() const { return tables_->numbers.size(); }
std::size_t NumberPlan::pattern_count() const { return tables_->patterns.size(); }

}  // namespace strowger::model
