#include "sip/authenticator.hpp"

#include "sip/grammar.hpp"
#include "sip/uri.hpp"

#include <openssl/crypto.h>

#include <array>
#include <utility>

namespace strowger::sip {

namespace {

constexpr std::array by_strength{DigestAlgorithm::sha256, DigestAlgorithm::md5};
constexpr std::size_t logged_user_chars_max = 64;

// Whoever wants SHA-256 may have it, also where it is not offered.
bool is_known(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::sha256 || algorithm == DigestAlgorithm::md5;
}

// The first ones that answer a challenge of ours. Those for other realms are for other servers
// (RFC 3261 22.1, 22.3).
std::optional<Credentials> credentials_for(const Message& request, std::string_view realm) {
  std::size_t looked_at = 0;
  for (const auto header : request.headers()) {
    if (header.name != HeaderName::authorization) continue;
    if (++looked_at > credentials_looked_at_max) break;
    auto credentials = parse_credentials(unfolded(header.value));
    if (!credentials || credentials->realm != realm) continue;
    if (is_known(credentials->algorithm)) return credentials;
  }
  return std::nullopt;
}

// RFC 7616 3.4.6.
bool same_uri(std::string_view shown, std::string_view requested) {
  if (shown == requested) return true;
  const auto a = SipUri::parse(shown);
  const auto b = SipUri::parse(requested);
  return a && b && a->is_sip() && b->is_sip() && *a == *b;
}

bool same_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !a.empty() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// A log line is read by programs that ban addresses: no name that a stranger chose may look like
// one.
std::string loggable(std::string_view user) {
  std::string shown;
  for (const char c : user.substr(0, logged_user_chars_max)) {
    const bool plain = is_token_char(c) && c != '`' && c != '\'' && c != '%';
    shown.push_back(plain ? c : '?');
  }
  return shown;
}

}  // namespace

HeaderList Authenticator::challenge(const Domain& domain, bool stale, Instant now) {
  const std::string nonce = nonces_.make(now);
  HeaderList headers;
  for (const DigestAlgorithm algorithm : by_strength) {
    if (algorithm == DigestAlgorithm::sha256 && !domain.sha256) continue;
    headers.push_back({"WWW-Authenticate", write_challenge({.realm = domain.realm,
                                                            .nonce = nonce,
                                                            .opaque = std::nullopt,
                                                            .algorithm = algorithm,
                                                            .qop_auth = true,
                                                            .stale = stale})});
  }
  return headers;
}

// Of a user that does not exist: a secret that nobody knows, so that the work is the same.
std::string Authenticator::secret(const std::optional<Subscriber>& subscriber,
                                  const Credentials& credentials) const {
  const bool md5 = credentials.algorithm == DigestAlgorithm::md5;
  const Key key = keys_.of({"nobody", credentials.username});
  std::string secret = key.text() + Key{0, key.high}.text();
  if (!md5) secret += secret;
  if (!subscriber) return secret;
  const std::string& known = md5 ? subscriber->ha1_md5 : subscriber->ha1_sha256;
  return known.empty() ? secret : known;
}

Verdict Authenticator::judge(const Message& request, const Peer& source, const Domain& domain,
                             Instant now) {
  const auto credentials = credentials_for(request, domain.realm);
  if (!credentials) return {};
  using Kind = Verdict::Kind;
  if (credentials->qop == "auth-int") {
    return {.kind = Kind::malformed, .phrase = "Unsupported qop, Only auth Is Offered"};
  }
  if (!same_uri(credentials->uri, request.request_uri())) {
    return {.kind = Kind::malformed, .phrase = "Credentials Are for Another URI"};
  }
  if (!nonces_.valid(credentials->nonce, now)) return {.kind = Kind::stale};
  const IpAddress& address = source.remote.address;
  if (!guesses_.may_try(address, credentials->username, now)) {
    return refuse(request, source, *credentials, "too many wrong answers before", now);
  }
  auto subscriber = subscribers_.find(domain, credentials->username);
  const auto expected = digest_response(*credentials, secret(subscriber, *credentials),
                                        request.method_text(), {});
  const bool right = same_in_constant_time(expected, credentials->response);
  if (!right || !subscriber || !subscriber->enabled) {
    return refuse(request, source, *credentials, "", now);
  }
  // Only now: others must not be able to use up a nonce.
  const std::uint32_t count = credentials->qop.empty() ? 0 : credentials->nonce_count;
  const bool countless = !credentials->qop.empty() && count == 0;
  if (countless || !nonces_.use(credentials->nonce, count, now)) return {.kind = Kind::stale};
  guesses_.right(address, credentials->username, now);
  return {.kind = Kind::proven, .subscriber = std::move(*subscriber)};
}

// `why` is for the log only; empty when the answer was looked at and found wrong.
Verdict Authenticator::refuse(const Message& request, const Peer& source,
                              const Credentials& credentials, std::string_view why, Instant now) {
  const std::string who = "login refused from " + source.remote.address.text() + ": " +
                          std::string(name(request.method())) + " by " +
                          std::string(uri_name(source.transport)) + ", user " +
                          loggable(credentials.username) + ", ";
  Verdict verdict{.kind = Verdict::Kind::wrong};
  if (!why.empty()) {
    verdict.log = who + std::string(why);
    return verdict;
  }
  verdict.guess = WrongAnswer{source.remote.address, credentials.username, now};
  const auto effect = guesses_.wrong(*verdict.guess);
  verdict.log = who + "wrong answer";
  if (effect.pause) verdict.log += "; further ones are not looked at for a while";
  if (effect.ban) verdict.log += "; the address is not listened to for a while";
  return verdict;
}

}  // namespace strowger::sip
