#include "call/leg.hpp"

#include "call/bridge.hpp"
#include "call/call.hpp"
#include "call/info_digit.hpp"
#include "call/ladder.hpp"
#include "model/response_code.hpp"
#include "sdp/codec_match.hpp"
#include "sdp/parse.hpp"
#include "sip/headers.hpp"
#include "sip/multipart.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace strowger::call {

namespace {

constexpr std::size_t reasons_max = 4;
constexpr std::size_t reason_bytes_max = 256;

constexpr int not_acceptable = 488;
constexpr int server_error = 503;  // RFC 3261 8.1.3.1: a transport that failed counts as 503
constexpr int timeout = 408;       // and silence as 408
constexpr int loop_detected = 482;
constexpr int server_internal_error = 500;
constexpr int busy = 486;

constexpr std::size_t tag_length = 15;

std::string place_text(const sip::Peer& peer) {
  return std::string(sip::uri_name(peer.transport)) + ":" + peer.remote.text();
}

}  // namespace

std::vector<std::string> reasons_of(const sip::Message& message) {
  std::vector<std::string> reasons;
  for (const auto value : message.values(sip::HeaderName::reason)) {
    if (reasons.size() == reasons_max) break;
    if (value.size() <= reason_bytes_max) reasons.emplace_back(value);
  }
  return reasons;
}

sip::HeaderList reason_headers(const std::vector<std::string>& reasons) {
  sip::HeaderList headers;
  for (const auto& value : reasons) headers.emplace_back("Reason", value);
  return headers;
}

Leg::Leg(Call& call, int number, Target target)
    : call_(call), exchange_(call.exchange_), number_(number), target_(std::move(target)) {
  const model::CallLeg line{.number = number_,
                            .target = target_.uri,
                            .name = target_.name,
                            .party = target_.party,
                            .extension = target_.extension,
                            .device = target_.device_name,
                            .call_id = {},
                            .place = {},
                            .began_ms = call_.elapsed_ms(),
                            .answered_ms = {},
                            .ended_ms = {},
                            .phrase = {},
                            .note = {},
                            .reasons = {}};
  if (call_.record_.add_leg(line) == nullptr) spare_line_ = line;
}

Leg::~Leg() {
  if (session_ != 0) exchange_.legs_.erase(session_);
  end_media();
}

model::CallLeg& Leg::line() {
  auto* const line = call_.record_.leg(number_);
  return line != nullptr ? *line : spare_line_;
}

// ---- calling

bool Leg::open_media(std::string& why) {
  const auto port = exchange_.ports_.open(target_.peer.local.address);
  if (!port) {
    why = "no RTP port is free";
    return false;
  }
  exchange_.by_port_[port->id] = session_;
  media_ = std::make_unique<MediaSession>(*port, target_.peer.remote.address, exchange_.random_,
                                          call_.now_, MediaSession::every_codec(),
                                          target_.srtp ? sdp::Secrecy::required
                                                       : sdp::Secrecy::in_kind);
  return true;
}

// Nobody can be asked anything before there is a session: then the offer is ours when the caller
// made none, and not the phone's.
Result<sip::Body, std::string> Leg::offer() {
  if (!offered_ && target_.question) {
    if (const auto own = sdp::parse(media_->offer())) offered_ = *own;
  }
  if (!offered_) return sip::Body{};
  auto offer = *offered_;
  sdp::add_codecs(offer, call_.codecs_made(target_, false));
  if (target_.question) sdp::add_events(offer);
  const auto text = media_->describe(offer);
  if (!text) return unexpected(text.error());
  return sip::Body{"application/sdp", *text};
}

void Leg::invite(const Invitation& invitation) {
  began_ = call_.now_.instant;
  line().began_ms = call_.elapsed_ms();
  line().place = place_text(target_.peer);
  std::string why;
  if (target_.peer.remote == target_.peer.local && target_.inside.empty()) {
    return fail(loop_detected, "Loop Detected", "the address is our own");
  }
  if (!open_media(why)) return fail(server_internal_error, "No Media Port", why);
  offered_ = invitation.offer;
  const auto body = offer();
  if (!body) return fail(not_acceptable, "Not Acceptable Here", body.error());
  late_ = !offered_;
  sip::Invitation out;
  out.to = target_.peer;
  out.request_uri = target_.uri;
  out.from = target_.from.empty() ? invitation.from : target_.from;
  out.to_header = "<" + target_.uri + ">";
  for (const auto& route : target_.route) out.headers.emplace_back("Route", route);
  // A carrier is told of privacy in its own way.
  const auto told = [](const auto& header) { return header.first == "Privacy"; };
  const bool twice = std::ranges::any_of(target_.headers, told);
  std::ranges::copy_if(invitation.headers, std::back_inserter(out.headers),
                       [&](const auto& header) { return !twice || !told(header); });
  out.headers.insert(out.headers.end(), target_.headers.begin(), target_.headers.end());
  out.body = *body;
  // A reliable provisional could hold an offer whose PRACK would have to wait for the caller.
  out.reliable =
      late_ ? sip::Invitation::Reliable::unsupported : sip::Invitation::Reliable::supported;
  out.call_id = line().call_id = target_.inside.empty()
                                     ? exchange_.own_call_id()
                                     : target_.inside + exchange_.random_.token(tag_length);
  out.max_forwards = invitation.max_forwards;
  state_ = State::calling;
  if (!target_.login.username.empty()) {
    out.from_tag = exchange_.random_.token(tag_length);
    sent_ = out;
  }
  send_invite(std::move(out));
}

void Leg::send_invite(sip::Invitation invitation) {
  session_ = exchange_.agent_.invite(std::move(invitation), call_.now_);
  exchange_.agent_.set_login(session_, target_.login, target_.peer.remote.address);
  exchange_.legs_[session_] = this;
  exchange_.by_port_[media_->port()] = session_;
}

// RFC 3261 22.2: once for each realm, as several proxies on the way may want to know us (22.3), and
// once more when our answer was right but came too late. The session that was refused is nobody's
// any more.
bool Leg::answer_challenge(const sip::Message& refusal) {
  constexpr int answers_max = 4;
  if (!sent_ || answered_challenges_ == answers_max) return false;
  const auto realms = sip::realms_asked(refusal);
  const bool news = std::ranges::any_of(realms, [&](const std::string& realm) {
    return std::ranges::find(realms_answered_, realm) == realms_answered_.end();
  });
  const bool again = !news && sip::is_stale(refusal) && !std::exchange(answered_stale_, true);
  if (!news && !again) return false;
  auto answers = sip::answers_to(
      refusal, {.method = "INVITE", .uri = sent_->request_uri, .body = sent_->body.content},
      target_.login, exchange_.random_);
  if (answers.empty()) return false;
  ++answered_challenges_;
  ++sent_->cseq;
  if (again) {  // instead of what came too late for these
    std::erase_if(credentials_, [&](const auto& header) {
      return std::ranges::any_of(realms, [&](const std::string& realm) {
        return header.second.find("realm=\"" + realm + "\"") != std::string::npos;
      });
    });
  }
  credentials_.insert(credentials_.end(), answers.begin(), answers.end());
  realms_answered_.insert(realms_answered_.end(), realms.begin(), realms.end());
  auto out = *sent_;
  out.headers.insert(out.headers.end(), credentials_.begin(), credentials_.end());
  exchange_.legs_.erase(session_);
  tried_ = false;
  send_invite(std::move(out));
  return true;
}

// Contacts of one device that ring for one call are one call of it.
void Leg::take_line() {
  if (target_.device.empty()) return;
  for (const auto& leg : call_.legs_) {
    if (leg->alive() && leg->target_.device == target_.device) device_line_ = leg->device_line_;
  }
  if (!device_line_) {
    device_line_ = exchange_.lines_->take(call_.record_.account, target_.device, target_.lines_max);
  }
  if (!device_line_) target_.hopeless = Hopeless{busy, "all of its lines are in use"};
}

void Leg::adopt(Leg& other) {
  device_line_ = std::move(other.device_line_);
  held_ = std::move(other.held_);
  session_ = std::exchange(other.session_, 0);
  media_ = std::move(other.media_);
  description_ = other.description_;
  state_ = std::exchange(other.state_, State::over);
  other.call_.changed();
  other.line().ended_ms = other.call_.elapsed_ms();
  begin_answered();
}

void Leg::adopt_end_of(Call& other, sdp::Session agreed) {
  device_line_ = std::move(other.device_line_);
  held_ = std::move(other.held_);
  session_ = std::exchange(other.session_, 0);
  media_ = std::move(other.media_);
  description_ = std::move(agreed);
  state_ = State::answered;
  picked_up_ = true;
  line().call_id = other.record_.call_id;
  line().user_agent = other.record_.user_agent;
  line().note = "picked up the call";
  begin_answered();
}

bool Leg::rings_at(const PhoneSet& phones) const {
  if (state_ != State::ringing || target_.device.empty()) return false;
  return phones.devices.contains(target_.device) || phones.seats.contains(target_.seat);
}

void Leg::begin_answered() {
  call_.changed();
  began_ = call_.now_.instant;
  code_ = line().code = 200;
  phrase_ = line().phrase = "OK";
  line().place = place_text(target_.peer);
  line().answered_ms = call_.elapsed_ms();
  exchange_.legs_[session_] = this;
}

void Leg::learn_product(const sip::Message& message) {
  auto& known = line().user_agent;
  if (known.empty() && message.status() != 100) known = product_name(message);
}

// Does the caller talk with this one?
bool Leg::bridged() const { return call_.bridge_ && &call_.bridge_->leg() == this; }

void Leg::give_up(int code, std::string why) {
  fail(code, std::string(model::default_phrase(code)), std::move(why));
}

void Leg::fail(int code, std::string phrase, std::string note) {
  if (code_ == 0) {
    code_ = code;
    phrase_ = std::move(phrase);
  }
  line().code = code_;
  line().phrase = phrase_;
  if (!note.empty()) line().note = std::move(note);
  become_over();
}

void Leg::become_over() {
  if (state_ == State::over) return;
  state_ = State::over;
  device_line_.reset();
  held_.reset();
  call_.changed();
  if (target_.watch) target_.watch->over(call_.now_.instant);
  line().ended_ms = call_.elapsed_ms();
  call_.leg_is_over(*this);  // its packets come from our media, and go to it
  end_media();
  if (!call_.over()) call_.happen(Call::Happening::leg_changed);
}

void Leg::never_confirmed() {
  if (!line().answered_ms) return;
  auto& note = line().note;
  note += note.empty() ? "it never answered our BYE" : "; it never answered our BYE";
}

void Leg::end_media() {
  if (!media_) return;
  if (const auto last = media_->goodbye(call_.now_)) {
    exchange_.put(
        SendMedia{media_->port(), last->rtcp, last->to, {last->bytes.begin(), last->bytes.end()}});
  }
  exchange_.give_back(media_->port());
  media_.reset();
}

void Leg::end(const std::vector<std::string>& reasons, std::string note) {
  if (state_ == State::over) return;
  line().reasons = reasons;
  if (!note.empty()) line().note = std::move(note);
  if (state_ == State::answered || asked()) {
    exchange_.agent_.bye(session_, reason_headers(reasons), call_.now_);
  } else if (state_ != State::waiting) {
    exchange_.agent_.cancel(session_, call_.now_, reason_headers(reasons));
  }
  become_over();
}

void Leg::time_out() {
  if (asked()) return not_taken("answered, but pressed no key in time");
  timed_out_ = state_ == State::ringing;
  code_ = timeout;
  phrase_ = std::string(model::default_phrase(timeout));
  const std::string note = timed_out_ ? "not answered in time" : "gave no sign of life";
  exchange_.agent_.cancel(session_, call_.now_, {});
  line().note = note;
  become_over();
}

// ---- what comes of it

bool Leg::take_description(std::string_view body, std::string& why) {
  const auto parsed = sdp::parse(body);
  if (!parsed) {
    why = "unreadable SDP: " + sdp::text(parsed.error());
    return false;
  }
  if (offered_ && parsed->media.size() != offered_->media.size()) {
    why = std::string(sdp::text(sdp::Refusal::answer_mismatch));
    return false;
  }
  const auto taken = media_->take_stream(*parsed, call_.now_);
  if (!taken) {
    why = taken.error();
    return false;
  }
  description_ = *parsed;
  return true;
}

void Leg::on(const sip::Progressed& event) {
  if (!alive() || up() || asked()) return;
  if (std::exchange(state_, State::ringing) != State::ringing) call_.changed();
  const auto body = sip::sdp_in(*event.response);
  std::string why;
  if (!body.empty() && !late_) take_description(body, why);
  call_.happen(Call::Happening::leg_changed);
}

void Leg::on(const sip::Accepted& event) {
  if (up()) return bridged() ? call_.bridge_->accepted(false, *event.response) : void();
  if (!alive() || asked()) return;
  const auto body = sip::sdp_in(*event.response);
  std::string why = "no SDP in its answer";
  state_ = State::answered;
  call_.changed();
  code_ = line().code = event.response->status();
  phrase_ = line().phrase = std::string(event.response->reason_phrase());
  line().answered_ms = call_.elapsed_ms();
  if (target_.watch) target_.watch->answered(call_.now_.instant);
  // Its answer may have been in a reliable provisional (RFC 6337 §3.1).
  const bool described = body.empty() ? description_.has_value() : take_description(body, why);
  if (!described) {
    exchange_.agent_.bye(session_, {}, call_.now_);
    code_ = 0;
    return fail(not_acceptable, "Not Acceptable Here", std::move(why));
  }
  if (target_.question) return ask();
  call_.happen(Call::Happening::leg_changed);
}

void Leg::on(const sip::Refused& event) {
  if (up()) return bridged() ? call_.bridge_->refused(false, event.response.get()) : void();
  if (!alive() || asked()) return;
  const bool challenged = sip::is_challenge(event.response->status());
  if (challenged && answer_challenge(*event.response)) return;
  code_ = event.response->status();
  phrase_ = std::string(event.response->reason_phrase());
  reasons_ = line().reasons = reasons_of(*event.response);
  std::string note;
  // Nobody's credentials go to a phone (CVE-2021-41158).
  if (challenged) {
    note = answered_challenges_ > 0 ? "it does not take our credentials"
                                    : "it wants credentials: it gets none";
  }
  if (code_ >= 300 && code_ < 400) note = "it redirects the call: not followed";
  if (code_ >= 300 && code_ <= 302) {
    redirects_to_ = redirections(*event.response, {target_.peer.local, call_.request_uri_.host,
                                                   exchange_.config_.advertised});
  }
  fail(code_, phrase_, std::move(note));
}

void Leg::on(const sip::Established& event) {
  if (up() && bridged()) call_.bridge_->acknowledged(false, event.body);
}

void Leg::on(const sip::Reoffered& event) {
  if (bridged() && !asked()) return call_.bridge_->pass_offer(false, event);
  exchange_.agent_.refuse_offer(session_, 491, call_.now_, model::default_phrase(491));
}

void Leg::on(const sip::Withdrawn&) {
  if (up() && bridged()) call_.bridge_->withdrawn(false);
}

void Leg::on(const sip::Referred& event) { call_.asked_to_transfer(this, event); }

void Leg::on(const sip::Refreshed& event) {
  const auto said = sdp::parse(event.answer.content);
  if (!up() || !media_ || !said) return;
  static_cast<void>(media_->take_stream(*said, call_.now_));
  if (bridged()) call_.bridge_->agree();
}

void Leg::on(const sip::InfoReceived& event) {
  if (up() && bridged()) call_.bridge_->pass_info(false, *event.info);
  if (const auto digit = asked() ? digit_in(*event.info) : std::nullopt) press(*digit);
}

void Leg::on(const sip::Ended& event) {
  using Why = sip::Ended::Why;
  if (state_ == State::over) return;
  if (event.message && event.why == Why::bye_received) {
    reasons_ = line().reasons = reasons_of(*event.message);
  }
  if (up()) {
    lost_ = event.why != Why::bye_received && event.why != Why::bye_sent;
    if (event.why == Why::timeout || event.why == Why::transport_failed) {
      line().note = event.why == Why::timeout ? "it was lost" : "its connection failed";
      reasons_ = line().reasons = {std::string(far_end_lost)};
    }
    if (event.why == Why::expired) {
      line().note = "it was not heard from any more: its session expired";
      reasons_ = line().reasons = {std::string(session_expired)};
    }
    return become_over();
  }
  if (asked()) {
    return not_taken(event.why == Why::bye_received ? "answered, and hung up without pressing 1"
                                                    : "answered, and was lost");
  }
  if (event.why == Why::timeout) return fail(timeout, "Request Timeout", "gave no sign of life");
  const bool left = event.why == Why::bye_received;
  fail(server_error, "Service Unavailable", left ? "hung up unanswered" : "its connection failed");
}

}  // namespace strowger::call
