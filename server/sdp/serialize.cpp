#include "sdp/session.hpp"

namespace strowger::sdp {

namespace {

// Lines are built here only, so that nothing inside a value can end one.
class Lines {
 public:
  Lines() { out_.reserve(512); }  // an answer of one section

  Lines& begin(char letter) {
    out_ += letter;
    out_ += '=';
    return *this;
  }
  Lines& attribute(std::string_view attribute_name) { return begin('a').put(attribute_name); }
  Lines& put(std::string_view text) {
    constexpr std::string_view breaks("\r\n\0", 3);
    while (true) {
      const auto at = text.find_first_of(breaks);
      out_ += text.substr(0, at);
      if (at == std::string_view::npos) return *this;
      text.remove_prefix(at + 1);
    }
  }
  Lines& put(std::uint64_t number) {
    out_ += std::to_string(number);
    return *this;
  }
  void end() { out_ += "\r\n"; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

Lines& put_address(Lines& lines, std::string_view type, std::string_view address) {
  return lines.put("IN ").put(type).put(" ").put(address);
}

void write(Lines& lines, const Connection& connection) {
  put_address(lines.begin('c'), connection.address_type, connection.address).end();
}

void write(Lines& lines, const Attribute& attribute) {
  lines.attribute(attribute.name);
  if (attribute.value) lines.put(":").put(*attribute.value);
  lines.end();
}

void write(Lines& lines, const RtpMap& map) {
  lines.attribute("rtpmap:").put(static_cast<std::uint64_t>(map.payload_type)).put(" ");
  lines.put(map.encoding).put("/").put(map.clock_rate);
  if (map.channels > 1) lines.put("/").put(static_cast<std::uint64_t>(map.channels));
  lines.end();
}

void write(Lines& lines, const Fmtp& fmtp) {
  lines.attribute("fmtp:").put(fmtp.format);
  if (!fmtp.parameters.empty()) lines.put(" ").put(fmtp.parameters);
  lines.end();
}

void write(Lines& lines, const RtcpPort& rtcp) {
  lines.attribute("rtcp:").put(rtcp.port);
  if (rtcp.connection) {
    put_address(lines.put(" "), rtcp.connection->address_type, rtcp.connection->address);
  }
  lines.end();
}

void write_media_line(Lines& lines, const Media& media) {
  lines.begin('m').put(media.type).put(" ").put(media.port);
  if (media.port_count > 1) lines.put("/").put(media.port_count);
  lines.put(" ").put(media.protocol);
  for (const std::string& format : media.formats) lines.put(" ").put(format);
  lines.end();
}

void write_time(Lines& lines, std::string_view attribute, std::chrono::milliseconds time) {
  lines.attribute(attribute).put(static_cast<std::uint64_t>(time.count())).end();
}

void write(Lines& lines, const Media& media) {
  write_media_line(lines, media);
  if (media.connection) write(lines, *media.connection);
  for (const RtpMap& map : media.rtpmaps) write(lines, map);
  for (const Fmtp& fmtp : media.fmtps) write(lines, fmtp);
  if (media.ptime) write_time(lines, "ptime:", *media.ptime);
  if (media.maxptime) write_time(lines, "maxptime:", *media.maxptime);
  if (media.direction) lines.attribute(name(*media.direction)).end();
  if (media.rtcp) write(lines, *media.rtcp);
  if (media.rtcp_mux) lines.attribute("rtcp-mux").end();
  for (const Attribute& attribute : media.attributes) write(lines, attribute);
}

void write(Lines& lines, const Origin& origin) {
  lines.begin('o').put(origin.username).put(" ").put(origin.session_id).put(" ");
  put_address(lines.put(origin.version).put(" "), origin.address_type, origin.address).end();
}

}  // namespace

std::string serialize(const Session& session) {
  Lines lines;
  lines.begin('v').put("0").end();
  write(lines, session.origin);
  lines.begin('s').put(session.name).end();
  if (session.connection) write(lines, *session.connection);
  lines.begin('t').put("0 0").end();
  if (session.direction) lines.attribute(name(*session.direction)).end();
  for (const Attribute& attribute : session.attributes) write(lines, attribute);
  for (const Media& media : session.media) write(lines, media);
  return lines.take();
}

}  // namespace strowger::sdp
