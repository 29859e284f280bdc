// Who may call and register (RFC 3261 §22, RFC 7616), and what strangers learn.
#include "sip/digest.hpp"
#include "sip/nonce.hpp"
#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace strowger::sip::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string realm = "pbx.example.org";

// Anna's desk phone, and Bert's, which is switched off; a trunk that logs in as site7.
class TwoPhones final : public Subscribers {
 public:
  std::optional<Domain> domain(std::string_view host) const override {
    if (host == "nowhere.example.org") return std::nullopt;
    return Domain{"default", realm, sha256};
  }
  std::optional<Subscriber> find(const Domain& at, std::string_view user) const override {
    if (at.account != "default" || !is_known(user)) return std::nullopt;
    const std::string name(user);
    if (user == "site7") {
      return Subscriber{.identity = {.account = "default", .trunk = "pbx"},
                        .ha1_md5 = digest_ha1(DigestAlgorithm::md5, user, realm, "secret"),
                        .ha1_sha256 = digest_ha1(DigestAlgorithm::sha256, user, realm, "secret"),
                        .addresses = {name},
                        .calls = trunk_calls};
    }
    return Subscriber{.identity = {"default", name + "-desk", name},
                      .ha1_md5 = digest_ha1(DigestAlgorithm::md5, user, realm, "secret"),
                      .ha1_sha256 = digest_ha1(DigestAlgorithm::sha256, user, realm, "secret"),
                      .addresses = {name, "1001"},
                      .enabled = user == "anna"};
  }
  bool sha256 = true;
  bool trunk_calls = true;
  static bool is_known(std::string_view user) {
    return user == "anna" || user == "bert" || user == "site7";
  }
  bool owns(std::string_view host, std::string_view user) const override {
    return host == realm && is_known(user);
  }
  bool is_extension(const Domain& domain, std::string_view user) const override {
    return domain.account == "default" && (user == "1001" || user == "1002");
  }
};

bool nobody(const Peer&, const void*) { return false; }
bool everybody(const Peer&, const void*) { return true; }

struct Login {
  std::string user = "anna";
  std::string password = "secret";
  std::string realm_shown = realm;
  std::string uri = "";  // "" for the Request-URI
  DigestAlgorithm algorithm = DigestAlgorithm::sha256;
  std::uint32_t count = 1;
  std::string method = "";
};

struct AccessTest : ::testing::Test {
  using MayCall = bool (*)(const Peer&, const void*);
  explicit AccessTest(MayCall may_call = nobody)
      : scene({.may_call = may_call, .subscribers = &phones}) {}

  TwoPhones phones;
  Scene scene;
  unsigned number = 0;
  std::string address = "anna@pbx.example.org";  // To of a REGISTER
  std::string contact = "Contact: <sip:anna@10.0.0.5>\n";

  std::string to_register(const std::string& headers = "") {
    const std::string n = std::to_string(++number);
    return wire("REGISTER sip:pbx.example.org SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.5;rport;branch="
                "z9hG4bKr" + n + "\nMax-Forwards: 70\nFrom: <sip:anna@pbx.example.org>;tag=1\n"
                "To: <sip:" + address + ">\nCall-ID: reg@test\nCSeq: " + n + " REGISTER\n" +
                contact + headers);
  }
  std::string to_call(const std::string& headers = "", const std::string& from = "0301234") {
    const std::string n = std::to_string(++number);
    return wire("INVITE sip:1000@pbx.example.org SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.5;rport;branch="
                "z9hG4bKi" + n + "\nMax-Forwards: 70\nFrom: <sip:" + from +
                "@pbx.example.org>;tag=" + n + "\nTo: <sip:1000@pbx.example.org>\nCall-ID: call" +
                n + "@test\nCSeq: 1 INVITE\nContact: <sip:anna@10.0.0.5>\n" + headers);
  }
  std::vector<Challenge> challenges() const {
    std::vector<Challenge> found;
    const auto message = Message::parse(scene.last());
    for (const auto header : message->headers()) {
      if (header.name != HeaderName::www_authenticate) continue;
      if (auto challenge = parse_challenge(header.value)) found.push_back(*challenge);
    }
    return found;
  }
  // Asks for a challenge with the request that `make` makes, and answers it.
  std::string answer(std::string_view method, const std::string& uri, const Login& login) {
    auto challenge = challenges().at(login.algorithm == DigestAlgorithm::sha256 ? 0 : 1);
    challenge.realm = login.realm_shown;
    return "Authorization: " +
           answer_challenge(challenge,
                            {.username = login.user,
                             .password = login.password,
                             .method = login.method.empty() ? method : login.method,
                             .uri = login.uri.empty() ? uri : login.uri,
                             .cnonce = "0a4f113b",
                             .nonce_count = login.count}) + "\n";
  }
  void log_in(const Login& login = {}) {
    scene.receive(to_register());
    scene.story();
    scene.receive(to_register(answer("REGISTER", "sip:pbx.example.org", login)));
  }
  std::vector<std::string> call(const Login& login = {}, const std::string& from = "anna") {
    scene.receive(to_call("", from));
    scene.story();
    scene.receive(to_call(answer("INVITE", "sip:1000@pbx.example.org", login), from));
    return scene.story();
  }
};

TEST_F(AccessTest, ARegisterIsChallengedWithTheStrongestAlgorithmFirst) {
  scene.receive(to_register());
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 REGISTER"));
  const auto offered = challenges();
  ASSERT_EQ(offered.size(), 2U);
  EXPECT_EQ(offered[0].algorithm, DigestAlgorithm::sha256);
  EXPECT_EQ(offered[1].algorithm, DigestAlgorithm::md5);
  for (const auto& challenge : offered) {
    EXPECT_EQ(challenge.realm, realm);
    EXPECT_TRUE(challenge.qop_auth);
    EXPECT_FALSE(challenge.qop_auth_int);
    EXPECT_FALSE(challenge.stale);
  }
}

TEST_F(AccessTest, OldPhonesSeeMd5Only) {
  phones.sha256 = false;
  scene.receive(to_register());
  ASSERT_EQ(challenges().size(), 1U);
  EXPECT_EQ(challenges()[0].algorithm, DigestAlgorithm::md5);
}

TEST_F(AccessTest, EitherAlgorithmRegisters) {
  for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::md5}) {
    log_in({.algorithm = algorithm});
    EXPECT_THAT(scene.story(), ElementsAre("0 > 200 REGISTER", "0 registered"));
  }
  ASSERT_EQ(scene.locations.bindings("default/anna-desk").size(), 1U);
  EXPECT_EQ(scene.locations.bindings("default/anna-desk")[0].flow, scene.peer);
}

TEST_F(AccessTest, ACopyOfARegisterGetsACopyOfItsAnswer) {
  scene.receive(to_register());
  const auto request = to_register(answer("REGISTER", "sip:pbx.example.org", {}));
  scene.receive(request);
  scene.story();
  scene.receive(request);
  EXPECT_THAT(scene.story(), ElementsAre("0 > 200 REGISTER"));
}

// Nobody learns who exists: by the answers.
TEST_F(AccessTest, UnknownWrongAndDisabledAreTheSame) {
  const Login cases[] = {{.user = "anna", .password = "wrong"},
                         {.user = "nobody"},
                         {.user = "bert"},
                         {.user = "anna", .password = "wrong", .algorithm = DigestAlgorithm::md5}};
  for (const auto& login : cases) {
    log_in(login);
    EXPECT_THAT(scene.story(), ElementsAre("0 noted", "0 guessed", "0 > 403 REGISTER"));
    EXPECT_THAT(scene.last(), testing::HasSubstr("SIP/2.0 403 Forbidden\r\n"));
  }
  EXPECT_EQ(scene.locations.size(), 0U);
}

TEST_F(AccessTest, CredentialsForAnotherRealmAreNotForUs) {
  log_in({.realm_shown = "other.example.org"});
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 REGISTER"));
}

TEST_F(AccessTest, CredentialsForAnotherRequestAreRefused) {
  log_in({.uri = "sip:other.example.org"});
  EXPECT_THAT(scene.story(), ElementsAre("0 > 400 REGISTER", "0 noted"));
  log_in({.method = "INVITE"});
  EXPECT_THAT(scene.story(), ElementsAre("0 noted", "0 guessed", "0 > 403 REGISTER"));
  log_in({.uri = "sip:PBX.example.org"});
  EXPECT_THAT(scene.story(), ElementsAre("0 > 200 REGISTER", "0 registered"));
}

TEST_F(AccessTest, AuthIntIsNotOfferedAndRefused) {
  scene.receive(to_register());
  auto challenge = challenges().at(0);
  challenge.qop_auth = false;
  challenge.qop_auth_int = true;
  scene.story();
  scene.receive(to_register(
      "Authorization: " + answer_challenge(challenge, {.username = "anna",
                                                       .password = "secret",
                                                       .method = "REGISTER",
                                                       .uri = "sip:pbx.example.org",
                                                       .cnonce = "1"}) + "\n"));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 400 REGISTER", "0 noted"));
}

TEST_F(AccessTest, ReplayedCredentialsAreStale) {
  scene.receive(to_register());
  const auto shown = answer("REGISTER", "sip:pbx.example.org", {});
  const auto next = answer("REGISTER", "sip:pbx.example.org", {.count = 2});
  scene.receive(to_register(shown));
  scene.story();
  scene.receive(to_register(shown));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 REGISTER"));
  EXPECT_TRUE(challenges().at(0).stale);
  scene.receive(to_register(next));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 200 REGISTER", "0 registered"));
}

TEST_F(AccessTest, AnOldNonceIsStale) {
  scene.receive(to_register());
  const auto shown = answer("REGISTER", "sip:pbx.example.org", {});
  scene.advance(nonce_lifetime);
  scene.receive(to_register(shown));
  EXPECT_TRUE(challenges().at(0).stale);
}

// RFC 3261 10.3 step 4.
TEST_F(AccessTest, ADeviceRegistersItselfOnly) {
  address = "bert@pbx.example.org";
  log_in();
  EXPECT_THAT(scene.story(), ElementsAre("0 > 403 REGISTER", "0 noted"));
  address = "anna@nowhere.example.org";
  log_in();
  EXPECT_THAT(scene.story(), ElementsAre("0 > 403 REGISTER", "0 noted"));
  address = "1001@pbx.example.org";
  log_in();
  EXPECT_THAT(scene.story(), ElementsAre("0 > 200 REGISTER", "0 registered")) << "its extension";
}

TEST_F(AccessTest, PasswordsAreNotGuessedForLong) {
  for (std::uint32_t i = 0; i < wrong_answers_max; ++i) {
    log_in({.password = "wrong" + std::to_string(i)});
    EXPECT_THAT(scene.story(), ElementsAre("0 noted", "0 guessed", "0 > 403 REGISTER"));
  }
  EXPECT_EQ(scene.log, "login refused from 192.0.2.10: REGISTER by udp, user anna, wrong answer; "
                       "further ones are not looked at for a while");
  log_in();
  EXPECT_THAT(scene.story(), ElementsAre("0 noted", "0 > 403 REGISTER")) << "though it is right";
  EXPECT_THAT(scene.log, HasSubstr("too many wrong answers before"));
  scene.advance(guess_pause_first);
  log_in();
  scene.story();
  EXPECT_EQ(scene.locations.size(), 1U);
}

TEST_F(AccessTest, WrongAnswersThatOtherShardsSawCount) {
  for (std::uint32_t i = 0; i < wrong_answers_max; ++i) {
    scene.agent.count({scene.peer.remote.address, "anna", scene.now().instant});
  }
  log_in();
  EXPECT_THAT(scene.story(), ElementsAre("0 noted", "0 > 403 REGISTER"));
}

TEST_F(AccessTest, WhoGuessesForManyUsersGetsNoAnswer) {
  for (std::uint32_t i = 0; i < wrong_answers_of_source_max; ++i) {
    log_in({.user = "user" + std::to_string(i)});
  }
  scene.story();
  scene.receive(to_register());
  scene.receive(to_call());
  EXPECT_THAT(scene.story(), IsEmpty());
  scene.advance(source_ban);
  scene.receive(to_register());
  EXPECT_FALSE(scene.story().empty());
}

TEST_F(AccessTest, TheLogCannotBeForgedByAName) {
  log_in({.user = "x from 203.0.113.1: \"y\"", .password = "wrong"});
  EXPECT_EQ(scene.log, "login refused from 192.0.2.10: REGISTER by udp, user "
                       "x?from?203.0.113.1???y?, wrong answer");
}

TEST_F(AccessTest, WhoMayNotCallAsAStrangerIsChallenged) {
  scene.receive(to_call());
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 INVITE"));
  EXPECT_THAT(call(), ElementsAre("0 invited", Not(IsEmpty()), "0 > 100 INVITE"));
  EXPECT_EQ(scene.identity, (Identity{"default", "anna-desk", "anna"}));
}

TEST_F(AccessTest, AHostOfNobodyIsNotAsked) {
  scene.receive(wire("REGISTER sip:nowhere.example.org SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.5;branch="
                     "z9hG4bKr\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: 1\n"
                     "CSeq: 1 REGISTER\n"));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 404 REGISTER", "0 noted"));
}

// Where strangers may call.
struct OpenAccessTest : AccessTest {
  OpenAccessTest() : AccessTest(everybody) {}
};

TEST_F(OpenAccessTest, AStrangerStaysOne) {
  scene.receive(to_call());
  EXPECT_THAT(scene.story(), ElementsAre("0 invited", Not(IsEmpty()), "0 > 100 INVITE"));
  EXPECT_TRUE(scene.identity.outsider());
}

TEST_F(OpenAccessTest, WhoSaysToBeADeviceMustProveIt) {
  scene.receive(to_call("", "bert"));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 INVITE"));
  scene.receive(to_register());
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 REGISTER"));
}

TEST_F(OpenAccessTest, AnExtensionIsNobodysButItsSeats) {
  scene.receive(to_call("", "1002"));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 401 INVITE"));
}

TEST_F(AccessTest, APhoneCallsInNobodyElsesName) {
  EXPECT_EQ(call({}, "1001").front(), "0 invited") << "in its own name";
  EXPECT_THAT(call({}, "1002"), ElementsAre("0 > 403 INVITE", "0 noted"));
  EXPECT_THAT(call({}, "bert"), ElementsAre("0 > 403 INVITE", "0 noted"));
  EXPECT_EQ(call({}, "0301234").front(), "0 invited") << "a number outside is nobody's here";
}

TEST_F(OpenAccessTest, WhatElseARequestSaysOfItselfMakesNobodyADevice) {
  scene.receive(to_call("P-Asserted-Identity: <sip:anna@pbx.example.org>\n"
                        "Remote-Party-ID: <sip:anna@pbx.example.org>;party=calling\n"));
  EXPECT_TRUE(scene.identity.outsider());
  EXPECT_EQ(scene.story().size(), 3U);
}

TEST_F(OpenAccessTest, ButAWrongAnswerIsWrong) {
  EXPECT_THAT(call({.password = "wrong"}), ElementsAre("0 noted", "0 guessed", "0 > 403 INVITE"));
}

TEST_F(AccessTest, ATrunkRegistersItselfUnderItsOwnRecord) {
  address = "site7@pbx.example.org";
  log_in({.user = "site7"});
  EXPECT_THAT(scene.story(), ElementsAre("0 > 200 REGISTER", "0 registered"));
  address = "anna@pbx.example.org";
  log_in({.user = "site7"});
  EXPECT_THAT(scene.story(), ElementsAre("0 > 403 REGISTER", "0 noted"));
}

TEST_F(AccessTest, ATrunkBringsCallsOfOthersButNoneOfOurPhones) {
  EXPECT_EQ(call({.user = "site7"}, "0301234").front(), "0 invited");
  EXPECT_EQ(scene.identity, (Identity{.account = "default", .trunk = "pbx"}));
  EXPECT_EQ(call({.user = "site7"}, "site7").front(), "0 invited") << "in its own name";
  EXPECT_THAT(call({.user = "site7"}, "anna"), ElementsAre("0 > 403 INVITE", "0 noted"));
  phones.trunk_calls = false;
  EXPECT_THAT(call({.user = "site7"}, "0301234"), ElementsAre("0 > 403 INVITE", "0 noted"));
}

}  // namespace
}  // namespace strowger::sip::testing
