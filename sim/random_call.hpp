// Callers and networks made by dice: what kind of phone calls, what its owner does, and what the
// line does to it.
#pragma once

#include "sim/caller.hpp"
#include "sim/dice.hpp"
#include "sim/scenario.hpp"
#include "sim/stage.hpp"

#include <optional>
#include <vector>

namespace strowger::sim {

// What an owner of a phone does once it has called, and when after the INVITE.
struct Deed {
  Act act;
  bool vanish = false;  // from now on nothing passes, either way
  bool cut = false;     // the TCP connection breaks
};

class RandomOwner final : public Director {
 public:
  RandomOwner(std::vector<Deed> deeds, Caller& caller)
      : deeds_(std::move(deeds)), caller_(caller) {}

  void advance(Phone& phone, Now now) override;
  std::optional<Instant> deadline(const Phone& phone) const override;
  bool vanished() const { return vanished_; }

 private:
  void perform(const Deed& deed, Phone& phone, Now now);

  std::vector<Deed> deeds_;  // by time
  Caller& caller_;
  std::size_t next_ = 0;
  bool vanished_ = false;
};

Stage::Cast random_caller(Dice& dice);
std::vector<Deed> random_deeds(Dice& dice);
Faults random_faults(Dice& dice);

}  // namespace strowger::sim
