#include "cli/child_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using Words = std::vector<std::string>;
using testing::HasSubstr;

std::span<const std::byte> bytes(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string complaint(const Words& words, const std::string& input, ChildLimits limits = {}) {
  const auto outcome = run_child(words, bytes(input), limits);
  return outcome ? "" : outcome.error().what;
}

TEST(ChildProcess, GivesBackWhatItPrints) {
  // More than any pipe holds, in both directions at once.
  const std::string input(3'000'000, 'x');
  const auto output = run_child({"/bin/cat"}, bytes(input));
  ASSERT_TRUE(output) << output.error().what;
  EXPECT_TRUE(std::ranges::equal(*output, bytes(input)));
}

TEST(ChildProcess, NeedsNoInput) {
  const auto output = run_child({"/bin/cat"}, {});
  ASSERT_TRUE(output);
  EXPECT_TRUE(output->empty());
}

TEST(ChildProcess, NeedNotReadItsInput) {
  const auto output = run_child({"/bin/echo", "hello"}, bytes(std::string(1'000'000, 'x')));
  ASSERT_TRUE(output) << output.error().what;
  EXPECT_TRUE(std::ranges::equal(*output, bytes("hello\n")));
}

TEST(ChildProcess, SaysHowItFailed) {
  EXPECT_THAT(complaint({"/nonexistent/program"}, ""), HasSubstr("can't start /nonexistent"));
  EXPECT_THAT(complaint({"/bin/sh", "-c", "exit 3"}, ""), HasSubstr("exit code 3"));
  EXPECT_THAT(complaint({"/bin/sh", "-c", "kill -SEGV $$"}, ""), HasSubstr("signal 11"));
}

TEST(ChildProcess, IsKilledWhenItIsNoLongerWanted) {
  const std::atomic<bool> stop = true;
  EXPECT_THAT(complaint({"/bin/sh", "-c", "while :; do :; done"}, "", {.stop = &stop}),
              HasSubstr("no longer wanted"));
}

TEST(ChildProcess, IsKilledAtItsLimits) {
  using std::chrono::milliseconds;
  EXPECT_THAT(complaint({"/bin/sh", "-c", "while :; do :; done"}, "", {.time = milliseconds{50}}),
              HasSubstr("longer than 50 ms"));
  EXPECT_THAT(complaint({"/bin/cat", "/dev/zero"}, "", {.output_bytes_max = 100'000}),
              HasSubstr("more than 100000 bytes"));
}

}  // namespace
}  // namespace strowger::cli
