// Open stores for the threads that answer requests: a Store is for one thread at a time.
#pragma once

#include "store/store.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace strowger::api {

class StorePool {
 public:
  using Open = std::function<store::Outcome<std::unique_ptr<store::Store>>()>;

  // Goes back to the pool when it is destroyed.
  class Lease {
   public:
    Lease(StorePool& pool, std::unique_ptr<store::Store> store)
        : pool_(&pool), store_(std::move(store)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (store_) pool_->give_back(std::move(store_));
    }
    store::Store& operator*() const { return *store_; }

   private:
    StorePool* pool_;
    std::unique_ptr<store::Store> store_;
  };

  explicit StorePool(Open open) : open_(std::move(open)) {}

  store::Outcome<Lease> lease() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto store = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(store));
      }
    }
    auto opened = open_();
    if (!opened) return tl::unexpected<store::Error>(std::move(opened.error()));
    return Lease(*this, std::move(*opened));
  }

 private:
  static constexpr std::size_t idle_max = 8;

  void give_back(std::unique_ptr<store::Store> store) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < idle_max) idle_.push_back(std::move(store));
  }

  Open open_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<store::Store>> idle_;
};

}  // namespace strowger::api
