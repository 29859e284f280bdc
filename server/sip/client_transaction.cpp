#include "sip/client_transaction.hpp"

#include "sip/headers.hpp"
#include "sip/writer.hpp"

namespace strowger::sip {

// Waiting for any response. Timers A and B run.
Reaction InviteClientTransaction::calling(Input input) {
  switch (input) {
    case Input::begin:
      return {.send = true,
              .repeat = reliable_ ? TimerChange{} : set_timer(TimerName::a, interval_),
              .limit = set_timer(TimerName::b, 64 * t1)};
    case Input::repeat_due:
      interval_ *= 2;
      return {.send = true, .repeat = set_timer(TimerName::a, interval_)};
    case Input::limit_due:
      state_ = State::terminated;
      return {.timed_out = true, .over = true};
    case Input::provisional:
      state_ = State::proceeding;
      return {.pass = true, .repeat = stop_timer, .limit = stop_timer};
    default: return answered(input);
  }
}

// What calling and proceeding have in common: the ways out.
Reaction InviteClientTransaction::answered(Input input) {
  switch (input) {
    case Input::success:
      // RFC 6026 7.2: stays to hand every 2xx up, until timer M.
      state_ = State::accepted;
      return {.pass = true, .repeat = stop_timer, .limit = set_timer(TimerName::m, 64 * t1)};
    case Input::failure: {
      state_ = State::completed;
      Reaction reaction{.acknowledge = true, .send = true, .pass = true, .repeat = stop_timer};
      // Timer D: at least 32 s, zero on reliable transports.
      reaction.limit = reliable_ ? stop_timer : set_timer(TimerName::d, std::chrono::seconds{32});
      reaction.over = reliable_;
      if (reliable_) state_ = State::terminated;
      return reaction;
    }
    case Input::transport_error:
      // The figure names it for calling only. A caller on TCP that listens nowhere would wait for
      // ever in proceeding, so there, too.
      state_ = State::terminated;
      return {.failed = true, .over = true};
    default: return {};
  }
}

Reaction InviteClientTransaction::feed(Input input) {
  switch (state_) {
    case State::calling: return calling(input);
    case State::proceeding:
      // No timer runs: a phone may ring for as long as it likes.
      return input == Input::provisional ? Reaction{.pass = true} : answered(input);
    case State::accepted:
      // RFC 6026 7.2: 2xx, also of other branches of a fork, go up; all else is absorbed.
      if (input == Input::success) return {.pass = true};
      break;
    case State::completed:
      if (input == Input::failure) return {.send = true};  // the ACK once more
      break;
    case State::terminated: return {};
  }
  if (input != Input::limit_due && input != Input::transport_error) return {};
  state_ = State::terminated;  // timer M or D
  return {.over = true};
}

// Waiting for a final response; proceeding differs by the pace of timer E.
Reaction NonInviteClientTransaction::trying(Input input) {
  switch (input) {
    case Input::begin:
      return {.send = true,
              .repeat = reliable_ ? TimerChange{} : set_timer(TimerName::e, interval_),
              .limit = set_timer(TimerName::f, 64 * t1)};
    case Input::repeat_due:
      // 17.1.2.2: MIN(2*T1, T2) in trying, always T2 in proceeding.
      interval_ = state_ == State::proceeding ? t2 : std::min(2 * interval_, t2);
      return {.send = true, .repeat = set_timer(TimerName::e, interval_)};
    case Input::provisional: state_ = State::proceeding; return {.pass = true};
    case Input::success:
    case Input::failure: {
      // Timer K: T4 to absorb copies of the answer, zero on reliable transports.
      state_ = reliable_ ? State::terminated : State::completed;
      Reaction reaction{.pass = true, .repeat = stop_timer};
      reaction.limit = reliable_ ? stop_timer : set_timer(TimerName::k, t4);
      reaction.over = reliable_;
      return reaction;
    }
    case Input::limit_due: state_ = State::terminated; return {.timed_out = true, .over = true};
    case Input::transport_error:
      state_ = State::terminated;
      return {.failed = true, .over = true};
    default: return {};
  }
}

Reaction NonInviteClientTransaction::feed(Input input) {
  switch (state_) {
    case State::trying:
    case State::proceeding: return trying(input);
    case State::completed:
      if (input != Input::limit_due && input != Input::transport_error) return {};
      state_ = State::terminated;  // timer K
      return {.over = true};
    case State::terminated: break;
  }
  return {};
}

namespace {

// What ACK and CANCEL take over from the INVITE: Request-URI, its one Via, Route, From, Call-ID,
// CSeq number.
Writer same_branch(Method method, const Message& invite, std::string_view to) {
  Writer writer = Writer::request(method, invite.request_uri());
  writer.copy_first(invite, HeaderName::via);
  writer.header(HeaderName::max_forwards, std::uint64_t{70});
  writer.copy_all(invite, HeaderName::route);
  writer.copy_first(invite, HeaderName::from);
  writer.header(HeaderName::to, to);
  writer.copy_first(invite, HeaderName::call_id);
  const auto number = std::to_string(cseq(invite).value_or(CSeq{}).number);
  writer.header(HeaderName::cseq, number + " " + std::string(name(method)));
  return writer;
}

}  // namespace

std::string ack_of_failure(std::string_view invite, const Message& response) {
  const auto sent = Message::parse(std::string(invite));
  if (!sent) return {};
  const auto to = unfolded(response.header(HeaderName::to).value_or(""));
  return same_branch(Method::ack, *sent, to).finish();
}

std::string cancel_of(std::string_view invite, const HeaderList& headers) {
  const auto sent = Message::parse(std::string(invite));
  if (!sent) return {};
  const auto to = unfolded(sent->header(HeaderName::to).value_or(""));
  return same_branch(Method::cancel, *sent, to).headers(headers).finish();
}

}  // namespace strowger::sip
