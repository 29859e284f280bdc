#include "api/fields.hpp"

#include "model/callflow.hpp"
#include "model/utf8.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace strowger::api {
namespace {

model::Places places_of(std::string_view name, TextBounds bounds) {
  return {{"name", std::string(name)},
          {"minimum", std::to_string(bounds.chars_min)},
          {"maximum", std::to_string(bounds.chars_max)}};
}

model::Words named(std::string_view form, std::string_view name) {
  return {form, {{"name", std::string(name)}}};
}

}  // namespace

bool is_plain_text(std::string_view text, TextBounds bounds) {
  const auto length = model::utf8_length(text);
  return length >= bounds.chars_min && length <= bounds.chars_max &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::string Fields::text(std::string_view name, TextBounds bounds) {
  if (!has(name)) {
    complain(name,
             {"{{name}} is missing: a text of {{minimum}} to {{maximum}} characters, without "
              "control characters.",
              places_of(name, bounds)},
             "missing");
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
  complain(name, {"{{name}} has to be a text of {{minimum}} to {{maximum}} characters, without "
                  "control characters.",
                  places_of(name, bounds)});
  return {};
}

bool Fields::flag_or(std::string_view name, bool fallback) {
  const auto* const value = object_.if_contains(name);
  if (!value) return fallback;
  if (value->is_bool()) return value->as_bool();
  complain(name, named("{{name}} has to be true or false.", name));
  return fallback;
}

std::int64_t Fields::integer_or(std::string_view name, std::int64_t fallback,
                                std::int64_t minimum, std::int64_t maximum) {
  const auto* const value = object_.if_contains(name);
  if (!value) return fallback;
  if (value->is_int64() && value->as_int64() >= minimum && value->as_int64() <= maximum) {
    return value->as_int64();
  }
  complain(name, {"{{name}} has to be a whole number from {{minimum}} to {{maximum}}.",
                  {{"name", std::string(name)},
                   {"minimum", std::to_string(minimum)},
                   {"maximum", std::to_string(maximum)}}});
  return fallback;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t items_max,
                                       TextBounds bounds) {
  std::vector<std::string> all;
  const auto* const value = object_.if_contains(name);
  if (!value) return all;
  const auto* const list = value->if_array();
  if (!list || list->size() > items_max) {
    complain(name, {"{{name}} has to be a list of at most {{maximum}} texts.",
                    {{"name", std::string(name)}, {"maximum", std::to_string(items_max)}}});
    return all;
  }
  for (const auto& item : *list) {
    const auto* const text = item.if_string();
    if (!text || !is_plain_text({text->data(), text->size()}, bounds)) {
      complain(name, {"Every item of {{name}} has to be a text of {{minimum}} to {{maximum}} "
                      "characters, without control characters.",
                      places_of(name, bounds)});
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
  complain(name, named("{{name}} has to be an object.", name));
  return nullptr;
}

void Fields::complain(std::string_view name, model::Words text, std::string code) {
  model::add_finding(findings_, model::finding_in_words(
                                    model::Severity::error, std::move(code),
                                    "/" + model::pointer_token(std::string(name)), "",
                                    std::move(text)));
}

}  // namespace strowger::api
