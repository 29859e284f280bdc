// Session: the requests that we send in the dialog, and what becomes of them.
#include "sip/headers.hpp"
#include "sip/session.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

bool Session::bye(HeaderList headers) {
  if (phase_ == Phase::confirmed) {
    send_bye(headers, Ended::Why::bye_sent);
    return true;
  }
  // 15: not before the ACK of our 2xx, or until it is clear that none comes.
  if (phase_ != Phase::answered || farewell_) return false;
  farewell_ = std::move(headers);
  return true;
}

bool Session::info(const Body& body) {
  if (phase_ == Phase::ended || !can_request()) return false;
  core_.send_request(*dialog_, {.method = Method::info, .body = &body}, id_);
  return true;
}

// RFC 3261 14.1, RFC 3311 5.1: one offer at a time.
bool Session::may_offer() const {
  return phase_ != Phase::ended && can_request() && !own_ && !theirs_ && !success_ &&
         !owed_ack_ && offer_ == Offer::none;
}

bool Session::update(const Body& sdp) {
  if (!may_offer() || (phase_ == Phase::early && !negotiated_ && !sdp.empty())) return false;
  start_own(Method::update, sdp);
  return true;
}

bool Session::reinvite(const Body& sdp) {
  if (!may_offer() || phase_ != Phase::confirmed) return false;
  start_own(Method::invite, sdp);
  return true;
}

// 9.1: not before a provisional response. Its final one comes as it would have otherwise.
bool Session::withdraw() {
  if (!own_ || own_->method != Method::invite || own_->refreshing || own_->withdrawn) return false;
  own_->withdrawn = true;
  if (own_->proceeding) send_cancel(own_->transaction, {});
  return true;
}

bool Session::send_cancel(const Key& invite, const HeaderList& headers) {
  const ClientTransaction* const open = core_.transactions.client(invite);
  if (open == nullptr) return false;
  const auto sent = Message::parse(*open->message);
  const auto top = sent ? top_via(*sent) : std::nullopt;
  if (!top) return false;
  core_.open_client(Method::cancel, top->branch().value_or(""), open->peer,
                    cancel_of(*open->message, headers), id_);
  arm(Timer::no_final, 64 * t1);
  return true;
}

// 9.1: nobody will answer it any more.
void Session::give_up_withdrawn() {
  if (!own_ || !own_->withdrawn) return;
  core_.transactions.abandon_client(own_->transaction);
  own_.reset();
  if (offer_ == Offer::ours) offer_ = Offer::none;
  core_.emit(Refused{id_, nullptr});
}

void Session::start_own(Method method, const Body& sdp, bool refreshing) {
  if (!sdp.empty()) offer_ = Offer::ours;
  remember_description(sdp);
  OwnRequest own{.method = method, .offered = !sdp.empty(), .refreshing = refreshing};
  // RFC 4028 7.4: in each of them, or the far end would take the timer for switched off.
  const HeaderList headers =
      phase_ == Phase::early ? HeaderList{} : timer_wish(timer_policy(), timer_);
  own.transaction = core_.send_request(
      *dialog_, {.method = method, .headers = &headers, .body = &sdp}, id_);
  own.sequence = dialog_->local_sequence();
  own_ = std::make_unique<OwnRequest>(own);
}

// ---- responses --------------------------------------------------------------------------------

void Session::receive_response(const Key& transaction, const MessagePtr& response,
                               const Peer& source) {
  if (response->status() < 200) return receive_own_provisional(transaction);
  if (acknowledge_again(transaction, to_tag(*response))) return;
  if (phase_ == Phase::ended) return receive_late_final(transaction, *response);
  if (Dialog* dialog = find_dialog(to_tag(*response))) heard_from(*dialog, source);
  if (own_ && own_->transaction == transaction) return receive_own_response(response);
  if (is_notify(transaction)) return;
  // 12.2.1.2: the far end knows nothing of this dialog, or lost touch.
  const bool lost = response->status() == 481 || response->status() == 408;
  if (lost && phase_ == Phase::confirmed) {
    send_bye({}, Ended::Why::timeout, response);
  }
}

// 13.2.2.4: of a re-INVITE whose session is over. The transaction acknowledges refusals by itself.
void Session::receive_late_final(const Key& transaction, const Message& response) {
  if (!own_ || own_->transaction != transaction) return;
  const OwnRequest own = *std::exchange(own_, nullptr);
  if (response.status() < 300) acknowledge(*dialog_, own.sequence, own.transaction, {});
}

void Session::receive_own_provisional(const Key& transaction) {
  if (!own_ || own_->transaction != transaction || std::exchange(own_->proceeding, true)) return;
  if (own_->withdrawn) send_cancel(own_->transaction, {});
}

void Session::receive_own_response(const MessagePtr& response) {
  const OwnRequest own = *std::exchange(own_, nullptr);
  disarm(Timer::no_final);
  if (offer_ == Offer::ours) offer_ = Offer::none;
  if (own.refreshing) return refreshed(own, response);
  if (response->status() < 300) {
    dialog_->refresh_target(*response);
    if (phase_ != Phase::early) take_session_timer(*response);
    const bool asked = !own.offered && !session_description(*response).empty();
    if (own.method == Method::invite) {
      acknowledge_or_wait(own.sequence, own.transaction, asked);
    }
    core_.emit(Accepted{id_, response});
    return;
  }
  core_.emit(Refused{id_, response});
  const bool lost = response->status() == 481 || response->status() == 408;
  if (lost && phase_ == Phase::confirmed) send_bye({}, Ended::Why::timeout, response);
}

// An offer in a 2xx is answered in its ACK, which waits for set_answer() if it has to.
void Session::acknowledge_or_wait(std::uint32_t sequence, const Key& invite, bool asked) {
  if (asked && answer_.empty()) {
    offer_ = Offer::theirs;
    owed_ack_ = OwedAck{invite, sequence};
    return;
  }
  acknowledge(*dialog_, sequence, invite, asked ? std::exchange(answer_, Body{}) : Body{});
}

void Session::set_answer(Body sdp) {
  if (phase_ == Phase::ended) return;
  answer_ = std::move(sdp);
  if (!owed_ack_) return;
  const OwedAck owed = *std::exchange(owed_ack_, std::nullopt);
  acknowledge(*dialog_, owed.sequence, owed.invite, std::exchange(answer_, Body{}));
  offer_ = Offer::none;
}

std::optional<std::uint32_t> Session::next_number(std::string_view remote_tag) {
  Dialog* const dialog = find_dialog(remote_tag);
  return dialog == nullptr ? std::nullopt : std::optional(dialog->next_sequence());
}

void Session::sent_again(const Key& before, const Key& again, std::uint32_t number) {
  if (own_ && own_->transaction == before) {
    own_->transaction = again;
    own_->sequence = number;
    own_->proceeding = false;  // so that, withdrawn, it is cancelled in its turn
  }
  std::ranges::replace(notifies_, before, again);
}

void Session::request_failed(const Key& transaction, bool timed_out) {
  const auto why = timed_out ? Ended::Why::timeout : Ended::Why::transport_failed;
  if (own_ && own_->transaction == transaction) {
    const bool refreshing = own_->refreshing;
    own_.reset();
    disarm(Timer::no_final);
    if (refreshing && timed_out) return expire();
    if (offer_ == Offer::ours) offer_ = Offer::none;
  }
  if (is_notify(transaction)) return;
  // 12.2.1.2: no response at all is as good as a 408.
  if (phase_ == Phase::confirmed) send_bye({}, why);
}

// ---- ACK of 2xx (13.2.2.4) --------------------------------------------------------------------

void Session::acknowledge(const Dialog& dialog, std::uint32_t sequence, const Key& invite,
                          const Body& body) {
  remember_description(body);
  std::erase_if(acks_, [&](const SentAck& ack) {
    return core_.transactions.client(ack.invite) == nullptr;
  });
  auto bytes = std::make_shared<const std::string>(core_.write_ack(dialog, sequence, invite, body));
  acks_.push_back({invite, dialog.remote_tag, dialog.next_hop(), std::move(bytes)});
  core_.emit(Send{acks_.back().peer, acks_.back().bytes, id_});
}

bool Session::acknowledge_again(const Key& invite, std::string_view remote_tag) {
  for (const SentAck& ack : acks_) {
    if (ack.invite != invite || ack.remote_tag != remote_tag) continue;
    core_.emit(Send{ack.peer, ack.bytes, id_});
    return true;
  }
  return false;
}

}  // namespace strowger::sip
