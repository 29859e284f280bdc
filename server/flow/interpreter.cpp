#include "flow/interpreter.hpp"

#include "call/call.hpp"
#include "flow/bare_response.hpp"
#include "flow/connect.hpp"
#include "flow/pickup.hpp"
#include "flow/run.hpp"
#include "flow/shown_caller.hpp"

#include <utility>
#include <vector>

namespace strowger::flow {

namespace {

// A device calls in its own account, whatever host it names; a carrier in the one of its trunk.
[[gnu::noinline]] std::shared_ptr<const AccountSnapshot> account_of(const call::Call& call,
                                                  const Snapshot& snapshot) {
  if (!call.calling_account().empty()) return snapshot.account(call.calling_account());
  return snapshot.account_for(call.request_uri().host);
}

// Callers who have not logged in are outsiders: `no_match` is not for them (toll fraud).
model::CallerKind kind_of(const call::Call& call) {
  return call.calling_device().empty() ? model::CallerKind::external : model::CallerKind::internal;
}

// False: the call is refused, as its carrier has all the calls that it may have.
bool let_in(call::Call& call, const AccountSnapshot& account) {
  const Carrier* const carrier = account.carriers->find(call.calling_trunk());
  if (carrier == nullptr) return true;
  if (carrier->trunk.inbound.trust_identity) call.trust_asserted_identity();
  // Not to who has logged in here from elsewhere (decision 0029).
  const auto& peer = call.peer();
  const bool at_home = carrier->is_at(peer.remote.address) || carrier->is_linked(peer.link);
  if (at_home) call.set_login(carrier->login());
  auto claim = call::CarrierClaim::of(carrier->state, carrier->trunk.channels);
  if (!claim) {
    call.note("trunk " + carrier->trunk.id + " is full: " +
              std::to_string(carrier->trunk.channels.value_or(0)) + " calls");
    // Without Retry-After: it would keep the carrier away from all our numbers (RFC 3261 21.5.4).
    auto rejection = call::standard_rejection(503);
    constexpr int no_circuit = 34;
    rejection.phrase = "Trunk Full";
    rejection.q850_cause = no_circuit;
    rejection.disposition = model::Disposition::failed;
    call.reject(std::move(rejection));
    return false;
  }
  call.hold(std::move(claim));
  return true;
}

// False: its device has to encrypt what it says, and does not.
[[gnu::noinline]] bool is_secret_enough(call::Call& call, const AccountSnapshot& account) {
  if (call.calling_device().empty()) return true;
  const auto* const device = account.seats->device(call.calling_device());
  return device == nullptr || !device->srtp || call.require_srtp();
}

// Not the flow's doing, so no block's code.
void refuse_unknown(call::Call& call) {
  auto rejection = call::standard_rejection(404);
  rejection.disposition = model::Disposition::no_route;
  call.reject(std::move(rejection));
}

// Nobody has the number.
[[gnu::noinline]] Task<> answer_unknown(Run& run) {
  const auto& response = run.settings().unknown_number;
  if (response) co_await respond(run, *response, model::Disposition::no_route);
  else refuse_unknown(run.call());
}

// Never a silent hang-up: the record says that the drawing had no end here.
[[gnu::noinline]] Task<> end_without_action(Run& run) {
  run.call().note("the callflow ended here without an action that ends the call");
  const auto& response = run.settings().default_response;
  if (response) co_await respond(run, *response);
  else run.call().hang_up();
}

// One target, or none: a list takes less room in the frame of every call than a target does.
[[gnu::noinline]] std::vector<call::Target> place_elsewhere(const call::Call& call) {
  std::vector<call::Target> one;
  if (auto there = call.replaced_elsewhere()) one.push_back(std::move(*there));
  return one;
}

// The other exchange takes the dialog that is named apart, and its other party comes through it.
[[gnu::noinline]] Task<> take_place_elsewhere(Run& run, std::vector<call::Target> one) {
  call::Call& call = run.call();
  const call::RingOptions options{.from = {}};
  const auto result = co_await call.ring(std::move(one), options);
  if (call.over()) co_return;
  if (result.leg == nullptr) call.reject(call::standard_rejection(result.code));
  else co_await talk(run, *result.leg);
}

}  // namespace

Interpreter::Interpreter(std::function<SnapshotPtr()> current, FlowLimits limits, Watch watch)
    : current_(std::move(current)), limits_(limits), watch_(std::move(watch)) {}

Task<> Interpreter::walk(call::Call& call) const {
  const auto snapshot = current_();
  const auto account = snapshot ? account_of(call, *snapshot) : nullptr;
  if (!account) {
    refuse_unknown(call);
    co_return;
  }
  call.record().account = account->id;
  // A coroutine keeps what it needs after its first wait for as long as the call lasts, and
  // whatever its compiler is not sure of: all that is over by then is done in other functions. Were
  // they inlined, their variables, and the frames of coroutines, would be kept with it.
  if (!is_secret_enough(call, *account)) co_return;
  if (!call.calling_device().empty() && !call.from_inside()) show_seat(call, *account->seats);
  Run run(call, snapshot, account, limits_, watch_);
  if (call.replaces() != 0) {
    call::Leg* other = call.take_party_of(call.replaces());
    if (other == nullptr) call.reject(call::standard_rejection(481));
    else co_await talk(run, *other);
    co_return;
  }
  if (auto there = place_elsewhere(call); !there.empty()) {
    co_await take_place_elsewhere(run, std::move(there));
    co_return;
  }
  if (asks_to_pick_up(call)) {
    co_await pick_up_for_another(run);
    co_return;
  }
  const Program* program = program_for(call, *account);
  if (program != nullptr) {
    co_await run.walk(*program);
    if (!call.over()) co_await end_without_action(run);
  } else if (!call.over()) {
    co_await answer_unknown(run);
  }
}

[[gnu::noinline]] const Program* Interpreter::program_for(call::Call& call,
                                                         const AccountSnapshot& account) {
  if (!account.settings.transcode) call.forbid_transcoding();
  if (account.settings.early_media_max) call.limit_early_media(*account.settings.early_media_max);
  if (!call.calling_trunk().empty() && !let_in(call, account)) return nullptr;
  const auto match = account.find_number(call.called_number(), kind_of(call));
  const auto found = match ? account.programs.find(match->callflow_id) : account.programs.end();
  if (found == account.programs.end()) return nullptr;
  remember_captures(call, *match);
  const Program& program = *found->second;
  call.record().callflow_id = program.callflow_id;
  call.record().callflow_revision = program.revision;
  call.record().callflow_name = program.name;
  return &program;
}

void Interpreter::remember_captures(call::Call& call, const model::NumberMatch& match) {
  for (std::size_t i = 0; i < match.captures.size(); ++i) {
    call.set_variable("capture_group_" + std::to_string(i + 1), match.captures[i]);
  }
  if (!match.captures.empty()) call.set_variable("capture_group", match.captures.front());
  for (const auto& [name, text] : match.named) call.set_variable(name, text);
}

// ---- Run

Run::Run(call::Call& call, SnapshotPtr snapshot, std::shared_ptr<const AccountSnapshot> account,
         FlowLimits limits, const Interpreter::Watch& watch)
    : call_(call),
      snapshot_(std::move(snapshot)),
      account_(std::move(account)),
      limits_(limits),
      watch_(watch) {}

const call::Media* Run::media(const std::string& id) const {
  const auto found = account_->media.find(id);
  return found == account_->media.end() ? nullptr : &found->second;
}

const Program* Run::callflow(const std::string& id) const {
  const auto found = account_->programs.find(id);
  return found == account_->programs.end() ? nullptr : found->second.get();
}

const Program* Run::callflow_for_number(const std::string& number) const {
  const auto match = account_->find_number(number, kind_of(call_));
  return match ? callflow(match->callflow_id) : nullptr;
}

void Run::walk_later(Later later) {
  if (!later_) later_ = std::make_unique<const Later>(std::move(later));
}

void Run::change(model::DocumentChange::Kind kind, std::string id, boost::json::object patch,
                 std::string what) {
  call_.note(what);
  call_.want_change({.account = account_->id,
                     .kind = kind,
                     .id = std::move(id),
                     .patch = std::move(patch),
                     .what = std::move(what),
                     .call = call_.id(),
                     .from = call_.calling_number()});
}

Task<bool> Run::enter(const Program& program) {
  if (depth_ >= limits_.depth_max) {
    call_.note("sub-flows are nested too deep (" + std::to_string(limits_.depth_max) + ")");
    co_return false;
  }
  ++depth_;
  const Block* caller = block_;
  co_await walk(program);
  block_ = caller;
  --depth_;
  co_return true;
}

Task<bool> Run::walk_number(std::string number, std::optional<Forwarder> by) {
  const auto match =
      account_->find_number(number, by ? model::CallerKind::internal : kind_of(call_));
  const Program* const program = match ? callflow(match->callflow_id) : nullptr;
  if (program == nullptr) co_return false;
  // What another number's pattern has captured is not part of this one.
  if (match->captures.empty()) call_.set_variable("capture_group", {});
  Interpreter::remember_captures(call_, *match);
  auto before = std::exchange(forwarder_, std::move(by));
  auto dialled = call_.call_instead(std::move(number));
  co_await enter(*program);
  if (call_.gone()) co_return true;
  forwarder_ = std::move(before);
  static_cast<void>(call_.call_instead(std::move(dialled)));
  co_return true;
}

[[gnu::noinline]] Task<> Run::walk(const Program& program) {
  const Block* block = program.root;
  while (block != nullptr && !call_.over()) {
    if (++steps_ > limits_.steps_max) {
      refuse_endless_walk();
      co_return;
    }
    const std::string key = co_await step(program, *block);
    if (call_.over()) co_return;
    auto next = block->children.find(key);
    if (next == block->children.end()) next = block->children.find("_");
    block = next == block->children.end() ? nullptr : next->second;
  }
}

void Run::refuse_endless_walk() {
  call_.note("too many blocks in one call (" + std::to_string(limits_.steps_max) + ")");
  auto rejection = call::standard_rejection(480);
  rejection.disposition = model::Disposition::failed;
  call_.reject(std::move(rejection));
}

[[gnu::noinline]] void Run::enter_block(const Program& program, const Block& block) {
  call_.enter_block({.block_id = block.id,
                     .module = block.module,
                     .callflow_id = program.callflow_id,
                     .callflow_revision = program.revision});
  if (watch_) watch_(call_);
}

[[gnu::noinline]] Task<std::string> Run::step(const Program& program, const Block& block) {
  enter_block(program, block);
  // The step is written to by index: a sub-flow adds steps of its own behind it.
  const auto index = call_.current_step();
  Exit exit;
  block_ = &block;
  if (block.skipped) {
    call_.note("switched off (skip_module)", call::LogLevel::info);
  } else if (block.runnable == nullptr) {
    call_.note("skipped: " + block.complaint);
  } else {
    exit = co_await block.runnable->run(*this);
  }
  if (!call_.over()) call_.leave_block(index, exit.key);
  co_return exit.key;
}

}  // namespace strowger::flow
