// Seats, their phones and who picks them up, by dice: the other half of random calls.
#pragma once

#include "sim/caller.hpp"
#include "sim/dice.hpp"
#include "sim/random_call.hpp"
#include "sim/scenario.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace strowger::sim {

// What a random callflow may name; not all of it is there, or registered.
inline constexpr std::array<std::string_view, 2> office_seats = {"anna", "bert"};
inline constexpr std::array<std::string_view, 3> office_devices = {"desk", "soft", "bob"};
inline constexpr std::array<std::string_view, 1> office_groups = {"team"};

void add_random_office(Dice& dice, Scenario& scenario);

// The owner of a phone that is called: with each call the dice are thrown anew.
class RandomCallee final : public Director {
 public:
  RandomCallee(Dice& dice, Caller& phone) : dice_(dice), phone_(phone) {}

  void advance(Phone& phone, Now now) override;
  std::optional<Instant> deadline(const Phone& phone) const override;
  bool vanished() const { return vanished_; }

 private:
  Dice& dice_;
  Caller& phone_;
  std::optional<Instant> called_at_;
  std::optional<RandomOwner> owner_;  // for this call
  bool vanished_ = false;
};

}  // namespace strowger::sim
