#include "host/loop.hpp"

#include "host/clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    out = FileDescriptor(ends[0]);
    in = FileDescriptor(ends[1]);
  }
  void put(char c) const { EXPECT_EQ(write(in.get(), &c, 1), 1); }
  char get() const {
    char c = 0;
    EXPECT_EQ(read(out.get(), &c, 1), 1);
    return c;
  }
  FileDescriptor out;
  FileDescriptor in;
};

TEST(Loop, RingsTimersInOrderOfTheirTimes) {
  Loop loop;
  std::string rung;
  const auto now = monotonic_now();
  loop.at(now + 3ms, [&] {
    rung += 'c';
    loop.stop();
  });
  loop.at(now + 1ms, [&] { rung += 'a'; });
  const auto never = loop.at(now + 1500us, [&] { rung += 'x'; });
  loop.at(now + 2ms, [&] { rung += 'b'; });
  loop.disarm(never);
  loop.run();
  EXPECT_EQ(rung, "abc");
}

TEST(Loop, RunsPostedWorkInItsOwnThreadInOrder) {
  Loop loop;
  std::vector<int> order;
  const auto here = std::this_thread::get_id();
  std::thread other([&] {
    for (int i = 0; i < 100; ++i) {
      loop.post([&, i] {
        EXPECT_EQ(std::this_thread::get_id(), here);
        order.push_back(i);
      });
    }
    loop.post([&] { loop.stop(); });
  });
  loop.run();
  other.join();
  ASSERT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(Loop, TellsWhatIsReadyUntilForgotten) {
  Loop loop;
  const Pipe pipe;
  std::string read;
  loop.watch(pipe.out.get(), EPOLLIN, [&](std::uint32_t) {
    read += pipe.get();
    if (read.size() == 2) {
      loop.forget(pipe.out.get());  // its own, while it runs
      loop.stop();
    }
  });
  pipe.put('1');
  pipe.put('2');
  pipe.put('3');
  loop.run();
  loop.post([&] { loop.stop(); });
  loop.run();
  EXPECT_EQ(read, "12");
}

// A callback closes another descriptor that is ready in the same turn, and opens a new one that
// gets its number: the old event must not reach the new watcher.
TEST(Loop, DoesNotTakeANewDescriptorForAnOldOne) {
  Loop loop;
  auto first = std::make_unique<Pipe>();
  auto second = std::make_unique<Pipe>();
  std::unique_ptr<Pipe> replacement;
  int calls = 0;
  const auto replace = [&](std::unique_ptr<Pipe>& other) {
    ++calls;
    loop.forget(first->out.get());
    loop.forget(second->out.get());
    other.reset();
    replacement = std::make_unique<Pipe>();
    loop.watch(replacement->out.get(), EPOLLIN, [&](std::uint32_t) { ADD_FAILURE(); });
    loop.stop();
  };
  loop.watch(first->out.get(), EPOLLIN, [&](std::uint32_t) { replace(second); });
  loop.watch(second->out.get(), EPOLLIN, [&](std::uint32_t) { replace(first); });
  first->put('1');
  second->put('2');
  loop.run();
  EXPECT_EQ(calls, 1);
  loop.forget(replacement->out.get());
}

TEST(Loop, FinishesEachTurnAfterWhatWasReady) {
  class Recorder final : public Loop::Turn {
   public:
    explicit Recorder(Loop& loop) : loop_(loop) {}
    std::optional<Instant> deadline() const override { return due; }
    void finish(Now now) override {
      log += 'f';
      if (due && *due <= now.instant) {
        log += 'd';
        loop_.stop();
      }
    }
    std::string log;
    std::optional<Instant> due;

   private:
    Loop& loop_;
  };
  Loop loop;
  Recorder turn(loop);
  const Pipe pipe;
  loop.watch(pipe.out.get(), EPOLLIN, [&](std::uint32_t) {
    turn.log += pipe.get();
    turn.due = monotonic_now() + 1ms;
  });
  pipe.put('r');
  loop.run(&turn);
  EXPECT_EQ(turn.log.substr(0, 2), "rf");
  EXPECT_EQ(turn.log.back(), 'd');
}

}  // namespace
}  // namespace strowger::host
