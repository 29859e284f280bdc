// How many calls of a shard are transcoded at the same time, which costs up to seven times what a
// relayed one does: as many as `media.transcoded_calls` says, and no more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace strowger::call {

class TranscodingSlots {
 public:
  // Given back when it goes. The slots outlive it.
  class Slot {
   public:
    explicit Slot(TranscodingSlots& slots) : slots_(&slots) {}
    Slot(Slot&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (slots_ != nullptr) --slots_->taken_;
    }

   private:
    TranscodingSlots* slots_;
  };

  explicit TranscodingSlots(std::size_t most) : most_(most) {}
  TranscodingSlots(const TranscodingSlots&) = delete;
  TranscodingSlots& operator=(const TranscodingSlots&) = delete;

  // For calls from now on.
  void allow(std::size_t most) { most_ = most; }
  bool free() const { return taken_ < most_; }
  std::optional<Slot> take() {
    if (!free()) return std::nullopt;
    ++taken_;
    ++total_;
    return Slot(*this);
  }

  std::size_t taken() const { return taken_; }
  std::uint64_t total() const { return total_; }

 private:
  std::size_t most_;
  std::size_t taken_ = 0;
  std::uint64_t total_ = 0;  // since the start
};

}  // namespace strowger::call
