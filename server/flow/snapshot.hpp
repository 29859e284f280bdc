// The configuration that calls run on: accounts, numbers, compiled callflows, media. Immutable;
// saving makes a new one and swaps the pointer. A call keeps the snapshot it started with (DESIGN
// law 4).
#pragma once

#include "call/media_library.hpp"
#include "flow/program.hpp"
#include "model/account_settings.hpp"
#include "model/number_match.hpp"
#include "model/schedule.hpp"
#include "model/seat_directory.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strowger::flow {

struct AccountSnapshot {
  std::string id;
  std::string realm;  // lower case
  model::AccountSettings settings;
  model::NumberPlan numbers;
  std::unordered_map<std::string, std::shared_ptr<const Program>> programs;  // by callflow id
  call::MediaLibrary media;                                                  // by media id
  // Never null.
  std::shared_ptr<const model::SeatDirectory> seats =
      std::make_shared<const model::SeatDirectory>();
  std::shared_ptr<const model::Schedule> schedule = std::make_shared<const model::Schedule>();
};

struct Snapshot {
  std::uint64_t generation = 0;
  std::vector<std::shared_ptr<const AccountSnapshot>> accounts;

  // The account whose realm is `host` (RFC 3261 19.1.4: case-insensitive); else `default`; else
  // nothing.
  std::shared_ptr<const AccountSnapshot> account_for(std::string_view host) const;
  // Nothing when there is none.
  std::shared_ptr<const AccountSnapshot> account(std::string_view id) const;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace strowger::flow
