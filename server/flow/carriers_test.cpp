// Which trunk a call comes in by.
#include "flow/snapshot.hpp"

#include <gtest/gtest.h>

namespace strowger::flow {
namespace {

std::shared_ptr<const AccountSnapshot> account(std::string id, std::string realm,
                                               std::vector<std::string> trunks,
                                               std::vector<std::string> numbers) {
  auto made = std::make_shared<AccountSnapshot>();
  made->id = std::move(id);
  made->realm = std::move(realm);
  std::vector<Carrier> carriers;
  for (const auto& text : trunks) {
    carriers.push_back({*model::parse_trunk(text), "", std::make_shared<call::CarrierState>()});
  }
  model::AccountSettings settings;
  settings.dialling.country = "49";
  made->numbers.add("main", numbers, {});
  made->carriers = std::make_shared<const Carriers>(std::move(carriers), settings,
                                                    Carriers::BudgetOf{},
                                                    std::make_shared<Carriers::Counts>());
  return made;
}

class Entrances : public testing::Test {
 protected:
  Entrances() {
    const std::string shared = R"({"id": "shared", "name": "S",
        "inbound": {"sources": ["192.0.2.0/24"]}})";
    snapshot_.accounts = {
        account("a", "a.example",
                {shared, R"({"id": "off", "name": "O", "enabled": false,
                             "addresses": [{"host": "203.0.113.1"}]})",
                 R"({"id": "quiet", "name": "Q", "addresses": [{"host": "203.0.113.2"}],
                     "inbound": {"from_addresses": false}})"},
                {}),
        account("b", "b.example",
                {shared, R"({"id": "literal", "name": "L", "addresses":
                             [{"host": "203.0.113.3"}, {"host": "sip.example.net"}]})"},
                {"+493012345"})};
    snapshot_.index_entrances();
  }

  std::string entrance(const char* source, const char* host, const char* number) const {
    const auto found = snapshot_.entrance(*IpAddress::parse(source), host, number);
    return found ? found->account + "/" + found->trunk : "none";
  }

  Snapshot snapshot_;
};

TEST_F(Entrances, OneCarrierOfSeveralAccountsIsToldByDomainThenByNumber) {
  EXPECT_EQ(entrance("192.0.2.7", "a.example", "03012345"), "a/shared");
  EXPECT_EQ(entrance("192.0.2.7", "B.example", "1"), "b/shared");
  EXPECT_EQ(entrance("192.0.2.7", "192.0.2.1", "03012345"), "b/shared");
  EXPECT_EQ(entrance("192.0.2.7", "192.0.2.1", "nobody"), "a/shared");
  EXPECT_EQ(entrance("::ffff:192.0.2.7", "a.example", "1"), "a/shared");
}

TEST_F(Entrances, AddressesAreSourcesUnlessTheTrunkSaysOtherwise) {
  EXPECT_EQ(entrance("203.0.113.3", "x", "1"), "b/literal");
  EXPECT_EQ(entrance("203.0.113.1", "x", "1"), "none");
  EXPECT_EQ(entrance("203.0.113.2", "x", "1"), "none");
  EXPECT_EQ(entrance("198.51.100.1", "a.example", "03012345"), "none");
}

TEST_F(Entrances, ANameCountsAsItIsResolvedNow) {
  EXPECT_EQ(entrance("203.0.113.9", "x", "1"), "none");
  const auto* const carrier = snapshot_.accounts[1]->carriers->find("literal");
  carrier->state->settle(
      {{1, {sip::Transport::udp, {}, {*IpAddress::parse("203.0.113.9"), 5060}, 0}}}, "");
  EXPECT_EQ(entrance("203.0.113.9", "x", "1"), "b/literal");
}

TEST_F(Entrances, NumbersAreFoundInWhateverFormTheyAreWritten) {
  for (const char* dialled : {"+493012345", "493012345", "03012345", "00493012345"}) {
    EXPECT_TRUE(snapshot_.accounts[1]->find_number(dialled, model::CallerKind::external))
        << dialled;
  }
  EXPECT_FALSE(snapshot_.accounts[1]->find_number("3012345", model::CallerKind::external));
}

}  // namespace
}  // namespace strowger::flow
