// The cage of a process that works on untrusted bytes.
#pragma once

#include <cstdint>

namespace strowger::cli {

enum class Caged : std::uint8_t {
  yes,
  no,      // the filter was refused
  cannot,  // this kernel has no seccomp
};

// From here on this process computes, reads and writes what is open already, and ends; every other
// system call fails with EPERM: files, sockets, processes, signals to others, executable memory.
Caged allow_computing_only();

}  // namespace strowger::cli
