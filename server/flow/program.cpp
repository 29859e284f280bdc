#include "flow/program.hpp"

#include "base/check.hpp"
#include "flow/data.hpp"

#include <boost/json/parse.hpp>

namespace strowger::flow {

namespace {

class Compiler {
 public:
  Compiler(Program& program, const ActionTable& actions) : program_(program), actions_(actions) {}

  // Depth is bounded by model::block_depth_max.
  const Block* add(const model::Block& source) {
    auto& block = *program_.blocks.emplace_back(std::make_unique<Block>());
    block.id = source.id;
    block.module = source.module;
    block.skipped = source.skipped();
    make_runnable(source, block);
    for (const auto& branch : source.children) block.children[branch.key] = add(branch.block);
    return &block;
  }

 private:
  void make_runnable(const model::Block& source, Block& block) {
    const auto action = actions_.find(source.module);
    if (action == actions_.end()) {
      block.complaint = "unknown module \"" + source.module + "\"";
      return;
    }
    auto made = action->second(Data(source.data));
    if (made) {
      block.runnable = std::move(*made);
    } else {
      block.complaint = made.error().what;
    }
  }

  Program& program_;
  const ActionTable& actions_;
};

}  // namespace

ActionTable action_table(std::span<const ActionEntry> entries) {
  ActionTable table;
  for (const auto& entry : entries) {
    boost::json::error_code error;
    const auto manifest = boost::json::parse(
        boost::json::string_view(entry.manifest.data(), entry.manifest.size()), error);
    check(!error && manifest.is_object(), "an action.json is no JSON object");
    const auto* name = manifest.get_object().if_contains("name");
    check(name != nullptr && name->is_string(), "an action.json has no name");
    table.emplace(std::string(name->get_string().c_str()), entry.code);
  }
  return table;
}

std::shared_ptr<const Program> compile(const model::Callflow& callflow, std::int64_t revision,
                                       const ActionTable& actions) {
  auto program = std::make_shared<Program>();
  program->callflow_id = callflow.id;
  program->name = callflow.name;
  program->revision = revision;
  if (callflow.root) program->root = Compiler(*program, actions).add(*callflow.root);
  return program;
}

}  // namespace strowger::flow
