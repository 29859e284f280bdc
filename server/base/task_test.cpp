#include "base/task.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace strowger {
namespace {

// A place to wait at: the test resumes whoever waits.
struct Gate {
  std::coroutine_handle<> waiting;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) noexcept { waiting = handle; }
  void await_resume() const noexcept {}
  void open() { std::exchange(waiting, {}).resume(); }
};

// Notes when it dies: shows which frames are gone.
struct Witness {
  std::vector<std::string>& log;
  std::string name;
  ~Witness() { log.push_back("~" + name); }
};

Task<int> add_when_open(Gate& gate, int a, int b) {
  co_await gate;
  co_return a + b;
}

Task<int> twice(Gate& gate) {
  const int first = co_await add_when_open(gate, 1, 2);
  const int second = co_await add_when_open(gate, 10, 20);
  co_return first + second;
}

Task<> mark(bool& ran) {
  ran = true;
  co_return;
}

TEST(Task, DoesNothingUntilStarted) {
  bool ran = false;
  auto task = mark(ran);
  EXPECT_FALSE(ran);
  EXPECT_FALSE(task.done());
  task.start();
  EXPECT_TRUE(ran);
  EXPECT_TRUE(task.done());
}

TEST(Task, GoesOnWhereItWaitedAndHandsValuesUp) {
  Gate gate;
  auto task = twice(gate);
  task.start();
  EXPECT_FALSE(task.done());
  gate.open();
  EXPECT_FALSE(task.done());
  gate.open();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.take(), 33);
}

Task<> hold(Gate& gate, std::vector<std::string>& log, int depth) {
  const Witness witness{log, std::to_string(depth)};
  if (depth == 0) {
    co_await gate;
  } else {
    auto inner = hold(gate, log, depth - 1);
    co_await inner;
  }
}

TEST(Task, DestroyingTheOutermostDestroysAllItAwaits) {
  Gate gate;
  std::vector<std::string> log;
  {
    auto task = hold(gate, log, 2);
    task.start();
    EXPECT_TRUE(log.empty());
  }
  EXPECT_EQ(log, (std::vector<std::string>{"~0", "~1", "~2"}));
}

// Named functions, as everywhere: g++ 12 miscompiles a capturing lambda that is a coroutine when an
// exception passes through it.
Task<int> break_when_open(Gate& gate) {
  co_await gate;
  throw std::logic_error("broken");
}

Task<int> await_what_breaks(Gate& gate) {
  auto task = break_when_open(gate);
  co_return co_await task;
}

TEST(Task, AnExceptionTravelsToTheOutermost) {
  Gate gate;
  auto task = await_what_breaks(gate);
  task.start();
  gate.open();
  ASSERT_TRUE(task.done());
  EXPECT_THROW(task.take(), std::logic_error);
}

TEST(Task, MovingKeepsTheCoroutine) {
  Gate gate;
  auto task = add_when_open(gate, 1, 1);
  task.start();
  Task<int> moved = std::move(task);
  EXPECT_FALSE(static_cast<bool>(task));
  gate.open();
  EXPECT_EQ(moved.take(), 2);
}

Task<> take_one(int& left) {
  --left;
  co_return;
}

Task<> count_down(int& left) {
  while (left > 0) co_await take_one(left);
}

// Awaiting a finished task must not nest: a long flow would overflow the stack.
TEST(Task, ManyStepsDoNotGrowTheStack) {
  int left = 100'000;
  auto task = count_down(left);
  task.start();
  EXPECT_TRUE(task.done());
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace strowger
