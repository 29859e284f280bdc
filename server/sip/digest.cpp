#include "sip/digest.hpp"

#include "sip/grammar.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace strowger::sip {
namespace {

constexpr std::array<std::string_view, 4> algorithm_names = {"MD5", "MD5-sess", "SHA-256",
                                                             "SHA-256-sess"};
constexpr std::size_t nonce_count_digits = 8;

bool is_session(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::md5_sess || algorithm == DigestAlgorithm::sha256_sess;
}

std::optional<DigestAlgorithm> algorithm_named(std::string_view text) {
  for (std::size_t i = 0; i < algorithm_names.size(); ++i) {
    if (iequals(text, algorithm_names[i])) return static_cast<DigestAlgorithm>(i);
  }
  return std::nullopt;
}

std::string hex(const unsigned char* bytes, std::size_t length) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(length * 2, '0');
  for (std::size_t i = 0; i < length; ++i) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  return out;
}

// Looked up once: EVP_md5() would have each digest look for it among all that OpenSSL can do.
const EVP_MD* hash_of(DigestAlgorithm algorithm) {
  static const EVP_MD* const md5 = EVP_MD_fetch(nullptr, "MD5", nullptr);
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  const bool short_one =
      algorithm == DigestAlgorithm::md5 || algorithm == DigestAlgorithm::md5_sess;
  return short_one ? md5 : sha256;
}

// H(parts joined by ':') in lower-case hex.
std::string hash(DigestAlgorithm algorithm, std::initializer_list<std::string_view> parts) {
  std::size_t bytes = 0;
  for (const std::string_view part : parts) bytes += part.size() + 1;
  std::string joined;
  joined.reserve(bytes);
  for (const std::string_view part : parts) joined.append(part).push_back(':');
  joined.pop_back();
  const EVP_MD* const algorithm_code = hash_of(algorithm);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  // Fails only where OpenSSL forbids the algorithm (FIPS): an empty response then matches nothing.
  if (algorithm_code == nullptr || EVP_Digest(joined.data(), joined.size(), digest.data(), &length,
                                              algorithm_code, nullptr) != 1) {
    return {};
  }
  return hex(digest.data(), length);
}

// "name=value, name="value"…" after the scheme. False when it is beyond the limits or malformed.
template <class Take>
bool each_param(std::string_view value, Take take) {
  value = trim(value);
  if (value.size() > digest_header_bytes_max) return false;
  const std::size_t space = value.find_first_of(" \t\r\n");
  if (space == std::string_view::npos || !iequals(value.substr(0, space), "Digest")) return false;
  std::string_view rest = value.substr(space);
  std::size_t seen = 0;
  while (const auto item = next_item(rest)) {
    if (item->empty()) continue;
    const std::size_t equals = item->find('=');
    if (++seen > digest_params_max || equals == std::string_view::npos) return false;
    const std::string_view name = trim(item->substr(0, equals));
    const std::string_view text = trim(item->substr(equals + 1));
    const bool quote = !text.empty() && text.front() == '"';
    if (!is_token(name) || (quote && quoted_end(text) != text.size())) return false;
    if (!take(name, unquoted(text))) return false;
  }
  return seen > 0;
}

// A repeated parameter is an attempt to have two readers see two things (RFC 7616 3.3: MUST NOT).
class Once {
 public:
  // `name` outlives this.
  bool first(std::string_view name) {
    for (std::size_t i = 0; i < std::min(count_, seen_.size()); ++i) {
      if (iequals(seen_[i], name)) return false;
    }
    seen_[count_++ % seen_.size()] = name;
    return true;
  }

 private:
  std::array<std::string_view, digest_params_max> seen_;
  std::size_t count_ = 0;
};

std::string nonce_count_text(std::uint32_t count) {
  std::array<unsigned char, 4> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(count >> (24 - 8 * i));
  }
  return hex(bytes.data(), bytes.size());
}

std::optional<std::uint32_t> parse_nonce_count(std::string_view text) {
  if (text.size() != nonce_count_digits) return std::nullopt;
  std::uint32_t count = 0;
  for (const char c : text) {
    if (!is_hex(c)) return std::nullopt;
    const auto digit = static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower(c) - 'a' + 10);
    count = count * 16 + digit;
  }
  return count;
}

void read_qop_options(std::string_view options, Challenge& challenge) {
  challenge.qop_auth = list_contains(options, "auth");
  challenge.qop_auth_int = list_contains(options, "auth-int");
}

bool is_hash(std::string_view text, DigestAlgorithm algorithm) {
  const bool md5 = algorithm == DigestAlgorithm::md5 || algorithm == DigestAlgorithm::md5_sess;
  if (text.size() != (md5 ? 32U : 64U)) return false;
  for (const char c : text) {
    if (!is_hex(c)) return false;
  }
  return true;
}

}  // namespace

std::string_view name(DigestAlgorithm algorithm) {
  return algorithm_names[static_cast<std::size_t>(algorithm)];
}

std::optional<Challenge> parse_challenge(std::string_view value) {
  Challenge challenge;
  Once once;
  bool known = true;
  bool has_realm = false;
  bool has_nonce = false;
  bool has_qop = false;
  const bool read = each_param(value, [&](std::string_view name, std::string text) {
    if (!once.first(name)) return false;
    if (iequals(name, "realm")) {
      challenge.realm = std::move(text);
      has_realm = true;
    } else if (iequals(name, "nonce")) {
      challenge.nonce = std::move(text);
      has_nonce = true;
    } else if (iequals(name, "opaque")) {
      challenge.opaque = std::move(text);
    } else if (iequals(name, "stale")) {
      challenge.stale = iequals(text, "true");
    } else if (iequals(name, "qop")) {
      read_qop_options(text, challenge);
      has_qop = true;
    } else if (iequals(name, "algorithm")) {
      const auto algorithm = algorithm_named(text);
      known = algorithm.has_value();
      challenge.algorithm = algorithm.value_or(DigestAlgorithm::md5);
    }
    return true;
  });
  // Only protections we do not know: the challenge cannot be answered.
  const bool answerable = !has_qop || challenge.qop_auth || challenge.qop_auth_int;
  if (!read || !known || !has_realm || !has_nonce || !answerable) return std::nullopt;
  return challenge;
}

std::optional<Credentials> parse_credentials(std::string_view value) {
  Credentials found;
  Once once;
  bool good = true;
  const bool read = each_param(value, [&](std::string_view name, std::string text) {
    if (!once.first(name)) return false;
    if (iequals(name, "username"))
      found.username = std::move(text);
    else if (iequals(name, "realm"))
      found.realm = std::move(text);
    else if (iequals(name, "nonce"))
      found.nonce = std::move(text);
    else if (iequals(name, "uri"))
      found.uri = std::move(text);
    else if (iequals(name, "response"))
      found.response = std::move(text);
    else if (iequals(name, "cnonce"))
      found.cnonce = std::move(text);
    else if (iequals(name, "opaque"))
      found.opaque = std::move(text);
    else if (iequals(name, "qop"))
      found.qop = std::move(text);
    else if (iequals(name, "nc")) {
      const auto count = parse_nonce_count(text);
      good = good && count.has_value();
      found.nonce_count = count.value_or(0);
    } else if (iequals(name, "algorithm")) {
      const auto algorithm = algorithm_named(text);
      good = good && algorithm.has_value();
      found.algorithm = algorithm.value_or(DigestAlgorithm::md5);
    }
    return true;
  });
  if (!read || !good || found.username.empty() || found.nonce.empty() || found.uri.empty()) {
    return std::nullopt;
  }
  for (char& c : found.qop) c = lower(c);
  for (char& c : found.response) c = lower(c);
  const bool with_qop = found.qop == "auth" || found.qop == "auth-int";
  if (!found.qop.empty() && (!with_qop || found.cnonce.empty())) return std::nullopt;
  if (!is_hash(found.response, found.algorithm)) return std::nullopt;
  return found;
}

std::string digest_ha1(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                       std::string_view password) {
  return hash(algorithm, {username, realm, password});
}

std::string digest_response(const Credentials& credentials, std::string_view ha1,
                            std::string_view method, std::string_view body) {
  const DigestAlgorithm algorithm = credentials.algorithm;
  const std::string session = is_session(algorithm)
                                  ? hash(algorithm, {ha1, credentials.nonce, credentials.cnonce})
                                  : std::string(ha1);
  const std::string ha2 = credentials.qop == "auth-int"
                              ? hash(algorithm, {method, credentials.uri, hash(algorithm, {body})})
                              : hash(algorithm, {method, credentials.uri});
  // RFC 7616 3.4.1; without qop as RFC 2069 did it.
  if (credentials.qop.empty()) return hash(algorithm, {session, credentials.nonce, ha2});
  return hash(algorithm, {session, credentials.nonce, nonce_count_text(credentials.nonce_count),
                          credentials.cnonce, credentials.qop, ha2});
}

std::string write_challenge(const Challenge& challenge) {
  std::string out = "Digest realm=" + quoted_string(challenge.realm) +
                    ", nonce=" + quoted_string(challenge.nonce);
  if (challenge.opaque) out.append(", opaque=").append(quoted_string(*challenge.opaque));
  if (challenge.stale) out.append(", stale=true");
  out.append(", algorithm=").append(name(challenge.algorithm));
  if (challenge.qop_auth || challenge.qop_auth_int) {
    const bool both = challenge.qop_auth && challenge.qop_auth_int;
    out.append(", qop=\"").append(both ? "auth,auth-int"
                                       : (challenge.qop_auth ? "auth" : "auth-int"));
    out.append("\"");
  }
  return out;
}

std::string answer_challenge(const Challenge& challenge, const Proof& proof) {
  Credentials credentials;
  credentials.username = proof.username;
  credentials.realm = challenge.realm;
  credentials.nonce = challenge.nonce;
  credentials.uri = proof.uri;
  credentials.algorithm = challenge.algorithm;
  credentials.cnonce = proof.cnonce;
  credentials.nonce_count = proof.nonce_count;
  if (challenge.qop_auth)
    credentials.qop = "auth";
  else if (challenge.qop_auth_int)
    credentials.qop = "auth-int";
  const std::string ha1 =
      digest_ha1(challenge.algorithm, proof.username, challenge.realm, proof.password);
  const std::string response = digest_response(credentials, ha1, proof.method, proof.body);

  std::string out = "Digest username=" + quoted_string(proof.username) +
                    ", realm=" + quoted_string(challenge.realm) +
                    ", nonce=" + quoted_string(challenge.nonce) +
                    ", uri=" + quoted_string(proof.uri) + ", response=\"" + response + '"';
  out.append(", algorithm=").append(name(challenge.algorithm));
  const bool session = is_session(challenge.algorithm);
  if (!credentials.qop.empty() || session) {
    out.append(", cnonce=").append(quoted_string(proof.cnonce));
  }
  if (!credentials.qop.empty()) {
    out.append(", qop=").append(credentials.qop);
    out.append(", nc=").append(nonce_count_text(proof.nonce_count));
  }
  if (challenge.opaque) out.append(", opaque=").append(quoted_string(*challenge.opaque));
  return out;
}

}  // namespace strowger::sip
