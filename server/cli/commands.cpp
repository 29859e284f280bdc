#include "cli/commands.hpp"

#include "base/check.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <ostream>

#ifndef STROWGER_VERSION
#define STROWGER_VERSION "0.1.0"
#endif

namespace strowger::cli {

namespace {

constexpr const char* footer = R"(First steps:
  strowger serve                               run it, on this machine only
  strowger callflow import night.json          a document becomes live at once
  strowger call sip:1000@127.0.0.1             call it and see what a caller sees
  strowger calls list                          what happened
  strowger trace                               what happens: SIP messages, live

Every command explains itself: strowger callflow import --help)";

// CLI11 hands the footer down; below the top it would only be in the way.
void footer_only_at_the_top(CLI::App& app) {
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    command->footer("");
    footer_only_at_the_top(*command);
  }
}

void add_commands(CLI::App& app, Shell& shell) {
  add_serve_command(app, shell);
  add_call_command(app, shell);
  add_callflow_commands(app, shell);
  add_media_commands(app, shell);
  add_seat_commands(app, shell);
  add_device_commands(app, shell);
  add_ring_group_commands(app, shell);
  add_number_commands(app, shell);
  add_account_commands(app, shell);
  add_action_commands(app, shell);
  add_calls_commands(app, shell);
  add_registration_commands(app, shell);
  add_trace_command(app, shell);
  add_scenario_command(app, shell);
  add_decode_media_command(app, shell);
  add_speak_command(app, shell);
}

}  // namespace

int run(const std::vector<std::string>& arguments, Shell& shell) {
  CLI::App app("Strowger, a call-flow phone system", "strowger");
  app.set_version_flag("--version", "strowger " STROWGER_VERSION);
  app.footer(footer);
  app.require_subcommand(1);
  add_commands(app, shell);
  footer_only_at_the_top(app);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, shell.out, shell.err);
    return code == 0 ? exit_ok : exit_usage;
  } catch (const BrokenInvariant& bug) {
    shell.err << "strowger: this is a bug: " << bug.what() << '\n';
    return exit_failed;
  }
  return shell.exit_code;
}

}  // namespace strowger::cli
