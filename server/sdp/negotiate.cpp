#include "sdp/negotiate.hpp"

#include "sdp/words.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sdp {

namespace {

constexpr int first_dynamic_payload_type = 96;
constexpr int telephone_event_offered = 101;
constexpr std::string_view telephone_event = "telephone-event";
constexpr std::string_view telephone_event_range = "0-15";  // RFC 4733 §2.4.1: the digits

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

const RtpMap* map_of(const Media& section, int payload_type) {
  const auto found = std::ranges::find(section.rtpmaps, payload_type, &RtpMap::payload_type);
  return found == section.rtpmaps.end() ? nullptr : &*found;
}

bool matches(const Codec& codec, const RtpMap& map) {
  return same_word(codec.encoding, map.encoding) && codec.clock_rate == map.clock_rate &&
         codec.channels == map.channels;
}

// Without an rtpmap only a static payload type says which codec is meant (RFC 3551 §6).
bool names(const Media& section, int payload_type, const Codec& codec) {
  if (const RtpMap* map = map_of(section, payload_type)) return matches(codec, *map);
  return payload_type < first_dynamic_payload_type && codec.payload_type == payload_type;
}

std::vector<int> payload_types(const Media& section) {
  std::vector<int> types;
  for (const std::string& format : section.formats) {
    if (const auto type = number(format, 0, 127)) types.push_back(static_cast<int>(*type));
  }
  return types;
}

struct Choice {
  const Codec* codec;
  int payload_type;
};

std::optional<Choice> choose_codec(const Media& section, const std::vector<Codec>& codecs) {
  for (const int type : payload_types(section)) {
    const auto ours = std::ranges::find_if(
        codecs, [&](const Codec& codec) { return names(section, type, codec); });
    if (ours != codecs.end()) return Choice{&*ours, type};
  }
  return std::nullopt;
}

// Events share the clock of the sound they interrupt (RFC 4733 §2.1).
std::optional<int> choose_telephone_event(const Media& section, std::uint32_t clock_rate) {
  for (const int type : payload_types(section)) {
    const RtpMap* map = map_of(section, type);
    if (map && same_word(map->encoding, telephone_event) && map->clock_rate == clock_rate) {
      return type;
    }
  }
  return std::nullopt;
}

std::optional<Refusal> refuse_transport(const Session& session, const Media& section) {
  if (section.protocol.find("SAVP") != std::string::npos) return Refusal::srtp_required;
  if (section.protocol == "RTP/AVP") return std::nullopt;
  if (section.protocol != "RTP/AVPF") return Refusal::unsupported_transport;
  // AVPF beside a fingerprint is DTLS-SRTP in disguise (RFC 8643 §3).
  const bool keyed = section.attribute("fingerprint") || session.attribute("fingerprint");
  if (keyed) return Refusal::srtp_required;
  return std::nullopt;
}

// Multicast and broadcast are nobody's phone: sending there would make us an amplifier.
bool is_for_one(const IpAddress& ip) {
  if (ip.is_v6()) return ip.bytes[0] != 0xFF;
  return ip.bytes[0] < 224;
}

std::optional<Refusal> refuse_address(const Connection* connection, const LocalMedia& local) {
  if (!connection || !connection->ip || !is_for_one(*connection->ip)) {
    return Refusal::unreachable_address;
  }
  const IpAddress& ip = *connection->ip;
  if (ip.is_unspecified()) {
    if (local.must_be_heard) return Refusal::unreachable_address;
    return std::nullopt;
  }
  // A socket of one family can't send to the other.
  if (ip.family != local.rtp.address.family) return Refusal::unreachable_address;
  return std::nullopt;
}

// A reflected address is no use for RTCP either: only a port of the address that RTP goes to.
std::optional<Endpoint> rtcp_endpoint(const Media& section, const Endpoint& rtp, bool mux) {
  if (mux) return rtp;
  if (section.rtcp) {
    const auto& connection = section.rtcp->connection;
    if (section.rtcp->port == 0 || (connection && connection->ip != rtp.address)) {
      return std::nullopt;
    }
    return Endpoint{rtp.address, section.rtcp->port};
  }
  if (rtp.port == 65'535) return std::nullopt;
  return Endpoint{rtp.address, static_cast<std::uint16_t>(rtp.port + 1)};
}

// What their section means for us, all but the description we send back.
Result<Negotiated, Refusal> judge(const Session& session, const Media& section,
                                  const LocalMedia& local) {
  if (section.type != "audio") return unexpected(Refusal::no_audio);
  if (section.port == 0) return unexpected(Refusal::port_zero);
  if (const auto refusal = refuse_transport(session, section)) return unexpected(*refusal);
  const Connection* connection = session.connection_of(section);
  if (const auto refusal = refuse_address(connection, local)) return unexpected(*refusal);
  const auto choice = choose_codec(section, local.codecs);
  if (!choice) return unexpected(Refusal::no_common_codec);

  // c=0.0.0.0 is the hold of RFC 2543: they hear nothing, whatever the direction says
  // (RFC 3264 §8.4).
  const Direction theirs = session.direction_of(section);
  const bool listens = receives(theirs) && !connection->ip->is_unspecified();
  if (local.must_be_heard && !listens) return unexpected(Refusal::inactive);

  Negotiated result;
  result.remote_rtp = {*connection->ip, section.port};
  result.rtcp_mux = section.rtcp_mux && local.rtcp_mux;
  result.remote_rtcp = rtcp_endpoint(section, result.remote_rtp, result.rtcp_mux);
  result.codec = *choice->codec;
  result.payload_type = choice->payload_type;
  if (local.telephone_event) {
    result.telephone_event_pt = choose_telephone_event(section, choice->codec->clock_rate);
  }
  result.direction = both_agree(direction(listens, sends(theirs)), local.direction);
  result.far_end_listens = listens;
  return result;
}

Session blank(const LocalMedia& local) {
  const std::string type = local.rtp.address.is_v6() ? "IP6" : "IP4";
  const std::string address = local.rtp.address.text();
  Session session;
  session.origin = {.username = "-",
                    .session_id = std::to_string(local.session_id),
                    .version = std::to_string(local.version),
                    .address_type = type,
                    .address = address};
  session.connection = Connection{type, address, local.rtp.address};
  return session;
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

Media accepted(const Media& offered, const Negotiated& result, const LocalMedia& local) {
  Media section;
  section.formats.reserve(2);
  section.rtpmaps.reserve(2);
  section.port = local.rtp.port;
  section.protocol = offered.protocol;
  add_codec(section, result.codec, result.payload_type);
  if (result.telephone_event_pt) {
    add_telephone_event(section, *result.telephone_event_pt, result.codec.clock_rate);
  }
  section.ptime = packet_time;
  section.direction = result.direction;
  section.rtcp_mux = result.rtcp_mux;
  return section;
}

// RFC 3264 §6: port 0, and one format or more, which mean nothing. One keeps our answer short.
Media refused(const Media& offered) {
  Media section;
  section.type = offered.type;
  section.protocol = offered.protocol;
  section.formats = {offered.formats.empty() ? "0" : offered.formats[0]};
  return section;
}

// RFC 3264 §8: the version counts up by one when, and only when, something changed.
void stamp_version(Session& ours, const Session* previous) {
  if (!previous) return;
  ours.origin = previous->origin;
  if (ours == *previous) return;
  std::uint64_t version = 0;
  const std::string& text = previous->origin.version;
  std::from_chars(text.data(), text.data() + text.size(), version);
  ours.origin.version = std::to_string(version + 1);
}

int free_payload_type(const std::vector<Codec>& codecs) {
  int type = telephone_event_offered;
  const auto taken = [&] { return std::ranges::count(codecs, type, &Codec::payload_type) > 0; };
  while (taken() && type < 127) ++type;
  return type;
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

Result<Negotiated, Refusal> answer(const Session& offer, const LocalMedia& local) {
  Refusal closest = Refusal::no_audio;
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    auto result = judge(offer, offer.media[i], local);
    if (!result) {
      closest = std::max(closest, result.error());
      continue;
    }
    result->media_index = i;
    result->local = blank(local);
    auto& ours = result->local.media;
    ours.reserve(offer.media.size());
    for (const Media& section : offer.media) {
      const bool chosen = &section == &offer.media[i];
      ours.push_back(chosen ? accepted(section, *result, local) : refused(section));
    }
    stamp_version(result->local, local.previous);
    return result;
  }
  return unexpected(closest);
}

Session offer(const LocalMedia& local) {
  Media section;
  section.port = local.rtp.port;
  for (const Codec& codec : local.codecs) add_codec(section, codec, codec.payload_type);
  if (local.telephone_event && !local.codecs.empty()) {
    add_telephone_event(section, free_payload_type(local.codecs), local.codecs[0].clock_rate);
  }
  section.ptime = packet_time;
  section.direction = local.direction;
  section.rtcp_mux = local.rtcp_mux;
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
  if (section.type != offered.type) return unexpected(Refusal::answer_mismatch);
  auto result = judge(answer, section, restricted(local, offered));
  if (result) result->local = our_offer;
  return result;
}

std::string_view text(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_audio: return "no audio offered";
    case Refusal::port_zero: return "the audio stream is disabled (port 0)";
    case Refusal::unsupported_transport: return "audio is not offered as plain RTP";
    case Refusal::srtp_required: return "only encrypted audio (SRTP) offered";
    case Refusal::unreachable_address: return "no IP address that media could be sent to";
    case Refusal::no_common_codec: return "no codec in common";
    case Refusal::inactive: return "the far end does not listen (on hold or inactive)";
    case Refusal::answer_mismatch: return "the answer does not fit the offer";
  }
  return "media can't be used";
}

}  // namespace strowger::sdp
