// URI comparison, RFC 3261 19.1.4.
#include "sip/grammar.hpp"
#include "sip/uri.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace strowger::sip {
namespace {

// More parameters or headers than this, and two URIs are equal only when they are the same text:
// comparing them as sets takes quadratic time.
constexpr std::size_t compared_parts_max = 32;

constexpr bool is_reserved(char c) {
  return std::string_view(";/?:@&=+$,").find(c) != std::string_view::npos;
}

// One character of `text` at `i`, escapes resolved; `i` moves on. Escaped reserved characters stay
// apart from plain ones: "%3B" is not ";".
unsigned take_char(std::string_view text, std::size_t& i) {
  const bool escape =
      i + 2 < text.size() && text[i] == '%' && is_hex(text[i + 1]) && is_hex(text[i + 2]);
  if (!escape) return static_cast<unsigned char>(text[i++]);
  const char c = unescape(text.substr(i, 3))[0];
  i += 3;
  return static_cast<unsigned char>(c) | (is_reserved(c) ? 0x100U : 0U);
}

unsigned fold_case(unsigned c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

constexpr std::array<std::string_view, 5> never_ignored = {"user", "ttl", "method", "maddr",
                                                           "transport"};

bool must_be_in_both(std::string_view name) {
  return std::any_of(never_ignored.begin(), never_ignored.end(),
                     [&](std::string_view one) { return iequals(one, name); });
}

std::size_t count_parts(std::string_view text, char separator) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), separator)) + 1;
}

// Every parameter of `a` that counts has an equal one in `b`.
bool params_agree(Params a, Params b) {
  std::string_view rest = a.text();
  while (const auto param = Params::next(rest)) {
    const auto other = b.find(param->name);
    if (!other && must_be_in_both(param->name)) return false;
    if (other && !equal_unescaped(param->value, other->value, false)) return false;
  }
  return true;
}

struct UriHeader {
  std::string_view name, value;
};

UriHeader take_header(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('&'), rest.size());
  const std::string_view one = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  const std::size_t equals = one.find('=');
  if (equals == std::string_view::npos) return {one, {}};
  return {one.substr(0, equals), one.substr(equals + 1)};
}

bool headers_within(std::string_view a, std::string_view b) {
  while (!a.empty()) {
    const UriHeader wanted = take_header(a);
    bool found = false;
    for (std::string_view rest = b; !found && !rest.empty();) {
      const UriHeader other = take_header(rest);
      found = equal_unescaped(wanted.name, other.name, false) &&
              equal_unescaped(wanted.value, other.value, true);
    }
    if (!found) return false;
  }
  return true;
}

bool few_parts(const SipUri& uri) {
  return count_parts(uri.params.text(), ';') <= compared_parts_max &&
         count_parts(uri.headers, '&') <= compared_parts_max;
}

// RFC 3966 4: visual separators do not count.
bool same_number(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (std::string_view("-.()").find(c) == std::string_view::npos) out.push_back(lower(c));
    }
    return out;
  };
  return digits(a) == digits(b);
}

}  // namespace

bool equal_unescaped(std::string_view a, std::string_view b, bool case_sensitive) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    unsigned x = take_char(a, i);
    unsigned y = take_char(b, j);
    if (!case_sensitive) {
      x = fold_case(x);
      y = fold_case(y);
    }
    if (x != y) return false;
  }
  return i == a.size() && j == b.size();
}

bool operator==(const SipUri& a, const SipUri& b) {
  if (a.scheme != b.scheme) return false;
  if (a.text == b.text) return true;
  if (a.scheme == Scheme::other || !few_parts(a) || !few_parts(b)) return false;
  if (!params_agree(a.params, b.params) || !params_agree(b.params, a.params)) return false;
  if (a.scheme == Scheme::tel) return same_number(a.user, b.user);
  return a.has_user == b.has_user && equal_unescaped(a.user, b.user, true) &&
         equal_unescaped(a.password, b.password, true) && iequals(a.host, b.host) &&
         a.port == b.port && count_parts(a.headers, '&') == count_parts(b.headers, '&') &&
         headers_within(a.headers, b.headers) && headers_within(b.headers, a.headers);
}

}  // namespace strowger::sip
