// Reading a call record back from the JSON that call_record.cpp writes. Unknown members are passed
// over, so that an older program can read what a newer one wrote.
#include "model/call_record.hpp"

#include "model/json_reader.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{4'000'000, 8};

std::string text(const json::object& object, const char* member) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr || !value->is_string()) return "";
  return {value->get_string().data(), value->get_string().size()};
}

std::int64_t number(const json::object& object, const char* member) {
  const json::value* value = object.if_contains(member);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::optional<WallTime> time(const json::object& object, const char* member) {
  if (!object.contains(member)) return std::nullopt;
  return WallTime(std::chrono::milliseconds(number(object, member)));
}

// Calls `take` with every object in the array of that name.
template <class Take>
void each(const json::object& object, const char* member, const Take& take) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr || !value->is_array()) return;
  for (const json::value& item : value->get_array()) {
    if (item.is_object()) take(item.get_object());
  }
}

Disposition disposition(const json::object& object) {
  const std::string name = text(object, "disposition");
  for (int i = 0; i <= static_cast<int>(Disposition::failed); ++i) {
    if (disposition_name(static_cast<Disposition>(i)) == name) return static_cast<Disposition>(i);
  }
  return Disposition::failed;
}

void read_lists(CallRecord& record, const json::object& object) {
  if (const json::value* reasons = object.if_contains("reasons"); reasons && reasons->is_array()) {
    for (const json::value& reason : reasons->get_array()) {
      if (!reason.is_string()) continue;
      record.reasons.emplace_back(reason.get_string().data(), reason.get_string().size());
    }
  }
  each(object, "path", [&](const json::object& step) {
    // Earlier programs did not write whose block it was.
    const bool told = step.contains("callflow");
    record.add_step({.block_id = text(step, "block"),
                     .module = text(step, "module"),
                     .entered_ms = number(step, "at_ms"),
                     .exit_key = text(step, "exit"),
                     .note = text(step, "note"),
                     .callflow_id = told ? text(step, "callflow") : record.callflow_id,
                     .callflow_revision = told ? number(step, "revision")
                                               : record.callflow_revision});
  });
  each(object, "media", [&](const json::object& played) {
    record.add_media({text(played, "id"), number(played, "sent_ms"),
                      static_cast<std::uint64_t>(std::max<std::int64_t>(
                          number(played, "packets"), 0)),
                      text(played, "skipped")});
  });
  each(object, "ladder", [&](const json::object& line) {
    record.add_ladder({number(line, "at_ms"),
                       text(line, "dir") == "out" ? Direction::out : Direction::in,
                       text(line, "line"), text(line, "method"),
                       static_cast<std::uint32_t>(number(line, "cseq")), text(line, "note")});
  });
}

}  // namespace

Result<CallRecord, Complaint> call_record_from_json(std::string_view text_in) {
  const auto read = read_json(text_in, limits);
  if (!read) return complain("not a call record: " + read.error().front().text);
  if (!read->value.is_object()) return complain("not a call record: no JSON object");
  const json::object& object = read->value.get_object();
  CallRecord record;
  record.id = text(object, "id");
  if (record.id.empty()) return complain("not a call record: it has no id");
  record.account = text(object, "account");
  record.callflow_id = text(object, "callflow");
  record.callflow_revision = number(object, "revision");
  record.callflow_name = text(object, "callflow_name");
  record.from = text(object, "from");
  record.to = text(object, "to");
  record.call_id = text(object, "call_id");
  record.source = text(object, "source");
  record.started = time(object, "started_ms").value_or(WallTime{});
  record.answered = time(object, "answered_ms");
  record.ended = time(object, "ended_ms");
  record.disposition = disposition(object);
  record.code = static_cast<int>(number(object, "code"));
  record.phrase = text(object, "phrase");
  record.ended_by = text(object, "ended_by");
  record.intended_code = static_cast<int>(number(object, "intended_code"));
  read_lists(record, object);
  record.ladder_dropped = static_cast<std::uint32_t>(number(object, "ladder_dropped"));
  const json::value* complete = object.if_contains("complete");
  record.complete = complete != nullptr && complete->is_bool() && complete->get_bool();
  return record;
}

}  // namespace strowger::model
