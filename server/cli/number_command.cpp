// `strowger number list`: which callflow answers which number.
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/table.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

int list(const DataOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto numbers = (*store)->numbers(options.account);
  if (!numbers) return fail(shell, numbers.error());
  json::array entries;
  Table table({"NUMBER", "CALLFLOW", "KIND"});
  for (const auto& owner : *numbers) {
    entries.push_back(json::object{{"number", owner.number},
                                   {"callflow", owner.callflow_id},
                                   {"pattern", owner.is_pattern}});
    table.add({owner.number, owner.callflow_id, owner.is_pattern ? "pattern" : "number"});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no live callflow has a number");
  return exit_ok;
}

}  // namespace

void add_number_commands(CLI::App& app, Shell& shell) {
  auto& group = *app.add_subcommand("number", "Numbers and patterns of live callflows");
  group.require_subcommand(1);
  auto options = std::make_shared<DataOptions>();
  auto* command = group.add_subcommand("list", "Which callflow answers which number");
  add_data_options(*command, *options);
  command->callback([&shell, options] { shell.exit_code = list(*options, shell); });
}

}  // namespace strowger::cli
