#include "model/call_record.hpp"

#include "model/utf8.hpp"

#include <array>
#include <charconv>

namespace strowger::model {
namespace {

constexpr std::array<std::string_view, 7> disposition_names = {
    "running", "rejected", "redirected", "answered", "abandoned", "no_route", "failed"};

// Records are written on the call path, so the JSON is put together by hand.
class JsonLine {
 public:
  explicit JsonLine(std::string& out) : out_(out) {}

  void open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    out_ += bracket;
    fresh_ = false;
  }
  void key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    fresh_ = true;
  }
  void text(std::string_view value) {
    separate();
    quote(value);
  }
  void number(std::int64_t value) {
    separate();
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
  }
  void truth(bool value) {
    separate();
    out_ += value ? "true" : "false";
  }

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member(std::string_view name, std::int64_t value) {
    key(name);
    number(value);
  }
  void optional(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, value);
  }

 private:
  void separate() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  void quote(std::string_view value);

  std::string& out_;
  bool fresh_ = true;
};

bool is_plain(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\') return false;
  }
  return true;
}

void JsonLine::quote(std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  out_ += '"';
  if (value.size() <= record_text_bytes_max && is_plain(value)) {
    out_ += value;
  } else {
    for (const char c : utf8_repaired(value, record_text_bytes_max)) {
      const auto byte = static_cast<std::uint8_t>(c);
      if (c == '"' || c == '\\') {
        out_ += '\\';
        out_ += c;
      } else if (byte < 0x20 || byte == 0x7F) {
        out_ += "\\u00";
        out_ += hex[byte >> 4];
        out_ += hex[byte & 15];
      } else {
        out_ += c;
      }
    }
  }
  out_ += '"';
}

std::int64_t epoch_ms(WallTime time) { return time.time_since_epoch().count(); }

void write_path(JsonLine& line, const std::vector<PathStep>& path) {
  line.key("path");
  line.open('[');
  for (const PathStep& step : path) {
    line.open('{');
    line.member("block", step.block_id);
    line.member("module", step.module);
    line.member("at_ms", step.entered_ms);
    line.optional("exit", step.exit_key);
    line.optional("note", step.note);
    line.member("callflow", step.callflow_id);
    line.member("revision", step.callflow_revision);
    line.close('}');
  }
  line.close(']');
}

void write_media(JsonLine& line, const std::vector<PlayedMedia>& media) {
  line.key("media");
  line.open('[');
  for (const PlayedMedia& played : media) {
    line.open('{');
    line.member("id", played.media_id);
    line.member("sent_ms", played.sent_ms);
    line.member("packets", static_cast<std::int64_t>(played.packets));
    line.optional("skipped", played.skipped);
    line.close('}');
  }
  line.close(']');
}

void write_ladder(JsonLine& line, const std::vector<LadderLine>& ladder) {
  line.key("ladder");
  line.open('[');
  for (const LadderLine& one : ladder) {
    line.open('{');
    line.member("at_ms", one.at_ms);
    line.member("dir", one.direction == Direction::in ? "in" : "out");
    line.member("line", one.first_line);
    line.optional("method", one.method);
    if (one.cseq != 0) line.member("cseq", one.cseq);
    line.optional("note", one.note);
    line.close('}');
  }
  line.close(']');
}

}  // namespace

std::string_view disposition_name(Disposition disposition) {
  return disposition_names[static_cast<std::size_t>(disposition)];
}

void CallRecord::add_ladder(LadderLine line) {
  if (ladder.size() < ladder_lines_max) {
    ladder.push_back(std::move(line));
  } else {
    ++ladder_dropped;
  }
}

void CallRecord::add_step(PathStep step) {
  if (path.size() < path_steps_max) path.push_back(std::move(step));
}

void CallRecord::add_media(PlayedMedia played) {
  if (media.size() < record_media_max) media.push_back(std::move(played));
}

void append_json(std::string& out, const CallRecord& record) {
  JsonLine line(out);
  line.open('{');
  line.member("id", record.id);
  line.member("account", record.account);
  line.member("callflow", record.callflow_id);
  line.member("revision", record.callflow_revision);
  line.member("callflow_name", record.callflow_name);
  line.member("from", record.from);
  line.member("to", record.to);
  line.member("call_id", record.call_id);
  line.member("source", record.source);
  line.member("started_ms", epoch_ms(record.started));
  if (record.answered) line.member("answered_ms", epoch_ms(*record.answered));
  if (record.ended) line.member("ended_ms", epoch_ms(*record.ended));
  line.member("disposition", disposition_name(record.disposition));
  line.member("code", record.code);
  line.member("phrase", record.phrase);
  line.optional("ended_by", record.ended_by);
  if (record.intended_code != 0) line.member("intended_code", record.intended_code);
  line.key("reasons");
  line.open('[');
  for (const std::string& reason : record.reasons) line.text(reason);
  line.close(']');
  write_path(line, record.path);
  write_media(line, record.media);
  write_ladder(line, record.ladder);
  if (record.ladder_dropped != 0) line.member("ladder_dropped", record.ladder_dropped);
  line.key("complete");
  line.truth(record.complete);
  line.close('}');
}

std::string to_json(const CallRecord& record) {
  std::string out;
  append_json(out, record);
  return out;
}

}  // namespace strowger::model
