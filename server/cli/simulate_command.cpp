// `strowger callflow simulate`: walks a document with the real interpreter in virtual time, and
// shows what the call did and what its caller would see.
#include "cli/call_ladder_text.hpp"
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/ladder_json.hpp"
#include "cli/simulate_input.hpp"
#include "sim/ladder.hpp"
#include "sim/scenario_words.hpp"
#include "sim/simulation.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace strowger::cli {
namespace {

namespace json = boost::json;

// "12@2s", "12@2" (seconds) or "12" (at once).
Result<std::pair<Duration, std::string>, Complaint> read_digits(const std::string& text) {
  const std::size_t at = text.find('@');
  const std::string digits = text.substr(0, at);
  std::string when = at == std::string::npos ? "0s" : text.substr(at + 1);
  if (!when.empty() && when.back() >= '0' && when.back() <= '9') when += "s";
  const auto time = sim::parse_duration(when);
  if (digits.empty() || digits.find_first_not_of(rtp::dtmf_digits) != std::string::npos || !time) {
    return complain(
        fmt::format("`{}` is not such as 1@2s: keys, then when after the INVITE", text));
  }
  return std::pair{*time, digits};
}

Result<sim::Simulation::Request, Complaint> request_of(const SimulateOptions& options,
                                                       const SimulateInput& input) {
  sim::Simulation::Request request;
  request.snapshot = input.snapshot;
  request.phone.to = input.to;
  request.phone.user = options.from;
  request.phone.offer = !options.late_offer;
  request.phones = when_rung(options.phones);
  using Reliable = sip::Invitation::Reliable;
  if (options.reliable == "none") request.phone.reliable = Reliable::unsupported;
  else if (options.reliable == "required") request.phone.reliable = Reliable::required;
  else request.phone.reliable = Reliable::supported;
  for (const std::string& text : options.digits) {
    auto digits = read_digits(text);
    if (!digits) return unexpected(digits.error());
    request.digits.push_back(std::move(*digits));
  }
  if (!options.at.empty()) {
    const auto at = sim::parse_clock(options.at);
    if (!at) return complain("--at wants a time such as 2026-12-24T21:00 (UTC)");
    request.at = *at;
  }
  request.hang_up_after = std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(std::clamp(options.hang_up_after, 0.0, 86'400.0)));
  return request;
}

// ---- for people

void print_path(const std::optional<model::CallRecord>& record, std::ostream& out) {
  out << "\npath\n";
  if (!record || record->path.empty()) out << "  no callflow was reached\n";
  if (!record) return;
  for (const auto& step : record->path) {
    const std::string exit =
        step.exit_key.empty() ? "the call ended here" : "exit " + step.exit_key;
    out << fmt::format("  {:>7} ms  {:<16} {:<10} {}\n", step.entered_ms, step.module,
                       step.block_id, exit);
    if (!step.note.empty()) out << fmt::format("              {}\n", step.note);
  }
  for (const auto& media : record->media) {
    const std::string skipped = media.skipped.empty() ? "" : "; " + media.skipped;
    out << fmt::format("  media {}: {} ms sent{}\n", media.media_id, media.sent_ms, skipped);
  }
}

// What ended the call for the caller: the server's BYE, or the final answer.
sip::MessagePtr last_word(const sim::Phone& phone) {
  sip::MessagePtr last = phone.final_answer();
  for (const sim::Passed& passed : phone.passed()) {
    if (passed.received && passed.message->method() == sip::Method::bye) last = passed.message;
  }
  return last;
}

void print_for_people(const SimulateInput& input, const sim::Simulation& simulation,
                      std::ostream& out) {
  const sim::Phone& phone = simulation.phone();
  out << fmt::format("callflow {} \"{}\", called as {} by {}\n", input.callflow_id, input.name,
                     input.to, phone.options().user);
  for (const std::string& note : input.notes) out << "note: " << note << "\n";
  print_path(simulation.record(), out);
  const auto record = simulation.record();
  if (record && !record->legs.empty()) out << "\n" << call_ladder(*record);
  out << "\nwhat the caller sees\n" << sim::ladder(phone);
  out << "\nheard: " << sim::heard_line(phone.ear()) << "\n";
  if (simulation.hung_up()) out << "the caller hung up (--hang-up-after)\n";
  if (const auto last = last_word(phone)) out << "\nthe last word\n" << last->bytes();
}

// ---- for programs

json::array path_json(const std::optional<model::CallRecord>& record) {
  json::array path;
  if (!record) return path;
  for (const auto& step : record->path) {
    path.push_back(json::object{{"block", step.block_id},
                                {"module", step.module},
                                {"at_ms", step.entered_ms},
                                {"exit", step.exit_key},
                                {"note", step.note}});
  }
  return path;
}

json::array media_json(const std::optional<model::CallRecord>& record) {
  json::array all;
  if (!record) return all;
  for (const auto& media : record->media) {
    all.push_back(json::object{
        {"id", media.media_id}, {"sent_ms", media.sent_ms}, {"skipped", media.skipped}});
  }
  return all;
}

void print_json(const SimulateInput& input, const sim::Simulation& simulation, std::ostream& out) {
  const sim::Phone& phone = simulation.phone();
  const auto record = simulation.record();
  json::array notes;
  for (const std::string& note : input.notes) notes.emplace_back(json::string(note));
  json::object all{{"callflow", input.callflow_id},
                   {"name", input.name},
                   {"to", input.to},
                   {"from", phone.options().user},
                   {"notes", std::move(notes)},
                   {"path", path_json(record)},
                   {"media", media_json(record)},
                   {"ladder", ladder_json(phone)},
                   {"heard", heard_json(phone)},
                   {"caller_hung_up", simulation.hung_up()},
                   {"final", final_json(phone)}};
  if (record) all["record"] = json::parse(model::to_json(*record));
  out << json::serialize(all) << "\n";
}

int run_simulation(const SimulateOptions& options, bool with_data, Shell& shell) {
  const auto input = simulate_input(options, with_data);
  if (!input) return fail(shell, input.error());
  auto request = request_of(options, *input);
  if (!request) {
    fail(shell, request.error());
    return exit_usage;
  }
  sim::Simulation simulation(std::move(*request));
  simulation.run();
  if (options.json) print_json(*input, simulation, shell.out);
  else print_for_people(*input, simulation, shell.out);
  return exit_ok;
}

}  // namespace

void add_simulate_command(Command group, Shell& shell) {
  auto options = std::make_shared<SimulateOptions>();
  auto command = group.add_subcommand(
      "simulate", "walks a document in virtual time: its path, and what a caller sees");
  command.add_option("FILE", options->file, "the document; - is standard input").required();
  command.add_option("--to", options->to, "the number that is called");
  command.add_option("--from", options->from, "who calls").capture_default_str();
  command.add_option("--digits", options->digits, "keys and when, such as 1@2s; several in order");
  command.add_option("--at", options->at, "wall time of the call, 2026-12-24T21:00 (UTC)");
  command.add_option("--missing-media", options->missing_media, "as if this media were gone");
  command.add_option("--100rel", options->reliable, "none, supported or required")
      .one_of({"none", "supported", "required"})
      .capture_default_str();
  command
      .add_option("--phones", options->phones,
                  "what they do when they ring: answer, busy, no_answer or offline; with --data")
      .one_of({"answer", "busy", "no_answer", "offline"})
      .capture_default_str();
  command.add_flag("--no-offer", options->late_offer, "the INVITE comes without SDP");
  command.add_option("--hang-up-after", options->hang_up_after, "seconds after the INVITE")
      .capture_default_str();
  const auto data =
      command.add_option("--data", options->data,
                         "where other callflows and media come from; without it media is assumed");
  command.add_option("--account", options->account, "of the data directory")
      .capture_default_str();
  command.add_flag("--json", options->json, "for programs");
  command.callback([&shell, options, data] {
    shell.exit_code = run_simulation(*options, data.given(), shell);
  });
}

}  // namespace strowger::cli
