#include "host/beside_calls.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>

namespace strowger::host {
namespace {

TEST(BesideCalls, TheThreadAloneIsNamedAndStepsBack) {
  const int before = getpriority(PRIO_PROCESS, 0);
  int beside = 0;
  std::array<char, 16> name{};
  std::thread([&] {
    begin_beside_calls("records");
    beside = getpriority(PRIO_PROCESS, 0);
    pthread_getname_np(pthread_self(), name.data(), name.size());
  }).join();
  EXPECT_EQ(beside, std::min(before + 10, 19)) << "there is nothing behind 19";
  EXPECT_EQ(std::string(name.data()), "records");
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), before);
}

}  // namespace
}  // namespace strowger::host
