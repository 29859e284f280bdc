#include "sip/params.hpp"

#include "sip/grammar.hpp"

namespace strowger::sip {
namespace {

void skip_white(std::string_view& text) { text = trim_front(text); }

// A value ends at white space or at the next ';'. A quoted one that never ends takes all the rest.
std::string_view take_value(std::string_view& text) {
  std::size_t length = 0;
  if (!text.empty() && text.front() == '"') {
    length = quoted_end(text);
    if (length == std::string_view::npos) length = text.size();
  } else {
    while (length < text.size() && !detail::is(text[length], detail::value_end)) ++length;
  }
  const std::string_view value = text.substr(0, length);
  text.remove_prefix(length);
  return value;
}

// token / host / quoted-string (RFC 3261 25.1 gen-value); other visible characters are let pass.
// Null when it is none of these.
std::string_view take_good_value(std::string_view& text) {
  std::size_t length = 0;
  if (!text.empty() && text.front() == '"') {
    length = quoted_end(text);
    if (length == std::string_view::npos) return {};
  } else {
    while (length < text.size() && detail::is(text[length], detail::value_char)) ++length;
    const bool ends = length == text.size() || detail::is(text[length], detail::value_end);
    if (length == 0 || !ends) return {};
  }
  const std::string_view value = text.substr(0, length);
  text.remove_prefix(length);
  return value;
}

}  // namespace

std::optional<Param> Params::next(std::string_view& rest) {
  skip_white(rest);
  if (rest.empty() || rest.front() != ';') return std::nullopt;
  rest.remove_prefix(1);
  skip_white(rest);
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != '=' &&
         !detail::is(rest[length], detail::value_end)) {
    ++length;
  }
  Param param{rest.substr(0, length), {}, false};
  rest.remove_prefix(length);
  skip_white(rest);
  if (rest.empty() || rest.front() != '=') return param;
  rest.remove_prefix(1);
  skip_white(rest);
  param.has_value = true;
  param.value = take_value(rest);
  skip_white(rest);
  return param;
}

std::optional<Param> Params::next_good(std::string_view& rest) {
  std::string_view at = trim_front(rest);
  if (at.empty() || at.front() != ';') return std::nullopt;
  at = trim_front(at.substr(1));
  std::size_t length = 0;
  while (length < at.size() && is_token_char(at[length])) ++length;
  if (length == 0) return std::nullopt;
  Param param{at.substr(0, length), {}, false};
  at.remove_prefix(length);
  const bool flag = at.empty() || at.front() == ';';
  if (!flag && at.front() != '=' && !is_white(at.front())) return std::nullopt;
  if (!flag) at = trim_front(at);
  if (!at.empty() && at.front() == '=') {
    at = trim_front(at.substr(1));
    param.has_value = true;
    param.value = take_good_value(at);
    if (param.value.data() == nullptr) return std::nullopt;
    at = trim_front(at);
  }
  rest = at;
  return param;
}

std::optional<Param> Params::find(std::string_view name) const {
  std::string_view rest = text_;
  while (const auto param = next(rest)) {
    if (iequals(param->name, name)) return param;
  }
  return std::nullopt;
}

std::optional<std::string_view> Params::get(std::string_view name) const {
  const auto param = find(name);
  if (!param) return std::nullopt;
  return param->value;
}

std::optional<std::string> Params::text_of(std::string_view name) const {
  const auto param = find(name);
  if (!param) return std::nullopt;
  return unquoted(param->value);
}

Params Params::good_part() const {
  std::string_view rest = text_;
  while (next_good(rest)) {
  }
  return Params(trim(text_.substr(0, text_.size() - rest.size())));
}

bool Params::well_formed() const { return good_part().text().size() == trim(text_).size(); }

}  // namespace strowger::sip
