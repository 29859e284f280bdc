#include "cli/record_ingest.hpp"

#include "store/sqlite_store.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace strowger::cli {
namespace {

class RecordIngestTest : public testing::Test {
 protected:
  RecordIngestTest() {
    char name[] = "/tmp/strowger-test-XXXXXX";
    data_ = mkdtemp(name);
    store_ = std::move(*store::open_sqlite(data_));
    journal_ = std::move(*store::Journal::open(data_));
  }
  ~RecordIngestTest() override { std::filesystem::remove_all(data_); }

  void append(const std::string& id) {
    const model::CallRecord record{.id = id, .account = "default", .complete = true};
    ASSERT_TRUE(journal_->append(std::span(&record, 1)));
  }
  std::size_t stored() { return store_->calls("default", "", 100)->calls.size(); }
  std::unique_ptr<RecordIngest> start() {
    return std::make_unique<RecordIngest>(*journal_, std::move(*store::open_sqlite(data_)));
  }

  std::filesystem::path data_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Journal> journal_;
};

TEST_F(RecordIngestTest, FlushMovesAllThatWasAppendedBefore) {
  append("left-by-an-earlier-run");
  const auto ingest = start();
  ASSERT_TRUE(ingest->flush());
  EXPECT_EQ(stored(), 1U);
  EXPECT_EQ(ingest->moved_records(), 1U);
  for (int i = 0; i < 20; ++i) {
    append("call" + std::to_string(i));
    ASSERT_TRUE(ingest->flush());
    EXPECT_EQ(stored(), i + 2U);
  }
  EXPECT_EQ(ingest->moved_records(), 21U);
  EXPECT_EQ(ingest->moved_bytes(), journal_->appended_bytes());
}

TEST_F(RecordIngestTest, MovesTheRestWhenItEnds) {
  auto ingest = start();
  append("last");
  ingest.reset();
  EXPECT_EQ(stored(), 1U);
}

}  // namespace
}  // namespace strowger::cli
