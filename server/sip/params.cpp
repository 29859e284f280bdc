#include "sip/params.hpp"

#include "sip/grammar.hpp"

namespace strowger::sip {
namespace {

void skip_white(std::string_view& text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
}

// A value ends at white space or at the next ';'. A quoted one that never ends takes all the rest.
std::string_view take_value(std::string_view& text) {
  std::size_t length = 0;
  if (!text.empty() && text.front() == '"') {
    length = quoted_end(text);
    if (length == std::string_view::npos) length = text.size();
  } else {
    while (length < text.size() && text[length] != ';' && !is_white(text[length])) ++length;
  }
  const std::string_view value = text.substr(0, length);
  text.remove_prefix(length);
  return value;
}

// token / host / quoted-string (RFC 3261 25.1 gen-value); other visible characters are let pass.
bool good_value(std::string_view value) {
  if (value.empty()) return false;
  if (value.front() == '"') return quoted_end(value) == value.size();
  for (const char c : value) {
    if (c == '"' || c == '<' || c == '>' || c == ',' || static_cast<unsigned char>(c) < 0x21) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Param> Params::next(std::string_view& rest) {
  skip_white(rest);
  if (rest.empty() || rest.front() != ';') return std::nullopt;
  rest.remove_prefix(1);
  skip_white(rest);
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != ';' && rest[length] != '=' &&
         !is_white(rest[length])) {
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
  std::size_t good = 0;
  while (const auto param = next(rest)) {
    if (!is_token(param->name) || (param->has_value && !good_value(param->value))) break;
    good = text_.size() - rest.size();
  }
  return Params(trim(text_.substr(0, good)));
}

bool Params::well_formed() const { return good_part().text().size() == trim(text_).size(); }

}  // namespace strowger::sip
