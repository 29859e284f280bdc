#include "sdp/stream.hpp"

#include "base/check.hpp"
#include "sdp/parse.hpp"
#include "sdp/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace strowger::sdp {

namespace {

// Multicast and broadcast are nobody's phone: sending there would make us an amplifier.
bool is_for_one(const IpAddress& ip) {
  if (ip.is_v6()) return ip.bytes[0] != 0xFF;
  return ip.bytes[0] < 224;
}

struct StaticName {
  int payload_type;
  std::string_view encoding;
};
// RFC 3551 §6: what needs no rtpmap. Their clock is 8000 Hz, G.722's by an old mistake. 13 is
// comfort noise (RFC 3389).
constexpr std::array<StaticName, 7> static_names{{{0, "PCMU"},
                                                  {3, "GSM"},
                                                  {4, "G723"},
                                                  {8, "PCMA"},
                                                  {9, "G722"},
                                                  {13, comfort_noise},
                                                  {18, "G729"}}};

const RtpMap* telephone_event_map(const Media& section, std::uint32_t clock_rate) {
  for (const int type : payload_types(section)) {
    const RtpMap* map = map_of(section, type);
    if (map && same_word(map->encoding, telephone_event) && map->clock_rate == clock_rate) {
      return map;
    }
  }
  return nullptr;
}

}  // namespace

const RtpMap* map_of(const Media& section, int payload_type) {
  const auto found = std::ranges::find(section.rtpmaps, payload_type, &RtpMap::payload_type);
  return found == section.rtpmaps.end() ? nullptr : &*found;
}

std::vector<int> payload_types(const Media& section) {
  std::vector<int> types;
  for (const std::string& format : section.formats) {
    if (const auto type = number(format, 0, 127)) types.push_back(static_cast<int>(*type));
  }
  return types;
}

Codec codec_of(const Media& section, int payload_type) {
  Codec codec;
  codec.payload_type = payload_type;
  if (const RtpMap* map = map_of(section, payload_type)) {
    codec.encoding = map->encoding;
    codec.clock_rate = map->clock_rate;
    codec.channels = map->channels;
    for (const Codec& spoken : {pcmu(), pcma(), g722(), opus(0)}) {
      if (same_word(spoken.encoding, codec.encoding)) codec.encoding = spoken.encoding;
    }
    return codec;
  }
  const auto* const known =
      std::ranges::find(static_names, payload_type, &StaticName::payload_type);
  if (known != static_names.end()) codec.encoding = known->encoding;
  return codec;
}

bool is_sound(const Codec& codec) {
  return !same_word(codec.encoding, telephone_event) &&
         !same_word(codec.encoding, comfort_noise);
}

std::optional<int> first_sound(const Media& section) {
  for (const int type : payload_types(section)) {
    if (is_sound(codec_of(section, type))) return type;
  }
  return std::nullopt;
}

// Events share the clock of the sound they interrupt (RFC 4733 §2.1). But many phones offer them at
// 8 kHz only, whatever the codec: better than no digits at all.
const RtpMap* choose_telephone_event(const Media& section, std::uint32_t clock_rate) {
  const RtpMap* const same = telephone_event_map(section, clock_rate);
  return same ? same : telephone_event_map(section, telephone_clock);
}

std::optional<Refusal> refuse_transport(const Session& session, const Media& section,
                                        const LocalMedia& local) {
  if (is_srtp(section)) {
    const bool usable = local.secrecy != Secrecy::none && choose_crypto(section);
    return usable ? std::nullopt : std::optional(Refusal::srtp_required);
  }
  if (section.protocol.find("SAVP") != std::string::npos) return Refusal::srtp_required;  // DTLS
  const bool plain = section.protocol == "RTP/AVP" || section.protocol == "RTP/AVPF";
  if (!plain) return Refusal::unsupported_transport;
  // AVPF beside a fingerprint is DTLS-SRTP in disguise (RFC 8643 §3).
  const bool keyed = section.attribute("fingerprint") || session.attribute("fingerprint");
  if (keyed && section.protocol == "RTP/AVPF") return Refusal::srtp_required;
  if (local.secrecy == Secrecy::required) return Refusal::srtp_missing;
  return std::nullopt;
}

void add_crypto(Media& section, const LocalMedia& local, const Crypto& theirs) {
  const Crypto ours{theirs.tag, theirs.suite, local.srtp_key};
  section.attributes.push_back({"crypto", crypto_value(ours)});
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

// RFC 3264 §6: port 0, and one format or more, which mean nothing. One keeps our answer short.
Media refused(const Media& offered) {
  Media section;
  section.type = offered.type;
  section.protocol = offered.protocol;
  section.formats = {offered.formats.empty() ? "0" : offered.formats[0]};
  return section;
}

// RFC 3264 §8: the version counts up by one when, and only when, something changed.
void stamp_version(Session& ours, std::string_view previous) {
  if (previous.empty()) return;
  const auto before = parse(previous);
  check(before.has_value(), "a description of ours can't be read");
  ours.origin = before->origin;
  if (serialize(ours) == previous) return;
  std::uint64_t version = 0;
  const std::string& text = before->origin.version;
  std::from_chars(text.data(), text.data() + text.size(), version);
  ours.origin.version = std::to_string(version + 1);
}

}  // namespace strowger::sdp
