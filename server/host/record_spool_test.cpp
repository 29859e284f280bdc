#include "host/record_spool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::host {
namespace {

using testing::ElementsAre;

class Disk final : public RecordSink {
 public:
  std::optional<std::string> append(std::span<const model::CallRecord> batch) override {
    ++writes;
    if (full) return "no space left on device";
    for (const auto& record : batch) ids.push_back(record.id);
    return std::nullopt;
  }
  bool full = false;
  int writes = 0;
  std::vector<std::string> ids;
};

std::vector<model::CallRecord> records(std::initializer_list<const char*> ids) {
  std::vector<model::CallRecord> batch;
  for (const char* id : ids) batch.push_back({.id = id});
  return batch;
}

const Instant start{std::chrono::seconds{100}};

TEST(RecordSpool, WritesABatchAtOnce) {
  Disk disk;
  RecordSpool spool(disk);
  spool.append({}, start);
  spool.append(records({"a", "b"}), start);
  EXPECT_EQ(disk.writes, 1);
  EXPECT_THAT(disk.ids, ElementsAre("a", "b"));
  EXPECT_FALSE(spool.deadline());
}

TEST(RecordSpool, KeepsOrderThroughAFullDisk) {
  Disk disk{};
  disk.full = true;
  RecordSpool spool(disk);
  spool.append(records({"a"}), start);
  spool.append(records({"b"}), start);  // not tried: a full disk is not asked at each call
  EXPECT_EQ(disk.writes, 1);
  EXPECT_EQ(spool.waiting(), 2U);
  ASSERT_TRUE(spool.deadline());

  spool.retry(start);
  EXPECT_EQ(disk.writes, 1);
  spool.retry(*spool.deadline());
  EXPECT_EQ(disk.writes, 2);
  EXPECT_EQ(spool.waiting(), 2U);

  disk.full = false;
  spool.retry(*spool.deadline());
  spool.append(records({"c"}), start);
  EXPECT_THAT(disk.ids, ElementsAre("a", "b", "c"));
  EXPECT_FALSE(spool.deadline());
  EXPECT_EQ(spool.lost(), 0U);
}

TEST(RecordSpool, IsBounded) {
  Disk disk;
  disk.full = true;
  RecordSpool spool(disk);
  for (std::size_t i = 0; i < RecordSpool::records_max + 5; ++i) {
    spool.append(records({"x"}), start);
  }
  EXPECT_EQ(spool.waiting(), RecordSpool::records_max);
  EXPECT_EQ(spool.lost(), 5U);
}

}  // namespace
}  // namespace strowger::host
