#include "cli/commands.hpp"

#include "base/check.hpp"
#include "cli/command_line.hpp"


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

void add_commands(Command app, Shell& shell) {
  add_serve_command(app, shell);
  add_call_command(app, shell);
  add_callflow_commands(app, shell);
  add_media_commands(app, shell);
  add_seat_commands(app, shell);
  add_device_commands(app, shell);
  add_ring_group_commands(app, shell);
  add_trunk_commands(app, shell);
  add_temporal_commands(app, shell);
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
  const Program program{.name = "strowger",
                        .help = "Strowger, a call-flow phone system",
                        .version = STROWGER_VERSION,
                        .footer = footer};
  const auto define = [&shell](Command root) { add_commands(root, shell); };
  try {
    switch (parse(program, arguments, define, shell.out, shell.err)) {
      case Parsed::told: return exit_ok;
      case Parsed::refused: return exit_usage;
      case Parsed::done: break;
    }
  } catch (const BrokenInvariant& bug) {
    shell.err << "strowger: this is a bug: " << bug.what() << '\n';
    return exit_failed;
  }
  return shell.exit_code;
}

}  // namespace strowger::cli
