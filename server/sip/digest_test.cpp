#include "sip/digest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

// RFC 2617 3.5.
TEST(Digest, AnswersTheExampleOfRfc2617) {
  const auto challenge = parse_challenge(
      "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", "
      "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
  ASSERT_TRUE(challenge);
  EXPECT_TRUE(challenge->qop_auth);
  EXPECT_TRUE(challenge->qop_auth_int);
  const std::string answer = answer_challenge(*challenge, {.username = "Mufasa",
                                                           .password = "Circle Of Life",
                                                           .method = "GET",
                                                           .uri = "/dir/index.html",
                                                           .cnonce = "0a4f113b"});
  const auto credentials = parse_credentials(answer);
  ASSERT_TRUE(credentials) << answer;
  EXPECT_EQ(credentials->response, "6629fae49393a05397450978507c4ef1");
  EXPECT_EQ(credentials->username, "Mufasa");
  EXPECT_EQ(credentials->qop, "auth");
  EXPECT_EQ(credentials->nonce_count, 1U);
  EXPECT_EQ(credentials->opaque, "5ccc069c403ebaf9f0171e9517f40e41");
}

// RFC 7616 3.9.1.
TEST(Digest, AnswersTheExamplesOfRfc7616) {
  const std::pair<std::string, std::string> cases[] = {
      {"MD5", "8ca523f5e9506fed4657c9700eebdbec"},
      {"SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"},
  };
  for (const auto& [algorithm, want] : cases) {
    const auto challenge = parse_challenge(
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm +
        ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    ASSERT_TRUE(challenge);
    const auto credentials = parse_credentials(
        answer_challenge(*challenge, {.username = "Mufasa",
                                      .password = "Circle of Life",
                                      .method = "GET",
                                      .uri = "/dir/index.html",
                                      .cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"}));
    ASSERT_TRUE(credentials);
    EXPECT_EQ(credentials->response, want);
    EXPECT_EQ(name(credentials->algorithm), algorithm);
  }
}

// RFC 2069 as corrected by its erratum 749: no qop.
TEST(Digest, AnswersWithoutQop) {
  Credentials credentials;
  credentials.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
  credentials.uri = "/dir/index.html";
  const std::string ha1 =
      digest_ha1(DigestAlgorithm::md5, "Mufasa", "testrealm@host.com", "CircleOfLife");
  EXPECT_EQ(digest_response(credentials, ha1, "GET", ""), "1949323746fe6a43ef61f9606e7febea");
}

TEST(Digest, AnswersOfEveryKindVerifyAgainstTheStoredHa1) {
  for (const auto algorithm : {DigestAlgorithm::md5, DigestAlgorithm::md5_sess,
                               DigestAlgorithm::sha256, DigestAlgorithm::sha256_sess}) {
    for (const std::string qop : {"", ", qop=\"auth-int\"", ", qop=\"auth\""}) {
      const auto challenge = parse_challenge(R"(Digest realm="a \"b\"",nonce="n",algorithm=)" +
                                             std::string(name(algorithm)) + qop);
      ASSERT_TRUE(challenge);
      const auto credentials = parse_credentials(answer_challenge(*challenge, {.username = "u\"",
                                                                               .password = "p",
                                                                               .method = "INVITE",
                                                                               .uri = "sip:a@b",
                                                                               .cnonce = "c",
                                                                               .nonce_count = 0xabc,
                                                                               .body = "v=0"}));
      ASSERT_TRUE(credentials) << qop;
      EXPECT_EQ(credentials->realm, "a \"b\"");
      const std::string ha1 = digest_ha1(algorithm, "u\"", "a \"b\"", "p");
      EXPECT_EQ(digest_response(*credentials, ha1, "INVITE", "v=0"), credentials->response);
      EXPECT_NE(digest_response(*credentials, ha1, "BYE", "v=0"), credentials->response);
      const bool covers_body = credentials->qop == "auth-int";
      EXPECT_EQ(digest_response(*credentials, ha1, "INVITE", "v=1") != credentials->response,
                covers_body);
    }
  }
}

TEST(Digest, ReadsChallenges) {
  const auto challenge =
      parse_challenge("digest Realm=r , NONCE = \"n,=\" ,stale=TRUE,,algorithm=md5,foo=bar");
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->realm, "r");
  EXPECT_EQ(challenge->nonce, "n,=");
  EXPECT_TRUE(challenge->stale);
  EXPECT_FALSE(challenge->qop_auth);
  EXPECT_FALSE(challenge->opaque);
  for (const auto bad :
       {"", "Digest", "Digest ", "Basic realm=\"x\"", "Digest realm=\"r\"", "Digest nonce=\"n\"",
        "Digest realm=\"r\",nonce=\"n\",algorithm=SHA-512-256",
        "Digest realm=\"r\",nonce=\"n\",qop=\"strange\"", "Digest realm=\"r\",nonce=\"n",
        "Digest realm=\"r\",nonce=\"n\"x", "Digest realm=\"r\",nonce=\"n\",realm=\"q\"",
        "Digest realm=\"r\",nonce=\"n\",flag", "Digestrealm=\"r\",nonce=\"n\""}) {
    EXPECT_FALSE(parse_challenge(bad)) << bad;
  }
}

const std::string good_credentials =
    "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", "
    "response=\"0123456789ABCDEF0123456789abcdef\"";

TEST(Digest, ReadsCredentials) {
  ASSERT_TRUE(parse_credentials(good_credentials));
  EXPECT_EQ(parse_credentials(good_credentials)->response, "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(parse_credentials(good_credentials + ",qop=auth,cnonce=\"c\",nc=000000ff")->nonce_count,
            255U);
  for (const auto more :
       {",qop=auth", ",qop=other,cnonce=\"c\",nc=00000001", ",nc=1", ",nc=0000000g",
        ",algorithm=SHA-256", ",algorithm=x", ",username=\"v\"", ",x"}) {
    EXPECT_FALSE(parse_credentials(good_credentials + more)) << more;
  }
  EXPECT_FALSE(parse_credentials("Digest username=\"u\",nonce=\"n\",uri=\"x\",response=\"00\""));
  EXPECT_FALSE(parse_credentials("Digest username=\"u\",nonce=\"n\",uri=\"x\""));
}

TEST(Digest, HoldsItsLimits) {
  std::string many = good_credentials;
  for (std::size_t i = 5; i < digest_params_max; ++i) many += ",p" + std::to_string(i) + "=x";
  EXPECT_TRUE(parse_credentials(many));
  EXPECT_FALSE(parse_credentials(many + ",last=x"));
  std::string large = good_credentials + ",opaque=\"";
  large.append(digest_header_bytes_max - large.size() - 1, 'x').push_back('"');
  ASSERT_EQ(large.size(), digest_header_bytes_max);
  EXPECT_TRUE(parse_credentials(large));
  large.insert(large.size() - 1, "x");
  EXPECT_FALSE(parse_credentials(large));
}

}  // namespace
}  // namespace strowger::sip
