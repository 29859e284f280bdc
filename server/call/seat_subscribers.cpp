#include "call/seat_subscribers.hpp"

#include "base/endpoint.hpp"
#include "call/lamps.hpp"
#include "sip/grammar.hpp"
#include "sip/location_table.hpp"

namespace strowger::call {

namespace {

const model::TrunkLogin* login_of(const SubscriberAccount& account, std::string_view username) {
  return account.trunks ? account.trunks->by_username(username) : nullptr;
}

// A secret is good for the realm that it was made for.
void take_secret(sip::Subscriber& found, const model::DigestSecret& secret,
                 const sip::Domain& domain) {
  if (secret.realm == domain.realm) {
    found.ha1_md5 = secret.md5;
    found.ha1_sha256 = secret.sha256;
  }
  found.enabled = found.enabled && !(found.ha1_md5.empty() && found.ha1_sha256.empty());
}

sip::Subscriber carrier_of(const SubscriberAccount& account, const model::TrunkLogin& login,
                           const sip::Domain& domain) {
  sip::Subscriber found{.identity = {.account = account.id, .trunk = login.trunk},
                        .addresses = {login.username},
                        .enabled = login.enabled,
                        .calls = login.calls};
  take_secret(found, login.secret, domain);
  return found;
}

}  // namespace

std::optional<sip::Domain> SeatSubscribers::domain(std::string_view host) const {
  const auto account = accounts_.by_host(host);
  if (!account) return std::nullopt;
  return sip::Domain{account->id, model::digest_realm(account->realm), sha256_};
}

std::optional<sip::Subscriber> SeatSubscribers::find(const sip::Domain& domain,
                                                     std::string_view username) const {
  const auto account = accounts_.by_id(domain.account);
  const auto* const device = account ? account->seats->device_by_username(username) : nullptr;
  const auto* const trunk = account ? login_of(*account, username) : nullptr;
  if (trunk != nullptr && device == nullptr) return carrier_of(*account, *trunk, domain);
  if (!device || !model::registers(device->type)) return std::nullopt;
  const auto* const seat = account->seats->seat(device->owner_id);
  sip::Subscriber found{.identity = {account->id, device->id, seat ? seat->id : ""},
                        .addresses = {device->username},
                        .enabled = device->enabled && (!seat || seat->enabled)};
  if (seat && !seat->extension.empty()) found.addresses.push_back(seat->extension);
  take_secret(found, device->secret, domain);
  return found;
}

// By its extension or its id, or one of its devices by its username.
std::optional<std::string> SeatSubscribers::watchable(const sip::Domain& domain,
                                                      std::string_view user) const {
  const auto account = accounts_.by_id(domain.account);
  if (!account || user.empty()) return std::nullopt;
  const auto* seat = account->seats->seat_by_extension(user);
  if (seat == nullptr) seat = account->seats->seat(user);
  if (seat != nullptr) return Lamps::of_seat(account->id, seat->id);
  const auto* const device = account->seats->device_by_username(user);
  if (device == nullptr) return std::nullopt;
  return Lamps::of_device(account->id, device->id);
}

// Do not disturb is about calls: what is written waits on the phone.
std::optional<std::vector<std::string>> SeatSubscribers::phones_of(const sip::Domain& domain,
                                                                   std::string_view user) const {
  const auto account = accounts_.by_id(domain.account);
  if (!account || user.empty()) return std::nullopt;
  const auto& seats = *account->seats;
  const auto* seat = seats.seat_by_extension(user);
  if (seat == nullptr) seat = seats.seat(user);
  std::vector<std::string> phones;
  if (seat != nullptr) {
    for (const auto* device : seats.devices_of(seat->id)) {
      if (seat->enabled && device->enabled) phones.push_back(device->id);
    }
    return phones;
  }
  const auto* const device = seats.device_by_username(user);
  if (device == nullptr) return std::nullopt;
  if (device->enabled) phones.push_back(device->id);
  return phones;
}

std::optional<std::chrono::seconds> SeatSubscribers::qualify(std::string_view aor) const {
  const auto slash = aor.find('/');
  const auto account = accounts_.by_id(aor.substr(0, slash));
  if (!account || slash == std::string_view::npos) return std::nullopt;
  auto who = aor.substr(slash + 1);
  auto interval = account->qualify;
  if (who.starts_with(sip::trunk_in_record)) {
    who.remove_prefix(sip::trunk_in_record.size());
    if (!account->trunks || account->trunks->by_trunk(who) == nullptr) return std::nullopt;
  } else {
    const auto* const device = account->seats->device(who);
    if (device == nullptr) return std::nullopt;
    interval = device->qualify.value_or(interval);
  }
  if (interval == std::chrono::seconds{0}) return std::nullopt;
  return interval;
}

// An account without a domain of its own is called by whatever address the server has. One that has
// a domain may be called by an address too, but by no other name: anna@example.com is a stranger,
// though the account has an Anna.
bool SeatSubscribers::owns(std::string_view host, std::string_view user) const {
  const auto account = accounts_.by_host(host);
  if (!account) return false;
  const bool known = account->seats->device_by_username(user) != nullptr ||
                     login_of(*account, user) != nullptr;
  if (!known) return false;
  const bool named = sip::iequals(host, account->realm);
  return named || account->realm.empty() || IpAddress::parse(host).has_value();
}

bool SeatSubscribers::is_extension(const sip::Domain& domain, std::string_view user) const {
  const auto account = accounts_.by_id(domain.account);
  return account && !user.empty() && account->seats->seat_by_extension(user) != nullptr;
}

}  // namespace strowger::call
