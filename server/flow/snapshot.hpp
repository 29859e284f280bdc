// The configuration that calls run on: accounts, numbers, compiled callflows, media. Immutable;
// saving makes a new one and swaps the pointer. A call keeps the snapshot it started with (DESIGN
// law 4).
#pragma once

#include "call/media_library.hpp"
#include "flow/carriers.hpp"
#include "flow/program.hpp"
#include "model/account_settings.hpp"
#include "model/number_match.hpp"
#include "model/schedule.hpp"
#include "model/seat_directory.hpp"
#include "model/trunk_logins.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace strowger::flow {

struct AccountSnapshot {
  std::string id;
  std::string realm;  // lower case
  bool is_realm(std::string_view host) const;
  model::AccountSettings settings;
  model::NumberPlan numbers;
  std::unordered_map<std::string, std::shared_ptr<const Program>> programs;  // by callflow id
  call::MediaLibrary media;                                                  // by media id
  // Never null.
  std::shared_ptr<const model::SeatDirectory> seats =
      std::make_shared<const model::SeatDirectory>();
  std::shared_ptr<const model::Schedule> schedule = std::make_shared<const model::Schedule>();
  // Never null.
  std::shared_ptr<const Carriers> carriers = std::make_shared<const Carriers>();
  std::shared_ptr<const model::TrunkLogins> logins = std::make_shared<const model::TrunkLogins>();

  // The callflow that answers a number: as it was dialled, else in another form of it (+49…, 0…);
  // `no_match` last.
  std::optional<model::NumberMatch> find_number(std::string_view dialled,
                                                model::CallerKind caller) const;
};

struct Snapshot {
  // A trunk that calls may come in by.
  struct Gate {
    std::size_t account = 0;  // its place in `accounts`
    const Carrier* carrier = nullptr;
    bool tls = false;  // whoever comes by anything else is not it
  };

  std::uint64_t generation = 0;
  std::vector<std::shared_ptr<const AccountSnapshot>> accounts;

  // The account whose realm is `host` (RFC 3261 19.1.4: case-insensitive); else `default`; else
  // nothing.
  std::shared_ptr<const AccountSnapshot> account_for(std::string_view host) const;
  // Nothing when there is none.
  std::shared_ptr<const AccountSnapshot> account(std::string_view id) const;
  // The trunk to which we opened that connection, else the one that sends from there. Of several,
  // as one carrier may serve many accounts, that of the account whose realm `host` is, else of the
  // one that has the number, else the first.
  struct Entrance {
    std::string account;
    std::string trunk;
  };
  std::optional<Entrance> entrance(const sip::Peer& source, std::string_view host,
                                   std::string_view number) const;
  // Once all accounts are there: so that a call need not look at every trunk of the server.
  void index_entrances();

  std::map<IpAddress, std::vector<Gate>> gates_at;          // of single addresses
  std::vector<std::pair<IpNetwork, Gate>> gates_of_networks;
  std::vector<Gate> named_gates;  // whose addresses are names: where these are changes
  std::vector<Gate> linked_gates;  // to which we open TLS

 private:
  std::vector<Gate> gates_for(const sip::Peer& source) const;
  void index_addresses(const Gate& gate);
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace strowger::flow
