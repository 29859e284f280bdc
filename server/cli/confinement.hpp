// What a child process of ours gives up before it touches untrusted input.
#pragma once

#include <sys/resource.h>

namespace strowger::cli {

struct Confinement {
  rlim_t cpu_seconds = 30;
  rlim_t memory_bytes = rlim_t{1} << 30;
  rlim_t descriptors = 3;  // standard input, output and error among them
  bool computing_only = false;  // computing_only.hpp; where the kernel has that
  bool threads = false;    // and with them processes: the kernel does not tell them apart
};

// From here on: no file may grow, no thread be started, no right gained; standard error goes
// nowhere. False when the kernel refuses.
bool confine(const Confinement& confinement);

}  // namespace strowger::cli
