// The interpreter as an action sees it: the call, the account's media and callflows, sub-flows.
#pragma once

#include "base/task.hpp"
#include "flow/forwarding.hpp"
#include "flow/interpreter.hpp"
#include "flow/snapshot.hpp"
#include "model/document_change.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace strowger::flow {

class Run {
 public:
  Run(call::Call& call, SnapshotPtr snapshot, std::shared_ptr<const AccountSnapshot> account,
      FlowLimits limits, const Interpreter::Watch& watch);

  call::Call& call() { return call_; }
  // The block that is running: its children are the branches that exist.
  const Block& block() const { return *block_; }
  // Null when the account has no such media.
  const call::Media* media(const std::string& id) const;
  // Null when the account has no such callflow published.
  const Program* callflow(const std::string& id) const;
  // The seats, devices and ring groups of the account.
  const model::SeatDirectory& seats() const { return *account_->seats; }
  const model::Schedule& schedule() const { return *account_->schedule; }
  const Carriers& carriers() const { return *account_->carriers; }
  const model::AccountSettings& settings() const { return account_->settings; }
  // The published callflow that answers `number` for whoever calls; null when none does.
  const Program* callflow_for_number(const std::string& number) const;
  const std::string& realm() const { return account_->realm; }  // "" for none
  bool is_realm(std::string_view host) const { return account_->is_realm(host); }
  // Which published callflow answers `number` in this account.
  std::optional<model::NumberMatch> find_number(const std::string& number,
                                                model::CallerKind caller) const {
    return account_->find_number(number, caller);
  }
  // Who has sent the call here; nothing when it was dialled.
  const std::optional<Forwarder>& forwarder() const { return forwarder_; }

  // Has a document of the account changed, a moment later; this call sees it as it was. `what` is
  // noted, too.
  void change(model::DocumentChange::Kind kind, std::string id, boost::json::object patch,
              std::string what);

  // Walks another callflow to its end and comes back, unless it ended the call. False: nested too
  // deep.
  Task<bool> enter(const Program& program);
  // Walks the callflow of `number`, as if `by` had dialled it; nothing: as if whoever calls, or has
  // the call transferred, had. False: no callflow answers it.
  Task<bool> walk_number(std::string number, std::optional<Forwarder> by);

  // Where the call goes if no phone takes it, as a callflow can't ring beside phones. The first
  // counts.
  struct Later {
    std::string number;
    Forwarder by;
  };
  void walk_later(Later later);
  std::unique_ptr<const Later> take_later() { return std::move(later_); }

 private:
  friend class Interpreter;
  Task<> walk(const Program& program);
  void refuse_endless_walk();
  void enter_block(const Program& program, const Block& block);
  Task<std::string> step(const Program& program, const Block& block);

  call::Call& call_;
  SnapshotPtr snapshot_;
  std::shared_ptr<const AccountSnapshot> account_;
  FlowLimits limits_;
  const Interpreter::Watch& watch_;
  const Block* block_ = nullptr;
  std::optional<Forwarder> forwarder_;
  std::unique_ptr<const Later> later_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace strowger::flow
