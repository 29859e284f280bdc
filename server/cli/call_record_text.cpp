#include "cli/call_record_text.hpp"

#include "cli/data_directory.hpp"
#include "host/log.hpp"

#include <fmt/format.h>

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
    fmt::format_to(out, "  {}: {} ms sent in {} packets{}\n", escaped(played.media_id),
                   played.sent_ms, played.packets,
                   played.skipped.empty() ? "" : "; " + escaped(played.skipped));
  }
}

void ladder(Out out, const model::CallRecord& record) {
  if (record.ladder.empty()) return;
  fmt::format_to(out, "\nSIP        caller          Strowger\n");
  for (const auto& line : record.ladder) {
    const bool in = line.direction == model::Direction::in;
    auto text = escaped(line.first_line);
    if (!in && !line.method.empty()) {
      text += fmt::format("  ({} {})", line.cseq, escaped(line.method));
    }
    if (!line.note.empty()) text += "  " + escaped(line.note);
    fmt::format_to(out, "{:>9}  {}  {}\n", offset(line.at_ms),
                   in ? "│──────────────────────▶│" : "│◀──────────────────────│", text);
  }
  if (record.ladder_dropped > 0) {
    fmt::format_to(out, "           {} more messages were not kept\n", record.ladder_dropped);
  }
}

}  // namespace

std::string describe(const model::CallRecord& record) {
  std::string text;
  const Out out(text);
  row(out, "Call", record.id);
  row(out, "From", record.from);
  row(out, "To", record.to);
  row(out, "Source", record.source);
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
  ladder(out, record);
  return text;
}

}  // namespace strowger::cli
