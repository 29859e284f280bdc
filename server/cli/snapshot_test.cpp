#include "cli/snapshot.hpp"

#include "host/clock.hpp"
#include "model/callflow.hpp"
#include "store/media_directory.hpp"
#include "store/sqlite_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace strowger::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest() {
    char name[] = "/tmp/strowger-test-XXXXXX";
    data_ = mkdtemp(name);
    store_ = std::move(*store::open_sqlite(data_));
  }
  ~SnapshotTest() override { std::filesystem::remove_all(data_); }

  void publish(const char* document) {
    const auto callflow = model::parse_callflow(document);
    ASSERT_TRUE(callflow);
    const auto saved = store_->save_and_publish("default", *callflow, {.who = "test"});
    ASSERT_TRUE(saved) << saved.error().text;
  }

  // Two frames of silence under this id; returns the content's name.
  std::string add_sound(const std::string& id) {
    const auto hash =
        store::MediaDirectory(data_).keep(id, std::string(320, '\x7f'), std::string(320, '\x55'));
    const model::MediaFile media{.id = id, .name = id, .content_hash = *hash};
    EXPECT_TRUE(store_->save_media("default", media, host::wall_now()));
    return *hash;
  }

  BuiltSnapshot build() {
    auto built = SnapshotBuilder(data_).build(*store_);
    EXPECT_TRUE(built) << built.error().what;
    return std::move(*built);
  }

  std::filesystem::path data_;
  std::unique_ptr<store::Store> store_;
};

constexpr const char* busy = R"({"id": "busy", "name": "Busy", "numbers": ["486"],
  "patterns": ["^9([0-9]+)$"], "flow": {"module": "response", "data": {"code": 486}}})";

TEST_F(SnapshotTest, HoldsWhatIsLive) {
  publish(busy);
  add_sound("closed");
  const auto built = build();
  EXPECT_TRUE(built.warnings.empty());
  const auto account = built.snapshot->account_for("anything");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->id, "default");
  ASSERT_TRUE(account->programs.contains("busy"));
  EXPECT_EQ(account->programs.at("busy")->revision, 1);
  const auto match = account->numbers.find("9123", model::CallerKind::external);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->callflow_id, "busy");
  EXPECT_EQ(account->media.at("closed").prompt->duration_ms(), 40);
}

TEST_F(SnapshotTest, DraftsAreNotInIt) {
  const auto callflow = model::parse_callflow(busy);
  ASSERT_TRUE(store_->save_draft("default", *callflow, {.who = "test"}));
  EXPECT_TRUE(build().snapshot->accounts.at(0)->programs.empty());
}

TEST_F(SnapshotTest, LeavesOutSoundsThatAreGoneAndSaysSo) {
  const auto hash = add_sound("closed");
  add_sound("open");
  ASSERT_TRUE(store::MediaDirectory(data_).remove(hash));
  const auto built = build();
  EXPECT_THAT(built.warnings, ElementsAre(HasSubstr("media closed is gone")));
  const auto& media = built.snapshot->accounts.at(0)->media;
  EXPECT_FALSE(media.contains("closed"));
  EXPECT_TRUE(media.contains("open"));
}

TEST_F(SnapshotTest, ASoundStaysWhileASnapshotHoldsItAndIsReadOnce) {
  const auto hash = add_sound("closed");
  SnapshotBuilder builder(data_);
  const auto first = builder.build(*store_);
  ASSERT_TRUE(store::MediaDirectory(data_).remove(hash));
  const auto second = builder.build(*store_);
  ASSERT_TRUE(first && second);
  const auto prompt = [](const BuiltSnapshot& built) {
    return built.snapshot->accounts.at(0)->media.at("closed").prompt;
  };
  EXPECT_EQ(prompt(*first), prompt(*second));
  EXPECT_EQ(prompt(*second)->frame(media::Codec::pcmu, 1)[0], std::byte{0x7f});
}

TEST_F(SnapshotTest, GenerationGrowsWithEachChange) {
  const auto before = build().snapshot->generation;
  publish(busy);
  EXPECT_GT(build().snapshot->generation, before);
}

TEST(Snapshot, NeedsData) {
  const auto loaded = load_snapshot("/nonexistent");
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().what, HasSubstr("there is no data in /nonexistent"));
}

}  // namespace
}  // namespace strowger::cli
