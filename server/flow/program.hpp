// A callflow made runnable: blocks with their actions' code and read data. Compiling never fails as
// a whole: a block that can't run (unknown module, bad data) becomes one that says so in the record
// when a call reaches it; publishing such a flow is refused elsewhere (model/lint.hpp).
#pragma once

#include "flow/action.hpp"
#include "model/callflow.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strowger::flow {

struct Block {
  std::string id;
  std::string module;
  bool skipped = false;                      // data.skip_module
  std::unique_ptr<const Runnable> runnable;  // null: see complaint
  std::string complaint;
  std::map<std::string, const Block*, std::less<>> children;
};

struct Program {
  std::string callflow_id;
  std::string name;
  std::int64_t revision = 0;
  std::vector<std::unique_ptr<Block>> blocks;
  const Block* root = nullptr;  // null: an empty flow
};

using ActionTable = std::unordered_map<std::string, ActionCode>;
// By the "name" of each action.json. An unreadable manifest is a broken build: throws
// BrokenInvariant.
ActionTable action_table(std::span<const ActionEntry> entries);

std::shared_ptr<const Program> compile(const model::Callflow& callflow, std::int64_t revision,
                                       const ActionTable& actions);

}  // namespace strowger::flow
