// `strowger decode-media` (hidden): the child of `media add`. Sound on standard input, our
// encodings on standard output; under limits, because decoders of sound are a favourite way into
// a machine.
#include "cli/commands.hpp"
#include "cli/computing_only.hpp"
#include "host/file_descriptor.hpp"
#include "media/intake.hpp"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STROWGER_SHADOW_MEMORY 1  // sanitizers map terabytes, and look around with system calls
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STROWGER_SHADOW_MEMORY 1
#endif

namespace strowger::cli {

namespace {

constexpr rlim_t cpu_seconds = 30;
[[maybe_unused]] constexpr rlim_t memory_bytes = rlim_t{1} << 30;

// Standard input, output and error; a sanitizer needs a pipe besides to look at memory.
#ifdef STROWGER_SHADOW_MEMORY
constexpr rlim_t descriptors = 5;
#else
constexpr rlim_t descriptors = 3;
#endif

bool limit(int resource, rlim_t value) {
  const rlimit both{.rlim_cur = value, .rlim_max = value};
  return setrlimit(resource, &both) == 0;
}

// Decoding libraries write warnings there; it may be a file, and those may not grow in here.
bool silence_standard_error() {
  const host::FileDescriptor nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
  return nowhere && dup2(nowhere.get(), STDERR_FILENO) == STDERR_FILENO;
}

// From here on: no file may be opened or grow, no process started, nobody spoken to.
bool confine() {
  bool done = silence_standard_error() && limit(RLIMIT_CPU, cpu_seconds) &&
              limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, descriptors) &&
              limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0);
#ifndef STROWGER_SHADOW_MEMORY
  // Where the kernel has no seccomp the limits stand alone.
  done = done && limit(RLIMIT_AS, memory_bytes) && allow_computing_only() != Caged::no;
#endif
  return done;
}

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
  if (!confine()) return exit_failed;
  const media::Limits limits;
  const auto outcome = media::intake(read_all(limits.upload_bytes_max), limits);
  return write_all(media::serialize(outcome)) ? exit_ok : exit_failed;
}

}  // namespace

void add_decode_media_command(CLI::App& app, Shell& shell) {
  auto* command = app.add_subcommand("decode-media", "Decodes sound for `media add`");
  command->group("");  // not in --help
  command->callback([&shell] { shell.exit_code = decode(); });
}

}  // namespace strowger::cli
