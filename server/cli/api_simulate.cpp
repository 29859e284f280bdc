// The simulator's result as openapi.json describes it.
#include "cli/api_services.hpp"

#include "cli/data_directory.hpp"
#include "cli/simulate_input.hpp"
#include "sim/configuration.hpp"
#include "sim/phone_messages.hpp"
#include "sim/simulation.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

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
json::object line_of(const sim::Passed& passed, Instant start) {
  json::object line{{"at_ms", milliseconds(passed.at - start)},
                    {"dir", passed.received ? "out" : "in"},
                    {"line", text(passed.message->start_line())},
                    {"method", text(sim::message_method(*passed.message))},
                    {"text", text(passed.message->bytes())}};
  if (passed.again) line["note"] = "retransmission";
  return line;
}

json::array ladder_of(const sim::Phone& phone) {
  json::array lines;
  if (phone.passed().empty()) return lines;
  const Instant start = phone.invited_at().value_or(phone.passed().front().at);
  for (const auto& each : phone.passed()) lines.push_back(line_of(each, start));
  return lines;
}

// Whole messages by the Call-ID of their leg, as its phone saw them.
class Seen {
 public:
  explicit Seen(const sim::Simulation& simulation) {
    add(simulation.phone());
    for (const auto* const phone : simulation.phones()) add(*phone);
  }

  // The next one of that leg that begins so; null: nobody saw it.
  const sip::Message* next(const std::string& call_id, const model::LadderLine& line) {
    for (auto& one : by_call_[call_id]) {
      const bool same = one.received == (line.direction == model::Direction::out) && one.message &&
                        one.message->start_line() == line.first_line;
      if (same) return std::exchange(one.message, nullptr);
    }
    return nullptr;
  }

 private:
  struct One {
    bool received = false;
    const sip::Message* message = nullptr;
  };

  void add(const sim::Phone& phone) {
    for (const auto& each : phone.passed()) {
      const auto call_id = each.message->header(sip::HeaderName::call_id).value_or("");
      by_call_[std::string(call_id)].push_back({each.received, each.message.get()});
    }
  }

  std::map<std::string, std::vector<One>> by_call_;
};

// Where phones were rung the order of all messages is the record's.
json::array ladder(const sim::Simulation& simulation, const model::CallRecord& record) {
  Seen seen(simulation);
  json::array lines;
  for (const auto& each : record.ladder) {
    const bool callers = each.leg < 1 || each.leg > static_cast<int>(record.legs.size());
    const auto& call_id =
        callers ? record.call_id : record.legs[static_cast<std::size_t>(each.leg) - 1].call_id;
    json::object line{{"at_ms", each.at_ms},
                      {"dir", each.direction == model::Direction::in ? "in" : "out"},
                      {"line", text(each.first_line)},
                      {"method", text(each.method)},
                      {"cseq", each.cseq},
                      {"note", text(each.note)}};
    if (each.leg != 0) line["leg"] = each.leg;
    if (const auto* const message = seen.next(call_id, each)) line["text"] = text(message->bytes());
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
  call.phones = when_rung(request.phones);
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
                             "intended_code", "path", "media", "from", "source", "legs", "talks",
                             "ladder_dropped"}) {
      if (const auto* const value = told.if_contains(name)) out[name] = *value;
    }
    if (record->ended) out["duration_ms"] = (*record->ended - record->started).count();
    if (!record->legs.empty()) out["ladder"] = ladder(simulation, *record);
  }
  if (!out.contains("ladder")) out["ladder"] = ladder_of(simulation.phone());
  out["final"] = final_message(simulation.phone());
  json::array notes;
  for (const auto& note : input->notes) notes.emplace_back(text(note));
  out["notes"] = std::move(notes);
  return out;
}

}  // namespace strowger::cli
