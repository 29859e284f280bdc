// The commands of `strowger`. Each lives in a file of its own, which adds it to the command line;
// commands.cpp lists them in the open. A command parses into an options struct of its own and
// sets Command::callback() to work that leaves its exit code in the Shell.
//
//   void add_example_command(Command app, Shell& shell) {
//     auto options = std::make_shared<ExampleOptions>();
//     auto command = app.add_subcommand("example", "what it does, in one line");
//     command.add_option("FILE", options->file, "…").required();
//     command.callback([&shell, options] { shell.exit_code = run_example(*options, shell); });
//   }
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace strowger::cli {

class Command;  // cli/command_line.hpp

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;  // refused, not found, not as expected
constexpr int exit_usage = 2;   // the command line or the configuration is wrong

// Where a command prints, and what it comes to. Results go to `out`, complaints and progress to
// `err`.
struct Shell {
  std::ostream& out;
  std::ostream& err;
  int exit_code = exit_ok;
};

// What commands that work on a data directory have in common: --data DIR (env STROWGER_DATA) and
// --json.
struct DataOptions {
  std::string data = "data";
  std::string account = "default";
  bool json = false;
};
void add_data_options(Command command, DataOptions& options);

// The whole program: `arguments` without the program's name. Returns the exit code.
int run(const std::vector<std::string>& arguments, Shell& shell);

// ---- top-level commands
void add_serve_command(Command app, Shell& shell);
void add_call_command(Command app, Shell& shell);
void add_callflow_commands(Command app, Shell& shell);
void add_media_commands(Command app, Shell& shell);
void add_seat_commands(Command app, Shell& shell);
void add_device_commands(Command app, Shell& shell);
void add_ring_group_commands(Command app, Shell& shell);
void add_trunk_commands(Command app, Shell& shell);
void add_temporal_commands(Command app, Shell& shell);
void add_number_commands(Command app, Shell& shell);
void add_account_commands(Command app, Shell& shell);
void add_action_commands(Command app, Shell& shell);
void add_calls_commands(Command app, Shell& shell);
void add_registration_commands(Command app, Shell& shell);
void add_trace_command(Command app, Shell& shell);
void add_scenario_command(Command app, Shell& shell);
void add_decode_media_command(Command app, Shell& shell);  // hidden: the child of `media add`
void add_speak_command(Command app, Shell& shell);         // hidden: the child of speech

// ---- `strowger callflow …`: `group` is the callflow subcommand
void add_simulate_command(Command group, Shell& shell);

}  // namespace strowger::cli
