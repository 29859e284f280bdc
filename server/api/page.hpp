// Lists in pages. A cursor names the last item that was seen by its key, so that items which come
// and go meanwhile neither repeat others nor hide them.
#pragma once

#include "api/reply.hpp"
#include "api/url.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

inline constexpr std::size_t page_items_default = 100;
inline constexpr std::size_t page_items_max = 1'000;
inline constexpr std::size_t search_chars_max = 128;
inline constexpr std::size_t key_bytes_max = 180;  // of what a cursor carries

struct PageRequest {
  std::string after;  // key of the last item seen; "" to begin
  std::size_t limit = page_items_default;
  std::string search;  // in lower case; "" for everything
};
// `raw_cursor`: the cursor is the store's own and is left as it is.
Answered<PageRequest> page_request(const Parameters& query, bool raw_cursor = false);

std::string cursor_of(std::string_view key);
// ASCII only: numbers, ids and most names; other letters match as they are written.
std::string lower_case(std::string_view text);
// Sorts by name as people expect, and is unique by its id.
std::string name_key(std::string_view name, std::string_view id);

struct Item {
  std::string key;
  boost::json::object value;
};

// `items` in any order; the page is by ascending key.
template <class Finish>
Response page_of(std::vector<Item> items, const PageRequest& page, const Finish& finish) {
  std::ranges::sort(items, {}, &Item::key);
  auto first = items.begin();
  if (!page.after.empty()) first = std::ranges::upper_bound(items, page.after, {}, &Item::key);
  boost::json::array list;
  std::string last;
  for (; first != items.end() && list.size() < page.limit; ++first) {
    finish(first->value);
    last = first->key;
    list.push_back(std::move(first->value));
  }
  const std::string next = first == items.end() ? "" : cursor_of(last);
  return json_response(200, boost::json::object{{"items", std::move(list)}, {"next", next}});
}
Response page_of(std::vector<Item> items, const PageRequest& page);

}  // namespace strowger::api
