// Digest authentication (RFC 2617, RFC 7616, RFC 8760): reading challenges and credentials,
// computing answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

constexpr std::size_t digest_header_bytes_max = 4'096;
constexpr std::size_t digest_params_max = 32;

enum class DigestAlgorithm : std::uint8_t { md5, md5_sess, sha256, sha256_sess };
std::string_view name(DigestAlgorithm algorithm);  // "MD5", "SHA-256-sess"

struct Challenge {
  std::string realm;
  std::string nonce;
  std::optional<std::string> opaque;
  DigestAlgorithm algorithm = DigestAlgorithm::md5;
  bool qop_auth = false;
  bool qop_auth_int = false;
  bool stale = false;
};

struct Credentials {
  std::string username;
  std::string realm;
  std::string nonce;
  std::string uri;
  std::string response;  // lower-case hex
  DigestAlgorithm algorithm = DigestAlgorithm::md5;
  std::string qop;  // "", "auth" or "auth-int"
  std::string cnonce;
  std::uint32_t nonce_count = 0;
  std::string opaque;
};

// WWW-Authenticate and Proxy-Authenticate; nothing when it is not Digest, lacks realm or nonce,
// names an algorithm we do not have, or is beyond the limits.
std::optional<Challenge> parse_challenge(std::string_view value);
// Authorization and Proxy-Authorization.
std::optional<Credentials> parse_credentials(std::string_view value);

// What a request is proven with. `body` counts for auth-int only.
struct Proof {
  std::string_view username;
  std::string_view password;
  std::string_view method;
  std::string_view uri;
  std::string_view cnonce;
  std::uint32_t nonce_count = 1;
  std::string_view body;
};

// H(user:realm:password) as lower-case hex: what a store keeps instead of the password.
std::string digest_ha1(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                       std::string_view password);
// The `response` parameter for credentials, from the stored HA1 (not yet the -sess one).
std::string digest_response(const Credentials& credentials, std::string_view ha1,
                            std::string_view method, std::string_view body);
// The whole value of a WWW-Authenticate or Proxy-Authenticate header.
std::string write_challenge(const Challenge& challenge);
// The whole value of an Authorization or Proxy-Authorization header that answers the challenge.
std::string answer_challenge(const Challenge& challenge, const Proof& proof);

}  // namespace strowger::sip
