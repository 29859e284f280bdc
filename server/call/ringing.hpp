// Rings phones for a caller, all that are due, until one answers or none is left (RFC 3261 16.7
// tells which refusal counts). Belongs to the coroutine Call::ring(), which waits between steps.
#pragma once

#include "call/leg.hpp"
#include "call/target.hpp"

#include <optional>
#include <string>
#include <vector>

namespace strowger::call {

// The caller as phones that are rung are shown it: a whole From value.
std::string callers_from(const Call& call);

// Of two refusals that with the lower rank tells more (RFC 3261 16.7).
int refusal_rank(int code);

class Ringing {
 public:
  Ringing(Call& call, std::vector<Target> targets, const RingOptions& options);
  ~Ringing();
  Ringing(const Ringing&) = delete;
  Ringing& operator=(const Ringing&) = delete;

  // Does what is due: calls, cancels, tells the caller.
  void advance();
  // How it ended; nothing while it goes on.
  std::optional<RingResult> result() const;
  // When advance() has something to do though nothing happened.
  std::optional<Instant> deadline() const;

 private:
  void call_those_due();
  void go_on_after_those_over();
  void go_on_after(Leg& leg);
  // What phones are offered by now.
  void take_offer();
  bool counts(const Leg& leg) const;
  void give_up_those_late();
  void tell_caller();
  void stop_others(const Leg* winner, const std::string& reason);
  void stop_for_all(const Leg& refuser);
  std::optional<Instant> due(const Leg& leg) const;
  const Leg* best_refusal() const;
  bool decides_for_all(const Leg& leg) const;
  bool nobody_called() const;

  Call& call_;
  RingOptions options_;
  Instant began_;
  std::vector<Leg*> legs_;
  std::vector<const Leg*> settled_;    // over, and their successors have been asked
  std::vector<const Leg*> succeeded_;  // somebody is rung instead of them: what they said is past
  const Leg* winner_ = nullptr;  // stays when this goes
  Leg::Invitation invitation_;
  std::string no_offer_;  // why nobody can be called at all
  bool used_up_ = false;  // Max-Forwards
};

}  // namespace strowger::call
