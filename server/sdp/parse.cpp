#include "sdp/parse.hpp"

#include "sdp/attribute.hpp"
#include "sdp/words.hpp"

#include <utility>

namespace strowger::sdp {

namespace {

Result<Origin, Kind> parse_origin(std::string_view value) {
  // A few phones put blanks into the user name, so the fixed words are counted from the end.
  std::vector<std::string_view> words;
  Words line(value);
  for (auto word = line.next(); !word.empty(); word = line.next()) words.push_back(word);
  constexpr std::size_t fixed = 5;  // id, version, net type, address type, address
  if (words.size() < fixed) return unexpected(Kind::bad_origin);
  const std::size_t names = words.size() - fixed;
  Origin origin;
  if (names > 0) origin.username = words[0];
  for (std::size_t i = 1; i < names; ++i) origin.username.append(" ").append(words[i]);
  origin.session_id = words[names];
  origin.version = words[names + 1];
  origin.address_type = words[names + 3];
  origin.address = words[names + 4];
  return origin;
}

class Reader {
 public:
  Done line(std::string_view text) {
    if (text.size() < 2 || text[1] != '=' || text[0] < 'a' || text[0] > 'z') {
      return unexpected(Kind::bad_line);
    }
    if (text.find('\0') != std::string_view::npos || text.find('\r') != std::string_view::npos) {
      return unexpected(Kind::bad_line);
    }
    const std::string_view value = text.substr(2);
    if (!versioned_) return version(text);
    switch (text[0]) {
      case 'o': return origin(value);
      case 's': return title(value);
      case 'c': return connection(value);
      case 'm': return media(value);
      case 'a': return attribute(value);
      default: return {};  // i u e p b t r z k and whatever is invented: nothing we act on
    }
  }

  bool versioned() const { return versioned_; }
  Session take() { return std::move(session_); }

 private:
  Done version(std::string_view text) {
    if (text != "v=0") return unexpected(Kind::no_version);
    versioned_ = true;
    return {};
  }

  Done origin(std::string_view value) {
    auto origin = parse_origin(value);
    if (!origin) return unexpected(origin.error());
    session_.origin = std::move(*origin);
    return {};
  }

  Done title(std::string_view value) {
    const bool blank = value.find_first_not_of(' ') == std::string_view::npos;
    session_.name = blank ? "-" : value;
    return {};
  }

  // Several c= lines in one section mean multicast layers: the first one counts.
  Done connection(std::string_view value) {
    auto parsed = parse_connection(value);
    if (!parsed) return unexpected(parsed.error());
    auto& field = session_.media.empty() ? session_.connection : session_.media.back().connection;
    if (!field) field = std::move(*parsed);
    return {};
  }

  Done media(std::string_view value) {
    if (session_.media.size() == media_lines_max) return unexpected(Kind::too_many_media);
    auto parsed = parse_media_line(value);
    if (!parsed) return unexpected(parsed.error());
    session_.media.push_back(std::move(*parsed));
    attributes_ = 0;
    return {};
  }

  Done attribute(std::string_view value) {
    if (++attributes_ > attributes_max) return unexpected(Kind::too_many_attributes);
    const auto colon = value.find(':');
    Attribute attribute{.name = std::string(value.substr(0, colon))};
    if (attribute.name.empty()) return {};
    if (colon != std::string_view::npos) attribute.value = value.substr(colon + 1);
    if (session_.media.empty()) return read_attribute(session_, std::move(attribute));
    return read_attribute(session_.media.back(), std::move(attribute));
  }

  Session session_;
  bool versioned_ = false;
  std::size_t attributes_ = 0;  // of the current section
};

std::string_view reason(Kind kind) {
  switch (kind) {
    case Kind::too_long: return "the description is longer than 64 kB";
    case Kind::too_many_media: return "more than 32 m= lines";
    case Kind::too_many_attributes: return "more than 256 a= lines in one section";
    case Kind::too_many_formats: return "more than 128 formats on one m= line";
    case Kind::no_version: return "the description does not begin with v=0";
    case Kind::bad_line: return "not a line of the form x=value";
    case Kind::bad_origin: return "o= has fewer than five words";
    case Kind::bad_connection: return "c= is not \"IN <type> <address>\"";
    case Kind::bad_media: return "m= is not \"<media> <port> <protocol> <formats>\"";
    case Kind::bad_port: return "the port is not a number of 0..65535";
    case Kind::bad_payload_type: return "a payload type is not a number of 0..127";
    case Kind::bad_rtpmap: return "rtpmap is not \"<type> <name>/<rate above 0>[/<channels>]\"";
    case Kind::bad_ptime: return "the packet time is not a number of 1..1000 ms";
    case Kind::bad_rtcp: return "rtcp is not a port of 0..65535, or its address is broken";
  }
  return "not a session description";
}

}  // namespace

Result<Session, ParseError> parse(std::string_view body) {
  if (body.size() > body_bytes_max) return unexpected(ParseError{Kind::too_long});
  Reader reader;
  std::size_t line = 0;
  while (!body.empty()) {
    ++line;
    const auto feed = body.find('\n');
    std::string_view text = body.substr(0, feed);
    body.remove_prefix(feed == std::string_view::npos ? body.size() : feed + 1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty()) continue;
    if (const Done done = reader.line(text); !done) {
      return unexpected(ParseError{done.error(), line});
    }
  }
  if (!reader.versioned()) return unexpected(ParseError{Kind::no_version});
  return reader.take();
}

std::string text(const ParseError& error) {
  if (error.line == 0) return std::string(reason(error.kind));
  return "line " + std::to_string(error.line) + ": " + std::string(reason(error.kind));
}

}  // namespace strowger::sdp
