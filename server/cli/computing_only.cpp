#include "cli/computing_only.hpp"

#include <seccomp.h>
#include <sys/mman.h>

#include <cerrno>
#include <memory>

namespace strowger::cli {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

// What the C and C++ libraries need to read, write, allocate, tell the time and end.
constexpr int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(write),          SCMP_SYS(readv),
    SCMP_SYS(writev),        SCMP_SYS(close),          SCMP_SYS(fstat),
    SCMP_SYS(lseek),         SCMP_SYS(brk),            SCMP_SYS(munmap),
    SCMP_SYS(mremap),        SCMP_SYS(madvise),        SCMP_SYS(futex),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),   SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_yield),   SCMP_SYS(exit),           SCMP_SYS(exit_group),
    SCMP_SYS(sigaltstack),  // AddressSanitizer, before whatever does not return
};

// Memory may be had, but none that runs: the protection is their third argument.
constexpr int allowed_without_execution[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};

bool add_rules(scmp_filter_ctx filter) {
  for (const int call : allowed) {
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
  }
  const scmp_arg_cmp no_execution{.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC,
                                  .datum_b = 0};
  for (const int call : allowed_without_execution) {
    if (seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &no_execution) != 0) return false;
  }
  return true;
}

}  // namespace

Caged allow_computing_only() {
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  if (!filter || !add_rules(filter.get())) return Caged::no;
  const int loaded = seccomp_load(filter.get());
  if (loaded == 0) return Caged::yes;
  return loaded == -ENOSYS || loaded == -EINVAL ? Caged::cannot : Caged::no;
}

}  // namespace strowger::cli
