#include "model/call_record.hpp"

#include "model/json_line.hpp"

#include <array>

namespace strowger::model {
namespace {

constexpr std::array<std::string_view, 7> disposition_names = {
    "running", "rejected", "redirected", "answered", "abandoned", "no_route", "failed"};

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
    line.optional("codec", played.codec);
    line.optional("skipped", played.skipped);
    if (played.at_ms) line.member("at_ms", *played.at_ms);
    if (played.leg != 0) line.member("leg", played.leg);
    line.close('}');
  }
  line.close(']');
}

void write_legs(JsonLine& line, const std::vector<CallLeg>& legs) {
  line.key("legs");
  line.open('[');
  for (const CallLeg& leg : legs) {
    line.open('{');
    line.member("number", leg.number);
    line.member("target", leg.target);
    line.optional("name", leg.name);
    line.optional("party", leg.party);
    line.optional("extension", leg.extension);
    line.optional("device", leg.device);
    line.optional("user_agent", leg.user_agent);
    line.optional("call_id", leg.call_id);
    line.optional("place", leg.place);
    line.member("began_ms", leg.began_ms);
    if (leg.answered_ms) line.member("answered_ms", *leg.answered_ms);
    if (leg.ended_ms) line.member("ended_ms", *leg.ended_ms);
    line.member("code", leg.code);
    line.member("phrase", leg.phrase);
    line.optional("note", leg.note);
    line.key("reasons");
    line.open('[');
    for (const std::string& reason : leg.reasons) line.text(reason);
    line.close(']');
    line.close('}');
  }
  line.close(']');
}

void write_talks(JsonLine& line, const std::vector<Talk>& talks) {
  line.key("talks");
  line.open('[');
  for (const Talk& talk : talks) {
    line.open('{');
    line.member("at_ms", talk.at_ms);
    if (talk.ended_ms) line.member("ended_ms", *talk.ended_ms);
    line.member("one", talk.one);
    line.member("other", talk.other);
    line.close('}');
  }
  line.close(']');
}

void write_transfers(JsonLine& line, const std::vector<TransferLine>& transfers) {
  line.key("transfers");
  line.open('[');
  for (const TransferLine& one : transfers) {
    line.open('{');
    line.member("at_ms", one.at_ms);
    line.member("by", one.by);
    line.member("kind", one.attended ? "attended" : "blind");
    line.member("to", one.to);
    if (one.code != 0) line.member("code", one.code);
    line.optional("phrase", one.phrase);
    line.close('}');
  }
  line.close(']');
}

void write_transcoded(JsonLine& line, const Transcoded& transcoded) {
  line.key("transcoded");
  line.open('{');
  line.member("caller", transcoded.caller);
  line.member("callee", transcoded.callee);
  line.close('}');
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
    if (one.leg != 0) line.member("leg", one.leg);
    line.close('}');
  }
  line.close(']');
}

}  // namespace

std::string_view side_name(Side side) {
  constexpr std::array<std::string_view, 3> names = {"", "caller", "callee"};
  return names[static_cast<std::size_t>(side)];
}

std::string_view disposition_name(Disposition disposition) {
  return disposition_names[static_cast<std::size_t>(disposition)];
}

void CallRecord::add_ladder(LadderLine line) {
  constexpr std::size_t usual_lines = 4;  // INVITE, 100, final answer, ACK
  if (ladder.empty()) ladder.reserve(usual_lines);
  const auto most = line.leg == 0 ? ladder_lines_max : ladder_lines_max - ladder_lines_for_caller;
  if (ladder.size() < most) {
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

void CallRecord::add_transfer(TransferLine transfer) {
  if (transfers.size() < record_transfers_max) transfers.push_back(std::move(transfer));
}

void CallRecord::begin_talk(std::int64_t at_ms, int one, int other) {
  end_talk(at_ms);
  if (talks.size() < record_talks_max) talks.push_back({at_ms, std::nullopt, one, other});
}

void CallRecord::end_talk(std::int64_t at_ms) {
  if (!talks.empty() && !talks.back().ended_ms) talks.back().ended_ms = at_ms;
}

CallLeg* CallRecord::add_leg(CallLeg leg) {
  if (legs.size() >= record_legs_max) return nullptr;
  return &legs.emplace_back(std::move(leg));
}

CallLeg* CallRecord::leg(int number) {
  const auto index = static_cast<std::size_t>(number) - 1;
  return number > 0 && index < legs.size() ? &legs[index] : nullptr;
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
  line.optional("caller_name", record.caller_name);
  line.optional("user_agent", record.user_agent);
  line.optional("caller_device", record.caller_device);
  line.optional("caller_seat", record.caller_seat);
  line.optional("caller_trunk", record.caller_trunk);
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
  if (!record.legs.empty()) write_legs(line, record.legs);
  if (!record.talks.empty()) write_talks(line, record.talks);
  if (!record.transfers.empty()) write_transfers(line, record.transfers);
  if (record.bridged_leg != 0) line.member("bridged_leg", record.bridged_leg);
  if (record.bridged_ms) line.member("bridged_ms", *record.bridged_ms);
  if (record.transcoded) write_transcoded(line, *record.transcoded);
  line.optional("hung_up_by", side_name(record.hung_up_by));
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
