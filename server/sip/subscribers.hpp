// Who may log in: what the registrar and the authentication of requests (RFC 3261 §10, §22) need to
// know of accounts and devices. call/ and cli/ supply it from the configuration.
#pragma once

#include "sip/peer.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sip {

// Who sent a request: a device that proved to be one, a carrier by its address or its login, or an
// outsider, of whom nothing is known.
struct Identity {
  std::string account;
  std::string device;
  std::string seat;   // of the device; "" for none
  std::string trunk;  // "" when it is no carrier

  bool outsider() const { return device.empty(); }
  bool operator==(const Identity&) const = default;
};

// An account, as a host names it.
struct Domain {
  std::string account;
  std::string realm;  // what its phones are challenged with
  // SHA-256 is offered before MD5 (RFC 8760). Older phones give up when they see it.
  bool sha256 = false;
};

// A device, or a trunk that logs in.
struct Subscriber {
  Identity identity;
  // H(username:realm:password) in lower-case hex (RFC 7616 3.4.2); "" when there is none.
  std::string ha1_md5;
  std::string ha1_sha256;
  // User parts of the addresses that it may register: its username, its seat's extension.
  std::vector<std::string> addresses;
  bool enabled = true;
  bool calls = true;  // its INVITEs are taken, too
};

class Subscribers {
 public:
  virtual ~Subscribers() = default;

  // The account that `host` of a Request-URI belongs to; nothing when it belongs to none.
  virtual std::optional<Domain> domain(std::string_view host) const = 0;
  virtual std::optional<Subscriber> find(const Domain& domain, std::string_view username) const = 0;
  // Who sends from there, or over a connection that we opened to it, without logging in: a carrier.
  // Nothing for everybody else. `host` and
  // `user`: of the Request-URI, as one carrier may serve several accounts.
  virtual std::optional<Identity> known_by_source(const Peer& /*source*/,
                                                  std::string_view /*host*/,
                                                  std::string_view /*user*/) const {
    return std::nullopt;
  }
  // Whose calls that is, for others of the account to watch (RFC 4235): a name for its phones that
  // is the same however it is asked for. Nothing when there is no such.
  virtual std::optional<std::string> watchable(const Domain& /*domain*/,
                                               std::string_view /*user*/) const {
    return std::nullopt;
  }
  // The devices that a MESSAGE to `user` is for, in no order; nothing when there is no such user.
  virtual std::optional<std::vector<std::string>> phones_of(const Domain& /*domain*/,
                                                            std::string_view /*user*/) const {
    return std::nullopt;
  }
  // How often its contacts are to be asked whether they are there; nothing: never. `aor`: see
  // address_of_record().
  virtual std::optional<std::chrono::seconds> qualify(std::string_view /*aor*/) const {
    return std::nullopt;
  }
  // Whether sip:user@host is the address of a device, or of a trunk that logs in: whoever sends in
  // its name must prove to be it.
  virtual bool owns(std::string_view host, std::string_view user) const = 0;
  // Does a seat of that account have this number?
  virtual bool is_extension(const Domain& /*domain*/, std::string_view /*user*/) const {
    return false;
  }
};

}  // namespace strowger::sip
