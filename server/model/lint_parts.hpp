// The parts of lint that have a file of their own. Only lint*.cpp include this.
#pragma once

#include "model/lint.hpp"

#include <string>

namespace strowger::model {

// The block's action and what it does to the call, with skip_module respected.
struct Step {
  const Action* action = nullptr;  // nullptr: unknown module
  bool skipped = false;

  bool answers(const Block& block) const {
    return !skipped && action != nullptr && action->answers_with(block.data);
  }
  bool may_have_child(std::string_view key) const;
  // The callflow that the block runs; "" for none.
  std::string_view runs(const Block& block) const;
};
Step step_of(const Block& block, const Catalog& catalog);

// Sub-flows: error for a block that leads back to where it came from on every way, warning when
// only the caller's keys (or hanging up) lead out.
void lint_loops(const Callflow& callflow, const Catalog& catalog, const Context& context,
                Findings& findings);

// Numbers, patterns, an empty flow.
void lint_head(const Callflow& callflow, const Context& context, Findings& findings);

}  // namespace strowger::model
