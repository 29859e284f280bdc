// `strowger decode-media` (hidden): the child of `media add`. Sound on standard input, our
// encodings on standard output; under limits, because decoders of sound are a favourite way into
// a machine.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/confinement.hpp"
#include "media/intake.hpp"

#include <unistd.h>

#include <cerrno>
#include <vector>

namespace strowger::cli {

namespace {

// One byte too many is enough for the decoder to say that it is too large.
std::vector<std::byte> read_all(std::size_t bytes_max) {
  std::vector<std::byte> bytes(bytes_max + 1);
  std::size_t got = 0;
  while (got < bytes.size()) {
    const auto count = read(STDIN_FILENO, bytes.data() + got, bytes.size() - got);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    got += count;
  }
  bytes.resize(got);
  return bytes;
}

bool write_all(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto count = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes = bytes.subspan(count);
  }
  return true;
}

int decode() {
  if (!confine({.computing_only = true})) return exit_failed;
  const media::Limits limits;
  const auto outcome = media::intake(read_all(limits.upload_bytes_max), limits);
  return write_all(media::serialize(outcome)) ? exit_ok : exit_failed;
}

}  // namespace

void add_decode_media_command(Command app, Shell& shell) {
  auto command = app.add_subcommand("decode-media", "Decodes sound for `media add`");
  command.hide();  // not in --help
  command.callback([&shell] { shell.exit_code = decode(); });
}

}  // namespace strowger::cli
