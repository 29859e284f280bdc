#include "api/page.hpp"

#include "model/utf8.hpp"

#include <charconv>

namespace strowger::api {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::size_t cursor_chars_max = 512;

std::optional<std::string> key_of(std::string_view cursor) {
  if (cursor.size() % 2 != 0 || cursor.size() > cursor_chars_max) return std::nullopt;
  std::string key;
  for (std::size_t i = 0; i < cursor.size(); i += 2) {
    const auto high = digits.find(cursor[i]);
    const auto low = digits.find(cursor[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    key += static_cast<char>(high * 16 + low);
  }
  return key;
}

}  // namespace

Answered<PageRequest> page_request(const Parameters& query, bool raw_cursor) {
  PageRequest page;
  if (const auto found = query.find("cursor"); found != query.end()) {
    if (found->second.size() > cursor_chars_max) {
      return refused(refusal(400, "The cursor is too long."));
    }
    const auto key = raw_cursor ? std::optional(found->second) : key_of(found->second);
    if (!key) return refused(refusal(400, "This cursor was not made here."));
    page.after = *key;
  }
  if (const auto found = query.find("limit"); found != query.end()) {
    const auto& text = found->second;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), page.limit);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || page.limit == 0 ||
        page.limit > page_items_max) {
      return refused(refusal(400, "limit is a whole number from 1 to 1000."));
    }
  }
  if (const auto found = query.find("search"); found != query.end()) {
    if (model::utf8_length(found->second) > search_chars_max) {
      return refused(refusal(400, "search has at most 128 characters."));
    }
    page.search = lower_case(found->second);
  }
  return page;
}

std::string cursor_of(std::string_view key) {
  std::string cursor;
  for (const unsigned char c : key) {
    cursor += digits[c / 16];
    cursor += digits[c % 16];
  }
  return cursor;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string name_key(std::string_view name, std::string_view id) {
  constexpr std::size_t name_bytes_max = 100;
  return lower_case(name.substr(0, name_bytes_max)) + '\1' + std::string(id);
}

Response page_of(std::vector<Item> items, const PageRequest& page) {
  return page_of(std::move(items), page, [](boost::json::object&) {});
}

}  // namespace strowger::api
