#include "flow/program.hpp"

#include "flow/snapshot.hpp"

#include <gmock/gmock.h>

namespace strowger::flow {
namespace {

using testing::HasSubstr;

Result<std::unique_ptr<Runnable>, Complaint> refuses(const Data&) { return complain("no good"); }

model::Callflow callflow(std::string_view json) {
  auto parsed = model::parse_callflow(json);
  EXPECT_TRUE(parsed);
  return std::move(*parsed);
}

TEST(Program, KeepsTheTreeAndSaysWhatCannotRun) {
  const auto program = compile(callflow(R"({"id":"f","name":"F","numbers":["1"],"flow":{
      "module":"picky","data":{},"children":{"1":{"module":"nobody","data":{"skip_module":true},
      "children":{}}}}})"),
                               7, {{"picky", refuses}});
  ASSERT_NE(program->root, nullptr);
  EXPECT_EQ(program->revision, 7);
  EXPECT_EQ(program->callflow_id, "f");
  EXPECT_EQ(program->root->complaint, "no good");
  EXPECT_EQ(program->root->runnable, nullptr);
  const Block* child = program->root->children.at("1");
  EXPECT_THAT(child->complaint, HasSubstr("unknown module \"nobody\""));
  EXPECT_TRUE(child->skipped);
}

TEST(Program, AnEmptyFlowHasNoRoot) {
  const auto program = compile(callflow(R"({"id":"f","name":"F","numbers":[],"flow":{}})"), 1, {});
  EXPECT_EQ(program->root, nullptr);
}

TEST(ActionTable, NamesComeFromTheManifests) {
  const std::array<ActionEntry, 1> entries{{{R"({"name":"picky"})", refuses}}};
  EXPECT_TRUE(action_table(entries).contains("picky"));
  const std::array<ActionEntry, 1> broken{{{"{", refuses}}};
  EXPECT_THROW(action_table(broken), std::logic_error);
}

TEST(Snapshot, AnAccountIsFoundByItsRealmElseTheDefault) {
  Snapshot snapshot;
  auto acme = std::make_shared<AccountSnapshot>();
  acme->id = "acme";
  acme->realm = "pbx.acme.example";
  auto fallback = std::make_shared<AccountSnapshot>();
  fallback->id = "default";
  snapshot.accounts = {acme, fallback};
  EXPECT_EQ(snapshot.account_for("PBX.acme.example"), acme);
  EXPECT_EQ(snapshot.account_for("192.0.2.1"), fallback);
  snapshot.accounts.pop_back();
  EXPECT_EQ(snapshot.account_for("192.0.2.1"), nullptr);
}

}  // namespace
}  // namespace strowger::flow
