#include "store/seat_changes.hpp"

#include "model/seat_kit.hpp"
#include "store/digest_secret.hpp"
#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace strowger::store {
namespace {

const Authorship by{"cli", WallTime(std::chrono::milliseconds(1)), ""};

model::Seat seat(const std::string& id, const std::string& extension,
                 const std::string& first = "Anna") {
  return *model::parse_seat(R"({"id": ")" + id + R"(", "first_name": ")" + first +
                            R"(", "extension": ")" + extension + "\"}");
}

class SeatChanges : public testing::Test {
 protected:
  void SetUp() override { store_ = std::move(*open_sqlite(directory_.path())); }

  void add(const std::string& id, const std::string& extension) {
    make(adding(*store_, "default",
                {seat(id, extension), id + "-d", "phone_" + id, "secret", id + "-c"}));
  }
  void make(const Outcome<AccountChange>& change) {
    ASSERT_TRUE(change) << change.error().text;
    const auto done = store_->change("default", *change, by);
    ASSERT_TRUE(done) << done.error().text;
  }
  void callflow(const std::string& document) {
    ASSERT_TRUE(store_->save_and_publish("default", *model::parse_callflow(document), by));
  }
  void group(const std::string& id, const std::string& inner) {
    const auto made = *model::parse_ring_group(
        R"({"id": ")" + id + R"(", "name": "G", "endpoints": [{"endpoint_type": "group", "id": ")" +
        inner + "\"}]}");
    ASSERT_TRUE(store_->change("default", {{}, {}, {write_of(made)}, {}}, by));
  }
  model::Findings group_findings(const std::string& endpoints) {
    return check_ring_group(*store_, "default",
                            *model::parse_ring_group(R"({"id": "g", "name": "G", "endpoints": )" +
                                                     endpoints + "}"));
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(SeatChanges, ASeatComesWithPhoneAndCallflow) {
  add("a", "201");
  EXPECT_EQ(store_->objects("default", ObjectKind::seat)->size(), 1U);
  EXPECT_EQ(store_->number_owner("default", "201")->value(), "a-c");
  const auto devices = devices_of(*store_, "default", "a");
  ASSERT_EQ(devices->size(), 1U);
  EXPECT_EQ(devices->at(0).username, "phone_a");
  EXPECT_EQ(store_->device_secrets("default")->at("a-d"),
            digest_secret("phone_a", "strowger", "secret"));
  EXPECT_EQ(callflow_of(*store_, "default", seat("a", "201"))->value().id, "a-c");
}

TEST_F(SeatChanges, AnExtensionThatSomebodyHasIsRefused) {
  callflow(R"({"id": "main", "numbers": ["201"], "flow": {}})");
  const auto taken = adding(*store_, "default", {seat("a", "201"), "d", "u", "secret", "c"});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::conflict);
  EXPECT_EQ(taken.error().other, "main");
  EXPECT_EQ(taken.error().pointer, "/extension");
  // A callflow that rings the seat may well have its extension.
  callflow(R"({"id": "own", "numbers": ["202"], "flow": {"module": "user",
               "data": {"id": "a"}}})");
  EXPECT_TRUE(saving(*store_, "default", seat("a", "202"), 0));
}

TEST_F(SeatChanges, TheCallflowFollowsTheExtension) {
  add("a", "201");
  make(saving(*store_, "default", seat("a", "211", "Hanna"), {}));
  EXPECT_FALSE(store_->number_owner("default", "201")->has_value());
  EXPECT_EQ(store_->number_owner("default", "211")->value(), "a-c");
  EXPECT_EQ(store_->callflow("default", "a-c")->name, "Hanna");
}

TEST_F(SeatChanges, ACallflowThatBecameAnotherStaysAsItIs) {
  add("a", "201");
  callflow(R"({"id": "a-c", "numbers": ["201"], "flow": {"module": "play",
               "data": {"id": "m"}, "children": {"_": {"module": "user", "data": {"id": "a"}}}}})");
  make(saving(*store_, "default", seat("a", "211"), {}));
  EXPECT_EQ(store_->number_owner("default", "201")->value(), "a-c");
  EXPECT_FALSE(store_->number_owner("default", "211")->has_value());
}

TEST_F(SeatChanges, PhonesAndCallflowGoOrStay) {
  add("a", "201");
  add("b", "202");
  make(removing(*store_, "default", {"a", {}, Fate::remove, Fate::remove}));
  make(removing(*store_, "default", {"b", {}, Fate::keep, Fate::keep}));
  EXPECT_TRUE(store_->objects("default", ObjectKind::seat)->empty());
  const auto devices = store_->objects("default", ObjectKind::device);
  ASSERT_EQ(devices->size(), 1U);
  EXPECT_EQ(model::parse_device(devices->at(0).document)->owner_id, "");
  EXPECT_EQ(store_->device_secrets("default")->size(), 1U);
  EXPECT_FALSE(store_->number_owner("default", "201")->has_value());
  EXPECT_EQ(store_->number_owner("default", "202")->value(), "b-c");
  const auto gone = removing(*store_, "default", {"a", {}, Fate::keep, Fate::keep});
  ASSERT_TRUE(gone);
  EXPECT_FALSE(store_->change("default", *gone, by));
}

TEST_F(SeatChanges, WhoRingsMustBeThere) {
  add("a", "201");
  EXPECT_TRUE(group_findings(R"([{"endpoint_type": "user", "id": "a"},
                                 {"endpoint_type": "device", "id": "a-d"}])").empty());
  const auto findings = group_findings(R"([{"endpoint_type": "user", "id": "a"},
      {"endpoint_type": "user", "id": "x"}, {"endpoint_type": "device", "id": "y"},
      {"endpoint_type": "group", "id": "z"}])");
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].code, "missing-seat");
  EXPECT_EQ(findings[0].pointer, "/endpoints/1/id");
  EXPECT_EQ(findings[1].code, "missing-device");
  EXPECT_EQ(findings[2].code, "missing-ring-group");
  const auto silent = check_ring_group(
      *store_, "default", *model::parse_ring_group(R"({"name": "g", "ringback": "gone"})"));
  ASSERT_EQ(silent.size(), 1U);
  EXPECT_EQ(silent[0].code, "missing-media");
  const auto lost = check_device(*store_, "default", *model::parse_device(
      R"({"name": "d", "owner_id": "nobody", "sip": {"username": "u"}})"));
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost[0].pointer, "/owner_id");
}

TEST_F(SeatChanges, AGroupNeverRingsItself) {
  const auto own = group_findings(R"([{"endpoint_type": "group", "id": "g"}])");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].code, "endless-loop");
  group("h", "g");
  const auto circle = group_findings(R"([{"endpoint_type": "group", "id": "h"}])");
  ASSERT_EQ(circle.size(), 1U);
  EXPECT_EQ(circle[0].code, "endless-loop");
}

TEST_F(SeatChanges, GroupsNestSoDeepAndNoDeeper) {
  const auto last = *model::parse_ring_group(R"({"id": "g1", "name": "G"})");
  ASSERT_TRUE(store_->change("default", {{}, {}, {write_of(last)}, {}}, by));
  for (std::size_t i = 2; i <= model::ring_group_nesting_max; ++i) {
    group("g" + std::to_string(i), "g" + std::to_string(i - 1));
  }
  const auto deepest = "g" + std::to_string(model::ring_group_nesting_max);
  const auto fits = "g" + std::to_string(model::ring_group_nesting_max - 1);
  EXPECT_TRUE(group_findings(R"([{"endpoint_type": "group", "id": ")" + fits + "\"}]").empty());
  const auto findings =
      group_findings(R"([{"endpoint_type": "group", "id": ")" + deepest + "\"}]");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "too-deep");
}

}  // namespace
}  // namespace strowger::store
