#include "store/digest_secret.hpp"

#include "base/check.hpp"

#include <openssl/evp.h>

#include <array>

namespace strowger::store {
namespace {

std::string hex_digest(const EVP_MD* algorithm, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  const int done = EVP_Digest(text.data(), text.size(), bytes.data(), &size, algorithm, nullptr);
  check(done == 1, "OpenSSL knows MD5 and SHA-256");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += digits[bytes[i] >> 4U];
    out += digits[bytes[i] & 0xFU];
  }
  return out;
}

}  // namespace

model::DigestSecret digest_secret(std::string_view username, std::string_view realm,
                                  std::string_view password) {
  std::string text(username);
  text.append(":").append(realm).append(":").append(password);
  return {std::string(realm), hex_digest(EVP_md5(), text), hex_digest(EVP_sha256(), text)};
}

}  // namespace strowger::store
