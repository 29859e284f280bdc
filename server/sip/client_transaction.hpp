// The two client transactions of RFC 3261 17.1, INVITE with the accepted state of RFC 6026.
#pragma once

#include "sip/header_list.hpp"
#include "sip/transaction.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace strowger::sip {

class Message;

// RFC 3261 17.1.1, figure 5; RFC 6026 7.2.
class InviteClientTransaction {
 public:
  enum class State : std::uint8_t { calling, proceeding, accepted, completed, terminated };

  explicit InviteClientTransaction(bool reliable) : reliable_(reliable) {}
  Reaction feed(Input input);
  State state() const { return state_; }

 private:
  Reaction calling(Input input);
  Reaction answered(Input input);

  State state_ = State::calling;
  bool reliable_;
  Duration interval_ = t1;
};

// RFC 3261 17.1.2, figure 6.
class NonInviteClientTransaction {
 public:
  enum class State : std::uint8_t { trying, proceeding, completed, terminated };

  explicit NonInviteClientTransaction(bool reliable) : reliable_(reliable) {}
  Reaction feed(Input input);
  State state() const { return state_; }

 private:
  Reaction trying(Input input);

  State state_ = State::trying;
  bool reliable_;
  Duration interval_ = t1;
};

// RFC 3261 17.1.1.3: the ACK of a 3xx–6xx, made from our INVITE as it was sent and the response.
std::string ack_of_failure(std::string_view invite, const Message& response);
// RFC 3261 9.1: the CANCEL of our INVITE as it was sent.
std::string cancel_of(std::string_view invite, const HeaderList& headers = {});

}  // namespace strowger::sip
