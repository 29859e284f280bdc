#include "cli/sound_completion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace strowger::cli {
namespace {

using testing::ElementsAre;

TEST(SoundCompletion, TriesEachSoundOnceAndSaysWhenNothingIsLeft) {
  std::vector<std::string> worked_on;
  std::promise<void> done;
  {
    SoundCompletion completion(
        [&](const std::string& hash, const std::atomic<bool>&) -> Result<void, Complaint> {
          worked_on.push_back(hash);
          if (hash == "b") return complain("it is broken");
          return {};
        },
        [&] { done.set_value(); });
    completion.want({"a", "b", "a"});
    done.get_future().wait();
    EXPECT_TRUE(completion.tried("a"));
    EXPECT_TRUE(completion.tried("b"));
    EXPECT_FALSE(completion.tried("c"));
    completion.want({"b", "a"});
  }
  EXPECT_THAT(worked_on, ElementsAre("a", "b"));
}

TEST(SoundCompletion, EndsInTheMiddleOfItsWork) {
  std::promise<void> begun;
  std::atomic<int> worked_on = 0;
  {
    SoundCompletion completion(
        [&](const std::string&, const std::atomic<bool>& stop) -> Result<void, Complaint> {
          ++worked_on;
          begun.set_value();
          while (!stop) std::this_thread::yield();
          return complain("stopped");
        },
        [] { ADD_FAILURE() << "something was left to do"; });
    completion.want({"a", "b"});
    begun.get_future().wait();
  }
  EXPECT_EQ(worked_on, 1);
}

TEST(CompleteSound, NeedsASound) {
  EXPECT_FALSE(complete_sound("/nonexistent", std::string(64, 'a')));
}

}  // namespace
}  // namespace strowger::cli
