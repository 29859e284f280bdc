#include "cli/document_changes.hpp"

#include "store/seat_changes.hpp"
#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using model::DocumentChange;
using store::ObjectKind;

class DocumentChangesTest : public ::testing::Test {
 protected:
  DocumentChangesTest() {
    store_ = std::move(*store::open_sqlite(directory_.path()));
    store::AccountChange change;
    change.objects.push_back(store::write_of(
        *model::parse_seat(R"({"id": "anna", "first_name": "Anna", "extension": "201"})")));
    change.objects.push_back(store::write_of(*model::parse_temporal_rule(
        R"({"id": "night", "name": "Night", "cycle": "daily", "enabled": true})")));
    EXPECT_TRUE(store_->change("default", change, {"boss", WallTime{}, ""}));
  }

  DocumentChange change(DocumentChange::Kind kind, std::string id, boost::json::object patch) {
    return {.account = "default", .kind = kind, .id = std::move(id), .patch = std::move(patch),
            .what = "dnd on", .call = "c1", .from = "201"};
  }

  store::TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(DocumentChangesTest, a_seat_is_changed_and_the_audit_log_says_by_which_call) {
  const auto wanted = change(DocumentChange::Kind::seat, "anna",
                             {{"do_not_disturb", {{"enabled", true}}}});
  ASSERT_TRUE(store_document_change(*store_, wanted, WallTime{}));
  const auto seat =
      model::parse_seat(store_->object("default", ObjectKind::seat, "anna")->document);
  EXPECT_TRUE(seat->calls.do_not_disturb);
  EXPECT_EQ(seat->extension, "201");
  const auto log = store_->last_audit("default", "seat/anna");
  ASSERT_TRUE(log && *log);
  EXPECT_EQ((*log)->who, "call");
  EXPECT_EQ((*log)->note, "dnd on (call c1 from 201)");
}

TEST_F(DocumentChangesTest, time_decides_again_once_the_member_is_gone) {
  ASSERT_TRUE(store_document_change(
      *store_, change(DocumentChange::Kind::temporal_rule, "night", {{"enabled", nullptr}}),
      WallTime{}));
  const auto rule = model::parse_temporal_rule(
      store_->object("default", ObjectKind::temporal_rule, "night")->document);
  EXPECT_FALSE(rule->enabled.has_value());
}

TEST_F(DocumentChangesTest, what_its_kind_may_not_be_is_not_stored) {
  const auto seat = DocumentChange::Kind::seat;
  EXPECT_FALSE(store_document_change(*store_, change(seat, "gone", {}), WallTime{}));
  const auto before = store_->object("default", ObjectKind::seat, "anna")->document;
  EXPECT_FALSE(store_document_change(
      *store_, change(seat, "anna", {{"call_forward", {{"enabled", true}, {"number", "a b"}}}}),
      WallTime{}));
  EXPECT_EQ(store_->object("default", ObjectKind::seat, "anna")->document, before);
}

TEST_F(DocumentChangesTest, what_waits_is_made_before_the_end) {
  std::size_t stored = 0;
  {
    DocumentChanges changes(std::move(*store::open_sqlite(directory_.path())),
                            [&](const auto& made) { stored += made.size(); });
    for (const bool on : {true, false, true}) {
      changes.want(std::make_shared<const DocumentChange>(change(
          DocumentChange::Kind::seat, "anna", {{"do_not_disturb", {{"enabled", on}}}})));
    }
  }
  EXPECT_EQ(stored, 3U);
}

}  // namespace
}  // namespace strowger::cli
