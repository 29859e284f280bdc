#include "api/url.hpp"

namespace strowger::api {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The text before `separator`, which is taken off `rest` with it.
std::string_view next_part(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  return out;
}

std::optional<Parameters> parse_query(std::string_view query) {
  Parameters parameters;
  std::size_t count = 0;
  while (!query.empty()) {
    if (++count > parameters_max) return std::nullopt;
    std::string value(next_part(query, '&'));
    for (char& c : value) {
      if (c == '+') c = ' ';
    }
    std::string_view rest = value;
    const auto name = percent_decoded(next_part(rest, '='));
    const auto text = percent_decoded(rest);
    if (!name || !text) return std::nullopt;
    parameters.emplace(*name, *text);
  }
  return parameters;
}

std::optional<std::vector<std::string>> path_segments(std::string_view path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  path.remove_prefix(1);
  std::vector<std::string> segments;
  for (bool more = true; more;) {
    more = path.find('/') != std::string_view::npos;
    auto segment = percent_decoded(next_part(path, '/'));
    if (!segment) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

std::string cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view pair = next_part(header, ';');
    const auto found = trimmed(next_part(pair, '='));
    if (found == name) return std::string(trimmed(pair));
  }
  return {};
}

}  // namespace strowger::api
