#include "cli/confinement.hpp"

#include "cli/computing_only.hpp"
#include "host/file_descriptor.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STROWGER_SHADOW_MEMORY 1  // sanitizers map terabytes, and look around with system calls
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STROWGER_SHADOW_MEMORY 1
#endif

namespace strowger::cli {

namespace {

#ifdef STROWGER_SHADOW_MEMORY
constexpr rlim_t sanitizer_descriptors = 2;  // a pipe, to look at memory
#else
constexpr rlim_t sanitizer_descriptors = 0;
#endif

bool limit(int resource, rlim_t value) {
  const rlimit both{.rlim_cur = value, .rlim_max = value};
  return setrlimit(resource, &both) == 0;
}

// Libraries write warnings there; it may be a file, and those may not grow in here.
bool silence_standard_error() {
  const host::FileDescriptor nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
  return nowhere && dup2(nowhere.get(), STDERR_FILENO) == STDERR_FILENO;
}

}  // namespace

bool confine(const Confinement& confinement) {
  bool done = silence_standard_error() && limit(RLIMIT_CPU, confinement.cpu_seconds) &&
              limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
              (confinement.threads || limit(RLIMIT_NPROC, 0)) &&
              limit(RLIMIT_NOFILE, confinement.descriptors + sanitizer_descriptors) &&
              prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#ifndef STROWGER_SHADOW_MEMORY
  done = done && limit(RLIMIT_AS, confinement.memory_bytes);
  if (done && confinement.computing_only) done = allow_computing_only() != Caged::no;
#endif
  return done;
}

}  // namespace strowger::cli
