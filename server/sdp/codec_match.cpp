#include "sdp/codec_match.hpp"

#include "sdp/stream.hpp"
#include "sdp/words.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace strowger::sdp {

namespace {

constexpr int last_payload_type = 127;
constexpr int event_usual = 101;

// Where nobody says what a payload type means, it is its number.
bool same_codec(const Codec& a, const Codec& b) {
  if (a.encoding.empty()) return b.encoding.empty() && a.payload_type == b.payload_type;
  return same_word(a.encoding, b.encoding) && a.clock_rate == b.clock_rate &&
         a.channels == b.channels;
}

// The payload type that `section` has for it; by preference that one.
std::optional<int> type_of(const Media& section, const Codec& codec) {
  std::optional<int> found;
  for (const int type : payload_types(section)) {
    if (!same_codec(codec_of(section, type), codec)) continue;
    if (type == codec.payload_type) return type;
    if (!found) found = type;
  }
  return found;
}

bool in_use(const Media& section, int type) {
  const auto types = payload_types(section);
  return std::ranges::find(types, type) != types.end() || map_of(section, type) != nullptr;
}

// Its usual number, or a free one; none is left in an offer of thirty codecs.
std::optional<int> number_for(const Media& section, int usual) {
  if (!in_use(section, usual)) return usual;
  if (usual < first_dynamic_payload_type) return std::nullopt;
  for (int type = first_dynamic_payload_type; type <= last_payload_type; ++type) {
    if (!in_use(section, type)) return type;
  }
  return std::nullopt;
}

void add(Media& section, const Codec& codec, int type) {
  const auto format = std::to_string(type);
  section.formats.push_back(format);
  section.rtpmaps.push_back({type, codec.encoding, codec.clock_rate, codec.channels});
  if (!codec.parameters.empty()) section.fmtps.push_back({format, codec.parameters});
}

Codec events_at(std::uint32_t clock_rate) {
  return {.encoding = std::string(telephone_event),
          .clock_rate = clock_rate,
          .payload_type = event_usual,
          .parameters = std::string(telephone_event_range)};
}

bool is_narrow(const Codec& codec) { return codec.encoding == "PCMU" || codec.encoding == "PCMA"; }

// Sound of a telephone band gains nothing by more than that, and costs least.
std::vector<Codec> nearest_first(std::vector<Codec> ours, const Media& section) {
  const bool wide = std::ranges::any_of(ours, [&](const Codec& codec) {
    return !is_narrow(codec) && type_of(section, codec);
  });
  if (!wide) std::ranges::stable_partition(ours, is_narrow);
  return ours;
}

bool has_events(const Media& section) {
  const auto types = payload_types(section);
  return std::ranges::any_of(types, [&](int type) {
    return same_word(codec_of(section, type).encoding, telephone_event);
  });
}

bool offers_one_of(const Media& section, const std::vector<Codec>& ours) {
  const auto offered = [&](const Codec& codec) { return type_of(section, codec).has_value(); };
  return std::ranges::any_of(ours, offered);
}

void add_codecs(Media& section, const std::vector<Codec>& ours) {
  if (section.type != "audio" || section.port == 0 || !section.is_rtp()) return;
  if (!offers_one_of(section, ours)) return;
  const bool keys = has_events(section);
  for (const Codec& codec : nearest_first(ours, section)) {
    if (type_of(section, codec)) continue;
    const auto type = number_for(section, codec.payload_type);
    if (!type) continue;
    add(section, codec, *type);
    const auto events = events_at(codec.clock_rate);
    if (!keys || type_of(section, events)) continue;
    if (const auto free = number_for(section, event_usual)) add(section, events, *free);
  }
}

void add_events(Media& section) {
  if (section.type != "audio" || section.port == 0 || !section.is_rtp()) return;
  if (has_events(section)) return;
  for (const int type : payload_types(section)) {
    const auto codec = codec_of(section, type);
    const auto clock = codec.clock_rate;
    if (clock == 0 || !is_sound(codec) || type_of(section, events_at(clock))) continue;
    if (const auto free = number_for(section, event_usual)) add(section, events_at(clock), *free);
  }
}

// Formats in that order, and nothing that belongs to others.
void keep(Media& section, const std::vector<int>& types) {
  const auto kept = [&](std::string_view format) {
    return std::ranges::any_of(types,
                               [&](int type) { return format == std::to_string(type); });
  };
  section.formats.clear();
  for (const int type : types) section.formats.push_back(std::to_string(type));
  std::erase_if(section.rtpmaps,
                [&](const RtpMap& map) { return !kept(std::to_string(map.payload_type)); });
  std::erase_if(section.fmtps, [&](const Fmtp& fmtp) { return !kept(fmtp.format); });
}

// An answer in the codec `ours`, which was offered as `type`.
Media answered_in(const Media& offered, const Media& answer, const Codec& ours, int type) {
  Media section = answer;
  section.formats.clear();
  section.rtpmaps.clear();
  section.fmtps.clear();
  std::erase_if(section.attributes,
                [](const Attribute& attribute) { return attribute.name == "rtcp-fb"; });
  section.ptime = packet_time;
  section.maxptime.reset();
  add(section, ours, type);
  if (!has_events(answer)) return section;
  if (const auto* const map = choose_telephone_event(offered, ours.clock_rate)) {
    add(section, events_at(map->clock_rate), map->payload_type);
  }
  return section;
}

struct Offered {
  Codec codec;
  int payload_type;
};

std::optional<Offered> first_of(const Media& offered, const std::vector<Codec>& ours) {
  for (const int type : payload_types(offered)) {
    const auto codec = codec_of(offered, type);
    const auto known = std::ranges::find_if(
        ours, [&](const Codec& one) { return same_codec(one, codec); });
    if (known != ours.end()) return Offered{*known, type};
  }
  return std::nullopt;
}

Result<Media, Refusal> in_terms_of(const Media& offered, const Media& answer,
                                   const std::vector<Codec>& ours) {
  std::vector<int> shared;
  bool sound = false;
  for (const int type : payload_types(answer)) {
    const auto codec = codec_of(answer, type);
    if (!type_of(offered, codec)) continue;
    shared.push_back(type);
    sound = sound || is_sound(codec);
  }
  const auto first = first_sound(answer);
  const bool agree = !first || std::ranges::find(shared, *first) != shared.end();
  const auto choice = agree ? std::nullopt : first_of(offered, ours);
  if (choice) return answered_in(offered, answer, choice->codec, choice->payload_type);
  if (!sound && first) return unexpected(Refusal::no_common_codec);
  Media section = answer;
  if (sound) keep(section, shared);
  return section;
}

}  // namespace

void add_codecs(Session& offer, const std::vector<Codec>& ours) {
  for (Media& section : offer.media) add_codecs(section, ours);
}

void add_events(Session& offer) {
  for (Media& section : offer.media) add_events(section);
}

Result<Session, Refusal> answer_in_terms_of(const Session& offer, const Session& answer,
                                            const std::vector<Codec>& ours) {
  if (offer.media.size() != answer.media.size()) return unexpected(Refusal::answer_mismatch);
  Session told = answer;
  for (std::size_t i = 0; i < told.media.size(); ++i) {
    if (told.media[i].type != "audio" || told.media[i].port == 0) continue;
    auto section = in_terms_of(offer.media[i], answer.media[i], ours);
    if (!section) return unexpected(section.error());
    told.media[i] = std::move(*section);
  }
  return told;
}

Session agreed(const Session& said, const Session& answer) {
  Session session = said;
  for (std::size_t i = 0; i < session.media.size() && i < answer.media.size(); ++i) {
    if (answer.media[i].port == 0) session.media[i].port = 0;  // refused (RFC 3264 §6)
    std::vector<int> types;
    for (const int type : payload_types(answer.media[i])) {
      const auto own = type_of(said.media[i], codec_of(answer.media[i], type));
      if (own && std::ranges::find(types, *own) == types.end()) types.push_back(*own);
    }
    if (!types.empty()) keep(session.media[i], types);
  }
  return session;
}

std::vector<Heard> formats_in(const Session& description) {
  std::vector<Heard> formats;
  for (const Media& section : description.media) {
    if (section.type != "audio" || section.port == 0) continue;
    for (const int type : payload_types(section)) {
      auto codec = codec_of(section, type);
      const bool events = same_word(codec.encoding, telephone_event);
      formats.push_back({type, std::move(codec), events});
    }
    break;
  }
  return formats;
}

}  // namespace strowger::sdp
