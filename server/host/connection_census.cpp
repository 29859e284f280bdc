#include "host/connection_census.hpp"

#include <utility>

namespace strowger::host {

ConnectionCensus::Verdict ConnectionCensus::judge(const IpAddress& newcomer) const {
  const auto who = customer(newcomer);
  const auto count = counts_.find(who);
  if (count != counts_.end() && count->second >= limits_.per_address_max) {
    const auto other = longest_waiting(who);
    return {other.has_value(), other};
  }
  if (connections_.size() < limits_.all_max) return {.welcome = true};
  const auto other = longest_waiting();
  return {other.has_value(), other};
}

void ConnectionCensus::add(Id id, const IpAddress& address) {
  const auto who = customer(address);
  connections_[id] = {.customer = who};
  ++counts_[who];
  waits(id);
}

void ConnectionCensus::waits(Id id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  waiting_.erase(found->second.waits_since);
  found->second.waits_since = ++waits_;
  waiting_[waits_] = id;
}

void ConnectionCensus::works(Id id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  waiting_.erase(std::exchange(found->second.waits_since, 0));
}

void ConnectionCensus::remove(Id id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  waiting_.erase(found->second.waits_since);
  const auto count = counts_.find(found->second.customer);
  if (--count->second == 0) counts_.erase(count);
  connections_.erase(found);
}

std::optional<ConnectionCensus::Id> ConnectionCensus::longest_waiting() const {
  if (waiting_.empty()) return std::nullopt;
  return waiting_.begin()->second;
}

std::optional<ConnectionCensus::Id> ConnectionCensus::longest_waiting(
    const IpAddress& customer) const {
  for (const auto& [since, id] : waiting_) {
    if (connections_.at(id).customer == customer) return id;
  }
  return std::nullopt;
}

}  // namespace strowger::host
