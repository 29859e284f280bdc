#include "call/media_session.hpp"

#include "sdp/parse.hpp"

namespace strowger::call {

namespace {

constexpr Duration frame = std::chrono::milliseconds{media::frame_ms};

media::Codec codec_of(const sdp::Codec& codec) {
  return codec.encoding == "PCMA" ? media::Codec::pcma : media::Codec::pcmu;
}

}  // namespace

MediaSession::MediaSession(MediaPort port, IpAddress signalling_peer, Random& random, Now now)
    : port_(port),
      signalling_peer_(signalling_peer),
      random_(random),
      session_id_(random.bits() >>
                  2),  // RFC 8866 §5.2: numeric; kept inside 63 bits for old parsers
      sender_(random),
      reporter_(random.token(16), now.instant, random) {}

sdp::LocalMedia MediaSession::local(bool early, bool one_way) const {
  sdp::LocalMedia local;
  local.rtp = port_.rtp;
  local.direction = one_way ? sdp::Direction::sendonly : sdp::Direction::sendrecv;
  local.session_id = session_id_;
  local.version = 1;
  local.must_be_heard = early;
  local.previous = described_ ? &*described_ : nullptr;
  return local;
}

Result<std::string, std::string> MediaSession::answer(std::string_view offer, AnswerOptions options,
                                                      Now now) {
  const auto parsed = sdp::parse(offer);
  if (!parsed) return unexpected("unreadable SDP: " + sdp::text(parsed.error()));
  auto agreed = sdp::answer(*parsed, local(options.early, options.one_way));
  if (!agreed) return unexpected(std::string(sdp::text(agreed.error())));
  described_ = agreed->local;
  adopt(std::move(*agreed), now);
  return sdp::serialize(*described_);
}

std::string MediaSession::offer() {
  described_ = sdp::offer(local(false, false));
  return sdp::serialize(*described_);
}

Result<void, std::string> MediaSession::accept_answer(std::string_view answer, Now now) {
  const auto parsed = sdp::parse(answer);
  if (!parsed) return unexpected("unreadable SDP: " + sdp::text(parsed.error()));
  if (!described_) return unexpected(std::string("an answer without an offer"));
  auto agreed = sdp::accept_answer(*described_, *parsed, local(false, false));
  if (!agreed) return unexpected(std::string(sdp::text(agreed.error())));
  adopt(std::move(*agreed), now);
  return {};
}

// The source guard is renewed only when the peer moved: repeating an offer must not reopen the
// learning window to strangers.
void MediaSession::adopt(sdp::Negotiated negotiated, Now now) {
  const bool moved = !negotiated_ || negotiated_->remote_rtp != negotiated.remote_rtp;
  negotiated_ = std::move(negotiated);
  if (!moved) return;
  if (guard_) rejected_before_ += guard_->rejected();
  guard_.emplace(negotiated_->remote_rtp, signalling_peer_, now.instant);
}

void MediaSession::answered(Now now) {
  if (guard_) guard_->reopen(now.instant);
}

std::string MediaSession::local_description() const {
  return described_ ? sdp::serialize(*described_) : std::string();
}

std::string_view MediaSession::codec_name() const {
  return negotiated_ ? std::string_view(negotiated_->codec.encoding) : std::string_view();
}

void MediaSession::play(std::shared_ptr<const media::Prompt> prompt, int loops, Now now) {
  if (!negotiated_) return;
  player_.emplace(std::move(prompt), codec_of(negotiated_->codec), loops);
  // Two prompts in a row join without a gap, but a pause is never made up for by a burst.
  if (next_packet_ < now.instant) next_packet_ = now.instant;
}

void MediaSession::stop() { player_.reset(); }

std::optional<Instant> MediaSession::deadline() const {
  if (!negotiated_) return std::nullopt;
  // Nothing is reported before there is something to report on, as for a caller on hold.
  const bool reports = sender_.packets() > 0;
  if (player_) return reports ? std::min(next_packet_, reporter_.deadline()) : next_packet_;
  if (!reports) return std::nullopt;
  return reporter_.deadline();
}

std::optional<MediaSession::Outgoing> MediaSession::tick(Now now, bool& finished) {
  finished = false;
  if (!negotiated_) return std::nullopt;
  if (player_ && next_packet_ <= now.instant) {
    const auto sound = player_->next();
    if (!sound) {
      player_.reset();
      finished = true;
      return std::nullopt;
    }
    next_packet_ += frame;
    const auto to = guard_->send_to();
    if (!to || !negotiated_->far_end_listens || !sdp::sends(negotiated_->direction)) {
      sender_.silence(media::frame_samples);  // on hold: the prompt goes on unheard
      return Outgoing{};
    }
    const auto payload_type = static_cast<std::uint8_t>(negotiated_->payload_type);
    return Outgoing{false, *to, sender_.sound(payload_type, *sound, media::frame_samples, buffer_)};
  }
  if (sender_.packets() > 0 && reporter_.deadline() <= now.instant) return report(now);
  return std::nullopt;
}

std::optional<Endpoint> MediaSession::rtcp_target() const {
  const auto media_target = guard_ ? guard_->send_to() : std::nullopt;
  if (!media_target) return std::nullopt;
  if (negotiated_->rtcp_mux) return media_target;
  // A learnt (NAT) source: its RTCP port can only be guessed, so nothing goes to a stranger.
  if (*media_target != negotiated_->remote_rtp) return std::nullopt;
  return negotiated_->remote_rtcp;
}

std::optional<MediaSession::Outgoing> MediaSession::report(Now now) {
  rtcp_buffer_ = reporter_.report(sender_, receiver_, now, random_);
  const auto to = rtcp_target();
  if (!to) return Outgoing{};
  return Outgoing{!negotiated_->rtcp_mux, *to, rtcp_buffer_};
}

std::optional<MediaSession::Outgoing> MediaSession::goodbye(Now now) {
  if (!negotiated_ || sender_.packets() == 0) return std::nullopt;
  const auto to = rtcp_target();
  if (!to) return std::nullopt;
  rtcp_buffer_ = reporter_.goodbye(sender_, receiver_, now);
  return Outgoing{!negotiated_->rtcp_mux, *to, rtcp_buffer_};
}

std::optional<char> MediaSession::receive(bool rtcp, const Endpoint& from,
                                          std::span<const std::byte> packet, Now now) {
  if (!negotiated_ || !guard_) return std::nullopt;
  if (rtcp || (negotiated_->rtcp_mux && rtp::is_rtcp(packet))) {
    if (guard_->accept_rtcp(from)) reporter_.receive(packet, sender_, now);
    return std::nullopt;
  }
  const auto parsed = rtp::parse_packet(packet);
  if (!parsed || !guard_->accept(from, parsed->header.ssrc, now.instant)) return std::nullopt;
  receiver_.receive(parsed->header, parsed->payload.size(), now.instant);
  if (parsed->header.payload_type != negotiated_->telephone_event_pt) return std::nullopt;
  return dtmf_.receive(*parsed);
}

std::uint64_t MediaSession::packets_rejected() const {
  return rejected_before_ + (guard_ ? guard_->rejected() : 0);
}

}  // namespace strowger::call
