// `strowger scenario run|soak`: .flow files in virtual time or over real sockets, and random calls
// by seed.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/scenario_options.hpp"
#include "cli/wire_server.hpp"
#include "host/log.hpp"
#include "sim/scenario_file.hpp"
#include "sim/scenario_run.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <ostream>
#include <thread>
#include <vector>

namespace strowger::cli {
namespace {

namespace json = boost::json;

struct Outcome {
  const sim::Scenario* scenario;
  sim::Verdict verdict;
  std::string skipped;  // why it was not run
};

bool chosen(const sim::Scenario& scenario, const ScenarioOptions& options) {
  return (options.line == 0 || scenario.line == options.line) &&
         (options.only.empty() || scenario.name.find(options.only) != std::string::npos);
}

json::object to_json(const Outcome& result) {
  json::object object{{"file", result.scenario->file},
                      {"line", result.scenario->line},
                      {"name", result.scenario->name},
                      {"passed", result.verdict.passed}};
  if (!result.skipped.empty()) object["not_run"] = result.skipped;
  if (!result.verdict.report.empty()) object["report"] = result.verdict.report;
  return object;
}

void print(const Outcome& result, const ScenarioOptions& options, Shell& shell) {
  const sim::Scenario& scenario = *result.scenario;
  if (!result.skipped.empty()) {
    shell.out << fmt::format("not run on the wire: {}:{}: {} ({})\n", scenario.file, scenario.line,
                             scenario.name, result.skipped);
  } else if (!result.verdict.passed) {
    shell.out << "FAILED " << result.verdict.report
              << "  replay: " << sim::replay_command(scenario, options.seed, options.wire) << "\n";
  } else if (options.verbose) {
    shell.out << fmt::format("passed {}:{}: {}\n", scenario.file, scenario.line, scenario.name);
  }
}

// All chosen scenarios of all files, in order; unreadable files are told and counted at once.
std::vector<sim::Scenario> gather(const ScenarioOptions& options, std::size_t& failed,
                                  Shell& shell) {
  std::vector<sim::Scenario> all;
  for (const std::string& file : options.files) {
    auto scenarios = sim::read_scenarios(file);
    if (!scenarios) {
      ++failed;
      shell.out << "FAILED " << scenarios.error().what << "\n";
      continue;
    }
    for (sim::Scenario& scenario : *scenarios) {
      if (chosen(scenario, options)) all.push_back(std::move(scenario));
    }
  }
  return all;
}

void run_all(std::vector<Outcome>& outcomes, const ScenarioOptions& options) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < outcomes.size(); i = next++) {
      Outcome& outcome = outcomes[i];
      if (!outcome.skipped.empty()) continue;
      outcome.verdict = options.wire ? run_on_wire(*outcome.scenario)
                                     : sim::run_scenario(*outcome.scenario, options.seed);
    }
  };
  constexpr unsigned waiting = 4;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned jobs = options.jobs != 0 ? options.jobs : cores * (options.wire ? waiting : 1);
  std::vector<std::jthread> threads;
  for (unsigned i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
}

int run_scenarios(const ScenarioOptions& options, Shell& shell) {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t not_run = 0;
  const auto scenarios = gather(options, failed, shell);
  std::vector<Outcome> outcomes;
  const bool v6 = !options.wire || has_ipv6_loopback();
  for (const sim::Scenario& scenario : scenarios) {
    std::string why = options.wire ? scenario.virtual_only : "";
    if (why.empty() && scenario.v6 && !v6) why = "no IPv6 on this machine";
    outcomes.push_back({&scenario, {}, std::move(why)});
  }
  if (options.wire) host::start_log(host::LogLevel::error);
  run_all(outcomes, options);
  if (options.wire) host::stop_log();
  json::array all;
  for (const Outcome& outcome : outcomes) {
    if (!outcome.skipped.empty()) ++not_run;
    else ++(outcome.verdict.passed ? passed : failed);
    if (options.json) all.push_back(to_json(outcome));
    else print(outcome, options, shell);
  }
  if (options.json) shell.out << json::serialize(all) << "\n";
  if (not_run > 0) shell.out << not_run << " not run on the wire\n";
  shell.out << fmt::format("{} passed, {} failed\n", passed, failed);
  return failed == 0 ? exit_ok : exit_failed;
}

void add_run(Command group, Shell& shell) {
  auto options = std::make_shared<ScenarioOptions>();
  auto command = group.add_subcommand("run", "runs .flow files; ends with `N passed, N failed`");
  command.add_option("FILE", options->files, ".flow files").required();
  command.add_flag("--wire", options->wire, "over loopback sockets and in real time");
  command.add_option("--seed", options->seed, "of the virtual world").capture_default_str();
  command.add_option("--only", options->only, "scenarios with this in their name");
  command.add_option("--line", options->line, "the scenario that begins at this line");
  command.add_option("--jobs", options->jobs, "threads; 0: as many as make sense")
      .capture_default_str();
  command.add_flag("--json", options->json, "results as JSON before the last line");
  command.add_flag("-v,--verbose", options->verbose, "names what passed, too");
  command.callback([&shell, options] { shell.exit_code = run_scenarios(*options, shell); });
}

}  // namespace

void add_scenario_command(Command app, Shell& shell) {
  auto group =
      app.add_subcommand("scenario", "scripted callers: runs .flow files and random calls");
  group.require_subcommand();
  add_run(group, shell);
  add_soak(group, shell);
}

}  // namespace strowger::cli
