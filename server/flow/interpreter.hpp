// Walks a call down its callflow. Knows Action, never one action. The same interpreter runs real
// calls, scenarios and the simulator (DESIGN law 2).
#pragma once

#include "base/task.hpp"
#include "flow/snapshot.hpp"

#include <cstddef>
#include <functional>

namespace strowger::call {
class Call;
}

namespace strowger::flow {

struct FlowLimits {
  std::size_t steps_max = 500;  // blocks per call
  std::size_t depth_max = 20;   // sub-flows inside sub-flows
};

class Interpreter {
 public:
  // Told of every block that a call enters, in the call's thread; must not wait.
  using Watch = std::function<void(call::Call& call)>;

  // `current` gives the snapshot that a new call starts with and keeps.
  Interpreter(std::function<SnapshotPtr()> current, FlowLimits limits, Watch watch = {});

  // The script of one call, from number look-up to its end. Never leaves a call unanswered.
  Task<> walk(call::Call& call) const;

 private:
  friend class Run;
  // What walks the call from here; null: nobody has the number, or the call was refused.
  static const Program* program_for(call::Call& call, const AccountSnapshot& account);
  // Captures of the matching pattern become variables: capture_group, capture_group_1 …, and by
  // name.
  static void remember_captures(call::Call& call, const model::NumberMatch& match);

  std::function<SnapshotPtr()> current_;
  FlowLimits limits_;
  Watch watch_;
};

}  // namespace strowger::flow
