// Scenarios over real sockets and in real time, against a server of their own.
#include "cli/phone_line.hpp"
#include "cli/scenario_options.hpp"
#include "cli/wire_server.hpp"
#include "host/clock.hpp"
#include "sim/judgement.hpp"
#include "sim/script.hpp"
#include "sip/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace strowger::cli {
namespace {

constexpr Duration run_max = std::chrono::seconds{60};
// What should not come has so long to come.
constexpr Duration aftermath = std::chrono::milliseconds{250};
constexpr Duration glance = std::chrono::milliseconds{20};

sim::Script::Options judging() {
  sim::Script::Options options;
  // A busy machine is late.
  options.slack = std::chrono::milliseconds{300};
  options.sound_slack = std::chrono::milliseconds{150};
  options.early_packets_max = 1;
  options.late_sound_max = std::chrono::milliseconds{50};
  return options;
}

struct WireCaller {
  std::unique_ptr<PhoneLine> line;
  std::unique_ptr<sim::Script> script;
  Instant begins;
};

class WireRun {
 public:
  WireRun(const sim::Scenario& scenario, const WireServer& server)
      : scenario_(scenario), server_(server) {}

  Result<void, Complaint> open(const Endpoint& server) {
    for (int i = 0; i < scenario_.callers; ++i) {
      auto line = PhoneLine::open(server, scenario_.transport, scenario_.phone);
      if (!line) return unexpected(line.error());
      WireCaller caller{std::move(*line), nullptr, {}};
      caller.script = std::make_unique<sim::Script>(scenario_, caller.line->phone(), judging());
      lines_.push_back(caller.line.get());
      callers_.push_back(std::move(caller));
    }
    return {};
  }

  sim::Verdict play() {
    const Instant start = host::monotonic_now();
    for (std::size_t i = 0; i < callers_.size(); ++i) {
      callers_[i].begins = start + static_cast<int>(i) * scenario_.every;
    }
    run_until(start + run_max, [this] { return all_settled(); });
    run_until(host::monotonic_now() + aftermath, [] { return false; });
    for (WireCaller& caller : callers_) judge(caller);
    return {report_.empty(), report_, host::monotonic_now() - start};
  }

 private:
  template <class Enough>
  void run_until(Instant limit, Enough enough) {
    while (!enough() && host::monotonic_now() < limit) {
      Instant next = std::min(limit, host::monotonic_now() + glance);
      for (WireCaller& caller : callers_) {
        if (const auto due = caller.script->deadline()) next = std::min(next, *due);
      }
      PhoneLine::wait(lines_, next);
      advance();
    }
  }

  void advance() {
    const Now now = host::real_now();
    for (WireCaller& caller : callers_) {
      if (now.instant < caller.begins) continue;
      caller.script->advance(now);
      caller.line->flush();
    }
  }

  bool all_settled() {
    const Now now = host::real_now();
    return std::ranges::all_of(callers_, [&](const WireCaller& caller) {
      return caller.script->finished() || caller.script->stuck(now);
    });
  }

  void judge(WireCaller& caller) {
    const sim::Phone& phone = caller.line->phone();
    caller.script->conclude(host::real_now());
    if (caller.script->failure()) fail(*caller.script->failure(), phone);
    if (scenario_.record_checks.empty() || phone.passed().empty() || !report_.empty()) return;
    const auto record = server_.record(std::string(sip::call_id(*phone.passed().front().message)));
    for (const sim::RecordCheck& check : scenario_.record_checks) {
      if (const auto failure = sim::judge_record(check, record)) fail(*failure, phone);
    }
  }

  void fail(const sim::Failure& failure, const sim::Phone& phone) {
    if (report_.empty()) report_ = sim::failure_report(scenario_, failure, phone);
  }

  const sim::Scenario& scenario_;
  const WireServer& server_;
  std::vector<WireCaller> callers_;
  std::vector<PhoneLine*> lines_;
  std::string report_;
};

sim::Verdict refused(const sim::Scenario& scenario, const std::string& why) {
  return {false,
          fmt::format("{}:{}: {}\n  {}\n", scenario.file, scenario.line, scenario.name, why),
          {}};
}

}  // namespace

sim::Verdict run_on_wire(const sim::Scenario& scenario) {
  const auto server = WireServer::start(scenario);
  if (!server) return refused(scenario, server.error().what);
  const auto endpoint = (*server)->endpoint(scenario.transport, scenario.v6);
  if (!endpoint) return refused(scenario, "no IPv6 on this machine");
  WireRun run(scenario, **server);
  if (const auto opened = run.open(*endpoint); !opened)
    return refused(scenario, opened.error().what);
  return run.play();
}

}  // namespace strowger::cli
