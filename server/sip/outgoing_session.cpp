#include "sip/outgoing_session.hpp"

#include "sip/headers.hpp"
#include "sip/writer.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

void OutgoingSession::start(Invitation invitation) {
  local_ = invitation.from + ";tag=" + core_.find(id_)->tag;
  if (invitation.call_id.empty()) invitation.call_id = core_.random.token(24);
  sequence_ = invitation.cseq;
  invitation_ = std::make_unique<Invitation>(std::move(invitation));
  send_invite();
}

void OutgoingSession::send_invite() {
  const Invitation& invitation = *invitation_;
  const auto branch = core_.new_branch();
  offered_ = !invitation.body.empty();
  if (offered_) offer_ = Offer::ours;
  remember_description(invitation.body);

  Writer writer = Writer::request(Method::invite, invitation.request_uri);
  writer.header(HeaderName::via, core_.via(invitation.to, branch));
  writer.header(HeaderName::max_forwards, invitation.max_forwards);
  writer.header(HeaderName::from, local_);
  writer.header(HeaderName::to, invitation.to_header);
  writer.header(HeaderName::call_id, invitation.call_id);
  writer.header(HeaderName::cseq, std::to_string(sequence_) + " INVITE");
  writer.header(HeaderName::contact, core_.contact(invitation.to));
  writer.header(HeaderName::allow, core_.allowed());
  using Reliable = Invitation::Reliable;
  if (invitation.reliable == Reliable::required) writer.header(HeaderName::require, "100rel");
  const auto supported = core_.supported(invitation.reliable == Reliable::supported);
  if (!supported.empty()) writer.header(HeaderName::supported, supported);
  writer.headers(timer_wish(timer_policy(), std::nullopt));
  writer.headers(invitation.headers);
  if (!core_.config.server_name.empty()) {
    writer.header(HeaderName::user_agent, core_.config.server_name);
  }
  std::string bytes =
      offered_ ? writer.finish(invitation.body.type, invitation.body.content) : writer.finish();
  core_.track_connection(id_, invitation.to.connection);
  invite_ = core_.open_client(Method::invite, branch, invitation.to, std::move(bytes), id_);
}

void OutgoingSession::receive_response(const Key& transaction, const MessagePtr& response,
                                       const Peer& source) {
  if (transaction != invite_) return Session::receive_response(transaction, response, source);
  core_.track_connection(id_, source.connection);
  if (response->status() < 200) return receive_provisional(response, source);
  if (response->status() < 300) return receive_success(response, source);
  receive_failure(response);
}

// ---- provisional responses --------------------------------------------------------------------

void OutgoingSession::receive_provisional(const MessagePtr& response, const Peer& source) {
  if (phase_ != Phase::early) return;
  proceeding_ = true;
  if (response->status() > 100) {
    Dialog* dialog = dialog_for(*response, source);
    if (dialog != nullptr) dialog->refresh_target(*response);
    if (dialog == nullptr || take_reliable(*dialog, *response)) {
      core_.emit(Progressed{id_, response});
    }
  }
  if (cancelling_ && !cancel_sent_) cancel_sent_ = send_cancel(invite_, cancel_headers_);
}

// RFC 3262 4. False: it is a copy, or one before it is missing, and must not be looked at.
bool OutgoingSession::take_reliable(Dialog& dialog, const Message& response) {
  const auto number = rseq(response);
  if (!number || !has_token(response, HeaderName::require, "100rel")) return true;
  const auto [known, first] = rseqs_.try_emplace(dialog.remote_tag, *number);
  if (!first && *number != known->second + 1) return false;
  known->second = *number;

  const bool described = !session_description(response).empty();
  const bool asked = described && !offered_ && !negotiated_;
  if (asked && answer_.empty()) {
    offer_ = Offer::theirs;
    owed_prack_ = OwedPrack{dialog.remote_tag, *number};
    return true;
  }
  if (described) {
    offer_ = Offer::none;
    negotiated_ = true;
  }
  send_prack(dialog, *number, asked ? std::exchange(answer_, Body{}) : Body{});
  return true;
}

void OutgoingSession::send_prack(Dialog& dialog, std::uint32_t rseq, const Body& body) {
  const HeaderList headers{
      {"RAck", std::to_string(rseq) + " " + std::to_string(sequence_) + " INVITE"}};
  core_.send_request(dialog, {.method = Method::prack, .headers = &headers, .body = &body}, id_);
}

void OutgoingSession::set_answer(Body sdp) {
  if (phase_ == Phase::ended) return;
  if (owed_prack_) {
    const OwedPrack owed = *std::exchange(owed_prack_, std::nullopt);
    offer_ = Offer::none;
    negotiated_ = true;
    if (Dialog* dialog = find_dialog(owed.remote_tag)) send_prack(*dialog, owed.rseq, sdp);
    return;
  }
  Session::set_answer(std::move(sdp));
}

// ---- final responses --------------------------------------------------------------------------

void OutgoingSession::receive_success(const MessagePtr& response, const Peer& source) {
  if (acknowledge_again(invite_, to_tag(*response))) return;
  if (owes_ack() && dialog_->remote_tag == to_tag(*response)) return;  // a copy
  if (phase_ != Phase::early) return hang_up_fork(*response, source);
  Dialog* dialog = dialog_for(*response, source);
  if (dialog == nullptr) return hang_up_fork(*response, source);
  confirm(*dialog, response);
}

void OutgoingSession::confirm(Dialog& dialog, const MessagePtr& response) {
  // 13.2.2.4: the other early dialogs are no more, unless a 2xx makes one anew.
  for (const Dialog& other : dialogs_) {
    if (&other != &dialog) core_.remove_dialog(id_, other);
  }
  std::erase_if(dialogs_, [&](const Dialog& other) { return &other != &dialog; });
  dialog_ = &dialog;
  dialog.refresh_target(*response);
  dialog.refresh_route(*response);
  phase_ = Phase::confirmed;
  invitation_.reset();
  take_session_timer(*response);
  owed_prack_.reset();
  disarm(Timer::no_final);

  const bool asked = !offered_ && !negotiated_ && !session_description(*response).empty();
  offer_ = Offer::none;
  if (cancelling_) {
    // 9.1, 15: it was answered before our CANCEL got there.
    acknowledge(dialog, sequence_, invite_, {});
    return send_bye({}, Ended::Why::bye_sent, response);
  }
  negotiated_ = true;
  acknowledge_or_wait(sequence_, invite_, asked);
  core_.emit(Accepted{id_, response});
}

// 13.2.2.4: a 2xx of a fork that lost, or after the end, is acknowledged and hung up.
void OutgoingSession::hang_up_fork(const Message& response, const Peer& source) {
  const SessionEntry* entry = core_.find(id_);
  Dialog fork = Dialog::as_client(response, local_, entry->tag, source);
  acknowledge(fork, sequence_, invite_, {});
  core_.send_request(fork, {.method = Method::bye}, id_);
}

void OutgoingSession::receive_failure(const MessagePtr& response) {
  if (phase_ != Phase::early) return;
  if (response->status() == 422 && ask_for_more_time(*response)) return;
  core_.emit(Refused{id_, response});
  end(cancel_sent_ && response->status() == 487 ? Ended::Why::cancelled : Ended::Why::rejected,
      response);
}

// RFC 4028 7.3: once more, with the interval that the refusal asks for.
bool OutgoingSession::ask_for_more_time(const Message& refusal) {
  const auto least = min_se(refusal);
  const bool more = least && *least > timer_policy().least;
  if (!core_.session_timer.known || !more || cancelling_ || ++brief_ > brief_max) return false;
  least_interval_ = *least;
  for (const Dialog& early : dialogs_) core_.remove_dialog(id_, early);
  dialogs_.clear();
  dialog_ = nullptr;
  rseqs_.clear();
  owed_prack_.reset();
  proceeding_ = negotiated_ = false;
  ++sequence_;
  send_invite();
  return true;
}

void OutgoingSession::request_failed(const Key& transaction, bool timed_out) {
  if (transaction != invite_) return Session::request_failed(transaction, timed_out);
  if (phase_ != Phase::early) return;
  end(timed_out ? Ended::Why::timeout : Ended::Why::transport_failed);
}

// ---- CANCEL (9.1) -----------------------------------------------------------------------------

void OutgoingSession::cancel(HeaderList headers) {
  if (phase_ != Phase::early || cancelling_) return;
  cancelling_ = true;
  cancel_headers_ = std::move(headers);
  if (proceeding_ && !cancel_sent_) cancel_sent_ = send_cancel(invite_, cancel_headers_);
}

void OutgoingSession::fire(Timer timer) {
  if (timer != Timer::no_final || phase_ != Phase::early) return Session::fire(timer);
  core_.transactions.abandon_client(invite_);
  end(Ended::Why::cancelled);
}

// ---- dialogs ----------------------------------------------------------------------------------

// 12.1.2: made by the first response with its tag. Null when there is no tag, or too many forks.
Dialog* OutgoingSession::dialog_for(const Message& response, const Peer& source) {
  const auto tag = to_tag(response);
  if (Dialog* known = find_dialog(tag)) {
    known->peer = source;
    return known;
  }
  if ((tag.empty() && response.status() < 200) || dialogs_.size() >= forks_max) return nullptr;
  const SessionEntry* entry = core_.find(id_);
  dialogs_.push_back(Dialog::as_client(response, local_, entry->tag, source));
  core_.add_dialog(id_, dialogs_.back());
  dialog_ = &dialogs_.back();
  return dialog_;
}

}  // namespace strowger::sip
