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
                     "inbound": {"from_addresses": false}})",
                 R"({"id": "secret", "name": "S", "inbound": {"from_addresses": false},
                     "addresses": [{"host": "203.0.113.5", "transport": "tls"}]})",
                 R"({"id": "secure", "name": "S",
                     "addresses": [{"host": "203.0.113.4", "transport": "tls"}]})"},
                {}),
        account("b", "b.example",
                {shared, R"({"id": "literal", "name": "L", "addresses":
                             [{"host": "203.0.113.3"}, {"host": "sip.example.net"}]})"},
                {"+493012345"})};
    snapshot_.index_entrances();
  }

  std::string entrance(const char* source, const char* host, const char* number,
                       sip::Transport transport = sip::Transport::udp,
                       std::uint32_t link = 0) const {
    const sip::Peer peer{.transport = transport,
                         .local = {},
                         .remote = {*IpAddress::parse(source), 5060},
                         .link = link};
    const auto found = snapshot_.entrance(peer, host, number);
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

// RFC 5922: whom we have opened TLS to has proved who it is; the source of a datagram does not.
TEST_F(Entrances, AConnectionOfOursIsKnownByItselfAndACarrierByTlsByNothingElse) {
  EXPECT_EQ(entrance("203.0.113.4", "x", "1"), "none");
  EXPECT_EQ(entrance("203.0.113.4", "x", "1", sip::Transport::tcp), "none");
  EXPECT_EQ(entrance("203.0.113.4", "x", "1", sip::Transport::tls), "a/secure");
  const auto* const carrier = snapshot_.accounts[0]->carriers->find("secret");
  carrier->state->settle(
      {{0, {sip::Transport::tls, {}, {*IpAddress::parse("203.0.113.5"), 5061}, 9, 0}}}, "");
  EXPECT_EQ(entrance("203.0.113.5", "x", "1", sip::Transport::tls), "none");
  EXPECT_EQ(entrance("203.0.113.5", "x", "1", sip::Transport::tls, 8), "none");
  EXPECT_EQ(entrance("203.0.113.5", "x", "1", sip::Transport::tls, 9), "a/secret");
  // It is that one's, whoever else has the address, and whatever number is called.
  EXPECT_EQ(entrance("192.0.2.7", "b.example", "03012345", sip::Transport::tls, 9), "a/secret");
}

TEST_F(Entrances, ANameCountsAsItIsResolvedNow) {
  EXPECT_EQ(entrance("203.0.113.9", "x", "1"), "none");
  const auto* const carrier = snapshot_.accounts[1]->carriers->find("literal");
  carrier->state->settle(
      {{1, {sip::Transport::udp, {}, {*IpAddress::parse("203.0.113.9"), 5060}, 0, 0}}}, "");
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
