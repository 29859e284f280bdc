#include "sip/incoming_session.hpp"

#include "sip/headers.hpp"

#include <utility>

namespace strowger::sip {

namespace {

// RFC 3262 3: anywhere from 1 to 2^31-1; room is left to count upwards.
std::uint32_t first_rseq(Random& random) {
  return 1 + static_cast<std::uint32_t>(random.bits() % (sequence_max - 0x10000));
}

}  // namespace

IncomingSession::IncomingSession(AgentCore& core, SessionId id, Request invite)
    : Session(core, id),
      invite_(std::move(invite)),
      sequence_(cseq(*invite_.message).value_or(CSeq{}).number),
      reliable_(first_rseq(core.random)) {
  SessionEntry* entry = core_.find(id_);
  dialogs_.push_back(Dialog::as_server(*invite_.message, entry->tag, invite_.source));
  dialog_ = &dialogs_.front();
  core_.add_dialog(id_, *dialog_);
  core_.track_connection(id_, invite_.source.connection);
  if (describes_session(*invite_.message)) offer_ = Offer::theirs;
}

bool IncomingSession::supports_reliable() const {
  return phase_ != Phase::ended &&
         (requires_reliable() || has_token(*invite_.message, HeaderName::supported, "100rel"));
}

bool IncomingSession::requires_reliable() const {
  return phase_ != Phase::ended && has_token(*invite_.message, HeaderName::require, "100rel");
}

// ---- provisional responses --------------------------------------------------------------------

bool IncomingSession::progress(Answer provisional, bool reliable) {
  if (!undecided() || provisional.status <= 100 || provisional.status > 199) return false;
  if (!reliable) {
    if (requires_reliable()) return false;  // RFC 3262 3
    send_provisional(provisional, false);
    return true;
  }
  if (!supports_reliable() || !reliable_.add(std::move(provisional))) return false;
  go_on();
  return true;
}

void IncomingSession::send_provisional(const Answer& provisional, bool reliable) {
  HeaderList headers = provisional.headers;
  if (reliable) {
    headers.emplace_back("Require", "100rel");
    headers.emplace_back("RSeq", std::to_string(reliable_.current()));
  }
  told_ = true;
  auto bytes = core_.respond(invite_, {.status = provisional.status,
                                       .phrase = provisional.phrase,
                                       .to_tag = dialog_->local_tag,
                                       .contact = true,
                                       .capabilities = true,
                                       .headers = &headers,
                                       .body = &provisional.body});
  if (!reliable) return;  // what it says of media is said again in the 2xx (13.2.1)
  remember_description(provisional.body);
  last_reliable_ = std::move(bytes);
}

// Sends what waited for a PRACK, or for the answer to an offer in one.
void IncomingSession::go_on() {
  if (phase_ != Phase::early || asked()) return;
  if (waiting_success_ && !reliable_.awaiting_with_body()) {
    return succeed(*std::exchange(waiting_success_, std::nullopt));
  }
  const auto next = reliable_.next();
  if (!next) return;
  // RFC 3262 5: an answer settles the offer once it is acknowledged; without an offer in the INVITE
  // this is ours.
  if (!next->body.empty() && offer_ == Offer::none && !negotiated_) offer_ = Offer::ours;
  send_provisional(*next, true);
  arm(Timer::repeat_provisional, reliable_.next_interval());
  arm(Timer::no_prack, 64 * t1);
}

void IncomingSession::receive_prack(const Request& request, Dialog&) {
  const auto acknowledged = rack(*request.message);
  const bool with_body = reliable_.awaiting_with_body();
  if (!acknowledged || !reliable_.acknowledge(*acknowledged, sequence_)) {
    return refuse(request, 481, "Call/Transaction Does Not Exist");
  }
  disarm(Timer::repeat_provisional);
  disarm(Timer::no_prack);
  Body body = session_description(*request.message);
  const bool answers = offer_ == Offer::ours;
  if (with_body) {
    offer_ = Offer::none;
    negotiated_ = true;
  }
  // RFC 3262 5: a PRACK may hold a new offer; its 200 holds the answer then.
  const bool offers = !body.empty() && !answers && negotiated_ && phase_ == Phase::early;
  if (offers) {
    core_.emit(ProvisionalAcknowledged{id_, {}});
    return ask_for_answer(request, std::move(body));
  }
  ok(request);
  core_.emit(ProvisionalAcknowledged{id_, std::move(body)});
  go_on();
}

void IncomingSession::fire(Timer timer) {
  if (timer == Timer::repeat_provisional) {
    // RFC 3262 3: T1, doubling without a cap. The transaction may hold a newer, unreliable one.
    core_.transactions.respond(invite_.transaction, 183, last_reliable_, core_.now.instant);
    return arm(Timer::repeat_provisional, reliable_.next_interval());
  }
  if (timer == Timer::no_prack) {
    stop_provisionals();
    given_up_ = true;
    waiting_success_.reset();
    core_.emit(ProvisionalUnacknowledged{id_});
    return;
  }
  Session::fire(timer);
}

void IncomingSession::stop_provisionals() {
  disarm(Timer::repeat_provisional);
  disarm(Timer::no_prack);
  reliable_.stop();
}

// ---- final responses --------------------------------------------------------------------------

bool IncomingSession::accept(Body sdp) {
  // RFC 3262 3: a 2xx may not overtake what it depends on, and that will not arrive any more.
  if (!undecided() || (given_up_ && reliable_.awaiting_with_body())) return false;
  waiting_success_ = std::move(sdp);
  go_on();
  return true;
}

void IncomingSession::succeed(const Body& sdp) {
  stop_provisionals();
  told_ = true;
  send_success(invite_, sdp, true);
}

bool IncomingSession::reject(const Answer& final) {
  if (phase_ != Phase::early || final.status < 300 || final.status > 699) return false;
  Session::refuse_pending();
  core_.respond(invite_, {.status = final.status,
                          .phrase = final.phrase,
                          .to_tag = dialog_->local_tag,
                          .headers = &final.headers,
                          .body = &final.body});
  end(Ended::Why::rejected);
  return true;
}

// 9.2, 15.1.2
void IncomingSession::refuse_pending() {
  Session::refuse_pending();
  if (phase_ != Phase::early) return;
  core_.respond(invite_, {.status = 487,
                          .phrase = "Request Terminated",
                          .to_tag = dialog_->local_tag});
}

void IncomingSession::receive_cancel(const Key& invite, const MessagePtr& cancel) {
  if (invite != invite_.transaction) return Session::receive_cancel(invite, cancel);
  if (phase_ != Phase::early) return;  // too late: the final response is on its way
  refuse_pending();
  end(Ended::Why::cancelled, cancel);
}

std::optional<Unacknowledged> IncomingSession::unacknowledged() const {
  if (!reliable_.awaiting()) return std::nullopt;
  return Unacknowledged{reliable_.current(), sequence_};
}

}  // namespace strowger::sip
