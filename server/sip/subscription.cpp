#include "sip/subscription.hpp"

#include "sip/headers.hpp"

#include <utility>

namespace strowger::sip {

using std::chrono::seconds;

Subscription::Subscription(AgentCore& core, SessionId id, std::string device,
                           std::shared_ptr<SubscriptionCount> count)
    : Session(core, id), device_(std::move(device)), count_(std::move(count)) {
  ++count_->all;
  ++count_->of_device[device_];
}

Subscription::~Subscription() {
  --count_->all;
  if (--count_->of_device[device_] == 0) count_->of_device.erase(device_);
}

void Subscription::start(const Request& request, seconds lasts) {
  const Message& subscribe = *request.message;
  account_ = to(subscribe)->uri;
  event_ = subscribe.header(HeaderName::event).value_or("");
  dialogs_.push_back(Dialog::as_server(subscribe, core_.find(id_)->tag, request.source));
  dialog_ = &dialogs_.back();
  core_.add_dialog(id_, *dialog_);
  core_.track_connection(id_, request.source.connection);
  grant(request, lasts);
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
  if (lasts == seconds{0}) {
    tell("terminated;reason=timeout");
    return end(Ended::Why::expired);
  }
  arm(Timer::expiry, lasts);
  tell("active;expires=" + std::to_string(lasts.count()));
}

void Subscription::tell(const std::string& state) {
  const HeaderList headers{{"Contact", core_.contact(dialog_->next_hop())},
                           {"Event", event_},
                           {"Subscription-State", state}};
  const Body body{"application/simple-message-summary",
                  "Messages-Waiting: no\r\nMessage-Account: " + account_ + "\r\n"};
  core_.send_request(*dialog_, {.method = Method::notify, .headers = &headers, .body = &body},
                     id_);
}

// 4.2.2: a subscriber that refuses the NOTIFY, or is silent, knows of no subscription.
void Subscription::receive_response(const Key&, const MessagePtr& response, const Peer&) {
  if (response->status() < 300 || phase_ == Phase::ended) return;
  end(Ended::Why::rejected, response);
}

void Subscription::request_failed(const Key&, bool timed_out) {
  if (phase_ == Phase::ended) return;
  end(timed_out ? Ended::Why::timeout : Ended::Why::transport_failed);
}

void Subscription::fire(Timer timer) {
  if (timer != Timer::expiry || phase_ == Phase::ended) return;
  tell("terminated;reason=timeout");
  end(Ended::Why::expired);
}

}  // namespace strowger::sip
