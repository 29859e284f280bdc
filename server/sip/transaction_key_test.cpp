#include "sip/transaction_key.hpp"

#include "sip/headers.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <numeric>
#include <string>

namespace strowger::sip {
namespace {

// The first vector of the reference (128 bits, key 00 01 … 0f, no input):
// a3 81 7f 04 ba 25 a8 e6 6d f6 72 14 c7 55 02 93.
TEST(KeyMaker, IsSipHash128) {
  const KeyMaker keys(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  EXPECT_EQ(keys.of({}), (Key{.high = 0x930255c71472f66d, .low = 0xe6a825ba047f81a3}));
  EXPECT_EQ(keys.of({}).text(), "e6a825ba047f81a3");
}

// OpenSSL's, over the parts with their lengths (32 bits, lowest byte first) behind them.
std::string siphash_of(std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const auto part : parts) {
    bytes += part;
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(part.size() >> shift);
  }
  std::array<unsigned char, 16> key;
  std::iota(key.begin(), key.end(), 0);
  std::array<unsigned char, 16> sum;
  std::size_t length = sum.size();
  EVP_Q_mac(nullptr, "SIPHASH", nullptr, nullptr, nullptr, key.data(), key.size(),
            reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sum.data(),
            sum.size(), &length);
  return {sum.begin(), sum.begin() + 8};
}

TEST(KeyMaker, IsSipHashOfAnyLength) {
  const KeyMaker keys(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  const std::string text = "z9hG4bK-0123456789abcdef\xff\x80";
  for (std::size_t first = 0; first < text.size(); ++first) {
    const auto a = std::string_view(text).substr(0, first);
    const auto b = std::string_view(text).substr(first / 2);
    const auto wanted = siphash_of({a, b});
    const auto low = keys.of({a, b}).low;
    std::string got;
    for (int shift = 0; shift < 64; shift += 8) got += static_cast<char>(low >> shift);
    EXPECT_EQ(got, wanted) << first;
  }
}

TEST(KeyMaker, KeepsPartsApart) {
  const KeyMaker keys(1, 2);
  EXPECT_NE(keys.of({"ab", "c"}), keys.of({"a", "bc"}));
  EXPECT_NE(keys.of({"a"}), keys.of({"a", ""}));
  EXPECT_NE(keys.of({"a"}), KeyMaker(1, 3).of({"a"}));
  EXPECT_EQ(keys.of({"a", "b"}), keys.of({"a", "b"}));
}

std::string request(std::string_view line, std::string_view via, std::string_view cseq) {
  return std::string(line) + " SIP/2.0\r\nVia: " + std::string(via) +
         "\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: " +
         std::string(cseq) + "\r\n\r\n";
}

Key key(const std::string& text, std::string_view method) {
  const auto message = Message::parse(text);
  return KeyMaker(1, 2).server_transaction(*message, *top_via(*message), method);
}

// RFC 3261 17.2.3
TEST(KeyMaker, MatchesServerTransactions) {
  const std::string via = "SIP/2.0/UDP h:5060;branch=z9hG4bK1";
  const Key invite = key(request("INVITE sip:b@x", via, "1 INVITE"), "INVITE");
  EXPECT_EQ(key(request("ACK sip:b@x", via, "1 ACK"), "INVITE"), invite);
  EXPECT_EQ(key(request("CANCEL sip:b@x", via, "1 CANCEL"), "INVITE"), invite);
  EXPECT_NE(key(request("CANCEL sip:b@x", via, "1 CANCEL"), "CANCEL"), invite);
  EXPECT_NE(key(request("INVITE sip:b@x", "SIP/2.0/UDP h:5061;branch=z9hG4bK1", "1 INVITE"),
                "INVITE"),
            invite);
  EXPECT_NE(key(request("INVITE sip:b@x", "SIP/2.0/UDP h:5060;branch=z9hG4bK2", "1 INVITE"),
                "INVITE"),
            invite);
}

TEST(KeyMaker, MatchesAsRfc2543WithoutTheMagicCookie) {
  for (const std::string via :
       {"SIP/2.0/UDP h", "SIP/2.0/UDP h;branch=1", "SIP/2.0/UDP h;branch=z9hG4bK"}) {
    const Key invite = key(request("INVITE sip:b@x", via, "1 INVITE"), "INVITE");
    EXPECT_EQ(key(request("ACK sip:b@x", via, "1 ACK"), "INVITE"), invite);
    EXPECT_NE(key(request("INVITE sip:b@x", via, "2 INVITE"), "INVITE"), invite);
    EXPECT_NE(key(request("INVITE sip:c@x", via, "1 INVITE"), "INVITE"), invite);
    EXPECT_NE(key(request("INVITE sip:b@x", "SIP/2.0/UDP other", "1 INVITE"), "INVITE"), invite);
  }
}

TEST(KeyMaker, GivesCopiesOfARequestOneTag) {
  const KeyMaker keys(1, 2);
  const std::string via = "SIP/2.0/UDP h;branch=z9hG4bK";
  const auto one = Message::parse(request("OPTIONS sip:b@x", via + "1", "1 OPTIONS"));
  const auto other = Message::parse(request("OPTIONS sip:b@x", via + "2", "1 OPTIONS"));
  EXPECT_EQ(keys.stateless_tag(*one).size(), 16U);
  EXPECT_EQ(keys.stateless_tag(*one), keys.stateless_tag(*one));
  EXPECT_NE(keys.stateless_tag(*one), keys.stateless_tag(*other));
}

}  // namespace
}  // namespace strowger::sip
