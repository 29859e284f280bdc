#include "store/lint_context.hpp"

#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::store {
namespace {

model::Callflow flow(const std::string& id, const std::string& module) {
  return std::move(*model::parse_callflow(R"({"id": ")" + id +
                                          R"(", "numbers": ["10"], "patterns": ["^9"], "flow":
                                          {"module": ")" + module + R"(", "data": {}}})"));
}

TEST(LintContext, AnswersFromTheStore) {
  TemporaryDirectory directory;
  const auto store = std::move(*open_sqlite(directory.path()));
  ASSERT_TRUE(store->save_and_publish("default", flow("live", "first"), {}));
  ASSERT_TRUE(store->save_draft("default", flow("live", "second"), {}));
  ASSERT_TRUE(store->save_draft("default", flow("draft", "third"), {}));
  ASSERT_TRUE(store->save_media("default", {.id = "hello"}, {}));
  const LintContext context(*store, "default");
  EXPECT_EQ(context.exists(model::RefTarget::media, "hello"), true);
  EXPECT_EQ(context.exists(model::RefTarget::media, "gone"), false);
  EXPECT_EQ(context.exists(model::RefTarget::callflow, "draft"), true);
  EXPECT_EQ(context.exists(model::RefTarget::callflow, "gone"), false);
  EXPECT_EQ(context.exists(model::RefTarget::menu, "any"), std::nullopt);
  EXPECT_EQ(context.callflow("live")->root->module, "first");
  EXPECT_EQ(context.callflow("live"), context.callflow("live"));
  EXPECT_EQ(context.callflow("draft")->root->module, "third");
  EXPECT_EQ(context.callflow("gone"), nullptr);
  EXPECT_EQ(context.number_owner("1-0"), "live");
  EXPECT_EQ(context.number_owner("11"), std::nullopt);
  EXPECT_EQ(context.pattern_owner("^9"), "live");
  ASSERT_TRUE(store->change("default",
                            {.objects = {{.kind = ObjectKind::seat, .id = "anna",
                                          .document = R"({"id": "anna"})", .unique = "201"}}},
                            {}));
  EXPECT_EQ(context.seat_with_extension("201"), "anna");
  EXPECT_EQ(context.seat_with_extension("202"), std::nullopt);
  EXPECT_EQ(context.seat_with_extension(""), std::nullopt);
  ASSERT_TRUE(store->change(
      "default",
      {.objects = {{.kind = ObjectKind::device, .id = "desk",
                    .document = R"({"name": "D", "owner_id": "anna", "sip": {"username": "d"}})"},
                   {.kind = ObjectKind::ring_group, .id = "all",
                    .document = R"({"name": "All", "endpoints": [{"id": "boris"},
                                    {"endpoint_type": "device", "id": "desk"},
                                    {"endpoint_type": "group", "id": "more"}]})"},
                   {.kind = ObjectKind::ring_group, .id = "more",
                    .document = R"({"name": "More", "endpoints": [{"id": "carla"},
                                    {"endpoint_type": "group", "id": "all"}]})"}}},
      {}));
  using Seats = std::vector<std::string>;
  EXPECT_EQ(context.seats_behind("desk"), Seats{"anna"});
  EXPECT_EQ(context.seats_behind("all"), (Seats{"boris", "anna", "carla"}));
  EXPECT_EQ(context.seats_behind("gone"), Seats{});
  EXPECT_FALSE(context.failed());
}

}  // namespace
}  // namespace strowger::store
