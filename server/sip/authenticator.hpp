// Who sent a request: judges its credentials by RFC 3261 §22, RFC 7616 and RFC 8760. An unknown
// user, a wrong answer and a disabled device get the same answer for the same work, so that nobody
// learns who exists.
#pragma once

#include "base/random.hpp"
#include "sip/digest.hpp"
#include "sip/guess_limit.hpp"
#include "sip/header_list.hpp"
#include "sip/message.hpp"
#include "sip/nonce.hpp"
#include "sip/peer.hpp"
#include "sip/subscribers.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

constexpr std::size_t credentials_looked_at_max = 8;  // of one request

struct Verdict {
  enum class Kind : std::uint8_t {
    nothing_shown,  // no credentials for our realm
    stale,          // good ones for a nonce that is too old, used up, or not ours
    proven,
    wrong,          // refuse, and say no more
    malformed,      // refuse with 400 and `phrase`
  };
  Kind kind = Kind::nothing_shown;
  Subscriber subscriber;            // of proven
  std::string_view phrase;          // of malformed
  std::optional<WrongAnswer> guess;  // of wrong: to be told to the other shards
  std::string log;                  // for an administrator, or fail2ban; "" for nothing
};

class Authenticator {
 public:
  Authenticator(const Subscribers& subscribers, Random& random)
      : subscribers_(subscribers), nonces_(random), guesses_(random), keys_(random) {}

  Verdict judge(const Message& request, const Peer& source, const Domain& domain, Instant now);
  // WWW-Authenticate, once for each algorithm of the domain, the strongest first (RFC 8760 2.4).
  HeaderList challenge(const Domain& domain, bool stale, Instant now);

  bool banned(const IpAddress& source, Instant now) const { return guesses_.banned(source, now); }
  // What another shard saw.
  void count(const WrongAnswer& guess) { guesses_.wrong(guess); }

 private:
  std::string secret(const std::optional<Subscriber>& subscriber,
                     const Credentials& credentials) const;
  Verdict refuse(const Message& request, const Peer& source, const Credentials& credentials,
                 std::string_view why, Instant now);

  const Subscribers& subscribers_;
  Nonces nonces_;
  GuessLimit guesses_;
  KeyMaker keys_;
};

}  // namespace strowger::sip
