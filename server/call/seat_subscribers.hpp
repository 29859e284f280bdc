// Devices and trunks of accounts as those who may log in. Reads the configuration anew for each
// question: whoever was disabled a moment ago is refused.
#pragma once

#include "model/seat_directory.hpp"
#include "model/trunk_logins.hpp"
#include "sip/subscribers.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace strowger::call {

struct SubscriberAccount {
  std::string id;
  std::string realm;  // its SIP domain, lower case; "" for none
  std::shared_ptr<const model::SeatDirectory> seats;
  std::chrono::seconds qualify{0};  // of devices that don't say it themselves; 0: never
  std::shared_ptr<const model::TrunkLogins> trunks = nullptr;  // null: there are none
};

class SeatSubscribers final : public sip::Subscribers {
 public:
  struct Accounts {
    // The one whose realm is that host, else the one that takes the rest; nothing: none does.
    std::function<std::optional<SubscriberAccount>(std::string_view host)> by_host;
    std::function<std::optional<SubscriberAccount>(std::string_view id)> by_id;
    // The carrier that sends from there, for a call to that host and number; empty: there are none.
    std::function<std::optional<sip::Identity>(const sip::Peer& source, std::string_view host,
                                               std::string_view number)>
        by_source = {};
  };
  explicit SeatSubscribers(Accounts accounts, bool sha256 = false)
      : accounts_(std::move(accounts)), sha256_(sha256) {}

  std::optional<sip::Domain> domain(std::string_view host) const override;
  std::optional<sip::Subscriber> find(const sip::Domain& domain,
                                      std::string_view username) const override;
  std::optional<sip::Identity> known_by_source(const sip::Peer& source, std::string_view host,
                                               std::string_view user) const override {
    return accounts_.by_source ? accounts_.by_source(source, host, user) : std::nullopt;
  }
  std::optional<std::string> watchable(const sip::Domain& domain,
                                       std::string_view user) const override;
  std::optional<std::vector<std::string>> phones_of(const sip::Domain& domain,
                                                    std::string_view user) const override;
  std::optional<std::chrono::seconds> qualify(std::string_view aor) const override;
  bool owns(std::string_view host, std::string_view user) const override;
  bool is_extension(const sip::Domain& domain, std::string_view user) const override;

 private:
  Accounts accounts_;
  bool sha256_;  // see sip::Domain
};

}  // namespace strowger::call
