#include "sip/location_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace strowger::sip {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string desk = address_of_record("default", "desk");

Instant at(int second) { return Instant{} + seconds{second}; }

Binding binding(const std::string& contact, int told = 0, int lasts = 60) {
  Binding made;
  made.contact = contact;
  made.flow = {.transport = Transport::udp,
               .local = *Endpoint::parse("192.0.2.1:5060"),
               .remote = *Endpoint::parse("192.0.2.10:40000")};
  made.refreshed = at(told);
  made.due = at(told + lasts);
  return made;
}

Binding on_stream(const std::string& contact, std::uint64_t connection) {
  Binding made = binding(contact);
  made.flow.transport = Transport::tcp;
  made.flow.connection = connection;
  return made;
}

LocationChange bound(std::vector<Binding> bindings) {
  return {.aor = desk, .why = LocationChange::Why::registered, .bound = std::move(bindings)};
}

LocationChange removed(const std::string& contact, int second) {
  return {.aor = desk, .bound = {}, .removed = {{contact, "", 0, at(second)}}};
}

std::vector<std::string> contacts(const LocationTable& table) {
  std::vector<std::string> all;
  for (const auto& one : table.bindings(desk)) all.push_back(one.contact);
  return all;
}

TEST(LocationTable, ListsTheBestFirstAndOfEqualsTheNewest) {
  LocationTable table;
  Binding second_choice = binding("sip:low@192.0.2.9", 3);
  second_choice.q = 500;
  table.apply(bound({binding("sip:old@192.0.2.9", 1), second_choice,
                     binding("sip:new@192.0.2.9", 2)}), true);
  EXPECT_THAT(contacts(table), ElementsAre("sip:new@192.0.2.9", "sip:old@192.0.2.9",
                                           "sip:low@192.0.2.9"));
  EXPECT_THAT(table.bindings("default/other"), IsEmpty());
}

TEST(LocationTable, KeepsNoMoreContactsThanItsLimit) {
  LocationTable table;
  for (std::size_t i = 0; i < bindings_per_aor_max + 3; ++i) {
    table.apply(bound({binding("sip:" + std::to_string(i) + "@192.0.2.9")}), true);
  }
  EXPECT_EQ(table.bindings(desk).size(), bindings_per_aor_max);
  EXPECT_EQ(table.size(), bindings_per_aor_max);
}

// Two shards may take requests about one contact; the letters about them cross.
TEST(LocationTable, ALateChangeDoesNotUndoANewerOne) {
  LocationTable table;
  table.apply(bound({binding("sip:a@192.0.2.9", 5)}), true);
  table.apply(removed("sip:a@192.0.2.9", 4), false);
  EXPECT_THAT(contacts(table), ElementsAre("sip:a@192.0.2.9"));
  Binding old = binding("sip:a@192.0.2.9", 3);
  old.user_agent = "old";
  table.apply(bound({old}), false);
  EXPECT_EQ(table.bindings(desk)[0].user_agent, "");
  table.apply(removed("sip:a@192.0.2.9", 6), false);
  EXPECT_EQ(table.size(), 0u);
}

TEST(LocationTable, ForgetsWhatExpiredAndTellsOnlyWhatIsItsOwn) {
  LocationTable table;
  table.apply(bound({binding("sip:a@192.0.2.9", 0, 60)}), true);
  table.apply(bound({binding("sip:b@192.0.2.9", 0, 60), binding("sip:c@192.0.2.9", 0, 90)}), false);
  EXPECT_EQ(table.deadline(), at(60));
  EXPECT_THAT(table.expire(at(59)), IsEmpty());
  const auto told = table.expire(at(60));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].why, LocationChange::Why::expired);
  EXPECT_THAT(told[0].removed,
              ElementsAre(LocationChange::Removed{"sip:a@192.0.2.9", "", 0, at(0)}));
  EXPECT_THAT(contacts(table), ElementsAre("sip:c@192.0.2.9"));
  EXPECT_THAT(table.expire(at(90)), IsEmpty());
  EXPECT_EQ(table.deadline(), std::nullopt);
}

TEST(LocationTable, ARefreshMovesTheDeadline) {
  LocationTable table;
  table.apply(bound({binding("sip:a@192.0.2.9", 0, 60)}), true);
  table.apply(bound({binding("sip:a@192.0.2.9", 30, 60)}), true);
  EXPECT_EQ(table.deadline(), at(90));
  EXPECT_EQ(table.size(), 1u);
}

TEST(LocationTable, AContactThatOnlyALostConnectionLedToIsRemoved) {
  LocationTable table;
  table.apply(bound({on_stream("sip:nat@10.0.0.5:5060;transport=tcp", 7),
                     on_stream("sip:open@192.0.2.10:5070;transport=tcp", 7),
                     on_stream("sip:other@10.0.0.6:5060;transport=tcp", 8)}), true);
  const auto told = table.connection_lost(7);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].why, LocationChange::Why::disconnected);
  ASSERT_EQ(told[0].removed.size(), 1u);
  EXPECT_EQ(told[0].removed[0].contact, "sip:nat@10.0.0.5:5060;transport=tcp");
  EXPECT_EQ(table.size(), 2u);
  EXPECT_THAT(table.connection_lost(7), IsEmpty());
}

TEST(NextHop, FollowsTheFlowWhileThereIsOne) {
  EXPECT_EQ(next_hop(binding("sip:a@10.0.0.5:5060"))->remote.text(), "192.0.2.10:40000");
  EXPECT_EQ(next_hop(on_stream("sip:a@10.0.0.5:5060", 3))->connection, 3u);
}

struct OpenCase {
  std::string contact;
  std::uint32_t reg_id;
  std::string want;  // "" for no way
};

TEST(NextHop, OpensAConnectionOnlyToWhereTheRegisterCameFrom) {
  const OpenCase cases[] = {
      {"sip:a@192.0.2.10:5070;transport=tcp", 0, "192.0.2.10:5070"},
      {"sip:a@192.0.2.10;transport=tcp", 0, "192.0.2.10:5060"},
      {"sip:a@192.0.2.10:5070;transport=tcp", 1, ""},  // RFC 5626 5.3
      {"sip:a@198.51.100.7:22;transport=tcp", 0, ""},
      {"sip:a@phone.example.org;transport=tcp", 0, ""},
      {"sips", 0, ""},
  };
  for (const auto& c : cases) {
    Binding lost = on_stream(c.contact, 0);
    lost.reg_id = c.reg_id;
    const auto hop = next_hop(lost);
    EXPECT_EQ(hop ? hop->remote.text() : "", c.want) << c.contact;
  }
}

TEST(LocationTable, KnowsFromWhereTrunksHaveRegistered) {
  const auto source = *IpAddress::parse("192.0.2.10");
  LocationTable table;
  const auto of_trunk = [](LocationChange change) {
    change.aor = address_of_trunk("default", "pbx");
    return change;
  };
  table.apply(bound({binding("sip:a@192.0.2.10")}), true);
  EXPECT_FALSE(table.trunk_at("default", source)) << "a phone";
  table.apply(of_trunk(bound({binding("sip:a@192.0.2.10"), binding("sip:b@192.0.2.10")})), true);
  table.apply(of_trunk(bound({binding("sip:a@192.0.2.10", 5)})), true);
  EXPECT_TRUE(table.trunk_at("default", source));
  EXPECT_FALSE(table.trunk_at("other", source));
  EXPECT_FALSE(table.trunk_at("default", *IpAddress::parse("192.0.2.11")));
  table.apply(of_trunk(removed("sip:b@192.0.2.10", 6)), true);
  EXPECT_TRUE(table.trunk_at("default", source)) << "the other one is still there";
  table.expire(at(65));
  EXPECT_FALSE(table.trunk_at("default", source));
  // Everybody behind an edge proxy comes from its address.
  auto by_proxy = binding("sip:a@192.0.2.10", 70);
  by_proxy.path = {"<sip:edge.example;lr>"};
  table.apply(of_trunk(bound({by_proxy})), true);
  EXPECT_FALSE(table.trunk_at("default", source));
}

}  // namespace
}  // namespace strowger::sip
