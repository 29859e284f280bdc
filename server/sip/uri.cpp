#include "sip/uri.hpp"

#include "sip/grammar.hpp"

#include <algorithm>

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;

unsigned hex_value(char c) {
  return is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(lower(c) - 'a' + 10);
}

bool is_escape(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && text[at] == '%' && is_hex(text[at + 1]) && is_hex(text[at + 2]);
}

char escaped_char(std::string_view text, std::size_t at) {
  return static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
}

// Characters of the class, and whole escapes.
bool all_or_escaped(std::string_view text, detail::CharClass wanted) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (detail::is(text[i], wanted)) continue;
    if (!is_escape(text, i)) return false;
    i += 2;
  }
  return true;
}

std::size_t scheme_length(std::string_view uri) {
  const std::size_t colon = uri.find(':');
  if (colon == npos || colon == 0 || lower(uri[0]) < 'a' || lower(uri[0]) > 'z') return npos;
  for (const char c : uri.substr(0, colon)) {
    const bool alphabetic = lower(c) >= 'a' && lower(c) <= 'z';
    if (!alphabetic && !is_digit(c) && c != '+' && c != '-' && c != '.') return npos;
  }
  return colon;
}

Scheme scheme_named(std::string_view name) {
  if (iequals(name, "sip")) return Scheme::sip;
  if (iequals(name, "sips")) return Scheme::sips;
  if (iequals(name, "tel")) return Scheme::tel;
  return Scheme::other;
}

bool take_userinfo(std::string_view& rest, SipUri& uri) {
  const std::size_t at = rest.find('@');
  if (at == npos) return true;
  uri.has_user = true;
  const std::string_view info = rest.substr(0, at);
  const std::size_t colon = info.find(':');
  uri.user = info.substr(0, colon);
  if (colon != npos) uri.password = info.substr(colon + 1);
  rest.remove_prefix(at + 1);
  return !uri.user.empty() && all_or_escaped(uri.user, detail::user_char) &&
         all_or_escaped(uri.password, detail::user_char);
}

// An IPv6 literal is only held to its characters: RFC 5118 4.10 asks for tolerance of its odd
// forms.
bool take_host(std::string_view& rest, SipUri& uri) {
  std::size_t length = 0;
  if (!rest.empty() && rest.front() == '[') {
    length = rest.find(']');
    if (length == npos || length < 3) return false;
    if (!detail::all(rest.substr(1, length - 1), detail::v6_char)) return false;
    ++length;
  } else {
    while (length < rest.size() && detail::is(rest[length], detail::host_char)) ++length;
  }
  uri.host = rest.substr(0, length);
  rest.remove_prefix(length);
  if (rest.empty() || rest.front() != ':') return !uri.host.empty();
  const std::size_t end = std::min(rest.find_first_of(";?"), rest.size());
  const auto port = parse_number(rest.substr(1, end - 1), 65'535);
  if (!port) return false;
  uri.port = static_cast<std::uint16_t>(*port);
  rest.remove_prefix(end);
  return !uri.host.empty();
}

bool good_uri_params(std::string_view text) {
  while (!text.empty()) {
    if (text.front() != ';') return false;
    text.remove_prefix(1);
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view param = text.substr(0, end);
    const std::size_t equals = param.find('=');
    if (param.empty() || equals == 0 || !all_or_escaped(param, detail::uri_char)) return false;
    text.remove_prefix(end);
  }
  return true;
}

std::optional<SipUri> parse_sip(SipUri uri, std::string_view rest) {
  if (!take_userinfo(rest, uri) || !take_host(rest, uri)) return std::nullopt;
  const std::size_t question = rest.find('?');
  const std::string_view params = rest.substr(0, question);
  if (!good_uri_params(params)) return std::nullopt;
  uri.params = Params(params);
  if (question != npos) {
    uri.headers = rest.substr(question + 1);
    if (uri.headers.empty() || !all_or_escaped(uri.headers, detail::uri_char)) return std::nullopt;
  }
  return uri;
}

// RFC 3966 3: digits and visual separators; letters and '*', '#' for local numbers.
std::optional<SipUri> parse_tel(SipUri uri, std::string_view rest) {
  const std::size_t end = std::min(rest.find(';'), rest.size());
  uri.has_user = true;
  uri.user = rest.substr(0, end);
  const auto dialable = [](char c) {
    return is_hex(c) || std::string_view("-.()+*#").find(c) != npos;
  };
  if (uri.user.empty() || !std::all_of(uri.user.begin(), uri.user.end(), dialable)) {
    return std::nullopt;
  }
  if (!good_uri_params(rest.substr(end))) return std::nullopt;
  uri.params = Params(rest.substr(end));
  return uri;
}

}  // namespace

std::optional<Scheme> scheme_of(std::string_view uri) {
  const std::size_t length = scheme_length(uri);
  if (length == npos) return std::nullopt;
  return scheme_named(uri.substr(0, length));
}

std::optional<SipUri> SipUri::parse(std::string_view text) {
  const std::size_t colon = scheme_length(text);
  if (colon == npos) return std::nullopt;
  SipUri uri;
  uri.text = text;
  uri.scheme = scheme_named(text.substr(0, colon));
  const std::string_view rest = text.substr(colon + 1);
  if (uri.is_sip()) return parse_sip(uri, rest);
  if (uri.scheme == Scheme::tel) return parse_tel(uri, rest);
  if (rest.empty() || !all_or_escaped(rest, detail::uri_char)) return std::nullopt;
  uri.user = rest;
  return uri;
}

std::string SipUri::number_text() const {
  constexpr std::string_view of_numbers = "+0123456789*#-.()";
  const auto end = user.find(';');
  const auto number = user.substr(0, end);
  const bool parameters = end != std::string_view::npos && !number.empty() &&
                          unescape(number).find_first_not_of(of_numbers) == std::string::npos;
  return parameters ? unescape(number) : user_text();
}

std::string_view SipUri::base() const {
  if (!is_sip()) return text.substr(0, text.size() - params.text().size());
  const char* end = host.data() + host.size();
  if (port) end = params.empty() ? nullptr : params.text().data();
  if (end != nullptr) return text.substr(0, static_cast<std::size_t>(end - text.data()));
  return headers.empty() ? text : text.substr(0, text.size() - headers.size() - 1);
}

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_escape(text, i)) {
      out.push_back(escaped_char(text, i));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::string escape_user(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && detail::is(c, detail::user_char)) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(digits[byte >> 4]);
      out.push_back(digits[byte & 15]);
    }
  }
  return out;
}

}  // namespace strowger::sip
