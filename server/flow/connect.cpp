#include "flow/connect.hpp"

#include "call/call.hpp"
#include "call/leg.hpp"
#include "flow/bare_response.hpp"
#include "flow/run.hpp"
#include "model/hangup_cause.hpp"
#include "model/reason_phrase.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace strowger::flow {

namespace {

using call::RingOutcome;

// The four branches that people think in; "" for other failures.
std::string_view branch_of(RingOutcome outcome) {
  switch (outcome) {
    case RingOutcome::busy:
      return "USER_BUSY";
    case RingOutcome::no_answer:
      return "NO_ANSWER";
    case RingOutcome::unreachable:
      return "SUBSCRIBER_ABSENT";
    case RingOutcome::rejected:
      return "CALL_REJECTED";
    default:
      return {};
  }
}

const model::HangupCause& cause_of(const call::RingResult& result) {
  const auto* const named = model::find_cause(result.cause);
  if (named != nullptr) return *named;
  const bool absent = result.nobody_called && result.outcome == RingOutcome::unreachable;
  if (result.outcome == RingOutcome::no_answer || (absent && result.code == 480)) {
    return *model::find_cause(branch_of(result.outcome));
  }
  return model::cause_of_code(result.code);
}

// Of several rounds the one that tells the caller most.
int rank(const call::RingResult& result) {
  constexpr std::array<int, 6> ranks = {0, 2, 3, 4, 1, 5};  // by RingOutcome
  return ranks[static_cast<std::size_t>(result.outcome)];
}

// Null: the account has none of its own for that.
const model::BareResponse* own_response(Run& run, const model::HangupCause& cause) {
  const auto& own = run.settings().cause_responses;
  const auto found = own.find(cause.name);
  if (found == own.end()) return nullptr;
  run.call().note("no branch for " + std::string(cause.name) + ": the account's response",
                  call::LogLevel::info);
  return &found->second;
}

// A phone's own refusal goes on as it is where the way over its Q.850 cause and back would make
// another one of it: 480 → 18 → 408, 604 → 1 → 404. Not what is between it and us: credentials,
// time-outs, dialogs, loops; nor that it is broken.
std::optional<int> literal_code(const call::RingResult& result) {
  constexpr std::array ours = {401, 402, 407, 408, 481, 482, 483, 487, 491};
  const int code = result.code;
  const bool refusal = (code >= 400 && code < 500) || code >= 600;
  if (!refusal || result.nobody_called || !result.cause.empty()) return std::nullopt;
  if (std::ranges::find(ours, code) != ours.end()) return std::nullopt;
  return code;
}

// RFC 3261 16.7 step 6: a carrier would take the 503 of one broken phone for the end of all our
// numbers.
int code_by_table(const call::Call& call, const model::HangupCause& cause) {
  constexpr int server_internal_error = 500;
  const bool broken_phone = cause.name == "NORMAL_TEMPORARY_FAILURE";
  return broken_phone && !call.calling_trunk().empty() ? server_internal_error : cause.code;
}

Task<> refuse(Run& run, const model::HangupCause& cause, const call::RingResult& result) {
  call::Call& call = run.call();
  if (const auto* const own = own_response(run, cause)) {
    co_await respond(run, *own);
    co_return;
  }
  call.note("no branch for " + std::string(cause.name) + ": its default response",
            call::LogLevel::info);
  const auto own_code = literal_code(result);
  const bool literal = own_code && *own_code != cause.code;
  auto rejection = call::standard_rejection(literal ? *own_code : code_by_table(call, cause));
  rejection.phrase =
      literal ? model::repaired_phrase(result.phrase) : std::string(cause.phrase);
  if (cause.q850 != 0) rejection.q850_cause = cause.q850;
  call.reject(std::move(rejection));
}

std::vector<std::string> keys_of(const call::RingResult& result, const model::HangupCause& cause) {
  std::vector<std::string> keys{std::string(cause.name), std::to_string(result.code)};
  const auto branch = branch_of(result.outcome);
  if (!branch.empty() && branch != keys.front()) keys.emplace_back(branch);
  return keys;
}

// Nothing when the block has no branch for it, not even `_`.
std::optional<Exit> branch_for(Run& run, const call::RingResult& result,
                               const model::HangupCause& cause) {
  const auto& children = run.block().children;
  for (auto& key : keys_of(result, cause)) {
    if (children.contains(key)) return Exit{std::move(key)};
  }
  if (children.contains("_")) return Exit{};
  return std::nullopt;
}

// What a carrier's answer becomes for a caller of ours: credentials and redirections are nothing
// that the caller could do something about.
int code_for_caller(int code) {
  constexpr int service_unavailable = 503;
  return code == 401 || code == 407 || code < 400 ? service_unavailable : code;
}

// The transferor's other call is another shard's: asked to have its party take this call. Null: it
// could not be.
Task<call::Leg*> connect_elsewhere(Run& run) {
  call::Call& call = run.call();
  auto target = call.party_elsewhere();
  if (!target) {
    call.transfer_failed(481, "Call/Transaction Does Not Exist");
    co_return nullptr;
  }
  std::vector<call::Target> one;
  one.push_back(std::move(*target));
  const call::RingOptions options{.from = {}};
  const auto result = co_await call.ring(std::move(one), options);
  if (result.leg == nullptr && !call.over()) call.transfer_failed(result.code, result.phrase);
  co_return result.leg;
}

// Whom the call talks with next; null: nobody, it is over.
Task<call::Leg*> transfer(Run& run) {
  call::Call& call = run.call();
  const auto wanted = call.begin_transfer();
  if (wanted.attended) {
    call::Leg* other = wanted.replaced != 0 ? call.take_party_of(wanted.replaced) : nullptr;
    if (other != nullptr) co_return other;
    other = co_await connect_elsewhere(run);
    if (other != nullptr || call.gone()) co_return other;
    co_return call.take_back();
  }
  call.note("transferred to " + wanted.number, call::LogLevel::info);
  std::optional<Forwarder> nobody;
  const bool found = co_await run.walk_number(wanted.number, std::move(nobody));
  if (!found) call.transfer_failed(404, "Not Found");
  if (call.gone()) co_return nullptr;
  if (call.being_transferred()) co_return call.take_back();
  // A block has answered, and after it the flow has come to its end.
  call.note("the callflow ended here without an action that ends the call");
  call.hang_up();
  co_return nullptr;
}

}  // namespace

std::vector<std::string> branch_keys(const call::RingResult& result) {
  return keys_of(result, cause_of(result));
}

Task<Exit> leave(Run& run, call::RingResult result, std::string name) {
  const auto* const named = model::find_cause(name);
  const auto& cause = named != nullptr ? *named : cause_of(result);
  if (auto exit = branch_for(run, result, cause)) co_return std::move(*exit);
  co_await refuse(run, cause, result);
  co_return Exit{};
}

Task<Exit> leave_as_it_is(Run& run, call::RingResult result) {
  const auto& cause = cause_of(result);
  if (auto exit = branch_for(run, result, cause)) co_return std::move(*exit);
  call::Call& call = run.call();
  if (const auto* const own = own_response(run, cause)) {
    co_await respond(run, *own);
    co_return Exit{};
  }
  const int code = code_for_caller(result.code);
  auto rejection = call::standard_rejection(code);
  if (code == result.code) rejection.phrase = model::repaired_phrase(result.phrase);
  const auto has_q850 = [](const std::string& reason) { return reason.starts_with("Q.850"); };
  if (std::ranges::any_of(result.reasons, has_q850)) rejection.q850_cause.reset();
  call.record().reasons = result.reasons;
  call.reject(std::move(rejection));
  co_return Exit{};
}

[[gnu::noinline]] Task<> talk(Run& run, call::Leg& leg) {
  call::Call& call = run.call();
  call::Leg* with = &leg;
  while (with != nullptr) {
    const auto end = co_await call.bridge(*with);
    if (end == call::BridgeEnd::callee_left) call.hang_up(with->reasons());
    if (end != call::BridgeEnd::transferred) co_return;
    with = co_await transfer(run);
  }
}

Task<Exit> connect(Run& run, std::vector<std::vector<call::Target>> rounds,
                   call::RingOptions options) {
  call::Call& call = run.call();
  call::RingResult best;
  bool first = true;
  for (auto& targets : rounds) {
    const auto result = co_await call.ring(std::move(targets), options);
    if (call.over()) co_return Exit{};
    if (result.leg != nullptr) {
      static_cast<void>(run.take_later());
      co_await talk(run, *result.leg);
      co_return Exit{};
    }
    if (first || rank(result) < rank(best)) best = result;
    first = false;
    if (result.code >= 600) break;  // one of them spoke for all (RFC 3261 16.7)
  }
  const auto later = run.take_later();
  if (later && best.code < 600) {
    call.note("sent on to " + later->number, call::LogLevel::info);
    std::optional<Forwarder> by = later->by;
    const bool walked = co_await run.walk_number(later->number, std::move(by));
    if (walked || call.over()) co_return Exit{};
  }
  if (auto exit = branch_for(run, best, cause_of(best))) co_return std::move(*exit);
  co_await refuse(run, cause_of(best), best);
  co_return Exit{};
}

}  // namespace strowger::flow
