#include "sim/ear.hpp"

#include "sdp/parse.hpp"
#include "sim/sound.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sim {
namespace {

constexpr Duration frame = std::chrono::milliseconds{20};

sdp::Codec codec_named(std::string_view name) {
  if (name == "pcmu") return sdp::pcmu();
  if (name == "pcma") return sdp::pcma();
  if (name == "gsm") return {"GSM", 8'000, 1, 3, ""};
  if (name == "g722") return sdp::g722();
  if (name == "g729") return {"G729", 8'000, 1, 18, ""};
  return {"opus", 48'000, 2, 111, "useinbandfec=1"};
}

}  // namespace

Ear::Ear(const PhoneOptions& options, Endpoint media, Random& random)
    : options_(options), media_(media), session_id_(random.bits() >> 2), sender_(random) {}

sdp::LocalMedia Ear::local_media() const {
  sdp::LocalMedia local;
  local.rtp = media_;
  local.codecs.clear();
  for (const std::string& name : options_.codecs) local.codecs.push_back(codec_named(name));
  local.telephone_event = options_.events;
  local.session_id = session_id_;
  local.version = version_;
  // Keys are agreed on, no more: what comes is counted, and what is said goes as it is.
  if (options_.srtp) local.secrecy = sdp::Secrecy::in_kind;
  return local;
}

// What came before an answer is understood by the payload types of our offer.
std::optional<media::Codec> Ear::codec_of(std::uint8_t payload_type) const {
  if (agreed_ && agreed_->payload_type == payload_type) {
    return media::codec_named(agreed_->codec.encoding);
  }
  for (const sdp::Codec& codec : local_media().codecs) {
    if (codec.payload_type == payload_type) return media::codec_named(codec.encoding);
  }
  return std::nullopt;
}

sdp::Session Ear::described(sdp::Direction direction, bool keyed) {
  sdp::LocalMedia local = local_media();
  local.direction = direction;
  sdp::Session session = sdp::offer(local);
  sdp::Media& audio = session.media.front();
  audio.direction = direction;
  if (keyed) {
    audio.protocol = "RTP/SAVP";
    audio.attributes.push_back(
        {"crypto", "1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR"});
  }
  if (options_.port_zero) audio.port = 0;
  if (!options_.media_address.empty()) {
    const auto ip = IpAddress::parse(options_.media_address);
    const sdp::Connection elsewhere{ip && ip->is_v6() ? "IP6" : "IP4", options_.media_address, ip};
    audio.connection.reset();
    session.connection = elsewhere;
  }
  return session;
}

std::string Ear::offer() {
  offered_ = described(options_.direction, options_.srtp);
  return sdp::serialize(*offered_);
}

std::string Ear::reoffer(Reoffer how) {
  ++version_;
  const bool hold = how == Reoffer::hold;
  offered_ = described(hold ? sdp::Direction::sendonly : options_.direction,
                       options_.srtp && how != Reoffer::plain);
  return sdp::serialize(*offered_);
}

bool Ear::take_answer(std::string_view body) {
  const auto parsed = sdp::parse(body);
  if (!parsed || !offered_) return false;
  const auto agreed = sdp::accept_answer(*offered_, *parsed, local_media());
  if (!agreed) return false;
  agreed_ = *agreed;
  return true;
}

std::optional<std::string> Ear::answer(std::string_view body) {
  const auto parsed = sdp::parse(body);
  if (!parsed) return std::nullopt;
  sdp::LocalMedia local = local_media();
  local.direction = options_.direction;
  auto agreed = sdp::answer(*parsed, local);
  if (!agreed) return std::nullopt;
  agreed_ = std::move(*agreed);
  offered_ = agreed_->local;
  return sdp::serialize(agreed_->local);
}

void Ear::receive(std::span<const std::byte> datagram, bool rtcp, Instant at) {
  if (rtcp || rtp::is_rtcp(datagram)) {
    ++rtcp_;
    return;
  }
  const auto packet = rtp::parse_packet(datagram);
  if (!packet) return;
  if (over_) {
    ++late_;
    last_late_ = at;
    return;
  }
  if (!open_) ++early_;
  if (const auto codec = codec_of(packet->header.payload_type)) {
    recording_.add(*packet, *codec, at);
  }
}

void Ear::expect_no_more(Instant at) {
  if (!over_) over_ = at;
  digits_.reset();
  voice_.reset();
}

void Ear::press(std::string_view digits, Instant at) {
  if (!can_press()) return;
  digits_.emplace(digits, static_cast<std::uint8_t>(*agreed_->telephone_event_pt),
                  rtp::DtmfSender::Timing{}, agreed_->telephone_event_clock);
  next_packet_ = at;
}

void Ear::talk(Instant at) {
  const auto codec = agreed_ ? media::codec_named(agreed_->codec.encoding) : std::nullopt;
  if (voice_ || !codec || options_.speaks_hz == 0) return;
  const Stretch tone{options_.speaks_hz, Milliseconds{1'000}};
  voice_.emplace(make_prompt({&tone, 1}, {&*codec, 1}), *codec, 0);
  next_packet_ = at;
}

std::optional<Instant> Ear::deadline() const {
  if (!digits_ && !voice_) return std::nullopt;
  return next_packet_;
}

void Ear::say(Instant at) {
  if (!voice_ || digits_ || next_packet_ > at) return;
  const auto sound = voice_->next();
  const std::uint32_t ticks = agreed_->codec.clock_rate / media::frames_per_second;
  next_packet_ += frame;
  if (!sound || !agreed_->far_end_listens || !sdp::sends(agreed_->direction)) {
    sender_.silence(ticks);
    return;
  }
  std::array<std::byte, 512> buffer;
  const auto packet = sender_.sound(static_cast<std::uint8_t>(agreed_->payload_type), *sound,
                                    ticks, buffer);
  out_.push_back({false, agreed_->remote_rtp, {packet.begin(), packet.end()}});
}

void Ear::tick(Instant at) {
  while (voice_ && !digits_ && next_packet_ <= at) say(at);
  while (digits_ && next_packet_ <= at) {
    std::array<std::byte, 64> buffer;
    const rtp::Bytes packet = digits_->tick(sender_, buffer);
    if (!packet.empty()) {
      out_.push_back({false, agreed_->remote_rtp, {packet.begin(), packet.end()}});
    }
    next_packet_ += frame;
    if (digits_->done()) digits_.reset();
  }
}

std::optional<Ear::Packet> Ear::poll() {
  if (out_.empty()) return std::nullopt;
  Packet packet = std::move(out_.front());
  out_.pop_front();
  return packet;
}

}  // namespace strowger::sim
