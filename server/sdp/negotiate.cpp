#include "sdp/negotiate.hpp"

#include "sdp/format_parameters.hpp"
#include "sdp/stream.hpp"
#include "sdp/words.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace strowger::sdp {

namespace {

constexpr int opus_offered = 111;
constexpr int telephone_event_offered = 101;           // at 8 kHz, as everybody has it
constexpr int fast_telephone_event_offered = 110;      // at other clocks

bool matches(const Codec& codec, const RtpMap& map) {
  return same_word(codec.encoding, map.encoding) && codec.clock_rate == map.clock_rate &&
         codec.channels == map.channels;
}

// Without an rtpmap only a static payload type says which codec is meant (RFC 3551 §6).
bool names(const Media& section, int payload_type, const Codec& codec) {
  if (const RtpMap* map = map_of(section, payload_type)) return matches(codec, *map);
  return payload_type < first_dynamic_payload_type && codec.payload_type == payload_type;
}

// The packets of a prompt are made once: whoever can't take them as they are needs another codec
// (RFC 7587 §6.1).
bool takes_ours(const Media& section, int payload_type, const Codec& codec) {
  if (codec.bitrate == 0) return true;
  if (section.maxptime && *section.maxptime < packet_time) return false;
  const auto format = std::to_string(payload_type);
  const auto fmtp = std::ranges::find(section.fmtps, format, &Fmtp::format);
  if (fmtp == section.fmtps.end()) return true;
  const auto most = number_parameter(fmtp->parameters, "maxaveragebitrate");
  return !most || *most >= codec.bitrate;
}

struct Choice {
  const Codec* codec;
  int payload_type;
};

std::optional<Choice> choose_codec(const Media& section, const std::vector<Codec>& codecs) {
  for (const int type : payload_types(section)) {
    const auto ours = std::ranges::find_if(
        codecs, [&](const Codec& codec) {
          return names(section, type, codec) && takes_ours(section, type, codec);
        });
    if (ours != codecs.end()) return Choice{&*ours, type};
  }
  return std::nullopt;
}

// What their section means for us, all but the description we send back.
Result<AgreedStream, Refusal> judge(const Session& session, const Media& section,
                                  const LocalMedia& local) {
  if (section.type != "audio") return unexpected(Refusal::no_audio);
  if (section.port == 0) return unexpected(Refusal::port_zero);
  if (const auto refusal = refuse_transport(session, section, local)) return unexpected(*refusal);
  const Connection* connection = session.connection_of(section);
  if (const auto refusal = refuse_address(connection, local)) return unexpected(*refusal);
  const auto choice = choose_codec(section, local.codecs);
  if (!choice) return unexpected(Refusal::no_common_codec);

  // c=0.0.0.0 is the hold of RFC 2543: they hear nothing, whatever the direction says
  // (RFC 3264 §8.4).
  const Direction theirs = session.direction_of(section);
  const bool listens = receives(theirs) && !connection->ip->is_unspecified();
  if (local.must_be_heard && !listens) return unexpected(Refusal::inactive);

  AgreedStream result;
  result.remote_rtp = {*connection->ip, section.port};
  result.rtcp_mux = section.rtcp_mux && local.rtcp_mux;
  result.remote_rtcp = rtcp_endpoint(section, result.remote_rtp, result.rtcp_mux);
  result.codec = *choice->codec;
  result.payload_type = choice->payload_type;
  if (local.telephone_event) {
    if (const auto* map = choose_telephone_event(section, choice->codec->clock_rate)) {
      result.telephone_event_pt = map->payload_type;
      result.telephone_event_clock = map->clock_rate;
    }
  }
  if (is_srtp(section)) result.crypto = choose_crypto(section);
  result.direction = both_agree(direction(listens, sends(theirs)), local.direction);
  result.far_end_listens = listens;
  return result;
}

void add_codec(Media& section, const Codec& codec, int payload_type) {
  const std::string format = std::to_string(payload_type);
  section.formats.push_back(format);
  section.rtpmaps.push_back({payload_type, codec.encoding, codec.clock_rate, codec.channels});
  if (!codec.parameters.empty()) section.fmtps.push_back({format, codec.parameters});
}

void add_telephone_event(Media& section, int payload_type, std::uint32_t clock_rate) {
  add_codec(section,
            {.encoding = std::string(telephone_event),
             .clock_rate = clock_rate,
             .parameters = std::string(telephone_event_range)},
            payload_type);
}

Media accepted(const Media& offered, const AgreedStream& result, const LocalMedia& local) {
  Media section;
  section.formats.reserve(2);
  section.rtpmaps.reserve(2);
  section.port = local.rtp.port;
  section.protocol = offered.protocol;
  add_codec(section, result.codec, result.payload_type);
  if (result.telephone_event_pt) {
    add_telephone_event(section, *result.telephone_event_pt, result.telephone_event_clock);
  }
  section.ptime = packet_time;
  section.direction = result.direction;
  section.rtcp_mux = result.rtcp_mux;
  if (result.crypto) add_crypto(section, local, *result.crypto);
  return section;
}

int free_payload_type(const Media& section, int type) {
  const auto taken = [&] {
    return std::ranges::count(section.rtpmaps, type, &RtpMap::payload_type) > 0;
  };
  while (taken() && type < 127) ++type;
  return type;
}

// One for each clock that a codec has; 8 kHz first, for those who look no further.
void offer_telephone_events(Media& section, const std::vector<Codec>& codecs) {
  std::set<std::uint32_t> clocks;
  for (const Codec& codec : codecs) clocks.insert(codec.clock_rate);
  for (const std::uint32_t clock : clocks) {
    const bool common = clock == telephone_clock;
    const int first = common ? telephone_event_offered : fast_telephone_event_offered;
    add_telephone_event(section, free_payload_type(section, first), clock);
  }
}

// Ours as far as they were offered: an answer may not bring in others (RFC 3264 §6.1).
LocalMedia restricted(const LocalMedia& local, const Media& offered) {
  LocalMedia allowed = local;
  std::erase_if(allowed.codecs, [&](const Codec& codec) {
    return std::ranges::none_of(offered.rtpmaps,
                                [&](const RtpMap& map) { return matches(codec, map); });
  });
  allowed.telephone_event = std::ranges::any_of(offered.rtpmaps, [](const RtpMap& map) {
    return same_word(map.encoding, telephone_event);
  });
  allowed.rtcp_mux = offered.rtcp_mux;
  allowed.direction = offered.direction.value_or(Direction::sendrecv);
  return allowed;
}

}  // namespace

Codec pcmu() { return {.encoding = "PCMU", .payload_type = 0}; }
Codec pcma() { return {.encoding = "PCMA", .payload_type = 8}; }
// 8000 by mistake and for good, though it samples at 16 kHz (RFC 3551 §4.5.2).
Codec g722() { return {.encoding = "G722", .payload_type = 9}; }
Codec opus(std::uint32_t bitrate) {
  // Two channels in the rtpmap even for mono (RFC 7587 §7); what is sent says sprop-stereo.
  return {.encoding = "opus",
          .clock_rate = 48'000,
          .channels = 2,
          .payload_type = opus_offered,
          .parameters = "stereo=0;sprop-stereo=0",
          .bitrate = bitrate};
}

Result<Negotiated, Refusal> answer(const Session& offer, const LocalMedia& local) {
  Refusal closest = Refusal::no_audio;
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    auto stream = judge(offer, offer.media[i], local);
    if (!stream) {
      closest = std::max(closest, stream.error());
      continue;
    }
    stream->media_index = i;
    Session ours = blank(local);
    ours.media.reserve(offer.media.size());
    for (const Media& section : offer.media) {
      const bool chosen = &section == &offer.media[i];
      ours.media.push_back(chosen ? accepted(section, *stream, local) : refused(section));
    }
    stamp_version(ours, local.previous);
    return Negotiated{std::move(*stream), std::move(ours)};
  }
  return unexpected(closest);
}

Session offer(const LocalMedia& local) {
  Media section;
  section.port = local.rtp.port;
  for (const Codec& codec : local.codecs) add_codec(section, codec, codec.payload_type);
  if (local.telephone_event) offer_telephone_events(section, local.codecs);
  section.ptime = packet_time;
  section.direction = local.direction;
  section.rtcp_mux = local.rtcp_mux;
  if (local.secrecy == Secrecy::required) {
    section.protocol = "RTP/SAVP";
    add_crypto(section, local, {});
  }
  Session session = blank(local);
  session.media.push_back(std::move(section));
  stamp_version(session, local.previous);
  return session;
}

Result<Negotiated, Refusal> accept_answer(const Session& our_offer, const Session& answer,
                                          const LocalMedia& local) {
  if (our_offer.media.size() != 1 || answer.media.size() != 1) {
    return unexpected(Refusal::answer_mismatch);
  }
  const Media& offered = our_offer.media[0];
  const Media& section = answer.media[0];
  if (section.type != offered.type || is_srtp(section) != is_srtp(offered)) {
    return unexpected(Refusal::answer_mismatch);
  }
  auto stream = judge(answer, section, restricted(local, offered));
  if (!stream) return unexpected(stream.error());
  return Negotiated{std::move(*stream), our_offer};
}

std::string_view text(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_audio: return "no audio offered";
    case Refusal::port_zero: return "the audio stream is disabled (port 0)";
    case Refusal::unsupported_transport: return "audio is not offered as plain RTP";
    case Refusal::srtp_required: return "encrypted audio (SRTP) with keys that can't be used";
    case Refusal::srtp_missing: return "audio is not encrypted (SRTP), as it has to be";
    case Refusal::unreachable_address: return "no IP address that media could be sent to";
    case Refusal::no_common_codec: return "no codec in common";
    case Refusal::inactive: return "the far end does not listen (on hold or inactive)";
    case Refusal::answer_mismatch: return "the answer does not fit the offer";
  }
  return "media can't be used";
}

}  // namespace strowger::sdp
