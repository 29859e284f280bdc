#include "host/mailbox.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <map>
#include <thread>

namespace strowger::host {
namespace {

bool rings(const Mailbox& box) {
  pollfd one{.fd = box.bell(), .events = POLLIN, .revents = 0};
  return poll(&one, 1, 0) == 1;
}

std::vector<Letter> letters(std::initializer_list<std::uint64_t> numbers) {
  std::vector<Letter> all;
  for (const auto number : numbers) all.emplace_back(LostConnection{number});
  return all;
}

std::uint64_t number(const Letter& letter) { return std::get<LostConnection>(letter).connection; }

TEST(Mailbox, GivesLettersInTheirOrder) {
  Mailbox box;
  box.post(letters({1, 2}));
  box.post(letters({3}));
  box.post(letters({4, 5}));
  std::vector<std::uint64_t> numbers;
  for (const auto& letter : box.take()) numbers.push_back(number(letter));
  EXPECT_EQ(numbers, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
  EXPECT_TRUE(box.take().empty());
}

TEST(Mailbox, RingsForTheFirstLetter) {
  Mailbox box;
  box.post({});
  EXPECT_FALSE(rings(box));
  box.post(letters({1}));
  EXPECT_TRUE(rings(box));
}

TEST(Mailbox, IsFullUntilItIsTaken) {
  Mailbox box;
  box.post(std::vector<Letter>(Mailbox::letters_max - 1));
  EXPECT_FALSE(box.full());
  box.post(letters({1}));
  EXPECT_TRUE(box.full());
  box.post(letters({2}));  // what must not be lost goes in all the same
  EXPECT_EQ(box.take().size(), Mailbox::letters_max + 1);
  EXPECT_FALSE(box.full());
}

TEST(Mailbox, FreesWhatNobodyTakes) {
  Mailbox box;
  box.post(letters({1, 2}));
}

// The taker sleeps until the bell rings, as a shard does, so a ring too few would hang this test.
TEST(Mailbox, LosesNothingAmongThreads) {
  constexpr std::uint64_t senders = 3;
  constexpr std::uint64_t each = 20'000;
  Mailbox box;
  std::vector<std::thread> threads;
  for (std::uint64_t sender = 0; sender < senders; ++sender) {
    threads.emplace_back([&box, sender] {
      for (std::uint64_t i = 0; i < each; i += 2) {
        box.post(letters({sender * each + i, sender * each + i + 1}));
      }
    });
  }
  std::map<std::uint64_t, std::uint64_t> next;  // by sender
  std::size_t taken = 0;
  while (taken < senders * each) {
    pollfd one{.fd = box.bell(), .events = POLLIN, .revents = 0};
    ASSERT_EQ(poll(&one, 1, 10'000), 1);
    std::uint64_t rung = 0;
    ASSERT_EQ(read(box.bell(), &rung, sizeof rung), static_cast<ssize_t>(sizeof rung));
    for (const auto& letter : box.take()) {
      ASSERT_EQ(number(letter) % each, next[number(letter) / each]++);
      ++taken;
    }
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace strowger::host
