#include "sip/login.hpp"

#include "base/random.hpp"
#include "sip/digest.hpp"

#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

constexpr Challenged invite{.method = "INVITE", .uri = "sip:1@c.example", .body = {}};

Message refusal(int status, const std::string& headers) {
  auto parsed = Message::parse("SIP/2.0 " + std::to_string(status) + " Prove It\r\n" +
                               "Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\n"
                               "To: <sip:b@h>;tag=2\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n" +
                               headers + "\r\n");
  EXPECT_TRUE(parsed);
  return std::move(*parsed);
}

HeaderList answered(const Message& message, const Login& login) {
  SeededRandom random(1);
  return answers_to(message, invite, login, random);
}

TEST(Login, AnswersWithTheHeaderOfTheStatus) {
  const Login login{"acct7", "s3cret", ""};
  const auto proxy = answered(
      refusal(407, "Proxy-Authenticate: Digest realm=\"c\", nonce=\"n\"\r\n"), login);
  ASSERT_EQ(proxy.size(), 1U);
  EXPECT_EQ(proxy[0].first, "Proxy-Authorization");
  const auto said = parse_credentials(proxy[0].second);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->response, digest_response(*said, digest_ha1(DigestAlgorithm::md5, "acct7", "c",
                                                              "s3cret"), "INVITE", ""));
  const auto server = answered(
      refusal(401, "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\r\n"), login);
  ASSERT_EQ(server.size(), 1U);
  EXPECT_EQ(server[0].first, "Authorization");
}

TEST(Login, TakesTheFirstAlgorithmOfEachRealm) {
  const auto answers = answered(
      refusal(401, "WWW-Authenticate: Digest realm=\"c\", nonce=\"1\", algorithm=SHA-512-256\r\n"
                   "WWW-Authenticate: Digest realm=\"c\", nonce=\"2\", algorithm=SHA-256\r\n"
                   "WWW-Authenticate: Digest realm=\"c\", nonce=\"3\", algorithm=MD5\r\n"
                   "WWW-Authenticate: Digest realm=\"d\", nonce=\"4\"\r\n"),
      {"acct7", "s3cret", ""});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_NE(answers[0].second.find("algorithm=SHA-256"), std::string::npos);
  EXPECT_NE(answers[1].second.find("realm=\"d\""), std::string::npos);
}

TEST(Login, NobodyElsesRealmIsAnswered) {
  const auto message = refusal(401, "WWW-Authenticate: Digest realm=\"evil\", nonce=\"n\"\r\n");
  EXPECT_TRUE(answered(message, {"acct7", "s3cret", "c"}).empty());
  EXPECT_TRUE(answered(message, {"", "s3cret", ""}).empty());
  // The header has to fit the status.
  EXPECT_TRUE(answered(refusal(407, "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\r\n"),
                       {"acct7", "s3cret", ""}).empty());
}

TEST(Login, StaleIsToldApart) {
  EXPECT_TRUE(is_stale(
      refusal(401, "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\", stale=TRUE\r\n")));
  EXPECT_FALSE(is_stale(refusal(401, "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\r\n")));
}

}  // namespace
}  // namespace strowger::sip
