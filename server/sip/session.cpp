#include "sip/session.hpp"

#include "sip/headers.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

// ---- requests in the dialog -------------------------------------------------------------------

void Session::receive_request(const Request& request) {
  Dialog* dialog = find_dialog(from_tag(*request.message));
  if (dialog == nullptr) return refuse(request, 481, "Call/Transaction Does Not Exist");
  const auto sequence = cseq(*request.message);
  if (!sequence || !dialog->accept_sequence(sequence->number)) {
    return refuse(request, 500, "Request Out Of Order");  // 12.2.2
  }
  heard_from(*dialog, request.source);
  switch (request.message->method()) {
    case Method::bye: return receive_bye(request);
    case Method::prack: return receive_prack(request, *dialog);
    case Method::update: return receive_update(request, *dialog);
    case Method::invite: return receive_reinvite(request, *dialog);
    case Method::refer: return receive_refer(request);
    case Method::notify: return receive_notify(request);
    case Method::info:
      ok(request);
      core_.emit(InfoReceived{id_, request.message});
      return;
    case Method::options: {
      const HeaderList accept{{"Accept", "application/sdp"}};
      core_.respond(request, {.contact = true, .capabilities = true, .headers = &accept});
      return;
    }
    default: return refuse(request, 501, "Not Implemented");  // told so before it gets here
  }
}

// 15.1.2: also on the early dialog of an INVITE that we still have to answer.
void Session::receive_bye(const Request& request) {
  ok(request);
  refuse_pending();
  leave_subscription();
  end(Ended::Why::bye_received, request.message);
}

void Session::receive_prack(const Request& request, Dialog&) {
  refuse(request, 481, "Call/Transaction Does Not Exist");  // RFC 3262 3: nothing to acknowledge
}

// RFC 3311 5.2.
void Session::receive_update(const Request& request, Dialog& dialog) {
  Body offer = session_description(*request.message);
  if (theirs_ || (!offer.empty() && offer_ == Offer::theirs)) {
    return refuse_overlapping(request);
  }
  if (!offer.empty() && offer_ == Offer::ours) return refuse(request, 491, "Request Pending");
  if (refuse_brief(request)) return;
  dialog.refresh_target(*request.message);
  if (offer.empty()) return ok(request);
  ask_for_answer(request, std::move(offer));
}

void Session::receive_reinvite(const Request& request, Dialog& dialog) {
  // 14.2: the first INVITE has no final answer yet.
  if (phase_ == Phase::early || (theirs_ && theirs_->message->method() == Method::invite)) {
    return refuse_overlapping(request);
  }
  // 14.2: ours is in progress. Nor while the ACK of our 2xx is on its way: it may hold an answer.
  const bool ours = own_ && own_->method == Method::invite;
  if (ours || success_ || owed_ack_ || theirs_ || offer_ != Offer::none) {
    return refuse(request, 491, "Request Pending");
  }
  if (refuse_brief(request)) return;
  dialog.refresh_target(*request.message);
  core_.respond(request, {.status = 100, .phrase = "Trying"});
  ask_for_answer(request, session_description(*request.message));
}

void Session::ask_for_answer(const Request& request, Body offer) {
  offer_ = offer.empty() ? Offer::none : Offer::theirs;
  theirs_ = std::make_unique<Request>(request);
  core_.emit(Reoffered{id_, request.message, std::move(offer)});
}

bool Session::answer_offer(const Body& sdp) {
  if (phase_ == Phase::ended || !theirs_) return false;
  const Request request = *std::exchange(theirs_, nullptr);
  if (request.message->method() == Method::invite) {
    send_success(request, sdp, false);
  } else {
    ok(request, &sdp);
  }
  settle_theirs();
  return true;
}

bool Session::refuse_offer(int status, std::string_view phrase) {
  if (phase_ == Phase::ended || !theirs_ || status < 300 || status > 699) return false;
  const Request request = *std::exchange(theirs_, nullptr);
  const auto usual = status == 488 ? "Not Acceptable Here" : "Offer Refused";
  refuse(request, status, phrase.empty() ? usual : phrase);
  settle_theirs();
  return true;
}

void Session::settle_theirs() {
  if (offer_ == Offer::theirs) offer_ = Offer::none;
  negotiated_ = true;
  offer_settled();
}

// 9.2: of a re-INVITE. The session goes on.
void Session::receive_cancel(const Key& invite, const MessagePtr&) {
  if (!theirs_ || theirs_->transaction != invite) return;
  refuse(*std::exchange(theirs_, nullptr), 487, "Request Terminated");
  settle_theirs();
  core_.emit(Withdrawn{id_});
}

// ---- the 2xx of an INVITE and its ACK (13.3.1.4) ----------------------------------------------

void Session::send_success(const Request& invite, const Body& sdp, bool initial) {
  const auto tag = core_.find(id_)->tag;
  const HeaderList headers = answer_session_timer(*invite.message);
  const auto response = core_.respond(invite, {.to_tag = tag,
                                               .contact = true,
                                               .capabilities = true,
                                               .headers = &headers,
                                               .body = &sdp});
  remember_description(sdp);
  success_ = std::make_unique<Success>();
  success_->transaction = invite.transaction;
  success_->response = response;
  success_->sequence = cseq(*invite.message).value_or(CSeq{}).number;
  success_->initial = initial;
  const bool asked = offer_ == Offer::theirs || (initial && negotiated_);
  offer_ = !asked && !sdp.empty() ? Offer::ours : Offer::none;
  if (initial) {
    phase_ = Phase::answered;
    answered_ = true;
  }
  arm(Timer::repeat_success, success_->interval);
  arm(Timer::no_ack, 64 * t1);
}

void Session::receive_ack(const Message& ack) {
  const auto sequence = cseq(ack);
  if (!success_ || !sequence || sequence->number != success_->sequence) return;
  const Success acknowledged = *std::exchange(success_, nullptr);
  disarm(Timer::repeat_success);
  disarm(Timer::no_ack);
  Body answer = session_description(ack);
  offer_ = Offer::none;
  negotiated_ = true;
  if (acknowledged.initial) phase_ = Phase::confirmed;
  // Of a re-INVITE only an answer to our offer is news.
  if (acknowledged.initial || !answer.empty()) core_.emit(Established{id_, std::move(answer)});
  if (farewell_) send_bye(*farewell_, Ended::Why::bye_sent);
}

void Session::fire(Timer timer) {
  timers_[static_cast<std::size_t>(timer)] = 0;
  if (timer == Timer::refresh) return refresh();
  if (timer == Timer::expiry) return expire();
  if (timer == Timer::no_final) return give_up_withdrawn();
  if (!success_) return;
  if (timer == Timer::repeat_success) {
    // Over every transport: T1, doubling up to T2.
    core_.transactions.respond(success_->transaction, 200, success_->response,
                               core_.now.instant);
    success_->interval = std::min(2 * success_->interval, t2);
    arm(Timer::repeat_success, success_->interval);
  } else if (timer == Timer::no_ack) {
    send_bye(farewell_.value_or(HeaderList{}),
             farewell_ ? Ended::Why::bye_sent : Ended::Why::no_ack);
  }
}

// ---- the end ----------------------------------------------------------------------------------

void Session::refuse_pending() {
  if (theirs_) refuse(*std::exchange(theirs_, nullptr), 487, "Request Terminated");
  if (refer_) refuse(*std::exchange(refer_, nullptr), 487, "Request Terminated");
}

void Session::send_bye(const HeaderList& headers, Ended::Why why, MessagePtr message) {
  refuse_pending();
  if (owed_ack_) acknowledge(*dialog_, owed_ack_->sequence, owed_ack_->invite, answer_);
  core_.send_request(*dialog_, {.method = Method::bye, .headers = &headers}, id_);
  end(why, std::move(message));
}

void Session::end(Ended::Why why, MessagePtr message) {
  if (phase_ == Phase::ended) return;
  Session::refuse_pending();  // a request without an answer would be remembered for ever
  phase_ = Phase::ended;
  for (std::size_t i = 0; i < timers_.size(); ++i) disarm(static_cast<Timer>(i));
  success_.reset();
  // What becomes of a re-INVITE is nobody's concern any more, but its final answer wants an ACK.
  if (own_ && own_->method == Method::invite) {
    core_.transactions.forget_client(own_->transaction, core_.now.instant);
  } else {
    own_.reset();
  }
  owed_ack_.reset();
  core_.end(id_, why, std::move(message));
}

// ---- small things -----------------------------------------------------------------------------

void Session::refuse(const Request& request, int status, std::string_view phrase) {
  core_.respond(request, {.status = status, .phrase = phrase});
}

// 14.2, RFC 3311 5.2: try again after 0 to 10 seconds.
void Session::refuse_overlapping(const Request& request) {
  const HeaderList headers{{"Retry-After", std::to_string(core_.random.bits() % 11)}};
  core_.respond(request,
                {.status = 500, .phrase = "Overlapping Requests", .headers = &headers});
}

void Session::ok(const Request& request, const Body* body) {
  const Method method = request.message->method();
  const bool refreshes = method == Method::update;
  if (body != nullptr) remember_description(*body);
  // Of an early dialog there is nothing to expire: its INVITE has timers of its own.
  const bool timed = refreshes && phase_ != Phase::early;
  const HeaderList headers = timed ? answer_session_timer(*request.message) : HeaderList{};
  core_.respond(request, {.contact = refreshes,
                          .capabilities = refreshes,
                          .headers = &headers,
                          .body = body});
}

void Session::heard_from(Dialog& dialog, const Peer& source) {
  dialog.peer = source;
  core_.track_connection(id_, source.connection);
}

void Session::connection_failed(std::uint64_t connection) {
  for (Dialog& dialog : dialogs_) {
    if (dialog.peer.connection == connection) dialog.peer.connection = 0;
  }
}

Dialog* Session::find_dialog(std::string_view remote_tag) {
  const auto found = std::ranges::find(dialogs_, remote_tag, &Dialog::remote_tag);
  return found == dialogs_.end() ? nullptr : &*found;
}

void Session::arm(Timer timer, Duration after) {
  disarm(timer);
  timers_[static_cast<std::size_t>(timer)] =
      core_.timers.arm(core_.now.instant + after,
                       {Alarm::Of::session, static_cast<std::uint8_t>(timer), id_, {}});
}

void Session::disarm(Timer timer) {
  TimerId& id = timers_[static_cast<std::size_t>(timer)];
  if (id != 0) core_.timers.disarm(std::exchange(id, 0));
}

}  // namespace strowger::sip
