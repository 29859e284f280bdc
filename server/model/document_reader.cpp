#include "model/document_reader.hpp"

#include "model/callflow.hpp"
#include "model/identifier.hpp"
#include "model/json_reader.hpp"
#include "model/utf8.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

const json::object nothing;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::string quoted_list(std::span<const std::string_view> names) {
  std::string all;
  for (const auto name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

}  // namespace

const json::value* DocumentReader::find(std::string_view name) const {
  const auto* const value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string DocumentReader::pointer_of(std::string_view name) const {
  return pointer_ + "/" + pointer_token(name);
}

void DocumentReader::complain(std::string_view name, std::string code, Words text, Words hint) {
  add_finding(findings_, finding_in_words(Severity::error, std::move(code), pointer_of(name), "",
                                          std::move(text), std::move(hint)));
}

void DocumentReader::wrong_type(std::string_view name, const char* wanted,
                                const json::value& got) {
  complain(name, "wrong-type",
           {"{{name}} must be {{wanted}}, but it is {{kind}}.",
            {{"name", std::string(name)},
             {"wanted", wanted},
             {"kind", std::string(kind_name(got))}}});
}

std::string DocumentReader::text(std::string_view name, TextLimits limits) {
  const auto* const value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    wrong_type(name, "a text", *value);
    return {};
  }
  const auto text = view(value->get_string());
  const auto length = utf8_length(text);
  if (has_control(text)) {
    complain(name, "bad-value",
             {"{{name}} contains a control character.", {{"name", std::string(name)}}},
             "Remove it.");
  } else if (length < limits.chars_min || length > limits.chars_max) {
    complain(name, "bad-length",
             {"{{name}} has {{number}} characters; {{minimum}} to {{maximum}} are allowed.",
              {{"name", std::string(name)},
               {"number", std::to_string(length)},
               {"minimum", std::to_string(limits.chars_min)},
               {"maximum", std::to_string(limits.chars_max)}}});
  } else {
    return std::string(text);
  }
  return {};
}

std::string DocumentReader::text(std::string_view name, bool (*right)(std::string_view),
                                 const char* wanted) {
  const auto* const value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    wrong_type(name, "a text", *value);
    return {};
  }
  const auto text = view(value->get_string());
  if (text.empty() || right(text)) return std::string(text);
  complain(name, "bad-value",
           {"{{name}} has to be {{wanted}}.", {{"name", std::string(name)}, {"wanted", wanted}}});
  return {};
}

bool DocumentReader::flag(std::string_view name, bool fallback) {
  const auto* const value = find(name);
  if (value == nullptr) return fallback;
  if (value->is_bool()) return value->get_bool();
  wrong_type(name, "true or false", *value);
  return fallback;
}

std::optional<std::int64_t> DocumentReader::integer(std::string_view name, IntegerLimits limits) {
  const auto* const value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto* const number = value->if_int64();
  if (number && *number >= limits.minimum && *number <= limits.maximum) return *number;
  complain(name, "bad-value",
           {"{{name}} has to be a whole number from {{minimum}} to {{maximum}}.",
            {{"name", std::string(name)},
             {"minimum", std::to_string(limits.minimum)},
             {"maximum", std::to_string(limits.maximum)}}});
  return std::nullopt;
}

std::int64_t DocumentReader::integer(std::string_view name, IntegerLimits limits,
                                     std::int64_t fallback) {
  return integer(name, limits).value_or(fallback);
}

std::size_t DocumentReader::choice(std::string_view name, std::span<const std::string_view> names,
                                   std::size_t fallback) {
  const auto* const value = find(name);
  if (value == nullptr) return fallback;
  const auto* const text = value->if_string();
  const auto found = text ? std::ranges::find(names, view(*text)) : names.end();
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  complain(name, "bad-value",
           {"{{name}} has to be one of: {{allowed}}.",
            {{"name", std::string(name)}, {"allowed", quoted_list(names)}}});
  return fallback;
}

const json::array* DocumentReader::items(std::string_view name, std::size_t items_max) {
  const auto* const value = find(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    wrong_type(name, "a list", *value);
    return nullptr;
  }
  const auto& list = value->get_array();
  if (list.size() <= items_max) return &list;
  complain(name, "too-many",
           {"{{name}} has {{number}} entries; at most {{maximum}} are allowed.",
            {{"name", std::string(name)},
             {"number", std::to_string(list.size())},
             {"maximum", std::to_string(items_max)}}});
  return nullptr;
}

std::vector<std::string> DocumentReader::texts(std::string_view name, std::size_t items_max,
                                               bool (*right)(std::string_view),
                                               const char* wanted) {
  std::vector<std::string> all;
  const auto* const list = items(name, items_max);
  if (list == nullptr) return all;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* const text = (*list)[i].if_string();
    if (text && right(view(*text))) {
      all.emplace_back(view(*text));
    } else {
      add_finding(findings_,
                  finding_in_words(Severity::error, "bad-value",
                                   pointer_of(name) + "/" + std::to_string(i), "",
                                   {"Every item of {{name}} has to be {{wanted}}.",
                                    {{"name", std::string(name)}, {"wanted", wanted}}}));
    }
  }
  return all;
}

DocumentReader DocumentReader::object(std::string_view name) {
  const auto* const value = find(name);
  if (value != nullptr && value->is_object()) {
    return {value->get_object(), pointer_of(name), findings_};
  }
  if (value != nullptr) wrong_type(name, "an object", *value);
  return {nothing, pointer_of(name), findings_};
}

DocumentReader DocumentReader::item(std::string_view name, std::size_t index) {
  const auto& value = find(name)->as_array().at(index);
  const auto place = pointer_of(name) + "/" + std::to_string(index);
  if (value.is_object()) return {value.get_object(), place, findings_};
  add_finding(findings_, finding_in_words(Severity::error, "wrong-type", place, "",
                                          {"Every item of {{name}} has to be an object.",
                                           {{"name", std::string(name)}}}));
  return {nothing, place, findings_};
}

std::string read_document_id(DocumentReader& reader) {
  constexpr auto wanted = "1 to 64 letters, digits, - or _";
  auto id = reader.text("id", is_identifier, wanted);
  return id.empty() ? reader.text("_id", is_identifier, wanted) : id;
}

}  // namespace strowger::model
