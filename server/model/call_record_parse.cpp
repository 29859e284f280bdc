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

std::vector<std::string> texts(const json::object& object, const char* member) {
  std::vector<std::string> found;
  const json::value* value = object.if_contains(member);
  if (value == nullptr || !value->is_array()) return found;
  for (const json::value& item : value->get_array()) {
    if (!item.is_string()) continue;
    found.emplace_back(item.get_string().data(), item.get_string().size());
  }
  return found;
}

std::optional<std::int64_t> maybe_number(const json::object& object, const char* member) {
  if (!object.contains(member)) return std::nullopt;
  return number(object, member);
}

Side side(const json::object& object) {
  const std::string name = text(object, "hung_up_by");
  for (const Side each : {Side::caller, Side::callee}) {
    if (side_name(each) == name) return each;
  }
  return Side::none;
}

void read_legs(CallRecord& record, const json::object& object) {
  each(object, "legs", [&](const json::object& leg) {
    record.add_leg({.number = static_cast<int>(number(leg, "number")),
                    .target = text(leg, "target"),
                    .name = text(leg, "name"),
                    .party = text(leg, "party"),
                    .extension = text(leg, "extension"),
                    .device = text(leg, "device"),
                    .user_agent = text(leg, "user_agent"),
                    .call_id = text(leg, "call_id"),
                    .place = text(leg, "place"),
                    .began_ms = number(leg, "began_ms"),
                    .answered_ms = maybe_number(leg, "answered_ms"),
                    .ended_ms = maybe_number(leg, "ended_ms"),
                    .code = static_cast<int>(number(leg, "code")),
                    .phrase = text(leg, "phrase"),
                    .note = text(leg, "note"),
                    .reasons = texts(leg, "reasons")});
  });
  each(object, "talks", [&](const json::object& talk) {
    if (record.talks.size() == record_talks_max) return;
    record.talks.push_back({.at_ms = number(talk, "at_ms"),
                            .ended_ms = maybe_number(talk, "ended_ms"),
                            .one = static_cast<int>(number(talk, "one")),
                            .other = static_cast<int>(number(talk, "other"))});
  });
  record.bridged_leg = static_cast<int>(number(object, "bridged_leg"));
  record.bridged_ms = maybe_number(object, "bridged_ms");
  record.hung_up_by = side(object);
  const auto* const transcoded = object.if_contains("transcoded");
  if (transcoded == nullptr || !transcoded->is_object()) return;
  const auto& codecs = transcoded->get_object();
  record.transcoded =
      Transcoded{.caller = text(codecs, "caller"), .callee = text(codecs, "callee")};
}

void read_transfers(CallRecord& record, const json::object& object) {
  each(object, "transfers", [&](const json::object& one) {
    record.add_transfer({.at_ms = number(one, "at_ms"),
                         .by = static_cast<int>(number(one, "by")),
                         .attended = text(one, "kind") == "attended",
                         .to = text(one, "to"),
                         .code = static_cast<int>(number(one, "code")),
                         .phrase = text(one, "phrase")});
  });
}

void read_lists(CallRecord& record, const json::object& object) {
  record.reasons = texts(object, "reasons");
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
    record.add_media({.media_id = text(played, "id"),
                      .sent_ms = number(played, "sent_ms"),
                      .packets = static_cast<std::uint64_t>(std::max<std::int64_t>(
                          number(played, "packets"), 0)),
                      .codec = text(played, "codec"),
                      .skipped = text(played, "skipped"),
                      .at_ms = maybe_number(played, "at_ms"),
                      .leg = static_cast<int>(number(played, "leg"))});
  });
  each(object, "ladder", [&](const json::object& line) {
    record.add_ladder({number(line, "at_ms"),
                       text(line, "dir") == "out" ? Direction::out : Direction::in,
                       text(line, "line"), text(line, "method"),
                       static_cast<std::uint32_t>(number(line, "cseq")), text(line, "note"),
                       static_cast<int>(number(line, "leg"))});
  });
  read_legs(record, object);
  read_transfers(record, object);
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
  record.caller_name = text(object, "caller_name");
  record.user_agent = text(object, "user_agent");
  record.caller_device = text(object, "caller_device");
  record.caller_seat = text(object, "caller_seat");
  record.caller_trunk = text(object, "caller_trunk");
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
