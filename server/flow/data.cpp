#include "flow/data.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <charconv>

namespace strowger::flow {

namespace json = boost::json;

namespace {

Complaint wrong(std::string_view name, std::string_view wanted) {
  return {"`" + std::string(name) + "` must be " + std::string(wanted)};
}

// Null counts as absent: KAZOO's editor writes it for fields left empty.
const json::value* find(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

}  // namespace

bool Data::has(std::string_view name) const { return find(object_, name) != nullptr; }

Result<std::optional<std::int64_t>, Complaint> Data::integer(std::string_view name) const {
  const auto* value = find(object_, name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  if (const auto* text = value->if_string()) {
    std::int64_t number = 0;
    const auto* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error == std::errc{} && stop == end && !text->empty()) return number;
  }
  return unexpected(wrong(name, "a whole number"));
}

Result<std::int64_t, Complaint> Data::integer(std::string_view name, std::int64_t least,
                                              std::int64_t most, std::int64_t otherwise) const {
  const auto number = integer(name);
  if (!number) return unexpected(number.error());
  const auto value = number->value_or(otherwise);
  if (value >= least && value <= most) return value;
  return unexpected(wrong(name, std::to_string(least) + " to " + std::to_string(most)));
}

Result<std::optional<std::string>, Complaint> Data::text(std::string_view name) const {
  const auto* value = find(object_, name);
  if (value == nullptr) return std::nullopt;
  if (const auto* text = value->if_string()) return std::string(text->data(), text->size());
  return unexpected(wrong(name, "a text"));
}

Result<std::optional<bool>, Complaint> Data::boolean(std::string_view name) const {
  const auto* value = find(object_, name);
  if (value == nullptr) return std::nullopt;
  if (const auto* truth = value->if_bool()) return *truth;
  if (const auto* text = value->if_string()) {
    if (*text == "true") return true;
    if (*text == "false") return false;
  }
  return unexpected(wrong(name, "true or false"));
}

Result<std::vector<std::string>, Complaint> Data::texts(std::string_view name) const {
  std::vector<std::string> texts;
  const auto* value = find(object_, name);
  if (value == nullptr) return texts;
  const auto* array = value->if_array();
  if (array == nullptr) return unexpected(wrong(name, "a list of texts"));
  for (const auto& item : *array) {
    const auto* text = item.if_string();
    if (text == nullptr) return unexpected(wrong(name, "a list of texts"));
    texts.emplace_back(text->data(), text->size());
  }
  return texts;
}

Result<std::vector<std::pair<std::string, std::string>>, Complaint> Data::text_map(
    std::string_view name) const {
  std::vector<std::pair<std::string, std::string>> map;
  const auto* value = find(object_, name);
  if (value == nullptr) return map;
  const auto* object = value->if_object();
  if (object == nullptr) return unexpected(wrong(name, "an object of texts"));
  for (const auto& [key, item] : *object) {
    const auto* text = item.if_string();
    if (text == nullptr) return unexpected(wrong(name, "an object of texts"));
    map.emplace_back(std::string(key.data(), key.size()), std::string(text->data(), text->size()));
  }
  return map;
}

}  // namespace strowger::flow
