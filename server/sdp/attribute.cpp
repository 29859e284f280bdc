#include "sdp/attribute.hpp"

#include "sdp/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace strowger::sdp {

namespace {

std::optional<Direction> direction_named(std::string_view text) {
  for (const Direction d : {Direction::inactive, Direction::sendonly, Direction::recvonly,
                            Direction::sendrecv}) {
    if (text == name(d)) return d;
  }
  return std::nullopt;
}

// RFC 8866 §9 token, a little wider: printable ASCII without blanks.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Done read_rtpmap(Media& media, std::string_view value) {
  Words words(value);
  const auto payload_type = number(words.next(), 0, payload_type_max);
  if (!payload_type) return unexpected(Kind::bad_payload_type);
  std::string_view rest = words.next();
  const auto take = [&rest] {
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    return part;
  };
  RtpMap map{.payload_type = static_cast<int>(*payload_type), .encoding = std::string(take())};
  const auto rate = number(take(), 1, clock_rate_max);
  if (!is_token(map.encoding) || !rate) return unexpected(Kind::bad_rtpmap);
  map.clock_rate = *rate;
  if (!rest.empty()) {
    const auto channels = number(rest, 1, channels_max);
    if (!channels) return unexpected(Kind::bad_rtpmap);
    map.channels = static_cast<int>(*channels);
  }
  if (media.rtpmaps.empty()) media.rtpmaps.reserve(media.formats.size());
  media.rtpmaps.push_back(std::move(map));
  return {};
}

Done read_fmtp(Media& media, std::string_view value) {
  Words words(value);
  Fmtp fmtp{.format = std::string(words.next())};
  fmtp.parameters = words.rest();
  if (!fmtp.format.empty()) media.fmtps.push_back(std::move(fmtp));
  return {};
}

// "20", or with a fraction as RFC 8866 §9 allows ("2.5" ms); the fraction is dropped.
Done read_ptime(std::optional<std::chrono::milliseconds>& field, std::string_view value) {
  const std::string_view word = Words(value).next();
  const auto dot = word.find('.');
  const auto ms = number(word.substr(0, dot), 1, ptime_max);
  if (!ms) return unexpected(Kind::bad_ptime);
  if (dot != std::string_view::npos && !number(word.substr(dot + 1), 0, 999'999'999)) {
    return unexpected(Kind::bad_ptime);
  }
  field = std::chrono::milliseconds(*ms);
  return {};
}

Done read_rtcp(Media& media, std::string_view value) {
  Words words(value);
  const auto port = number(words.next(), 0, 65'535);
  if (!port) return unexpected(Kind::bad_rtcp);
  RtcpPort rtcp{.port = static_cast<std::uint16_t>(*port)};
  if (!words.rest().empty()) {
    auto connection = parse_connection(words.rest());
    if (!connection) return unexpected(Kind::bad_rtcp);
    rtcp.connection = std::move(*connection);
  }
  media.rtcp = std::move(rtcp);
  return {};
}

Done read_ptime_line(Media& media, std::string_view value) {
  return read_ptime(media.ptime, value);
}

Done read_maxptime_line(Media& media, std::string_view value) {
  return read_ptime(media.maxptime, value);
}

struct RtpAttribute {
  std::string_view name;
  Done (*read)(Media&, std::string_view value);
};
constexpr std::array<RtpAttribute, 5> rtp_attributes = {{{"rtpmap", read_rtpmap},
                                                         {"fmtp", read_fmtp},
                                                         {"ptime", read_ptime_line},
                                                         {"maxptime", read_maxptime_line},
                                                         {"rtcp", read_rtcp}}};

}  // namespace

Result<Connection, Kind> parse_connection(std::string_view value) {
  Words words(value);
  const std::string_view net_type = words.next();
  Connection connection;
  connection.address_type = words.next();
  connection.address = words.next();
  if (!is_token(connection.address_type) || !is_token(connection.address)) {
    return unexpected(Kind::bad_connection);
  }
  if (net_type != "IN") return unexpected(Kind::bad_connection);
  // A TTL or count after a slash belongs to multicast, which negotiation refuses by the address.
  const std::string_view address = connection.address;
  connection.ip = IpAddress::parse(address.substr(0, address.find('/')));
  return connection;
}

Result<Media, Kind> parse_media_line(std::string_view value) {
  Words words(value);
  Media media;
  media.type = words.next();
  const std::string_view ports = words.next();
  media.protocol = words.next();
  if (!is_token(media.type) || !is_token(media.protocol)) return unexpected(Kind::bad_media);
  const auto slash = ports.find('/');
  const auto port = number(ports.substr(0, slash), 0, 65'535);
  const auto count = slash == std::string_view::npos
                         ? std::optional<std::uint32_t>(1)
                         : number(ports.substr(slash + 1), 1, 65'535);
  if (!port || !count) return unexpected(Kind::bad_port);
  media.port = static_cast<std::uint16_t>(*port);
  media.port_count = static_cast<std::uint16_t>(*count);

  media.formats.reserve(8);  // more than most phones offer
  for (auto format = words.next(); !format.empty(); format = words.next()) {
    if (media.formats.size() == formats_max) return unexpected(Kind::too_many_formats);
    if (!is_token(format)) return unexpected(Kind::bad_media);
    if (media.is_rtp() && !number(format, 0, payload_type_max)) {
      return unexpected(Kind::bad_payload_type);
    }
    media.formats.emplace_back(format);
  }
  return media;
}

Done read_attribute(Session& session, Attribute attribute) {
  if (const auto direction = direction_named(attribute.name); direction && !attribute.value) {
    session.direction = direction;
    return {};
  }
  session.attributes.push_back(std::move(attribute));
  return {};
}

Done read_attribute(Media& media, Attribute attribute) {
  if (const auto direction = direction_named(attribute.name); direction && !attribute.value) {
    media.direction = direction;
    return {};
  }
  if (media.is_rtp() && attribute.name == "rtcp-mux" && !attribute.value) {
    media.rtcp_mux = true;
    return {};
  }
  const auto typed = std::ranges::find(rtp_attributes, attribute.name, &RtpAttribute::name);
  if (media.is_rtp() && typed != rtp_attributes.end()) {
    return typed->read(media, attribute.value.value_or(""));
  }
  media.attributes.push_back(std::move(attribute));
  return {};
}

}  // namespace strowger::sdp
