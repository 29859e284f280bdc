#include "cli/call_record_text.hpp"

#include "cli/call_ladder_text.hpp"
#include "cli/data_directory.hpp"
#include "host/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace strowger::cli {

namespace {

using host::escaped;
using Out = std::back_insert_iterator<std::string>;

std::string offset(std::int64_t ms) { return fmt::format("{}.{:03} s", ms / 1000, ms % 1000); }

void row(Out out, const char* label, const std::string& value) {
  if (!value.empty()) fmt::format_to(out, "{:<9} {}\n", label, escaped(value));
}

std::string times(const model::CallRecord& record) {
  auto text = utc_time(record.started);
  if (record.answered) {
    text += ", answered after " + offset((*record.answered - record.started).count());
  }
  if (record.ended) text += ", over after " + offset((*record.ended - record.started).count());
  else text += record.complete ? "" : ", not over";
  return text;
}

std::string result(const model::CallRecord& record) {
  auto text = record.code == 0 ? std::string("no final code was sent")
                               : fmt::format("{} {}", record.code, record.phrase);
  text += fmt::format(" ({})", model::disposition_name(record.disposition));
  if (record.intended_code != 0) {
    text += fmt::format("; the block wanted {}, but the call was answered already",
                        record.intended_code);
  }
  return text;
}

void path(Out out, const model::CallRecord& record) {
  if (record.path.empty()) return;
  fmt::format_to(out, "\nPath\n");
  for (const auto& step : record.path) {
    fmt::format_to(out, "  {:>9}  {} ({}){}{}\n", offset(step.entered_ms), escaped(step.block_id),
                   escaped(step.module),
                   step.exit_key.empty() ? "" : " → " + escaped(step.exit_key),
                   step.note.empty() ? "" : "   " + escaped(step.note));
  }
}

void media(Out out, const model::CallRecord& record) {
  if (record.media.empty()) return;
  fmt::format_to(out, "\nMedia\n");
  for (const auto& played : record.media) {
    fmt::format_to(out, "  {}: {} ms sent in {} packets{}{}\n", escaped(played.media_id),
                   played.sent_ms, played.packets,
                   played.codec.empty() ? "" : " of " + escaped(played.codec),
                   played.skipped.empty() ? "" : "; " + escaped(played.skipped));
  }
}

std::string leg_result(const model::CallLeg& leg) {
  auto text = leg.code == 0 ? std::string("no answer") : fmt::format("{} {}", leg.code, leg.phrase);
  if (leg.answered_ms) text += ", answered at " + offset(*leg.answered_ms);
  if (leg.ended_ms) text += ", over at " + offset(*leg.ended_ms);
  if (!leg.note.empty()) text += "; " + leg.note;
  for (const auto& reason : leg.reasons) text += "; Reason " + reason;
  return escaped(text);
}

// "Anna Berg 1001 (Desk phone, baresip 1.0)", or what the block called it.
std::string leg_name(const model::CallLeg& leg) {
  auto text = leg.party.empty() ? leg.name : leg.party;
  if (!leg.extension.empty() && leg.extension != text) text += " " + leg.extension;
  auto phone = leg.device;
  if (!leg.user_agent.empty()) phone += (phone.empty() ? "" : ", ") + leg.user_agent;
  return phone.empty() ? text : fmt::format("{} ({})", text, phone);
}

// "talked with the caller", or with the phone that a transfer had left.
std::string talked_with(const model::CallRecord& record, int leg) {
  const auto talk = std::ranges::find_if(
      record.talks, [&](const model::Talk& one) { return one.one == leg || one.other == leg; });
  if (talk == record.talks.end()) return "";
  const int other = talk->one == leg ? talk->other : talk->one;
  return other == 0 ? "   talked with the caller" : fmt::format("   talked with phone {}", other);
}

void legs(Out out, const model::CallRecord& record) {
  if (record.legs.empty()) return;
  fmt::format_to(out, "\nPhones\n");
  for (const auto& leg : record.legs) {
    fmt::format_to(out, "  {:>9}  {}  {} {}   {}{}\n", offset(leg.began_ms), leg.number,
                   escaped(leg_name(leg)), escaped(leg.target), leg_result(leg),
                   talked_with(record, leg.number));
  }
  if (record.bridged_ms) {
    const auto side = record.hung_up_by == model::Side::none ? "Strowger"
                                                             : model::side_name(record.hung_up_by);
    fmt::format_to(out, "  connected at {}; hung up by: {}\n", offset(*record.bridged_ms),
                   record.ended ? side : "nobody yet");
  }
  if (record.transcoded) {
    fmt::format_to(out, "  transcoded: {} of the caller, {} of the phone\n",
                   escaped(record.transcoded->caller), escaped(record.transcoded->callee));
  }
}

void transfers(Out out, const model::CallRecord& record) {
  if (record.transfers.empty()) return;
  fmt::format_to(out, "\nTransfers\n");
  for (const auto& one : record.transfers) {
    const auto who = one.by == 0 ? std::string("the caller") : fmt::format("phone {}", one.by);
    const auto how = one.code == 0 ? std::string("goes on")
                                   : fmt::format("{} {}", one.code, one.phrase);
    fmt::format_to(out, "  {:>9}  {}, by {}, to {}: {}\n", offset(one.at_ms),
                   one.attended ? "attended" : "blind", who, escaped(one.to), escaped(how));
  }
}

}  // namespace

std::string describe(const model::CallRecord& record) {
  std::string text;
  const Out out(text);
  row(out, "Call", record.id);
  row(out, "From", record.from);
  row(out, "Name", record.caller_name);
  row(out, "To", record.to);
  row(out, "Source", record.source);
  row(out, "Phone", record.user_agent);
  row(out, "Call-ID", record.call_id);
  row(out, "Started", times(record));
  if (record.callflow_id.empty()) {
    row(out, "Callflow", "none");
  } else {
    row(out, "Callflow", fmt::format("{} \"{}\", revision {}, account {}", record.callflow_id,
                                     record.callflow_name, record.callflow_revision,
                                     record.account));
  }
  row(out, "Result", result(record));
  row(out, "Ended by", record.ended_by);
  for (const auto& reason : record.reasons) row(out, "Reason", reason);
  path(out, record);
  media(out, record);
  legs(out, record);
  transfers(out, record);
  if (const auto ladder = call_ladder(record); !ladder.empty()) text += "\n" + ladder;
  return text;
}

}  // namespace strowger::cli
