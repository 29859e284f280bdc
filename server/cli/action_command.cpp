// `strowger action list`: the blocks that a callflow may use in this build.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/table.hpp"
#include "flow/action.hpp"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

std::string branches(const model::Action& action) {
  switch (action.branches) {
    case model::Branches::none: return "none";
    case model::Branches::one: return "_";
    case model::Branches::keyed: break;
  }
  std::string keys = "_";
  for (const auto& fixed : action.fixed_keys) keys += " " + fixed.key;
  if (!action.key_pattern.empty()) keys += " /" + action.key_pattern + "/";
  return keys;
}

int list(const DataOptions& options, Shell& shell) {
  if (options.json) {
    json::array manifests;
    for (const auto& entry : actions::all()) {
      manifests.push_back(
          json::parse(json::string_view(entry.manifest.data(), entry.manifest.size())));
    }
    shell.out << json::serialize(manifests) << '\n';
    return exit_ok;
  }
  const auto catalog = load_catalog();
  Table table({"MODULE", "GROUP", "BRANCHES", "WHAT IT DOES"});
  for (const auto* action : catalog.actions()) {
    table.add({action->name, action->group, branches(*action), action->summary});
  }
  table.print(shell.out, "this build has no actions");
  return exit_ok;
}

}  // namespace

void add_action_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("action", "The blocks that callflows are made of");
  group.require_subcommand();
  auto options = std::make_shared<DataOptions>();
  auto command = group.add_subcommand("list", "Every action of this build");
  command.add_flag("--json", options->json, "Print the whole descriptions");
  command.callback([&shell, options] { shell.exit_code = list(*options, shell); });
}

}  // namespace strowger::cli
