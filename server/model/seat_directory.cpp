#include "model/seat_directory.hpp"

#include <utility>

namespace strowger::model {

SeatDirectory::SeatDirectory(std::vector<Seat> seats, std::vector<Device> devices,
                             std::vector<RingGroup> ring_groups)
    : seats_(std::move(seats)),
      devices_(std::move(devices)),
      ring_groups_(std::move(ring_groups)) {
  for (const Seat& seat : seats_) {
    seats_by_id_.emplace(seat.id, &seat);
    if (!seat.extension.empty()) seats_by_extension_.emplace(seat.extension, &seat);
  }
  for (const Device& device : devices_) {
    devices_by_id_.emplace(device.id, &device);
    if (!device.username.empty()) devices_by_username_.emplace(device.username, &device);
    if (!device.owner_id.empty()) devices_by_owner_[device.owner_id].push_back(&device);
  }
  for (const RingGroup& group : ring_groups_) ring_groups_by_id_.emplace(group.id, &group);
}

namespace {

template <class Index>
auto found_in(const Index& index, std::string_view key) -> typename Index::mapped_type {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace

const Seat* SeatDirectory::seat(std::string_view id) const { return found_in(seats_by_id_, id); }

const Seat* SeatDirectory::seat_by_extension(std::string_view extension) const {
  return found_in(seats_by_extension_, extension);
}

const Device* SeatDirectory::device(std::string_view id) const {
  return found_in(devices_by_id_, id);
}

const Device* SeatDirectory::device_by_username(std::string_view username) const {
  return found_in(devices_by_username_, username);
}

const RingGroup* SeatDirectory::ring_group(std::string_view id) const {
  return found_in(ring_groups_by_id_, id);
}

std::span<const Device* const> SeatDirectory::devices_of(std::string_view seat_id) const {
  const auto found = devices_by_owner_.find(seat_id);
  if (found == devices_by_owner_.end()) return {};
  return found->second;
}

}  // namespace strowger::model
