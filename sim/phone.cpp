#include "sim/phone.hpp"

#include "sim/phone_messages.hpp"
#include "sip/headers.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sim {
namespace {

sip::UserAgent::Config agent_config(const PhoneOptions& options) {
  sip::UserAgent::Config config;
  config.session_timer = options.session_timer;
  config.server_name = "Strowger caller";
  return config;
}

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

bool is_final_failure(const sip::Message& message) {
  return message.status() >= 300 && message_method(message) == "INVITE";
}

}  // namespace

bool Loss::takes(const sip::Message& message, bool is_received) {
  if (is_received != received || start_word(message) != what) return false;
  if (!cseq_method.empty() && message_method(message) != cseq_method) return false;
  ++seen;
  switch (which) {
    case Which::all:
      return true;
    case Which::first:
      return seen <= count;
    case Which::after_first:
      return seen > count;
  }
  return false;
}

Phone::Phone(PhoneOptions options, sip::Peer line, Endpoint media, Random& random)
    : options_(std::move(options)),
      line_(line),
      random_(random),
      ear_(options_, media, random),
      agent_(agent_config(options_), random),
      errands_(options_, random) {}

// ---- what comes in

void Phone::receive_sip(const sip::Peer& from, std::string bytes, Now now) {
  if (vanished_) return;
  auto parsed = sip::Message::parse(bytes);
  if (!parsed) return;
  const auto message = std::make_shared<const sip::Message>(std::move(*parsed));
  const bool lost = swallow(*message, true);
  log(true, message, lost, now);
  if (lost) {
    // What follows it was announced all the same.
    if (!message->body().empty()) ear_.expect_sound();
    return;
  }
  if (!message->is_request()) note_response(*message, now);
  if (!errands_.take(*message, line_, now)) agent_.receive(from, std::move(bytes), now);
  drain(now);
}

void Phone::receive_media(bool rtcp, std::span<const std::byte> packet, Now now) {
  if (vanished_) return;
  ear_.receive(packet, rtcp, now.instant);
}

void Phone::connection_failed(std::uint64_t connection, Now now) {
  if (line_.connection == connection) line_.connection = 0;
  agent_.connection_failed(connection, now);
  drain(now);
}

// Before the agent acts on it: a PRACK or ACK that has to carry our answer leaves with this very
// message.
void Phone::note_response(const sip::Message& response, Now now) {
  const std::string_view method = message_method(response);
  if (method == "BYE" && early_bye_) {
    early_bye_.reset();
    // It ended the early dialog, or the confirmed one when a 2xx crossed it.
    if (answered_ && response.status() == 200) end(now);
  }
  if (method != "INVITE" && method != "UPDATE" && method != "PRACK") return;
  if (!response.body().empty() && response.status() > 100 && response.status() < 300) {
    give_answer_for(response);
    ear_.expect_sound();
  }
  // In a call a refusal changes nothing (14.1).
  if (method == "INVITE" && !answered_ && is_final_failure(response)) {
    ear_.expect_no_more(now.instant);
  }
  // Noted here as well: of a 2xx that crossed our CANCEL the agent only gets rid.
  if (method == "INVITE" && response.status() >= 200 && !final_) {
    final_ = std::make_shared<const sip::Message>(response);
  }
}

void Phone::give_answer_for(const sip::Message& response) {
  const bool we_offered = options_.offer || options_.body.has_value() || offer_answered_;
  if (we_offered) {
    ear_.take_answer(response.body());
    return;
  }
  auto answer = ear_.answer(response.body());
  if (!answer) return;
  offer_answered_ = true;
  agent_.set_answer(session_, {"application/sdp", std::move(*answer)});
}

// ---- time

void Phone::tick(Now now) {
  if (vanished_) return;
  agent_.tick(now);
  errands_.tick(now);
  if (early_bye_ && early_bye_due_ <= now.instant) {
    send(line_, early_bye_, now);
    early_bye_wait_ = std::min(early_bye_wait_ * 2, sip::t2);
    early_bye_due_ = now.instant + early_bye_wait_;
    if (now.instant >= early_bye_end_ || sip::is_reliable(line_.transport)) early_bye_.reset();
  }
  ear_.tick(now.instant);
  drain(now);
}

std::optional<Instant> Phone::deadline() const {
  if (vanished_) return std::nullopt;
  std::optional<Instant> first = agent_.deadline();
  const auto consider = [&](std::optional<Instant> due) {
    if (due && (!first || *due < *first)) first = due;
  };
  consider(ear_.deadline());
  consider(errands_.deadline());
  if (early_bye_) consider(early_bye_due_);
  return first;
}

// ---- what goes out

std::optional<Phone::Output> Phone::poll() {
  if (out_.empty()) return std::nullopt;
  Output output = std::move(out_.front());
  out_.pop_front();
  return output;
}

void Phone::drain(Now now) {
  do {
    while (auto event = agent_.poll()) handle(*event, now);
    // Only now: a verb wants the agent drained.
  } while (authenticate(now));
  while (auto bytes = errands_.poll()) send(line_, std::move(bytes), now);
  while (auto packet = ear_.poll()) {
    out_.push_back(SendMedia{packet->rtcp, packet->to, std::move(packet->bytes)});
  }
}

void Phone::handle(const sip::Output& output, Now now) {
  std::visit(Overloaded{
                 [&](const sip::Send& event) { send(event.peer, event.bytes, now); },
                 [&](const sip::Accepted& event) {
                   final_ = event.response;
                   answered_ = true;
                   ear_.talk(now.instant);
                 },
                 [&](const sip::Invited& event) { be_called(event, now); },
                 [&](const sip::Established& event) {
                   if (!event.body.empty()) ear_.take_answer(event.body.content);
                   ear_.talk(now.instant);
                 },
                 [&](const sip::Refused& event) {
                   if (event.session != session_) return;
                   final_ = event.response;
                   challenge_ = event.response;
                 },
                 [&](const sip::Reoffered& event) {
                   const auto body = event.offer.empty()
                                         ? std::optional(ear_.reoffer(Reoffer::same))
                                         : ear_.answer(event.offer.content);
                   if (body) {
                     agent_.answer_offer(event.session, {"application/sdp", *body}, now);
                   } else {
                     agent_.refuse_offer(event.session, 488, now);
                   }
                 },
                 [&](const sip::Ended& event) {
                   if (event.session == session_) end(now);
                 },
                 [&](const sip::Gone& event) { gone_ = gone_ || event.session == session_; },
                 [](const auto&) {},
             },
             output);
}

// One line: a second call finds it busy.
void Phone::be_called(const sip::Invited& event, Now now) {
  if (session_ != 0 && !over_) {
    agent_.reject(event.session, {.status = 486, .phrase = "Busy Here"}, now);
    return;
  }
  session_ = event.session;
  invite_ = event.invite;
  invited_at_ = now.instant;
  description_.clear();
  answered_ = over_ = gone_ = false;
  ear_.begin_again();
  if (!invite_->body().empty()) ear_.expect_sound();
}

void Phone::end(Now now) {
  over_ = true;
  ear_.expect_no_more(now.instant);
}

bool Phone::swallow(const sip::Message& message, bool received) {
  bool lost = false;
  for (Loss& loss : options_.losses) lost = loss.takes(message, received) || lost;
  return lost;
}

void Phone::log(bool received, sip::MessagePtr message, bool lost, Now now) {
  const bool again = std::any_of(passed_.begin(), passed_.end(), [&](const Passed& before) {
    return before.received == received && !before.lost &&
           before.message->bytes() == message->bytes();
  });
  passed_.push_back({now.instant, received, std::move(message), lost, again});
}

void Phone::send(const sip::Peer& peer, std::shared_ptr<const std::string> bytes, Now now) {
  auto parsed = sip::Message::parse(*bytes);
  if (!parsed) return;
  const auto message = std::make_shared<const sip::Message>(std::move(*parsed));
  const bool lost = swallow(*message, false);
  log(false, message, lost, now);
  if (message->is_request() && message_method(*message) == "INVITE" && !answered_) {
    invite_bytes_ = bytes;
  }
  if (!lost) out_.push_back(SendSip{peer, std::move(bytes)});
}

}  // namespace strowger::sim
