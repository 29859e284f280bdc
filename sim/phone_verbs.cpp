// What a caller does with the phone.
#include "sim/phone.hpp"

#include "sim/phone_messages.hpp"
#include "sip/headers.hpp"
#include "sip/login.hpp"
#include "sip/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace strowger::sim {
namespace {

constexpr std::string_view anonymous_uri = "sip:anonymous@anonymous.invalid";  // RFC 3323 4.1.1.3

std::string from_value(const PhoneOptions& options, const sip::Peer& line) {
  if (options.anonymous) return fmt::format("\"Anonymous\" <{}>", anonymous_uri);
  const std::string name =
      options.display_name.empty() ? "" : sip::quoted_string(options.display_name) + ' ';
  return fmt::format("{}<sip:{}@{}>", name, sip::escape_user(options.user),
                     line.local.address.uri_text());
}

}  // namespace

std::string Phone::target() const {
  if (options_.to.find(':') != std::string::npos) return options_.to;
  const std::string transport = line_.transport == sip::Transport::udp
                                    ? ""
                                    : fmt::format(";transport={}", sip::uri_name(line_.transport));
  return fmt::format("sip:{}@{}:{}{}", sip::escape_user(options_.to),
                     line_.remote.address.uri_text(), line_.remote.port, transport);
}

sip::Invitation Phone::invitation() {
  sip::Invitation invitation;
  invitation.to = line_;
  invitation.request_uri = target();
  invitation.from = from_value(options_, line_);
  invitation.to_header = fmt::format("<{}>", target());
  invitation.headers = options_.headers;
  if (options_.early_media_header) invitation.headers.emplace_back("P-Early-Media", "supported");
  invitation.reliable = options_.reliable;
  if (options_.body) {
    invitation.body = {options_.body_type, *options_.body};
  } else if (options_.offer) {
    invitation.body = {"application/sdp", ear_.offer()};
  }
  return invitation;
}

void Phone::invite(Now now) {
  invited_at_ = now.instant;
  session_ = agent_.invite(invitation(), now);
  drain(now);
}

bool Phone::authenticate(Now now) {
  const sip::MessagePtr refusal = std::exchange(challenge_, nullptr);
  if (!refusal || options_.login.empty() || tried_login_) return false;
  sip::Invitation again = invitation();
  auto answers = sip::answers_to(*refusal,
                                 {.method = "INVITE",
                                  .uri = again.request_uri,
                                  .body = again.body.content},
                                 {options_.login, options_.password, {}}, random_);
  if (answers.empty()) return false;
  tried_login_ = true;
  again.headers.insert(again.headers.end(), answers.begin(), answers.end());
  over_ = gone_ = false;
  final_ = nullptr;
  session_ = agent_.invite(std::move(again), now);
  return true;
}

bool Phone::repeat_invite(Now now) {
  if (!invite_bytes_) return false;
  send(line_, invite_bytes_, now);
  return true;
}

bool Phone::cancel(Now now) {
  if (session_ == 0 || over_) return false;
  agent_.cancel(session_, now);
  drain(now);
  return true;
}

bool Phone::bye(Now now) {
  if (session_ == 0 || over_) return false;
  if (answered_) {
    const bool sent = agent_.bye(session_, {}, now);
    drain(now);
    return sent;
  }
  const std::string bytes = early_bye();
  if (bytes.empty()) return false;
  early_bye_ = std::make_shared<const std::string>(bytes);
  early_bye_wait_ = sip::t1;
  early_bye_due_ = now.instant + sip::t1;
  early_bye_end_ = now.instant + 64 * sip::t1;
  send(line_, early_bye_, now);
  return true;
}

// In the dialog that the newest provisional with a To tag made; "" when there is none yet.
std::string Phone::early_bye() const {
  const sip::Message* provisional = nullptr;
  const sip::Message* invite = nullptr;
  std::uint32_t sequence = 0;
  for (const Passed& passed : passed_) {
    const sip::Message& message = *passed.message;
    if (passed.received && !passed.lost && !message.is_request() && message.status() > 100 &&
        message.status() < 200 && !sip::to_tag(message).empty()) {
      provisional = &message;
    }
    if (passed.received || !message.is_request()) continue;
    if (message.method() == sip::Method::invite) invite = &message;
    sequence = std::max(sequence, message_sequence(message));
  }
  if (provisional == nullptr || invite == nullptr) return "";
  const auto remote = sip::contact(*provisional);
  const std::string uri = remote ? std::string(remote->uri) : target();
  sip::Writer writer = sip::Writer::request(sip::Method::bye, uri);
  std::string branch = "z9hG4bK";
  branch += random_.token(16);
  writer.header(sip::HeaderName::via,
                fmt::format("SIP/2.0/{} {};branch={};rport", sip::via_name(line_.transport),
                            line_.local.text(), branch));
  writer.header(sip::HeaderName::max_forwards, 70);
  writer.copy_first(*invite, sip::HeaderName::from);
  writer.copy_first(*provisional, sip::HeaderName::to);
  writer.copy_first(*invite, sip::HeaderName::call_id);
  writer.header(sip::HeaderName::cseq, fmt::format("{} BYE", sequence + 1));
  return writer.finish();
}

// What the phone says of its media: an answer, or an offer when the INVITE held none; once per
// call.
std::string Phone::description() {
  if (!description_.empty()) return description_;
  if (invite_->body().empty()) description_ = ear_.offer();
  else description_ = ear_.answer(invite_->body()).value_or("");
  ear_.expect_sound();
  return description_;
}

bool Phone::respond(const Response& response, Now now) {
  if (!invite_ || over_) return false;
  sip::Answer answer{.status = response.code, .phrase = response.phrase,
                     .headers = response.headers, .body = {}};
  const bool described = response.described || response.code / 100 == 2;
  if (described) answer.body = {"application/sdp", description()};
  if (described && answer.body.content.empty()) return false;
  bool done = false;
  if (response.code < 200) {
    done = agent_.progress(session_, std::move(answer), response.reliable, now);
    if (described) ear_.talk(now.instant);
  } else if (response.code < 300) {
    done = answered_ = agent_.accept(session_, std::move(answer.body), now);
  } else {
    done = agent_.reject(session_, std::move(answer), now);
  }
  drain(now);
  return done;
}

bool Phone::press(std::string_view digits, Now now) {
  if (!ear_.can_press()) return false;
  ear_.press(digits, now.instant);
  ear_.tick(now.instant);
  drain(now);
  return true;
}

bool Phone::info_digit(char digit, Now now) {
  const std::string body = fmt::format("Signal={}\r\nDuration=160\r\n", digit);
  const bool sent = agent_.info(session_, {"application/dtmf-relay", body}, now);
  drain(now);
  return sent;
}

bool Phone::reinvite(Reoffer how, Now now) {
  if (!answered_ || over_) return false;
  const bool sent = agent_.reinvite(session_, {"application/sdp", ear_.reoffer(how)}, now);
  drain(now);
  return sent;
}

bool Phone::refer(const std::string& to, Now now) {
  const bool whole = to.find(':') != std::string::npos;
  const auto value = whole ? to : fmt::format("<sip:{}@{}>", to, line_.remote.address.uri_text());
  const bool sent = agent_.refer(session_, {{"Refer-To", value}}, now);
  drain(now);
  return sent;
}

void Phone::subscribe(const std::string& event, const std::string& user,
                      std::chrono::seconds lasts, Now now) {
  errands_.subscribe(event, user, lasts, line_, now);
  drain(now);
}

bool Phone::unsubscribe(Now now) {
  const bool sent = errands_.unsubscribe(line_, now);
  drain(now);
  return sent;
}

void Phone::message(const std::string& user, const std::string& text, Now now) {
  errands_.message(user, text, line_, now);
  drain(now);
}

bool Phone::vanish() {
  vanished_ = over_ = gone_ = true;
  ear_.expect_no_more(invited_at_.value_or(Instant{}));
  return true;
}

bool Phone::update(Reoffer how, Now now) {
  if (session_ == 0 || over_) return false;
  const bool sent = agent_.update(session_, {"application/sdp", ear_.reoffer(how)}, now);
  drain(now);
  return sent;
}

}  // namespace strowger::sim
