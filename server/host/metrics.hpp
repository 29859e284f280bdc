// The counters of all shards as what /metrics shows.
#pragma once

#include "api/metrics.hpp"
#include "host/counters.hpp"

#include <vector>

namespace strowger::host {

api::Metrics metrics_of(const std::vector<const Counters*>& shards);

}  // namespace strowger::host
