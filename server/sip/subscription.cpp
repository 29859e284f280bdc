#include "sip/subscription.hpp"

#include "sip/headers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace strowger::sip {

using std::chrono::seconds;

namespace {

// RFC 6665 4.2.2. Others are of this one NOTIFY only (RFC 5057 5.1): also a challenge, as nobody's
// credentials go to a phone (CVE-2021-41158).
bool ends_subscription(int status) {
  constexpr std::array<int, 7> codes = {404, 405, 410, 416, 489, 501, 604};
  return (status >= 480 && status <= 485) ||
         std::ranges::find(codes, status) != codes.end();
}

}  // namespace

std::string Subscription::counted_as(const Subject& subject) {
  return subject.device + (subject.package == EventPackage::dialog ? " dialog" : "");
}

std::size_t Subscription::count(const SubscriptionCount& count, const Subject& subject) {
  const auto known = count.of_device.find(counted_as(subject));
  return known == count.of_device.end() ? 0 : known->second;
}

Subscription::Subscription(AgentCore& core, SessionId id, Subject subject,
                           std::shared_ptr<SubscriptionCount> count)
    : Session(core, id), subject_(std::move(subject)), count_(std::move(count)) {
  ++count_->all;
  ++count_->of_device[counted_as(subject_)];
}

Subscription::~Subscription() {
  --count_->all;
  const auto own = count_->of_device.find(counted_as(subject_));
  if (--own->second == 0) count_->of_device.erase(own);
}

void Subscription::start(const Request& request, seconds lasts) {
  const Message& subscribe = *request.message;
  event_ = subscribe.header(HeaderName::event).value_or("");
  dialogs_.push_back(Dialog::as_server(subscribe, core_.find(id_)->tag, request.source));
  dialog_ = &dialogs_.back();
  core_.add_dialog(id_, *dialog_);
  core_.track_connection(id_, request.source.connection);
  shown_ = subject_.package != EventPackage::dialog;
  grant(request, lasts);
  if (!shown_) core_.emit(Watching{id_, subject_.watched});
}

void Subscription::refresh(const Request& request, seconds lasts) {
  const auto sequence = cseq(*request.message);
  if (!sequence || !dialog_->accept_sequence(sequence->number)) {
    return refuse(request, 500, "Request Out Of Order");  // RFC 3261 12.2.2
  }
  heard_from(*dialog_, request.source);
  dialog_->refresh_target(*request.message);
  grant(request, lasts);
}

// RFC 6665 4.2.1.2: the state follows each SUBSCRIBE that is taken, at once.
void Subscription::grant(const Request& request, seconds lasts) {
  const HeaderList headers{{"Expires", std::to_string(lasts.count())}};
  const auto tag = core_.find(id_)->tag;
  core_.respond(request, {.to_tag = tag, .contact = true, .headers = &headers});
  until_ = core_.now.instant + lasts;
  if (lasts > seconds{0}) arm(Timer::expiry, lasts);
  if (shown_) tell_now();
}

void Subscription::show(std::vector<DialogInfo> calls) {
  if (phase_ == Phase::ended) return;
  const bool first = !std::exchange(shown_, true);
  if (!first && calls == calls_) return;
  for (auto& old : calls_) {
    const auto same = [&](const DialogInfo& one) { return one.id == old.id; };
    if (std::ranges::any_of(calls, same) || over_.size() == dialogs_shown_max) continue;
    over_.push_back(std::move(old));
    over_.back().state = DialogInfo::State::terminated;
  }
  calls_ = std::move(calls);
  if (first) return tell_now();
  changed_ = true;
  tell_when_due();
}

void Subscription::tell_now() {
  const auto left = until_ - core_.now.instant;
  if (left <= Duration::zero()) {
    tell("terminated;reason=timeout");
    return end(Ended::Why::expired);
  }
  tell("active;expires=" + std::to_string(std::chrono::ceil<seconds>(left).count()));
}

// One after the other: a phone that does not answer is not flooded, and none overtakes another.
void Subscription::tell_when_due() {
  if (!changed_ || notify_ || !reachable() || pausing_) return;
  const auto due = told_ + notify_pause;
  if (due <= core_.now.instant) return tell_now();
  pausing_ = true;
  arm(Timer::pause, due - core_.now.instant);
}

// Nothing is opened to a phone whose connection is gone: it refreshes on a new one, and is told all
// then.
bool Subscription::reachable() const {
  return !is_reliable(dialog_->peer.transport) || dialog_->peer.connection != 0;
}

Body Subscription::body() {
  if (subject_.package == EventPackage::message_summary) {
    return {"application/simple-message-summary",
            "Messages-Waiting: no\r\nMessage-Account: " + subject_.uri + "\r\n"};
  }
  auto all = calls_;
  for (auto& gone : std::exchange(over_, {})) all.push_back(std::move(gone));
  return {"application/dialog-info+xml", dialog_info(version_++, subject_.uri, all)};
}

void Subscription::tell(const std::string& state) {
  changed_ = false;
  if (!reachable()) return;
  told_ = core_.now.instant;
  const HeaderList headers{{"Contact", core_.contact(dialog_->next_hop())},
                           {"Event", event_},
                           {"Subscription-State", state}};
  const Body told = body();
  notify_ = core_.send_request(
      *dialog_, {.method = Method::notify, .headers = &headers, .body = &told}, id_);
}

void Subscription::receive_response(const Key& transaction, const MessagePtr& response,
                                    const Peer&) {
  if (response->status() < 200 || phase_ == Phase::ended) return;
  if (ends_subscription(response->status())) return end(Ended::Why::rejected, response);
  if (notify_ == transaction) notify_.reset();
  tell_when_due();
}

// 4.2.2: who is silent has crashed, or is gone. A connection that broke may be made anew.
void Subscription::request_failed(const Key& transaction, bool timed_out) {
  if (phase_ == Phase::ended) return;
  if (timed_out) return end(Ended::Why::timeout);
  if (notify_ == transaction) notify_.reset();
  changed_ = true;
}

void Subscription::fire(Timer timer) {
  if (phase_ == Phase::ended) return;
  if (timer == Timer::pause) {
    pausing_ = false;
    return tell_when_due();
  }
  if (timer != Timer::expiry) return;
  tell("terminated;reason=timeout");
  end(Ended::Why::expired);
}

}  // namespace strowger::sip
