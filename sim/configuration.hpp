// The configuration that simulated calls run on: callflows and prompts of one account, without a
// store.
#pragma once

#include "base/result.hpp"
#include "flow/snapshot.hpp"
#include "media/prompt.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::sim {

// Of every device in it.
inline constexpr std::string_view device_password = "simulated";

struct Configuration {
  std::vector<std::string> callflows;  // documents as JSON text, each with an id
  std::vector<std::pair<std::string, std::shared_ptr<const media::Prompt>>> media;  // by id
  model::AccountSettings settings;
  std::vector<std::string> seats;  // documents as JSON text
  std::vector<std::string> devices;
  std::vector<std::string> ring_groups;
  // Instead of those; none: they count.
  std::shared_ptr<const model::SeatDirectory> directory = nullptr;
  std::vector<std::string> temporal_rules;
  std::vector<std::string> temporal_rule_sets;
  std::shared_ptr<const model::Schedule> schedule;  // instead of those; none: they count
  // Their addresses are IP addresses; `outbound.password` may stand in them.
  std::vector<std::string> trunks;
};

// Compiles everything into the account `default`. The complaint is the first document's that is no
// callflow.
Result<flow::SnapshotPtr, Complaint> make_snapshot(const Configuration& configuration);

}  // namespace strowger::sim
