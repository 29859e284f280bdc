#include "host/beside_calls.hpp"

#include <pthread.h>
#include <sys/resource.h>

namespace strowger::host {

namespace {

// A tenth of a shard's share, when both want a whole processor (sched(7)).
constexpr int steps_back = 10;

}  // namespace

void begin_beside_calls(const char* name) {
  pthread_setname_np(pthread_self(), name);
  // Of this thread alone: on Linux each has its own (setpriority(2), "C library/kernel
  // differences"). Somebody may have lowered all of the server already.
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + steps_back);
}

}  // namespace strowger::host
