#include "sdp/pass_on.hpp"

#include "sdp/format_parameters.hpp"
#include "sdp/stream.hpp"
#include "sdp/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace strowger::sdp {

namespace {

std::optional<Refusal> refuse(const Session& session, const Media& section,
                              const LocalMedia& ours) {
  if (section.type != "audio") return Refusal::no_audio;
  if (section.port == 0) return Refusal::port_zero;
  if (const auto refusal = refuse_transport(session, section, ours)) return refusal;
  if (const auto refusal = refuse_address(session.connection_of(section), ours)) return refusal;
  if (payload_types(section).empty()) return Refusal::no_common_codec;
  return std::nullopt;
}

// The section that can be relayed.
Result<const Media*, Refusal> usable(const Session& session, const LocalMedia& ours) {
  Refusal closest = Refusal::no_audio;
  for (const Media& section : session.media) {
    const auto refusal = refuse(session, section, ours);
    if (!refusal) return &section;
    closest = std::max(closest, *refusal);
  }
  return unexpected(closest);
}

// c=0.0.0.0 is the hold of RFC 2543: they hear nothing, whatever the direction says.
Direction meant(const Session& session, const Media& section) {
  const Direction said = session.direction_of(section);
  const Connection* connection = session.connection_of(section);
  if (connection && connection->ip && connection->ip->is_unspecified()) {
    return direction(sends(said), false);
  }
  return said;
}

// How the other end's media travels: as it asked itself, or as we ask of it.
void secure(Media& section, const LocalMedia& ours, const Media* asked) {
  const bool feedback = section.protocol.ends_with('F');
  if (asked) section.protocol = asked->protocol;
  else if (ours.secrecy == Secrecy::required) section.protocol = "RTP/SAVP";
  else section.protocol = feedback ? "RTP/AVPF" : "RTP/AVP";
  if (!is_srtp(section)) return;
  const auto theirs = asked ? choose_crypto(*asked) : std::optional(Crypto{});
  if (theirs) add_crypto(section, ours, *theirs);
}

// Keys, candidates and addresses of theirs are of no use to the other end. `asked`: what that one
// offered.
Media passed(const Session& session, const Media& theirs, const LocalMedia& ours,
             const Media* asked) {
  Media section;
  section.port = ours.rtp.port;
  section.protocol = theirs.protocol;
  section.formats = theirs.formats;
  section.direction = meant(session, theirs);
  section.rtpmaps = theirs.rtpmaps;
  section.fmtps = theirs.fmtps;
  section.ptime = theirs.ptime;
  section.maxptime = theirs.maxptime;
  for (const Attribute& each : theirs.attributes) {
    if (each.name == "rtcp-fb") section.attributes.push_back(each);
  }
  secure(section, ours, asked);
  return section;
}

std::optional<IpAddress::Family> family_of(const Session& session) {
  for (const Media& section : session.media) {
    const Connection* connection = session.connection_of(section);
    if (section.port != 0 && connection && connection->ip) return connection->ip->family;
  }
  return std::nullopt;
}

}  // namespace

Result<Session, Refusal> pass_on(const Session& theirs, const LocalMedia& ours,
                                 const Session* answering) {
  // Who wrote it may be of another address family than who reads it.
  LocalMedia either = ours;
  either.rtp.address.family = family_of(theirs).value_or(ours.rtp.address.family);
  either.secrecy = Secrecy::in_kind;  // what the writer requires is its own leg's matter
  if (answering && answering->media.size() != theirs.media.size()) {
    return unexpected(Refusal::answer_mismatch);
  }
  const auto chosen = usable(theirs, either);
  if (!chosen) return unexpected(chosen.error());
  Session session = blank(ours);
  for (std::size_t i = 0; i < theirs.media.size(); ++i) {
    const Media& section = theirs.media[i];
    const Media* const asked = answering ? &answering->media[i] : nullptr;
    const bool kept = &section == *chosen;
    session.media.push_back(kept ? passed(theirs, section, ours, asked) : refused(section));
  }
  stamp_version(session, ours.previous);
  return session;
}

void take_from_hold(Session& session) {
  for (Media& section : session.media) section.direction = Direction::sendrecv;
}

Result<AgreedStream, Refusal> read_stream(const Session& theirs, const LocalMedia& ours) {
  const auto chosen = usable(theirs, ours);
  if (!chosen) return unexpected(chosen.error());
  const Media& section = **chosen;
  const Connection* connection = theirs.connection_of(section);
  const Direction said = meant(theirs, section);
  AgreedStream result;
  result.remote_rtp = {*connection->ip, section.port};
  result.remote_rtcp = rtcp_endpoint(section, result.remote_rtp, false);
  result.payload_type = first_sound(section).value_or(payload_types(section).front());
  result.codec = codec_of(section, result.payload_type);
  const auto format = std::to_string(result.payload_type);
  const auto fmtp = std::ranges::find(section.fmtps, format, &Fmtp::format);
  if (fmtp != section.fmtps.end()) {
    result.codec.bitrate = number_parameter(fmtp->parameters, "maxaveragebitrate").value_or(0);
  }
  result.ptime = section.ptime.value_or(packet_time);
  if (section.maxptime) result.ptime = std::min(result.ptime, *section.maxptime);
  if (const RtpMap* map = choose_telephone_event(section, result.codec.clock_rate)) {
    result.telephone_event_pt = map->payload_type;
    result.telephone_event_clock = map->clock_rate;
  }
  if (is_srtp(section)) result.crypto = choose_crypto(section);
  result.direction = mirrored(said);
  result.far_end_listens = receives(said);
  result.media_index = static_cast<std::size_t>(*chosen - theirs.media.data());
  return result;
}

Session narrowed(const Session& ours, int payload_type, std::optional<int> telephone_event_pt) {
  Session session = ours;
  const auto other = [&](int type) { return type != payload_type && type != telephone_event_pt; };
  for (Media& section : session.media) {
    if (section.port == 0) continue;
    const auto types = payload_types(section);
    for (const int type : types) {
      if (!other(type)) continue;
      std::erase(section.formats, std::to_string(type));
      std::erase_if(section.rtpmaps, [&](const RtpMap& map) { return map.payload_type == type; });
      std::erase_if(section.fmtps,
                    [&](const Fmtp& fmtp) { return fmtp.format == std::to_string(type); });
    }
    section.direction = Direction::sendrecv;
  }
  return session;
}

}  // namespace strowger::sdp
