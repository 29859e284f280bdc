#include "sip/server_transaction.hpp"

namespace strowger::sip {

// No final response yet; no timer runs.
Reaction InviteServerTransaction::proceeding(Input input) {
  switch (input) {
    case Input::begin: return {.pass = true};
    case Input::request:  // the most recent provisional response, once more
    case Input::provisional: return {.send = true};
    case Input::success:
      // RFC 6026 7.1: stays to absorb copies of the INVITE, until timer L.
      state_ = State::accepted;
      return {.send = true, .limit = set_timer(TimerName::l, 64 * t1)};
    case Input::failure:
      state_ = State::completed;
      return {.send = true,
              .repeat = reliable_ ? TimerChange{} : set_timer(TimerName::g, interval_),
              .limit = set_timer(TimerName::h, 64 * t1)};
    default: return {};
  }
}

// 3xx–6xx sent, ACK awaited.
Reaction InviteServerTransaction::completed(Input input) {
  switch (input) {
    case Input::request: return {.send = true};
    case Input::repeat_due:
      interval_ = std::min(2 * interval_, t2);
      return {.send = true, .repeat = set_timer(TimerName::g, interval_)};
    case Input::ack: {
      // Timer I: T4 to absorb more ACKs, zero on reliable transports.
      state_ = reliable_ ? State::terminated : State::confirmed;
      Reaction reaction{.settled = true, .repeat = stop_timer};
      reaction.limit = reliable_ ? stop_timer : set_timer(TimerName::i, t4);
      reaction.over = reliable_;
      return reaction;
    }
    case Input::limit_due:  // timer H: the ACK never came
      state_ = State::terminated;
      return {.timed_out = true, .over = true};
    default: return {};
  }
}

Reaction InviteServerTransaction::feed(Input input) {
  switch (state_) {
    case State::proceeding: return proceeding(input);
    case State::accepted:
      if (input == Input::success) return {.send = true};  // the core repeats it (13.3.1.4)
      if (input == Input::ack) return {.pass = true};
      break;  // copies of the INVITE are absorbed without an answer
    case State::completed: return completed(input);
    case State::confirmed: break;
    case State::terminated: return {};
  }
  if (input != Input::limit_due) return {};
  state_ = State::terminated;  // timer L or I
  return {.over = true};
}

Reaction NonInviteServerTransaction::feed(Input input) {
  switch (state_) {
    case State::trying:
      if (input == Input::begin) return {.pass = true};
      if (input == Input::request) return {};  // nothing to repeat yet
      [[fallthrough]];
    case State::proceeding:
      if (input == Input::request) return {.send = true};
      if (input == Input::provisional) {
        state_ = State::proceeding;
        return {.send = true};
      }
      if (input == Input::success || input == Input::failure) {
        // Timer J: 64*T1 to answer copies of the request, zero on reliable transports.
        state_ = reliable_ ? State::terminated : State::completed;
        Reaction reaction{.send = true};
        if (!reliable_) reaction.limit = set_timer(TimerName::j, 64 * t1);
        reaction.over = reliable_;
        return reaction;
      }
      return {};
    case State::completed:
      if (input == Input::request) return {.send = true};
      if (input != Input::limit_due) return {};
      state_ = State::terminated;  // timer J
      return {.over = true};
    case State::terminated: break;
  }
  return {};
}

}  // namespace strowger::sip
