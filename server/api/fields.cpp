#include "api/fields.hpp"

#include "model/callflow.hpp"
#include "model/utf8.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace strowger::api {
namespace {

std::string bounds_text(TextBounds bounds) {
  return "a text of " + std::to_string(bounds.chars_min) + " to " +
         std::to_string(bounds.chars_max) + " characters, without control characters";
}

}  // namespace

bool is_plain_text(std::string_view text, TextBounds bounds) {
  const auto length = model::utf8_length(text);
  return length >= bounds.chars_min && length <= bounds.chars_max &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::string Fields::text(std::string_view name, TextBounds bounds) {
  if (!has(name)) {
    complain(name, std::string(name) + " is missing: " + bounds_text(bounds) + ".", "missing");
    return {};
  }
  return text_or(name, {}, bounds);
}

std::string Fields::text_or(std::string_view name, std::string fallback, TextBounds bounds) {
  const auto* const value = object_.if_contains(name);
  if (!value) return fallback;
  if (value->is_string()) {
    const std::string text(value->as_string());
    if (is_plain_text(text, bounds)) return text;
  }
  complain(name, std::string(name) + " has to be " + bounds_text(bounds) + ".");
  return {};
}

bool Fields::flag_or(std::string_view name, bool fallback) {
  const auto* const value = object_.if_contains(name);
  if (!value) return fallback;
  if (value->is_bool()) return value->as_bool();
  complain(name, std::string(name) + " has to be true or false.");
  return fallback;
}

std::int64_t Fields::integer_or(std::string_view name, std::int64_t fallback,
                                std::int64_t minimum, std::int64_t maximum) {
  const auto* const value = object_.if_contains(name);
  if (!value) return fallback;
  if (value->is_int64() && value->as_int64() >= minimum && value->as_int64() <= maximum) {
    return value->as_int64();
  }
  complain(name, std::string(name) + " has to be a whole number from " + std::to_string(minimum) +
                     " to " + std::to_string(maximum) + ".");
  return fallback;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t items_max,
                                       TextBounds bounds) {
  std::vector<std::string> all;
  const auto* const value = object_.if_contains(name);
  if (!value) return all;
  const auto* const list = value->if_array();
  if (!list || list->size() > items_max) {
    complain(name, std::string(name) + " has to be a list of at most " +
                       std::to_string(items_max) + " texts.");
    return all;
  }
  for (const auto& item : *list) {
    const auto* const text = item.if_string();
    if (!text || !is_plain_text({text->data(), text->size()}, bounds)) {
      complain(name, "Every item of " + std::string(name) + " has to be " + bounds_text(bounds) +
                         ".");
      return all;
    }
    all.emplace_back(text->data(), text->size());
  }
  return all;
}

const boost::json::object* Fields::object(std::string_view name) {
  const auto* const value = object_.if_contains(name);
  if (!value) return nullptr;
  if (const auto* const object = value->if_object()) return object;
  complain(name, std::string(name) + " has to be an object.");
  return nullptr;
}

void Fields::complain(std::string_view name, std::string text, std::string code) {
  model::add_finding(findings_, {model::Severity::error, std::move(code),
                                 "/" + model::pointer_token(std::string(name)), "",
                                 std::move(text), ""});
}

}  // namespace strowger::api
