#include "model/trunk.hpp"

#include "model/trunk_hunt.hpp"
#include "model/trunk_logins.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

TEST(Trunk, ReadsAllItsMembers) {
  const auto trunk = parse_trunk(R"({
    "id": "carrier", "name": "Carrier", "channels": 30, "custom": {"kept": true},
    "addresses": [{"host": "192.0.2.1", "port": 5070, "transport": "tcp", "priority": 10,
                   "weight": 5},
                  {"host": "sip.example.net"}],
    "inbound": {"sources": ["198.51.100.0/24", "2001:db8::1"], "from_addresses": false},
    "outbound": {"username": "acct7", "realm": "example.net", "classes": ["national"],
                 "priority": 2, "number_form": "e164_no_plus", "strip": "+", "prefix": "00",
                 "no_reply_s": 2,
                 "custom_sip_headers": {"X-Account": "7"}},
    "registration": {"enabled": true, "expires_s": 300},
    "caller_id": {"number": "+4930123", "name": "Acme", "always": true}})");
  ASSERT_TRUE(trunk) << one_line(trunk.error().front());
  EXPECT_EQ(trunk->addresses[0], (TrunkAddress{"192.0.2.1", 5070, TrunkTransport::tcp, 10, 5}));
  EXPECT_EQ(trunk->addresses[1].port, 0);
  EXPECT_EQ(trunk->inbound.sources.size(), 2U);
  EXPECT_FALSE(trunk->inbound.from_addresses);
  EXPECT_EQ(trunk->outbound.form, NumberForm::e164_no_plus);
  EXPECT_EQ(trunk->outbound.no_reply, std::chrono::seconds(2));
  EXPECT_EQ(trunk->outbound.headers.size(), 1U);
  EXPECT_EQ(trunk->registration.expires, std::chrono::seconds(300));
  EXPECT_TRUE(trunk->caller_id.always);
  EXPECT_EQ(trunk->channels, 30);
  EXPECT_EQ(trunk->domain(), "192.0.2.1");
  EXPECT_NE(serialize(*trunk).find("kept"), std::string::npos);
}

TEST(Trunk, WhatIsWrongIsNamed) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({})", "/name"},
      {R"({"name": "C", "addresses": [{}]})", "/addresses/0/host"},
      {R"({"name": "C", "addresses": [{"host": "", "port": 5070}]})", "/addresses/0/host"},
      {R"({"name": "C", "addresses": [{"host": "a b"}]})", "/addresses/0/host"},
      {R"({"name": "C", "addresses": [{"host": "10.0.0"}]})", "/addresses/0/host"},
      {R"({"name": "C", "addresses": [{"host": "h", "port": 70000}]})", "/addresses/0/port"},
      {R"({"name": "C", "addresses": [{"host": "h", "transport": "sctp"}]})",
       "/addresses/0/transport"},
      {R"({"name": "C", "tls": {"verify": "no"}})", "/tls/verify"},
      {R"({"name": "C", "tls": true})", "/tls"},
      {R"({"name": "C", "media": {"encryption": {"enforce_security": 1}}})",
       "/media/encryption/enforce_security"},
      {R"({"name": "C", "inbound": {"sources": ["192.0.2.1/24"]}})", "/inbound/sources/0"},
      {R"({"name": "C", "outbound": {"password": "x"}})", "/outbound/password"},
      {R"({"name": "C", "outbound": {"username": "a\"b"}})", "/outbound/username"},
      {R"({"name": "C", "outbound": {"custom_sip_headers": {"Via": "x"}}})",
       "/outbound/custom_sip_headers/Via"},
      {R"({"name": "C", "outbound": {"custom_sip_headers": {"X-A": "a\r\nVia: b"}}})",
       "/outbound/custom_sip_headers/X-A"},
      {R"({"name": "C", "registration": {"enabled": true}})", "/registration"},
      {R"({"name": "C", "caller_id": {"always": true}})", "/caller_id/number"},
      {R"({"name": "C", "caller_id": {"number": "<sip:x>"}})", "/caller_id/number"},
      {R"({"name": "C", "channels": 0})", "/channels"},
  };
  for (const auto& [text, pointer] : cases) {
    SCOPED_TRACE(text);
    const auto trunk = parse_trunk(text);
    ASSERT_FALSE(trunk);
    EXPECT_EQ(trunk.error().front().pointer, pointer);
  }
}

TEST(Trunk, WhichCodesEndTheHunting) {
  for (const int code : {404, 410, 480, 484, 486, 487, 600, 603, 604}) {
    EXPECT_EQ(hunt_after(code), Hunt::stop) << code;
  }
  for (const int code : {302, 401, 403, 407, 408, 488, 500, 502, 503, 504, 580, 606}) {
    EXPECT_EQ(hunt_after(code), Hunt::on) << code;
  }
}

TEST(TrunkLogin, WhoLogsInIsNotKnownByItsAddressUnlessToldSo) {
  const auto with = [](const std::string& inbound) {
    return *parse_trunk(R"({"name": "T", "login": {"username": "site7"}, "inbound": )" + inbound +
                        "}");
  };
  EXPECT_EQ(with("{}").login, "site7");
  EXPECT_FALSE(with("{}").inbound.from_addresses);
  EXPECT_TRUE(with(R"({"from_addresses": true})").inbound.from_addresses);
  EXPECT_TRUE(parse_trunk(R"({"name": "T"})")->inbound.from_addresses);
}

TEST(TrunkLogin, NamesArePlainAndNoSecretIsInADocument) {
  for (const char* login : {R"({"username": "a b"})", R"({"username": "a@b"})",
                            R"({"username": 7})", R"({"username": "a", "password": "x"})",
                            R"({"username": "a", "ha1": "x"})", R"("a")"}) {
    EXPECT_FALSE(parse_trunk(std::string(R"({"name": "T", "login": )") + login + "}")) << login;
  }
}

TEST(TrunkLogin, IsFoundByNameAndByTrunk) {
  auto trunk = *parse_trunk(R"({"id": "a", "name": "T", "login": {"username": "site7"},
                                "inbound": {"enabled": false}})");
  trunk.secret = {"r", "m", "s"};
  const TrunkLogins logins({trunk, *parse_trunk(R"({"id": "b", "name": "B"})")});
  ASSERT_NE(logins.by_username("site7"), nullptr);
  EXPECT_EQ(logins.by_username("site7")->secret, trunk.secret);
  EXPECT_FALSE(logins.by_username("site7")->calls);
  EXPECT_EQ(logins.by_trunk("a"), logins.by_username("site7"));
  EXPECT_EQ(logins.by_username("SITE7"), nullptr);
  EXPECT_EQ(logins.by_username(""), nullptr);
  EXPECT_EQ(logins.by_trunk("b"), nullptr);
}

TEST(Trunk, ByTlsItsCertificateIsHeldAgainstItsNameUnlessItSaysOtherwise) {
  const auto warned = [](const char* text) {
    std::string codes;
    const auto trunk = parse_trunk(text);
    for (const auto& finding : trunk_warnings(trunk.value())) codes += finding.code + " ";
    return codes;
  };
  const auto trunk = parse_trunk(
      R"({"name": "C", "addresses": [{"host": "h", "transport": "tls"}]})");
  ASSERT_TRUE(trunk);
  EXPECT_EQ(trunk->addresses[0].transport, TrunkTransport::tls);
  EXPECT_TRUE(trunk->uses_tls());
  EXPECT_TRUE(trunk->tls.verify);
  EXPECT_FALSE(trunk->tls.wildcards);
  EXPECT_FALSE(trunk->srtp);
  EXPECT_EQ(warned(R"({"name": "C", "addresses": [{"host": "h", "transport": "tls"}],
                       "media": {"encryption": {"enforce_security": true}}})"), "");
  EXPECT_EQ(warned(R"({"name": "C", "addresses": [{"host": "h", "transport": "tls"}],
                       "tls": {"verify": false}})"), "tls-not-verified ");
  EXPECT_EQ(warned(R"({"name": "C", "addresses": [{"host": "h"}],
                       "media": {"encryption": {"enforce_security": true}}})"),
            "srtp-without-tls ");
}

}  // namespace
}  // namespace strowger::model
