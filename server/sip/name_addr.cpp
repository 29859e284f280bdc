#include "sip/name_addr.hpp"

#include "sip/grammar.hpp"

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;

// Tokens and white space in the grammar; whatever cannot be mistaken for structure here.
bool good_display(std::string_view text) {
  return text.empty() || text.find_first_of("\"<>,;:\\") == npos;
}

// Only its characters: what is between the brackets is SipUri's to judge.
bool good_uri(std::string_view uri) {
  for (const char c : uri) {
    if (c != '%' && !detail::is(c, detail::uri_char)) return false;
  }
  return !uri.empty();
}

bool read_params(std::string_view text, NameAddr& into) {
  text = trim(text);
  into.params = Params(text);
  while (const auto param = Params::next_good(text)) {
    if (!into.tag_param && iequals(param->name, "tag")) into.tag_param = param->value;
  }
  return text.empty();
}

// `text` begins with '<'.
std::optional<NameAddr> parse_bracketed(std::string_view display, std::string_view text) {
  const std::size_t close = text.find('>');
  if (close == npos) return std::nullopt;
  NameAddr parsed{.display = display, .uri = text.substr(1, close - 1), .bracketed = true};
  if (!good_uri(parsed.uri) || !read_params(text.substr(close + 1), parsed)) {
    return std::nullopt;
  }
  return parsed;
}

// RFC 3261 20.10: without brackets, parameters are the header's, and a URI with '?' or ',' is not
// allowed.
std::optional<NameAddr> parse_bare(std::string_view text) {
  const std::size_t end = text.find_first_of("; \t\r\n");
  NameAddr parsed{.uri = text.substr(0, end)};
  if (!good_uri(parsed.uri) || parsed.uri.find_first_of("?,") != npos) return std::nullopt;
  if (end != npos && !read_params(text.substr(end), parsed)) return std::nullopt;
  return parsed;
}

}  // namespace

std::optional<NameAddr> NameAddr::parse(std::string_view value) {
  value = trim(value);
  if (value.empty()) return std::nullopt;
  if (value == "*") return NameAddr{.star = true};
  if (value.front() == '"') {
    const std::size_t end = quoted_end(value);
    if (end == npos) return std::nullopt;
    const std::string_view rest = trim(value.substr(end));
    if (rest.empty() || rest.front() != '<') return std::nullopt;
    return parse_bracketed(value.substr(0, end), rest);
  }
  const std::size_t open = value.find('<');
  if (open != npos && good_display(value.substr(0, open))) {
    return parse_bracketed(trim(value.substr(0, open)), value.substr(open));
  }
  return parse_bare(value);
}

std::string NameAddr::display_text() const { return unquoted(display); }

std::optional<std::string_view> NameAddr::tag() const {
  return tag_param && !tag_param->empty() ? tag_param : std::nullopt;
}

}  // namespace strowger::sip
