// The members of a record that a store has columns for, found in its text. A quotation mark inside
// a JSON string is always escaped, so `,"name":` can only be the beginning of a member; and
// append_json writes these before any list that could have members of the same names.
#include "model/call_record_text.hpp"

#include <charconv>

namespace strowger::model {

namespace {

constexpr auto npos = std::string_view::npos;

// The text behind `before`; nothing when it is not there.
std::optional<std::string_view> behind(std::string_view text, std::string_view before) {
  const auto at = text.find(before);
  if (at == npos) return std::nullopt;
  return text.substr(at + before.size());
}

// Up to the closing quotation mark. Nothing when escapes would have to be read.
std::optional<std::string_view> plain_string(std::string_view text) {
  const auto end = text.find_first_of("\"\\");
  if (end == npos || text[end] == '\\') return std::nullopt;
  return text.substr(0, end);
}

std::optional<bool> completeness(std::string_view json) {
  if (json.ends_with(",\"complete\":true}")) return true;
  if (json.ends_with(",\"complete\":false}")) return false;
  return std::nullopt;
}

}  // namespace

std::optional<CallRecordText> call_record_text(std::string_view json) {
  constexpr std::string_view first = "{\"id\":\"";
  const auto complete = completeness(json);
  if (!json.starts_with(first) || !complete) return std::nullopt;
  const auto id = plain_string(json.substr(first.size()));
  const auto account_on = behind(json, ",\"account\":\"");
  const auto account = account_on ? plain_string(*account_on) : std::nullopt;
  const auto started_on = account ? behind(*account_on, ",\"started_ms\":") : std::nullopt;
  if (!id || id->empty() || !started_on) return std::nullopt;
  CallRecordText text{.account = *account, .id = *id, .complete = *complete, .json = json};
  const char* const end = started_on->data() + started_on->size();
  const auto read = std::from_chars(started_on->data(), end, text.started_ms);
  if (read.ec != std::errc{} || read.ptr == end || *read.ptr != ',') return std::nullopt;
  return text;
}

}  // namespace strowger::model
