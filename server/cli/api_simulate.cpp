// The simulator's result as openapi.json describes it.
#include "cli/api_services.hpp"

#include "cli/data_directory.hpp"
#include "cli/simulate_input.hpp"
#include "sim/configuration.hpp"
#include "sim/phone_messages.hpp"
#include "sim/simulation.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace strowger::cli {

namespace json = boost::json;

namespace {

json::string text(std::string_view view) { return json::string(view.data(), view.size()); }

// As a call sees them: such that can't be read don't count.
model::AccountSettings settings_of(const std::filesystem::path& data, const std::string& account) {
  const auto store = open_store(data, IfMissing::refuse);
  if (!store) return {};
  const auto text = (*store)->settings(account);
  return text ? model::read_account_settings(*text).value_or(model::AccountSettings{})
              : model::AccountSettings{};
}

Result<SimulateInput, Complaint> input_of(const std::filesystem::path& data,
                                          const api::SimulationRequest& request) {
  if (request.document.empty()) {  // nothing answers that number
    sim::Configuration configuration;
    configuration.settings = settings_of(data, request.account);
    auto snapshot = sim::make_snapshot(configuration);
    if (!snapshot) return unexpected(snapshot.error());
    return SimulateInput{.snapshot = std::move(*snapshot), .to = request.to};
  }
  SimulateOptions options;
  options.data = data.string();
  options.account = request.account;
  options.file = "The document";
  options.document = request.document;
  options.to = request.to;
  options.missing_media = request.missing_media;
  return simulate_input(options, true);
}

// The server's view: what the phone sent came in.
json::array ladder(const sim::Phone& phone) {
  json::array lines;
  if (phone.passed().empty()) return lines;
  const Instant start = phone.invited_at().value_or(phone.passed().front().at);
  for (const auto& each : phone.passed()) {
    json::object line{{"at_ms", milliseconds(each.at - start)},
                      {"dir", each.received ? "out" : "in"},
                      {"line", text(each.message->start_line())},
                      {"method", text(sim::message_method(*each.message))},
                      {"text", text(each.message->bytes())}};
    if (each.again) line["note"] = "retransmission";
    lines.push_back(std::move(line));
  }
  return lines;
}

// The final response, or the BYE that ended an answered call.
json::object final_message(const sim::Phone& phone) {
  json::object final{{"code", 0}, {"phrase", ""}, {"message", ""}};
  if (const auto answer = phone.final_answer()) {
    final = {{"code", answer->status()},
             {"phrase", text(answer->reason_phrase())},
             {"message", text(answer->bytes())}};
  }
  for (const auto& each : phone.passed()) {
    const bool bye = each.received && each.message->start_line().starts_with("BYE ");
    if (bye) final["message"] = text(each.message->bytes());
  }
  return final;
}

}  // namespace

Result<json::object, Complaint> simulate_for_api(const std::filesystem::path& data,
                                                 const api::SimulationRequest& request) {
  auto input = input_of(data, request);
  if (!input) return unexpected(input.error());
  sim::Simulation::Request call;
  call.snapshot = input->snapshot;
  call.phone.to = input->to;
  call.phone.user = request.from;
  for (const auto& [ms, digit] : request.digits) {
    call.digits.emplace_back(std::chrono::milliseconds{ms}, digit);
  }
  if (request.at) call.at = *request.at;
  if (request.hang_up_ms) call.hang_up_after = std::chrono::milliseconds{*request.hang_up_ms};
  sim::Simulation simulation(std::move(call));
  simulation.run();

  json::object out{{"disposition", "failed"}, {"code", 0}, {"phrase", ""}};
  out["path"] = json::array();
  out["media"] = json::array();
  if (const auto record = simulation.record()) {
    const auto told = json::parse(model::to_json(*record)).as_object();
    for (const char* name : {"disposition", "code", "phrase", "callflow", "callflow_name",
                             "intended_code", "path", "media"}) {
      if (const auto* const value = told.if_contains(name)) out[name] = *value;
    }
    if (record->ended) out["duration_ms"] = (*record->ended - record->started).count();
  }
  out["ladder"] = ladder(simulation.phone());
  out["final"] = final_message(simulation.phone());
  json::array notes;
  for (const auto& note : input->notes) notes.emplace_back(text(note));
  out["notes"] = std::move(notes);
  return out;
}

}  // namespace strowger::cli
