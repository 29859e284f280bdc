// Session: REFER and what becomes of it (RFC 3515). The implicit subscription outlives a session
// whose end its subscriber asked for (RFC 5057 4.2).
#include "sip/headers.hpp"
#include "sip/refer.hpp"
#include "sip/session.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace strowger::sip {

namespace {

constexpr std::string_view sipfrag = "message/sipfrag;version=2.0";
constexpr std::size_t notifies_kept = 8;  // whose answers may be awaited at a time

}  // namespace

void Session::receive_refer(const Request& request) {
  if (!core_.config.transfers) return refuse(request, 405, "Method Not Allowed");
  if (phase_ != Phase::confirmed || refer_ || subscription_) {
    return refuse(request, 491, "Request Pending");
  }
  refer_ = std::make_unique<Request>(request);
  core_.emit(Referred{id_, request.message});
}

bool Session::answer_refer(int status, std::string_view phrase) {
  if (!refer_) return false;
  const Request request = *std::exchange(refer_, nullptr);
  if (status >= 300) {
    refuse(request, status, phrase);
    return true;
  }
  HeaderList headers;
  const bool silent = wants_no_subscription(*request.message);
  if (silent) headers.emplace_back("Refer-Sub", "false");
  core_.respond(request,
                {.status = 202, .phrase = "Accepted", .contact = true, .headers = &headers});
  // §2.4.6: of the first one the id may be left out, and old phones do not know it.
  const auto number = cseq(*request.message).value_or(CSeq{}).number;
  if (!silent) subscription_ = ++refers_ > 1 ? "refer;id=" + std::to_string(number) : "refer";
  return true;
}

Key AgentCore::send_notify(Dialog& dialog, const std::string& event, int status,
                           std::string_view phrase, SessionId session) {
  const bool last = status >= 200;
  const HeaderList headers{
      {"Contact", contact(dialog.next_hop())},
      {"Event", event},
      {"Subscription-State", last ? "terminated;reason=noresource" : "active;expires=180"}};
  const Body body{std::string(sipfrag),
                  "SIP/2.0 " + std::to_string(status) + " " + std::string(phrase) + "\r\n"};
  return send_request(dialog, {.method = Method::notify, .headers = &headers, .body = &body},
                      session);
}

bool Session::notify(int status, std::string_view phrase) {
  if (phase_ != Phase::confirmed || !subscription_) return false;
  if (notifies_.size() >= notifies_kept) notifies_.erase(notifies_.begin());
  notifies_.push_back(core_.send_notify(*dialog_, *subscription_, status, phrase, id_));
  if (status >= 200) subscription_.reset();
  return true;
}

void Session::leave_subscription() {
  SessionEntry* const entry = core_.find(id_);
  if (entry == nullptr || !subscription_ || dialog_ == nullptr) return;
  entry->subscription = std::make_unique<ImplicitSubscription>(
      ImplicitSubscription{*dialog_, std::move(*subscription_)});
  subscription_.reset();
}

// What becomes of it is nobody's loss: the call goes on.
bool Session::is_notify(const Key& transaction) {
  return std::erase(notifies_, transaction) > 0;
}

bool Session::refer(const HeaderList& headers) {
  if (phase_ != Phase::confirmed) return false;
  ++refers_sent_;
  core_.send_request(*dialog_, {.method = Method::refer, .headers = &headers}, id_);
  return true;
}

// Of a REFER of ours; what it says is seen by whoever looks at messages.
void Session::receive_notify(const Request& request) {
  if (refers_sent_ == 0) return refuse(request, 481, "Subscription Does Not Exist");
  ok(request);
}

}  // namespace strowger::sip
