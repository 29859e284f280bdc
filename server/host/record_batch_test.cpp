#include "host/record_batch.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::host {
namespace {

using std::chrono::milliseconds;

const Instant start{std::chrono::seconds{100}};

call::StoreRecord record(const std::string& id, bool answered, bool before_answer) {
  call::StoreRecord output{.record = {}, .before_answer = before_answer};
  output.record.id = id;
  if (answered) output.record.answered = WallTime{};
  return output;
}

TEST(RecordBatch, WhatAnAnswerWaitsForIsDueAtOnce) {
  RecordBatch batch;
  EXPECT_FALSE(batch.due(start));
  batch.add(record("a", false, true), start);
  EXPECT_TRUE(batch.before_answers());
  EXPECT_TRUE(batch.due(start));
  EXPECT_EQ(batch.deadline(), Instant::max());
  batch.clear();
  EXPECT_FALSE(batch.due(start + std::chrono::hours{1}));
  EXPECT_TRUE(batch.records().empty());
}

TEST(RecordBatch, OthersWaitForMoreToBeWrittenWith) {
  RecordBatch batch;
  batch.add(record("a", false, false), start);
  batch.add(record("b", false, false), start + milliseconds{40});
  EXPECT_FALSE(batch.due(start + milliseconds{49}));
  EXPECT_TRUE(batch.due(start + RecordBatch::patience));
  EXPECT_FALSE(batch.before_answers());
  EXPECT_EQ(batch.records().size(), 2U);
}

TEST(RecordBatch, OfACallThatTalksTheNewestIsWritten) {
  RecordBatch batch;
  batch.add(record("a", true, false), start);
  batch.add(record("b", true, false), start);
  auto over = record("a", true, false);
  over.record.complete = true;
  batch.add(std::move(over), start);
  ASSERT_EQ(batch.records().size(), 2U);
  EXPECT_EQ(batch.records()[0].id, "a");
  EXPECT_TRUE(batch.records()[0].complete);
  EXPECT_EQ(batch.records()[1].id, "b");
}

TEST(RecordBatch, OneThatWasWaitedForStaysDueAtOnce) {
  RecordBatch batch;
  batch.add(record("a", true, true), start);
  batch.add(record("a", true, false), start);
  EXPECT_EQ(batch.records().size(), 1U);
  EXPECT_TRUE(batch.due(start));
}

TEST(RecordBatch, FarBackNothingIsLookedFor) {
  RecordBatch batch;
  for (int i = 0; i < 100; ++i) batch.add(record(std::to_string(i), true, false), start);
  batch.add(record("0", true, false), start);
  EXPECT_EQ(batch.records().size(), 101U);  // the later one counts
}

}  // namespace
}  // namespace strowger::host
