// Walks a call down its callflow. Knows Action, never one action. The same interpreter runs real calls,
// scenarios and the simulator (DESIGN law 2).
#pragma once

#include "base/task.hpp"
#include "flow/snapshot.hpp"

#include <functional>

namespace strowger::call {
class Call;
}

namespace strowger::flow {

struct FlowLimits {
  std::size_t steps_max = 500;    // blocks per call
  std::size_t depth_max = 20;     // sub-flows inside sub-flows
};

class Interpreter {
 public:
  // `current` gives the snapshot a new call starts with.
  Interpreter(std::function<SnapshotPtr()> current, FlowLimits limits);

  // The script of one call, from number look-up to its end. Never leaves a call unanswered.
  Task<> walk(call::Call& call) const;

 private:
  std::function<SnapshotPtr()> current_;
  FlowLimits limits_;
};

// The interpreter as an action sees it.
class Run {
 public:
  Run(call::Call& call, SnapshotPtr snapshot, std::shared_ptr<const AccountSnapshot> account,
      FlowLimits limits);

  call::Call& call() { return call_; }
  // Null when the account has no such media.
  const call::Media* media(std::string_view id) const;
  // Null when the account has no such callflow published.
  const Program* callflow(std::string_view id) const;
  // The published flow that answers `number` in this account, for actions that dial on; null when none.
  const Program* callflow_for_number(const std::string& number) const;

  // Walks another flow to its end, then comes back; the caller goes on with its own `_`. False: too deep.
  Task<bool> enter(const Program& program);

 private:
  friend class Interpreter;
  Task<> walk(const Program& program);
  Task<std::string> step(const Block& block);

  call::Call& call_;
  SnapshotPtr snapshot_;
  std::shared_ptr<const AccountSnapshot> account_;
  FlowLimits limits_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace strowger::flow
