// How a call comes to be heard: early media (RFC 3960, 3262), the answer, playing.
#include "call/bridge.hpp"
#include "call/call.hpp"
#include "call/leg.hpp"
#include "call/wait.hpp"
#include "sdp/parse.hpp"
#include "sip/headers.hpp"
#include "sip/inside.hpp"
#include "sip/multipart.hpp"

#include <algorithm>
#include <utility>

namespace strowger::call {

bool Call::ensure_media(std::string& why) {
  if (media_) return true;
  const auto port = exchange_.ports_.open(peer_.local.address);
  if (!port) {
    why = "no RTP port is free";
    return false;
  }
  exchange_.by_port_[port->id] = session_;
  media_ = std::make_unique<MediaSession>(*port, peer_.remote.address, exchange_.random_, now_,
                                          exchange_.config_.codecs,
                                          srtp_required_ ? sdp::Secrecy::required
                                                         : sdp::Secrecy::in_kind);
  return true;
}

bool Call::require_srtp() {
  if (sip::is_inside(peer_)) return true;  // between two shards; its device talks to the other
  srtp_required_ = true;
  const auto offer = sdp::parse(offered_sdp());
  // No offer: ours will have keys. An unreadable one is refused where it is needed.
  if (!offer || std::ranges::any_of(offer->media, sdp::is_srtp)) return true;
  refuse_session(std::string(sdp::text(sdp::Refusal::srtp_missing)));
  return false;
}

// RTP ports are free again as soon as the call is over (spec: after the final response).
void Call::end_media() {
  disarm(Alarm::media);
  exchange_.beat_.leave(*this);
  disarm(Alarm::repeat_progress);
  if (!media_) return;
  if (playing_) stop_playing(over() ? "the call ended" : "");
  if (const auto last = media_->goodbye(now_)) {
    exchange_.put(
        SendMedia{media_->port(), last->rtcp, last->to, {last->bytes.begin(), last->bytes.end()}});
  }
  exchange_.give_back(media_->port());
  media_.reset();
}

std::string_view Call::offered_sdp() const { return sip::sdp_in(*invite_); }

// ---- early media

Result<sip::Body, std::string> Call::early_description(bool one_way, bool reliable) {
  std::string why;
  const auto offer = offered_sdp();
  // A late offer: only a reliable 183 may carry ours, and the PRACK brings the answer (RFC 3262
  // §5).
  if (offer.empty() && !reliable) {
    return unexpected(std::string("no offer in the INVITE and no 100rel"));
  }
  if (!ensure_media(why)) return unexpected(why);
  if (offer.empty()) {
    awaiting_answer_ = true;
    return sip::Body{"application/sdp", media_->offer()};
  }
  const auto answer = media_->answer(offer, {.early = true, .one_way = one_way}, now_);
  if (!answer) return unexpected(answer.error());
  return sip::Body{"application/sdp", *answer};
}

Task<bool> Call::open_early_media(Hearing hearing) {
  const bool one_way = hearing == Hearing::one_way;
  if (answered()) co_return true;
  if (over()) co_return false;
  if (early_media_) co_return *early_media_;
  early_media_ = false;
  progress_reliable_ = exchange_.agent_.peer_supports_reliable(session_) ||
                       exchange_.agent_.peer_requires_reliable(session_);
  auto description = early_description(one_way, progress_reliable_);
  if (!description) {
    why_no_early_media_ = description.error();
    co_return false;
  }
  begin_progress(one_way);
  if (progress_reliable_) {
    const auto due = now_.instant + limits().prack_wait;
    while (!progress_acknowledged_ && now_.instant < due) {
      co_await until(Happening::prack, due);
    }
  }
  early_media_ = media_ && media_->negotiated() && media_->far_end_listens();
  if (!*early_media_ && why_no_early_media_.empty()) {
    why_no_early_media_ = media_ && media_->negotiated() ? "the caller does not listen (hold)"
                                                         : "no answer to our offer (PRACK)";
  }
  early_media_began_ = now_.instant;
  co_return *early_media_;
}

// Its body is the description that the session has in mind.
void Call::begin_progress(bool one_way) {
  progress_ = sip::Answer{
      .status = 183, .phrase = "Session Progress", .headers = {}, .body = {}};
  // RFC 5009 §8: without it an IMS core keeps the gate shut.
  if (invite_->header(sip::HeaderName::p_early_media)) {
    progress_->headers.emplace_back("P-Early-Media", one_way ? "sendonly" : "sendrecv");
  }
  send_progress();
}

// First 183 and its repetitions. A reliable one is retransmitted by the agent until its PRACK;
// every minute another is due, lest proxies give up waiting (RFC 3261 13.3.1.1, Timer C).
void Call::send_progress() {
  if (phase_ != Phase::inviting) return;
  if (!progress_) return send_alert();
  const bool first = progress_began_ == Instant{};
  if (first) progress_began_ = now_.instant;
  sip::Answer progress = *progress_;
  const bool delivered = !first && progress_reliable_;
  if (!delivered) progress.body = {"application/sdp", media_->local_description()};
  if (first || !progress_reliable_ || progress_acknowledged_) {
    send_provisional(std::move(progress), progress_reliable_);
    if (first) pracks_to_progress_ = pracks_due_;
  }
  const bool soon = first && !progress_reliable_;
  arm(Alarm::repeat_progress,
      now_.instant + (soon ? limits().progress_repeat_first : limits().progress_repeat));
}

// One after the other is acknowledged (RFC 3262 3).
void Call::send_provisional(sip::Answer provisional, bool reliable) {
  const bool sent =
      exchange_.agent_.progress(session_, std::move(provisional), reliable, now_);
  if (sent && reliable) ++pracks_due_;
}

// ---- answer

Result<sip::Body, std::string> Call::answer_description() {
  std::string why;
  if (bridge_ && !(media_ && media_->negotiated())) return bridge_->introduce();
  const auto offer = offered_sdp();
  if (!ensure_media(why)) return unexpected(why);
  if (offer.empty()) {
    // A late offer already answered in PRACK needs no more SDP (RFC 6337 §3.1).
    if (media_->negotiated()) return sip::Body{};
    awaiting_answer_ = true;
    return sip::Body{"application/sdp", media_->offer()};
  }
  // Offer and answer were exchanged in the reliable 183: no second answer (RFC 6337 §3.1).
  if (progress_ && progress_reliable_ && progress_acknowledged_) return sip::Body{};
  // An unreliable 183 showed the answer; the 200 repeats it (RFC 3261 13.2.1).
  if (progress_ && media_->negotiated()) {
    if (bridge_) bridge_->introduce_again();
    return sip::Body{"application/sdp", media_->local_description()};
  }
  const auto answer = media_->answer(offer, {}, now_);
  if (!answer) return unexpected(answer.error());
  return sip::Body{"application/sdp", *answer};
}

Task<bool> Call::answer() {
  if (answered()) {
    if (transfer_ && !over()) taken_by_the_flow();
    co_return true;
  }
  if (over()) co_return false;
  // No 2xx while a reliable 183 with SDP is unacknowledged (RFC 3262 §3).
  while (progress_ && progress_reliable_ && !progress_acknowledged_ && !progress_given_up_) {
    co_await until(Happening::prack);
  }
  if (progress_given_up_ && !progress_acknowledged_) {
    auto rejection = standard_rejection(504);
    rejection.disposition = model::Disposition::failed;
    reject(std::move(rejection));
    co_return false;
  }
  const auto description = answer_description();
  if (!description) {
    note("cannot answer: " + description.error());
    refuse_session(description.error());
    co_return false;
  }
  was_answered();
  exchange_.agent_.accept(session_, *description, now_);
  co_await until(Happening::established);
  co_return media_ && media_->negotiated();
}

// The record before the 200 (DESIGN law 5).
void Call::was_answered() {
  phase_ = Phase::answered;
  changed();
  disarm(Alarm::unanswered);
  disarm(Alarm::repeat_progress);
  arm(Alarm::call_limit, now_.instant + limits().call_max);
  media_->answered(now_);
  record_.answered = now_.wall;
  record_.disposition = model::Disposition::answered;
  record_.code = 200;
  record_.phrase = "OK";
  store(Stored::before_answer);
}

// RFC 3261 13.3.1.3, 21.4.26: no session can be agreed on; the Warning says why (20.43).
void Call::refuse_session(const std::string& why) {
  auto rejection = standard_rejection(488);
  rejection.disposition = model::Disposition::failed;
  std::string safe;
  for (const char c : why) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += c;
  }
  rejection.headers.emplace_back("Warning",
                                 "304 " + peer_.local.address.uri_text() + " \"" + safe + "\"");
  reject(std::move(rejection));
}

// ---- playing

void Call::skip_media(std::string_view media_id, std::string reason) {
  exchange_.log(LogLevel::warning, this, [&] {
    return "media " + std::string(media_id) + " not played: " + reason;
  });
  record_.add_media({.media_id = std::string(media_id),
                     .skipped = std::move(reason),
                     .at_ms = elapsed_ms(),
                     .leg = number_});
}

void Call::stop_playing(std::string_view why) {
  playing_->sent_ms = media_->playing() ? media_->played_ms() : media_played_ms_;
  playing_->packets = media_->packets_sent() - packets_before_;
  playing_->skipped = why;
  record_.add_media(*std::exchange(playing_, std::nullopt));
  media_->stop();
  disarm(Alarm::media);
  watch_media();
}

void Call::start_playing(const Media& media, int loops) {
  playing_ = model::PlayedMedia{.media_id = media.id,
                                .codec = std::string(media_->codec_name()),
                                .at_ms = elapsed_ms(),
                                .leg = number_};
  packets_before_ = media_->packets_sent();
  media_played_ms_ = media.prompt->duration_ms() * std::max(loops, 1);
  media_->play(media.prompt, loops, now_);
  // Nothing is sent at once: a 183 that was just asked for has to leave before the sound does (RFC
  // 3960 §3.2).
  watch_media();
}

void Call::silence() {
  if (playing_) stop_playing("");
}

Task<PlayEnd> Call::play(const Media& media, PlayOptions options) {
  if (over() || !media_ || !media_->negotiated()) {
    skip_media(media.id, over() ? "the call is over" : "no media session with the caller");
    co_return PlayEnd::skipped;
  }
  if (!media_->can_play(*media.prompt)) {
    skip_media(media.id, "not encoded for " + std::string(media_->codec_name()));
    co_return PlayEnd::skipped;
  }
  start_playing(media, options.loops);
  std::optional<Instant> due;
  if (!answered()) due = early_media_began_ + early_media_max_;
  const auto stops = [&](char c) {
    return options.any_digit_stops || options.terminators.find(c) != std::string_view::npos;
  };
  if (std::ranges::any_of(digits_, stops)) {  // keyed ahead
    stop_playing("a key was pressed");
    co_return PlayEnd::digit;
  }
  while (media_->playing()) {
    const auto what = co_await until(Happening::key_pressed | Happening::playback_over, due);
    if (what == Happening::time_up) {
      stop_playing("early media limit");
      co_return PlayEnd::limit;
    }
    if (what == Happening::key_pressed && stops(digits_.back())) {
      stop_playing("a key was pressed");
      co_return PlayEnd::digit;
    }
  }
  stop_playing("");
  co_return PlayEnd::finished;
}

bool Call::send_due(MediaSession& media) {
  bool finished = false;
  while (const auto packet = media.tick(now_, finished)) {
    if (packet->bytes.empty()) continue;
    exchange_.put(SendMedia{
        media.port(), packet->rtcp, packet->to, {packet->bytes.begin(), packet->bytes.end()}});
  }
  return finished;
}

std::optional<Instant> Call::media_due() const {
  auto first = media_ ? media_->deadline() : std::nullopt;
  const auto look = [&](const std::optional<Instant>& due) {
    if (due && (!first || *due < *first)) first = due;
  };
  if (bridge_) look(bridge_->report_due());
  for (const auto& leg : legs_) {
    if (leg->asked()) look(leg->media()->deadline());
  }
  return first;
}

void Call::watch_media() {
  if (media_ && media_->playing()) {
    disarm(Alarm::media);
    return exchange_.beat_.join(*this, now_.instant);
  }
  exchange_.beat_.leave(*this);
  if (alarms_[static_cast<std::size_t>(Alarm::media)] != 0) return;
  if (const auto due = media_due()) arm(Alarm::media, *due);
}

void Call::media_tick() {
  const bool finished = media_ && send_due(*media_);
  if (bridge_) bridge_->report();
  for (const auto& leg : legs_) {
    if (leg->asked()) send_due(*leg->media());
  }
  watch_media();
  if (finished) happen(Happening::playback_over);
}

void Call::fetch() const {
  for (const void* part : std::initializer_list<const void*>{&now_, &alarms_, &media_, &waiting_}) {
    __builtin_prefetch(part);
  }
}

void Call::fetch_media() const {
  if (media_) media_->fetch();
}

// ---- digits and time

Task<Collected> Call::collect(CollectOptions options) {
  Collected collected;
  auto due = now_.instant + options.first_digit;
  while (collected.digits.size() < options.max_digits) {
    while (digits_.empty()) {
      const auto what = co_await until(Happening::key_pressed, due);
      if (what == Happening::time_up) {
        collected.timed_out = true;
        co_return collected;
      }
    }
    const char digit = digits_.front();
    digits_.erase(0, 1);
    if (options.terminators.find(digit) != std::string_view::npos) {
      collected.terminator = digit;
      co_return collected;
    }
    collected.digits += digit;
    due = now_.instant + options.next_digit;
  }
  co_return collected;
}

Task<> Call::sleep(Duration duration) { co_await until(0, now_.instant + duration); }

}  // namespace strowger::call
