#include "call/media_session.hpp"

#include "base/check.hpp"
#include "call/beat.hpp"
#include "sdp/codec_match.hpp"
#include "sdp/parse.hpp"
#include "sdp/pass_on.hpp"

#include <algorithm>
#include <array>

namespace strowger::call {

namespace {

static_assert(beat_length == std::chrono::milliseconds{media::frame_ms});

sdp::Codec described(media::Codec codec) {
  switch (codec) {
    case media::Codec::pcmu: return sdp::pcmu();
    case media::Codec::pcma: return sdp::pcma();
    case media::Codec::g722: return sdp::g722();
    case media::Codec::opus: return sdp::opus(media::opus_bits_per_second);
  }
  return sdp::pcmu();
}

sdp::SrtpKey fresh_key(Random& random) {
  sdp::SrtpKey key;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    bits = i % 8 == 0 ? random.bits() : bits >> 8;
    key[i] = static_cast<std::byte>(bits & 0xFF);
  }
  return key;
}

rtp::SrtpSuite srtp_suite(sdp::SrtpSuite suite) {
  return suite == sdp::SrtpSuite::aes_cm_128_hmac_sha1_32
             ? rtp::SrtpSuite::aes_cm_128_hmac_sha1_32
             : rtp::SrtpSuite::aes_cm_128_hmac_sha1_80;
}

// The packet on its way to the socket: it is sent before any session makes another, so that one for
// each thread will do.
struct Scratch {
  std::array<std::byte, 512> sound;
  std::vector<std::byte> report;
};
thread_local Scratch outgoing;

}  // namespace

// What an Opus encoder repeats of the packet before (RFC 7587 §6.1) helps a decoder that has to
// make the best of what comes.
std::vector<sdp::Codec> made_of_others(const std::vector<media::Codec>& codecs) {
  std::vector<sdp::Codec> made;
  for (const media::Codec codec : codecs) {
    made.push_back(described(codec));
    if (codec == media::Codec::opus) {
      made.back().parameters = "useinbandfec=1;" + made.back().parameters;
    }
  }
  return made;
}

MediaSession::MediaSession(MediaPort port, IpAddress signalling_peer, Random& random, Now now,
                           Codecs codecs, sdp::Secrecy secrecy)
    : port_(port),
      signalling_peer_(signalling_peer),
      random_(random),
      codecs_(std::move(codecs)),
      secrecy_(secrecy),
      session_id_(random.bits() >>
                  2),  // RFC 8866 §5.2: numeric; kept inside 63 bits for old parsers
      sender_(random),
      reporter_(random.token(16), now.instant, random) {
  if (secrecy == sdp::Secrecy::required) key_ = fresh_key(random);
}

MediaSession::Codecs MediaSession::every_codec() {
  return {media::codecs_in_order.begin(), media::codecs_in_order.end()};
}

sdp::LocalMedia MediaSession::local(bool early, bool one_way) const {
  sdp::LocalMedia local;
  local.rtp = port_.rtp;
  local.codecs.clear();
  for (const media::Codec codec : codecs_) local.codecs.push_back(described(codec));
  local.direction = one_way ? sdp::Direction::sendonly : sdp::Direction::sendrecv;
  local.session_id = session_id_;
  local.version = 1;
  local.secrecy = secrecy_;
  local.srtp_key = key_.value_or(sdp::SrtpKey{});
  local.must_be_heard = early;
  local.previous = described_;
  return local;
}

// For as long as the call lasts: without the room that it grew in.
void MediaSession::remember(const sdp::Session& description) {
  described_ = sdp::serialize(description);
  described_.shrink_to_fit();
}

// What we last sent; nothing before the first.
std::optional<sdp::Session> MediaSession::description() const {
  if (described_.empty()) return std::nullopt;
  auto parsed = sdp::parse(described_);
  check(parsed.has_value(), "a description of ours can't be read");
  return std::move(*parsed);
}

Result<std::string, std::string> MediaSession::answer(std::string_view offer, AnswerOptions options,
                                                      Now now) {
  const auto parsed = sdp::parse(offer);
  if (!parsed) return unexpected("unreadable SDP: " + sdp::text(parsed.error()));
  expect_srtp(*parsed);
  auto agreed = sdp::answer(*parsed, local(options.early, options.one_way));
  if (!agreed) return unexpected(std::string(sdp::text(agreed.error())));
  remember(agreed->local);
  adopt(std::move(*agreed), now);
  return described_;
}

std::string MediaSession::offer() {
  remember(sdp::offer(local(false, false)));
  return described_;
}

Result<void, std::string> MediaSession::accept_answer(std::string_view answer, Now now) {
  const auto parsed = sdp::parse(answer);
  if (!parsed) return unexpected("unreadable SDP: " + sdp::text(parsed.error()));
  const auto offered = description();
  if (!offered) return unexpected(std::string("an answer without an offer"));
  auto agreed = sdp::accept_answer(*offered, *parsed, local(false, false));
  if (!agreed) return unexpected(std::string(sdp::text(agreed.error())));
  adopt(std::move(*agreed), now);
  return {};
}

// The source guard is renewed only when the peer moved: repeating an offer must not reopen the
// learning window to strangers.
void MediaSession::adopt(sdp::AgreedStream agreed, Now now) {
  const bool moved = !negotiated_ || negotiated_->remote_rtp != agreed.remote_rtp;
  use(agreed);
  agree_on_keys(agreed.crypto);
  negotiated_ = std::move(agreed);
  if (!moved && guard_) return guard_->described_again(now.instant);
  if (guard_) rejected_before_ += guard_->rejected();
  guard_.emplace(negotiated_->remote_rtp, signalling_peer_, now.instant);
}

// What plays goes on in the codec that was agreed on last. Counts begin anew with another clock:
// the old jitter means nothing by it.
void MediaSession::use(const sdp::AgreedStream& agreed) {
  codec_ = media::codec_named(agreed.codec.encoding).value_or(media::Codec::pcmu);
  if (player_) player_->switch_to(codec_);
  const auto clock_of = [](const sdp::AgreedStream& one) { return one.codec.clock_rate; };
  if (negotiated_ && clock_of(*negotiated_) == clock_of(agreed)) return;
  receiver_ = rtp::Receiver(agreed.codec.clock_rate);
  dtmf_ = rtp::DtmfReceiver(agreed.telephone_event_clock);
}

void MediaSession::expect_srtp(const sdp::Session& offer) {
  if (!key_ && std::ranges::any_of(offer.media, sdp::is_srtp)) key_ = fresh_key(random_);
}

// Our key never changes, so our stream goes on counting its packets as long as its suite stays.
void MediaSession::agree_on_keys(const std::optional<sdp::Crypto>& theirs) {
  if (!theirs) return srtp_.reset();
  const auto suite = srtp_suite(theirs->suite);
  if (srtp_ && srtp_->theirs.suite == theirs->suite) {
    if (srtp_->theirs.key != theirs->key) srtp_->in = rtp::SrtpReceiver(suite, theirs->key);
    srtp_->theirs = *theirs;
    return;
  }
  srtp_ = std::make_unique<Srtp>(
      Srtp{*theirs, rtp::SrtpSender(suite, *key_), rtp::SrtpReceiver(suite, theirs->key), {}, {}});
}

bool MediaSession::seal(std::vector<std::byte>& packet, bool rtcp) {
  return !srtp_ || srtp_->out.protect(packet, rtcp);
}

// Empty: it can't be encrypted.
std::span<const std::byte> MediaSession::sealed(std::span<const std::byte> packet, bool rtcp) {
  if (!srtp_) return packet;
  srtp_->sealed.assign(packet.begin(), packet.end());
  if (!seal(srtp_->sealed, rtcp)) return {};
  return srtp_->sealed;
}

// Before anything is believed: only who has the key may say where media comes from. Bad packets are
// counted and never end a call.
bool MediaSession::open(std::span<const std::byte>& packet, bool rtcp) {
  if (!srtp_) return true;
  srtp_->opened.assign(packet.begin(), packet.end());
  if (!srtp_->in.unprotect(srtp_->opened, rtcp)) {
    ++srtp_->forged;
    return false;
  }
  packet = srtp_->opened;
  return true;
}

void MediaSession::answered(Now now) {
  if (guard_) guard_->reopen(now.instant);
}

std::string_view MediaSession::codec_name() const {
  return negotiated_ ? std::string_view(negotiated_->codec.encoding) : std::string_view();
}

void MediaSession::play(std::shared_ptr<const media::Prompt> prompt, int loops, Now now) {
  if (!can_play(*prompt)) return;
  player_.emplace(std::move(prompt), codec_, loops);
  // Two prompts in a row join without a gap, but a pause is never made up for by a burst.
  if (next_packet_ < now.instant) next_packet_ = next_beat(now.instant);
}

void MediaSession::stop() { player_.reset(); }

void MediaSession::fetch() const {
  constexpr std::size_t cache_line = 64;
  const auto* const bytes = reinterpret_cast<const char*>(this);
  for (std::size_t i = 0; i < sizeof *this; i += cache_line) __builtin_prefetch(bytes + i);
}

std::optional<Instant> MediaSession::deadline() const {
  if (!negotiated_) return std::nullopt;
  // Nothing is reported before there is something to report on, as for a caller on hold.
  const bool reports = sender_.packets() > 0 && !handed_over_;
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
    next_packet_ += beat_length;
    const auto to = guard_->send_to();
    const auto ticks = media::facts(codec_).frame_ticks();
    const bool heard = negotiated_->far_end_listens && sdp::sends(negotiated_->direction);
    if (!to || !heard || sound->empty()) {
      sender_.silence(ticks);  // on hold: the prompt goes on unheard
      return Outgoing{};
    }
    const auto payload_type = static_cast<std::uint8_t>(negotiated_->payload_type);
    const auto packet = sealed(sender_.sound(payload_type, *sound, ticks, outgoing.sound), false);
    return packet.empty() ? Outgoing{} : Outgoing{false, *to, packet};
  }
  const bool reports = sender_.packets() > 0 && !handed_over_;
  if (reports && reporter_.deadline() <= now.instant) return report(now);
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
  outgoing.report = reporter_.report(sender_, receiver_, now, random_);
  const auto to = rtcp_target();
  if (!to) return Outgoing{};
  return Outgoing{!negotiated_->rtcp_mux, *to, sealed(outgoing.report, true)};
}

std::optional<MediaSession::Outgoing> MediaSession::goodbye(Now now) {
  if (!negotiated_ || sender_.packets() == 0) return std::nullopt;
  const auto to = rtcp_target();
  if (!to) return std::nullopt;
  outgoing.report = reporter_.goodbye(sender_, receiver_, now);
  return Outgoing{!negotiated_->rtcp_mux, *to, sealed(outgoing.report, true)};
}

MediaSession::Heard MediaSession::receive(bool rtcp, const Endpoint& from,
                                          std::span<const std::byte> packet, Now now) {
  if (!negotiated_ || !guard_) return {};
  const bool control = rtcp || (negotiated_->rtcp_mux && rtp::is_rtcp(packet));
  if (!open(packet, control)) return {};
  if (control) {
    if (!guard_->accept_rtcp(from)) return {};
    if (!handed_over_) reporter_.receive(packet, sender_, now);
    return {.accepted = true, .plain = packet};
  }
  const auto parsed = rtp::parse_packet(packet);
  if (!parsed || !guard_->accept(from, parsed->header.ssrc, now.instant)) return {};
  receiver_.receive(parsed->header, parsed->payload.size(), now.instant);
  Heard heard{.accepted = true,
              .plain = packet,
              .rtp = parsed->header,
              .payload = parsed->payload};
  if (parsed->header.payload_type == negotiated_->telephone_event_pt) {
    heard.digit = dtmf_.receive(*parsed);
  }
  return heard;
}

// ---- a bridge

bool MediaSession::can_play(const media::Prompt& prompt) const {
  return negotiated_ && media::codec_named(negotiated_->codec.encoding) && prompt.has(codec_);
}

Result<std::string, std::string> MediaSession::describe(const sdp::Session& theirs,
                                                        const sdp::Session* answering) {
  if (answering) expect_srtp(*answering);
  auto ours = sdp::pass_on(theirs, local(false, false), answering);
  if (!ours) return unexpected(std::string(sdp::text(ours.error())));
  // We add to what they wrote within the limits of a description, and it has to be read again.
  if (!sdp::parse(sdp::serialize(*ours))) {
    return unexpected(std::string("too long a description to be passed on"));
  }
  remember(*ours);
  return described_;
}

bool MediaSession::is_secret_enough(const sdp::Session& offer) const {
  return secrecy_ != sdp::Secrecy::required || std::ranges::any_of(offer.media, sdp::is_srtp);
}

Result<void, std::string> MediaSession::take_stream(const sdp::Session& said, Now now,
                                                    const sdp::Session* answered) {
  expect_srtp(said);
  auto stream = sdp::read_stream(answered ? sdp::agreed(said, *answered) : said,
                                 local(false, false));
  if (!stream) return unexpected(std::string(sdp::text(stream.error())));
  relayed_ = true;
  said_ = std::make_unique<const sdp::Session>(said);
  adopt(std::move(*stream), now);
  return {};
}

std::optional<sdp::Session> MediaSession::promised() const {
  if (!negotiated_) return std::nullopt;
  auto ours = description();
  if (!ours || relayed_) return ours;
  return sdp::narrowed(*ours, negotiated_->payload_type, negotiated_->telephone_event_pt);
}

std::optional<sdp::Session> MediaSession::abilities() const {
  auto offer = said_ ? std::optional(*said_) : promised();
  if (offer) sdp::take_from_hold(*offer);
  return offer;
}

std::optional<rtp::Continuation> MediaSession::hand_over() {
  stop();
  handed_over_ = true;
  if (sender_.packets() == 0) return std::nullopt;
  return rtp::Continuation{.ssrc = sender_.ssrc(),
                           .sequence = sender_.next_sequence(),
                           .timestamp = sender_.timestamp(),
                           .at = next_packet_,
                           .ticks_per_ms = media::facts(codec_).clock_rate / 1'000};
}

void MediaSession::take_back(const std::optional<rtp::Continuation>& standing) {
  handed_over_ = false;
  if (!standing) return;
  next_packet_ = standing->at;
  const auto ticks = media::facts(codec_).frame_ticks();
  sender_.go_on(standing->sequence, standing->timestamp + ticks);
}

std::optional<MediaSession::Target> MediaSession::target(bool rtcp) const {
  if (!negotiated_ || !guard_) return std::nullopt;
  if (rtcp) {
    const auto to = rtcp_target();
    if (!to) return std::nullopt;
    return Target{!negotiated_->rtcp_mux, *to};
  }
  if (!negotiated_->far_end_listens) return std::nullopt;
  const auto to = guard_->send_to();
  if (!to) return std::nullopt;
  return Target{false, *to};
}

std::optional<int> MediaSession::telephone_event() const {
  return negotiated_ ? negotiated_->telephone_event_pt : std::nullopt;
}

// ---- transcoding

bool MediaSession::same_codec(const MediaSession& other) const {
  if (!negotiated_ || !other.negotiated_) return true;
  const auto& a = negotiated_->codec;
  const auto& b = other.negotiated_->codec;
  return a.encoding == b.encoding && a.clock_rate == b.clock_rate && a.channels == b.channels;
}

bool MediaSession::numbers_otherwise(const MediaSession& other) const {
  if (!negotiated_ || !other.negotiated_ || !same_codec(other)) return false;
  return negotiated_->payload_type != other.negotiated_->payload_type;
}

// By our description, which says what may be sent to us; and by its own, for phones that send what
// they want to hear by the numbers that they have for it themselves (RFC 3264 §5.1 allows others).
media::HeardForms MediaSession::heard_forms() const {
  media::HeardForms forms;
  const auto add = [&](const sdp::Session& description) {
    for (const auto& [type, codec, events] : sdp::formats_in(description)) {
      const auto number = static_cast<std::uint8_t>(type);
      if (events) {
        forms.events.push_back({number, codec.clock_rate});
      } else if (const auto known = media::codec_named(codec.encoding)) {
        forms.sounds.push_back({number, *known});
      }
    }
  };
  if (const auto ours = description()) add(*ours);
  if (said_) add(*said_);
  return forms;
}

std::optional<media::SentForm> MediaSession::sent_form() const {
  if (!negotiated_) return std::nullopt;
  const auto codec = media::codec_named(negotiated_->codec.encoding);
  if (!codec) return std::nullopt;
  media::SentForm form{.codec = *codec,
                       .payload_type = static_cast<std::uint8_t>(negotiated_->payload_type),
                       .packet_ms = static_cast<int>(std::min<std::int64_t>(
                           negotiated_->ptime.count(), media::packet_ms_max)),
                       .bitrate_max = negotiated_->codec.bitrate,
                       .events = {}};
  if (negotiated_->telephone_event_pt) {
    form.events = media::HeardForms::Events{
        static_cast<std::uint8_t>(*negotiated_->telephone_event_pt),
        negotiated_->telephone_event_clock};
  }
  return form;
}

// Silence since our last packet is told by its time stamp.
void MediaSession::speak_ourselves(Now now) {
  stop();
  handed_over_ = false;
  if (sender_.packets() == 0 || next_packet_ == Instant{}) return;
  const auto pause = std::max<std::int64_t>(milliseconds(now.instant - next_packet_), 0);
  sender_.silence(static_cast<std::uint32_t>(pause * (media::facts(codec_).clock_rate / 1'000)));
}

std::uint64_t MediaSession::packets_rejected() const {
  return rejected_before_ + (guard_ ? guard_->rejected() : 0) + (srtp_ ? srtp_->forged : 0);
}

}  // namespace strowger::call
