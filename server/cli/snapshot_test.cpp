#include "cli/snapshot.hpp"

#include "host/clock.hpp"
#include "model/callflow.hpp"
#include "store/digest_secret.hpp"
#include "store/media_directory.hpp"
#include "store/seat_changes.hpp"
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
        store::MediaDirectory(data_).keep(
            id, {.pcmu = std::string(320, '\x7f'), .pcma = std::string(320, '\x55')});
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

TEST_F(SnapshotTest, HoldsSeatsDevicesAndRingGroups) {
  const auto seat = *model::parse_seat(R"({"id": "anna", "first_name": "A", "extension": "201"})");
  const auto change = store::adding(*store_, "default", {seat, "d", "phone1", "secret", "c"});
  ASSERT_TRUE(change);
  const store::Authorship by{.who = "test"};
  ASSERT_TRUE(store_->change("default", *change, by));
  const auto group = *model::parse_ring_group(R"({"id": "sales", "name": "Sales"})");
  store::AccountChange more;
  more.objects.push_back(store::write_of(group));
  more.objects.push_back({store::ObjectKind::seat, "broken", "{}", "", {}, {}});
  ASSERT_TRUE(store_->change("default", more, by));
  const auto built = build();
  const auto& seats = *built.snapshot->account_for("anything")->seats;
  EXPECT_EQ(seats.seat_by_extension("201")->id, "anna");
  EXPECT_EQ(seats.device_by_username("phone1")->secret,
            store::digest_secret("phone1", "strowger", "secret"));
  EXPECT_EQ(seats.devices_of("anna").size(), 1U);
  EXPECT_NE(seats.ring_group("sales"), nullptr);
  EXPECT_EQ(seats.seat("broken"), nullptr);
  EXPECT_THAT(built.warnings, ElementsAre(HasSubstr("seat broken can't be read")));
}

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

TEST_F(SnapshotTest, TellsSoundsThatLackACodecAndTakesWhatComesLater) {
  const auto hash = add_sound("closed");
  SnapshotBuilder builder(data_, {media::Codec::g722, media::Codec::pcmu});
  const auto sound = [](const BuiltSnapshot& built) {
    return built.snapshot->accounts.at(0)->media.at("closed").prompt;
  };
  const auto before = builder.build(*store_);
  ASSERT_TRUE(before);
  EXPECT_THAT(before->incomplete, ElementsAre(hash));
  EXPECT_FALSE(sound(*before)->has(media::Codec::g722));

  store::MediaDirectory directory(data_);
  ASSERT_TRUE(directory.add(hash, store::MediaForm::g722, std::string(160, 'x')));
  EXPECT_THAT(builder.build(*store_)->incomplete, ElementsAre(hash)) << "of another length";
  ASSERT_TRUE(directory.add(hash, store::MediaForm::g722, std::string(320, 'x')));
  const auto after = builder.build(*store_);
  EXPECT_TRUE(after->incomplete.empty());
  EXPECT_TRUE(sound(*after)->has(media::Codec::g722));
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
