// `strowger number …`: which callflow answers which number, and numbers that are still spare.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/table.hpp"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct NumberOptions : DataOptions {
  std::string number;
};

int list(const DataOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto numbers = (*store)->numbers(options.account);
  if (!numbers) return fail(shell, numbers.error());
  const auto spare = (*store)->spare_numbers(options.account);
  if (!spare) return fail(shell, spare.error());
  json::array entries;
  Table table({"NUMBER", "CALLFLOW", "KIND"});
  for (const auto& owner : *numbers) {
    entries.push_back(json::object{{"number", owner.number},
                                   {"callflow", owner.callflow_id},
                                   {"pattern", owner.is_pattern}});
    table.add({owner.number, owner.callflow_id, owner.is_pattern ? "pattern" : "number"});
  }
  for (const auto& number : *spare) {
    const auto owner = (*store)->number_owner(options.account, number);
    if (!owner) return fail(shell, owner.error());
    if (*owner) continue;
    entries.push_back(json::object{{"number", number}, {"pattern", false}});
    table.add({number, "", "spare"});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no live callflow has a number, none is spare");
  return exit_ok;
}

int add(const NumberOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  const auto added = (*store)->add_spare_number(options.account, options.number);
  if (!added) return fail(shell, added.error());
  shell.out << options.number << " is spare: a callflow can take it\n";
  return exit_ok;
}

int remove(const NumberOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto removed = (*store)->remove_spare_number(options.account, options.number);
  if (!removed) return fail(shell, removed.error());
  shell.out << options.number << " is no longer the account's\n";
  return exit_ok;
}

void add_command(Command group, const char* name, const char* what, Shell& shell,
                 int (*work)(const NumberOptions&, Shell&)) {
  auto options = std::make_shared<NumberOptions>();
  auto command = group.add_subcommand(name, what);
  command.add_option("NUMBER", options->number, "An extension or a phone number").required();
  add_data_options(command, *options);
  command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
}

}  // namespace

void add_number_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("number", "Numbers and patterns of an account");
  group.require_subcommand();
  auto options = std::make_shared<DataOptions>();
  auto command = group.add_subcommand("list", "Which callflow answers which number");
  add_data_options(command, *options);
  command.callback([&shell, options] { shell.exit_code = list(*options, shell); });
  add_command(group, "add", "Give the account a number that no callflow has yet", shell, add);
  add_command(group, "remove", "Take a spare number away from the account", shell, remove);
}

}  // namespace strowger::cli
