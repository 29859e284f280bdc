// The two server transactions of RFC 3261 17.2, INVITE with the accepted state of RFC 6026.
#pragma once

#include "sip/transaction.hpp"

#include <cstdint>

namespace strowger::sip {

// RFC 3261 17.2.1, figure 7; RFC 6026 7.1.
class InviteServerTransaction {
 public:
  enum class State : std::uint8_t { proceeding, accepted, completed, confirmed, terminated };

  explicit InviteServerTransaction(bool reliable) : reliable_(reliable) {}
  Reaction feed(Input input);
  State state() const { return state_; }

 private:
  Reaction proceeding(Input input);
  Reaction completed(Input input);

  State state_ = State::proceeding;
  bool reliable_;
  Duration interval_ = t1;
};

// RFC 3261 17.2.2, figure 8.
class NonInviteServerTransaction {
 public:
  enum class State : std::uint8_t { trying, proceeding, completed, terminated };

  explicit NonInviteServerTransaction(bool reliable) : reliable_(reliable) {}
  Reaction feed(Input input);
  State state() const { return state_; }

 private:
  State state_ = State::trying;
  bool reliable_;
};

}  // namespace strowger::sip
