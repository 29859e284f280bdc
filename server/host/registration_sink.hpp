// Where a shard tells who registered and whose registration lapsed.
#pragma once

#include "sip/location_table.hpp"

#include <memory>

namespace strowger::host {

class RegistrationSink {
 public:
  virtual ~RegistrationSink() = default;
  // In the threads of all shards, before the answer leaves; must not wait.
  virtual void changed(std::shared_ptr<const sip::LocationChange> change) = 0;
};

}  // namespace strowger::host
