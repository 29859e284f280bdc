#include "sim/record_field.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cstdint>

namespace strowger::sim {
namespace {

void join(std::string& text, std::string_view part, std::string_view separator) {
  if (part.empty()) return;
  if (!text.empty()) text += separator;
  text += part;
}

std::optional<std::string> from_json(const model::CallRecord& record, std::string_view name) {
  boost::system::error_code error;
  const auto parsed = boost::json::parse(model::to_json(record), error);
  if (error || !parsed.is_object()) return std::nullopt;
  const auto* value =
      parsed.get_object().if_contains(boost::json::string_view(name.data(), name.size()));
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_string()) {
    return std::string(value->get_string().data(), value->get_string().size());
  }
  return boost::json::serialize(*value);
}

}  // namespace

std::optional<std::string> record_field(const model::CallRecord& record, std::string_view name) {
  std::string text;
  if (name == "code") {
    text = std::to_string(record.intended_code != 0 ? record.intended_code : record.code);
  } else if (name == "phrase") {
    text = record.phrase;
  } else if (name == "path") {
    for (const auto& step : record.path) join(text, step.module, ",");
  } else if (name == "blocks") {
    for (const auto& step : record.path) join(text, step.block_id, ",");
  } else if (name == "callflows") {
    for (const auto& step : record.path) join(text, step.callflow_id, ",");
  } else if (name == "exits") {
    for (const auto& step : record.path) join(text, step.exit_key, ",");
  } else if (name == "note") {
    for (const auto& step : record.path) join(text, step.note, "; ");
  } else if (name == "skipped") {
    for (const auto& media : record.media) join(text, media.skipped, "; ");
  } else if (name == "codec") {
    for (const auto& media : record.media) join(text, media.codec, ",");
  } else if (name == "transcoded") {
    if (record.transcoded) text = record.transcoded->caller + "," + record.transcoded->callee;
  } else if (name == "media_ms") {
    std::int64_t sum = 0;
    for (const auto& media : record.media) sum += media.sent_ms;
    text = std::to_string(sum);
  } else {
    return from_json(record, name);
  }
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace strowger::sim
