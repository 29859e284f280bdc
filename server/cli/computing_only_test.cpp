#include "cli/computing_only.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

namespace strowger::cli {
namespace {

// In a child of the test, which then ends: 0 when `attempt` got EPERM.
template <class Attempt>
[[noreturn]] void end_after(Attempt attempt) {
  if (allow_computing_only() != Caged::yes) _exit(2);
  errno = 0;
  _exit(attempt() < 0 && errno == EPERM ? 0 : 1);
}

TEST(ComputingOnly, WhatLeadsOutOfTheProcessIsForbidden) {
  const testing::ExitedWithCode forbidden(0);
  EXPECT_EXIT(end_after([] { return open("/etc/hostname", O_RDONLY | O_CLOEXEC); }), forbidden, "");
  EXPECT_EXIT(end_after([] { return open("/tmp/caged", O_CREAT | O_WRONLY, 0600); }), forbidden,
              "");
  EXPECT_EXIT(end_after([] { return socket(AF_INET, SOCK_STREAM, 0); }), forbidden, "");
  EXPECT_EXIT(end_after([] { return socket(AF_UNIX, SOCK_DGRAM, 0); }), forbidden, "");
  EXPECT_EXIT(end_after([] { return static_cast<int>(syscall(SYS_fork)); }), forbidden, "");
  EXPECT_EXIT(end_after([] { return execl("/bin/true", "true", nullptr); }), forbidden, "");
  EXPECT_EXIT(end_after([] { return kill(getppid(), 0); }), forbidden, "");
  EXPECT_EXIT(end_after([] {
                const auto* const memory = mmap(nullptr, 4'096, PROT_READ | PROT_EXEC,
                                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                return memory == MAP_FAILED ? -1 : 0;
              }),
              forbidden, "");
}

TEST(ComputingOnly, ComputingReadingAndWritingGoOn) {
  EXPECT_EXIT(
      {
        int ends[2];
        if (pipe(ends) != 0 || allow_computing_only() != Caged::yes) _exit(2);
        const std::vector<char> much(50'000'000, 'x');  // more than the heap has in stock
        char got = 0;
        const bool passed = write(ends[1], &much.back(), 1) == 1 && read(ends[0], &got, 1) == 1;
        _exit(passed && got == 'x' ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace strowger::cli
