// The seats, devices and ring groups of an account, as calls look them up. Immutable once built;
// safe to share between shards. Pointers live as long as the directory.
#pragma once

#include "model/device.hpp"
#include "model/ring_group.hpp"
#include "model/seat.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strowger::model {

class SeatDirectory {
 public:
  SeatDirectory() = default;
  // Ids, usernames and extensions are unique (the store sees to it); the first one counts.
  SeatDirectory(std::vector<Seat> seats, std::vector<Device> devices,
                std::vector<RingGroup> ring_groups);
  SeatDirectory(const SeatDirectory&) = delete;
  SeatDirectory& operator=(const SeatDirectory&) = delete;

  // nullptr when there is no such.
  const Seat* seat(std::string_view id) const;
  const Seat* seat_by_extension(std::string_view extension) const;
  const Device* device(std::string_view id) const;
  const Device* device_by_username(std::string_view username) const;  // case-sensitive
  const RingGroup* ring_group(std::string_view id) const;
  // Of a seat, by id; disabled ones too.
  std::span<const Device* const> devices_of(std::string_view seat_id) const;

  const std::vector<Seat>& seats() const { return seats_; }
  const std::vector<Device>& devices() const { return devices_; }
  const std::vector<RingGroup>& ring_groups() const { return ring_groups_; }

 private:
  template <class Thing>
  using Index = std::unordered_map<std::string_view, Thing>;  // keys lie in the things

  std::vector<Seat> seats_;
  std::vector<Device> devices_;
  std::vector<RingGroup> ring_groups_;
  Index<const Seat*> seats_by_id_;
  Index<const Seat*> seats_by_extension_;
  Index<const Device*> devices_by_id_;
  Index<const Device*> devices_by_username_;
  Index<std::vector<const Device*>> devices_by_owner_;
  Index<const RingGroup*> ring_groups_by_id_;
};

}  // namespace strowger::model
