// The snapshot that new calls start with: swapped by a reload, read by every shard and the API. Not
// std::atomic<std::shared_ptr>, whose load() in libstdc++ 12 gives its lock back without a release,
// so that a swap may overtake it (ThreadSanitizer shows it). The lock is held for one reference.
#pragma once

#include "flow/snapshot.hpp"

#include <mutex>
#include <utility>

namespace strowger::cli {

class LiveSnapshot {
 public:
  flow::SnapshotPtr load() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
  }

  // The old one, if nobody else holds it, goes here and not under the lock.
  void store(flow::SnapshotPtr snapshot) {
    const std::lock_guard lock(mutex_);
    std::swap(snapshot_, snapshot);
  }

 private:
  mutable std::mutex mutex_;
  flow::SnapshotPtr snapshot_;
};

}  // namespace strowger::cli
