#include "sdp/crypto.hpp"

#include "sdp/negotiate.hpp"
#include "sdp/parse.hpp"
#include "sdp/pass_on.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sdp {
namespace {

using testing::HasSubstr;
using testing::Not;

// RFC 4568 §6.1's own example, without the identifier.
constexpr std::string_view line =
    "1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20";
const std::string key = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";

Session said(const std::string& media) {
  const auto parsed = parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
                            "t=0 0\r\n" + media);
  EXPECT_TRUE(parsed);
  return *parsed;
}

LocalMedia ours(Secrecy secrecy) {
  LocalMedia local;
  local.rtp = *Endpoint::parse("198.51.100.7:30000");
  local.secrecy = secrecy;
  local.srtp_key.fill(std::byte{0});
  return local;
}
const std::string our_key(40, 'A');
const std::string secret_offer =
    "m=audio 4000 RTP/SAVP 0\r\na=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" + key + "\r\n";
const std::string plain_offer = "m=audio 4000 RTP/AVP 0\r\n";

TEST(Crypto, IsReadAndWritten) {
  const auto crypto = parse_crypto(line);
  ASSERT_TRUE(crypto);
  EXPECT_EQ(crypto->tag, 1U);
  EXPECT_EQ(crypto->suite, SrtpSuite::aes_cm_128_hmac_sha1_80);
  EXPECT_EQ(crypto->key[0], std::byte{'Y'});
  EXPECT_EQ(crypto_value(*crypto), line.substr(0, line.find('|')));
}

TEST(Crypto, WhatWeCannotDoIsNoKey) {
  const std::string good(line);
  for (const auto& wrong :
       {std::string(), std::string("1"), good + "|1:4", good.substr(0, 50), good + " KDR=3",
        good + " UNENCRYPTED_SRTP", good + " UNAUTHENTICATED_SRTP", "x" + good, "-" + good,
        "9999999999" + good, std::string("1 F8_128_HMAC_SHA1_80 inline:") + key,
        std::string("1 AES_CM_128_HMAC_SHA1_80 inline:") + key + "A",
        std::string("1 AES_CM_128_HMAC_SHA1_80 ") + key,
        std::string("1 AES_CM_128_HMAC_SHA1_80 inline:") + key.substr(1) + "*",
        good + ";inline:" + key}) {
    EXPECT_FALSE(parse_crypto(wrong)) << wrong;
  }
  EXPECT_TRUE(parse_crypto(good + " WSH=64"));
}

TEST(Crypto, AnOfferIsAnsweredInKind) {
  const auto agreed = answer(said(secret_offer), ours(Secrecy::in_kind));
  ASSERT_TRUE(agreed);
  ASSERT_TRUE(agreed->crypto);
  EXPECT_EQ(crypto_value(*agreed->crypto), "2 AES_CM_128_HMAC_SHA1_32 inline:" + key);
  const auto text = serialize(agreed->local);
  EXPECT_THAT(text, HasSubstr("m=audio 30000 RTP/SAVP 0\r\n"));
  EXPECT_THAT(text, HasSubstr("a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" + our_key + "\r\n"));
  const auto plain = answer(said(plain_offer), ours(Secrecy::in_kind));
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->crypto);
  EXPECT_THAT(serialize(plain->local), Not(HasSubstr("crypto")));
}

TEST(Crypto, WhatIsRequiredIsRequired) {
  EXPECT_EQ(answer(said(plain_offer), ours(Secrecy::required)).error(), Refusal::srtp_missing);
  EXPECT_EQ(answer(said(secret_offer), ours(Secrecy::none)).error(), Refusal::srtp_required);
  EXPECT_EQ(answer(said("m=audio 4000 RTP/SAVP 0\r\n"), ours(Secrecy::in_kind)).error(),
            Refusal::srtp_required);
}

TEST(Crypto, NobodyTalksAnOfferDownToPlain) {
  const auto local = ours(Secrecy::required);
  const auto offered = offer(local);
  EXPECT_THAT(serialize(offered), HasSubstr("RTP/SAVP"));
  EXPECT_EQ(accept_answer(offered, said(plain_offer), local).error(), Refusal::answer_mismatch);
  const auto taken = accept_answer(offered, said(secret_offer), local);
  ASSERT_TRUE(taken) << text(taken.error());
  EXPECT_TRUE(taken->crypto);
}

TEST(Crypto, EachLegHasItsOwnKeys) {
  // A plain caller, a phone that requires SRTP, and what the phone answers.
  const auto to_phone = pass_on(said(plain_offer), ours(Secrecy::required));
  ASSERT_TRUE(to_phone);
  EXPECT_THAT(serialize(*to_phone), HasSubstr("RTP/SAVP 0\r\n"));
  EXPECT_THAT(serialize(*to_phone), HasSubstr("inline:" + our_key));
  const auto caller = said(plain_offer);
  const auto to_caller = pass_on(said(secret_offer), ours(Secrecy::in_kind), &caller);
  ASSERT_TRUE(to_caller);
  EXPECT_THAT(serialize(*to_caller), HasSubstr("RTP/AVP 0\r\n"));
  EXPECT_THAT(serialize(*to_caller), Not(HasSubstr("crypto")));
  // And the other way round.
  EXPECT_THAT(serialize(*pass_on(said(secret_offer), ours(Secrecy::in_kind))),
              HasSubstr("RTP/AVP 0\r\n"));
  const auto secret = said(secret_offer);
  const auto back = serialize(*pass_on(said(plain_offer), ours(Secrecy::in_kind), &secret));
  EXPECT_THAT(back, HasSubstr("RTP/SAVP 0\r\n"));
  EXPECT_THAT(back, HasSubstr("a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" + our_key));
  EXPECT_EQ(read_stream(said(plain_offer), ours(Secrecy::required)).error(),
            Refusal::srtp_missing);
}

}  // namespace
}  // namespace strowger::sdp
