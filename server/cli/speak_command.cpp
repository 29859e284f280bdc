// `strowger speak` (hidden): the child of text to speech. Becomes espeak-ng, under limits, because
// the text is a stranger's.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/confinement.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace strowger::cli {

namespace {

struct SpeakOptions {
  std::string program;
  std::string voice;
};

// Returns only when it failed. The text comes on standard input: nothing of it is an argument.
int speak(const SpeakOptions& options) {
  const Confinement confinement{.cpu_seconds = 20, .memory_bytes = rlim_t{512} << 20,
                                .descriptors = 16, .threads = true};
  if (!confine(confinement)) return exit_failed;
  // espeak-ng looks for loudspeakers even when it writes to a pipe: the PulseAudio library starts a
  // thread, and wants a file in memory that may not grow in here.
  signal(SIGXFSZ, SIG_IGN);
  const std::array<const char*, 8> words = {options.program.c_str(), "-v", options.voice.c_str(),
                                            "-b", "1",  // the text is UTF-8
                                            "--stdin", "--stdout", nullptr};
  const std::array<const char*, 3> environment = {"LC_ALL=C.UTF-8",
                                                  "PULSE_SERVER=unix:/dev/null", nullptr};
  execve(options.program.c_str(), const_cast<char* const*>(words.data()),
         const_cast<char* const*>(environment.data()));
  return exit_failed;
}

}  // namespace

void add_speak_command(Command app, Shell& shell) {
  auto command = app.add_subcommand("speak", "Becomes espeak-ng, under limits");
  command.hide();  // not in --help
  auto options = std::make_shared<SpeakOptions>();
  command.add_option("PROGRAM", options->program, "").required();
  command.add_option("VOICE", options->voice, "").required();
  command.callback([&shell, options] { shell.exit_code = speak(*options); });
}

}  // namespace strowger::cli
