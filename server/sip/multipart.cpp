#include "sip/multipart.hpp"

#include "sip/grammar.hpp"
#include "sip/headers.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t boundary_bytes_max = 70;  // RFC 2046 5.1.1

struct Delimiter {
  std::size_t begin = 0;  // of the line break before it, which belongs to it
  std::size_t end = 0;    // after its own line break
  bool last = false;
};

// The next line of `body` that is "--boundary" or "--boundary--", at or after `from`.
std::optional<Delimiter> find_delimiter(std::string_view body, std::string_view dash_boundary,
                                        std::size_t from) {
  for (std::size_t at = from; (at = body.find(dash_boundary, at)) != npos; ++at) {
    const bool at_line = at == 0 || (at >= 2 && body.substr(at - 2, 2) == "\r\n");
    if (!at_line) continue;
    std::string_view rest = body.substr(at + dash_boundary.size());
    const bool last = rest.substr(0, 2) == "--";
    if (last) rest.remove_prefix(2);
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
    // Anything else on the line makes it a longer boundary, or text.
    if (!rest.empty() && rest.substr(0, 2) != "\r\n") continue;
    if (rest.empty() && !last) continue;
    const std::size_t after = body.size() - rest.size() + (rest.empty() ? 0 : 2);
    return Delimiter{at == 0 ? 0 : std::max(at - 2, from), after, last};
  }
  return std::nullopt;
}

void read_part_header(std::string_view line, Part& part) {
  const std::size_t colon = line.find(':');
  if (colon == npos) return;
  const std::string_view name = trim(line.substr(0, colon));
  const std::string_view value = trim(line.substr(colon + 1));
  switch (header_name_from(name)) {
    case HeaderName::content_type:
      part.content_type = value;
      break;
    case HeaderName::content_disposition:
      part.disposition = value;
      break;
    default:
      if (iequals(name, "Content-Transfer-Encoding")) part.encoding = value;
  }
}

// One header, folds included, off `head`.
std::string_view take_line(std::string_view& head) {
  std::size_t end = head.find("\r\n");
  while (end != npos && end + 2 < head.size() && (head[end + 2] == ' ' || head[end + 2] == '\t')) {
    end = head.find("\r\n", end + 2);
  }
  const std::string_view line = head.substr(0, end);
  head.remove_prefix(end == npos ? head.size() : end + 2);
  return line;
}

std::optional<Part> parse_part(std::string_view text) {
  Part part{.content_type = "text/plain"};
  if (text.substr(0, 2) == "\r\n") {
    part.body = text.substr(2);
    return part;
  }
  const std::size_t end = text.find("\r\n\r\n");
  if (end == npos) return std::nullopt;
  std::string_view head = text.substr(0, end + 2);
  part.body = text.substr(end + 4);
  while (!head.empty()) read_part_header(take_line(head), part);
  return part;
}

// A part must be SDP as it stands: quoted-printable and base64 are not undone.
bool is_plain(const Part& part) {
  return part.encoding.empty() || iequals(part.encoding, "7bit") ||
         iequals(part.encoding, "8bit") || iequals(part.encoding, "binary");
}

Result<std::string_view, MultipartError> find_sdp_at(std::string_view content_type,
                                                     std::string_view body, std::size_t depth);

struct Search {
  std::string_view sdp;
  std::size_t depth;
  bool alternative;
  bool refused = false;  // some part must be understood and is not
};

// Looks into one part; the error of a part that may be ignored does not count.
std::optional<MultipartError> look_into(const Part& part, Search& search) {
  const auto type = ContentType::parse(part.content_type);
  const bool multipart = type && iequals(type->type, "multipart");
  const bool sdp = type && type->is("application", "sdp") && is_plain(part);
  if (!multipart && !sdp) {
    if (!part.optional()) search.refused = true;
    return std::nullopt;
  }
  const auto found = find_sdp_at(part.content_type, part.body, search.depth + 1);
  if (!found) {
    if (part.optional()) return std::nullopt;
    return found.error();
  }
  if (!found->empty() && (search.sdp.empty() || search.alternative)) search.sdp = *found;
  return std::nullopt;
}

Result<std::string_view, MultipartError> find_sdp_at(std::string_view content_type,
                                                     std::string_view body, std::size_t depth) {
  const auto type = ContentType::parse(content_type);
  if (!type) return std::string_view();
  if (type->is("application", "sdp")) return body;
  if (!iequals(type->type, "multipart")) return std::string_view();
  if (depth >= multipart_depth_max) return unexpected(MultipartError::malformed);
  const auto parts = split_multipart(content_type, body);
  if (!parts) return unexpected(parts.error());
  Search search{.sdp = {}, .depth = depth, .alternative = iequals(type->subtype, "alternative")};
  for (const Part& part : *parts) {
    if (const auto error = look_into(part, search)) return unexpected(*error);
  }
  // Of alternatives one understood part is enough (RFC 2046 5.1.4).
  const bool enough = search.alternative && !search.sdp.empty();
  if (search.refused && !enough) return unexpected(MultipartError::unsupported_part);
  return search.sdp;
}

}  // namespace

std::string_view text(MultipartError error) {
  switch (error) {
    case MultipartError::no_boundary:
      return "multipart body without boundary";
    case MultipartError::malformed:
      return "malformed multipart body";
    case MultipartError::too_many_parts:
      return "too many body parts";
    case MultipartError::unsupported_part:
      return "unsupported body part";
  }
  return "";
}

bool Part::optional() const {
  const auto parsed = TokenParams::parse(disposition);
  if (!parsed) return false;
  // RFC 5621 8: a by-reference part means nothing by itself.
  if (iequals(parsed->token, "by-reference")) return true;
  const auto handling = parsed->params.text_of("handling");
  return handling && iequals(*handling, "optional");
}

Result<std::vector<Part>, MultipartError> split_multipart(std::string_view content_type,
                                                          std::string_view body) {
  const auto type = ContentType::parse(content_type);
  const auto boundary = type ? type->params.text_of("boundary") : std::nullopt;
  if (!boundary || boundary->empty() || boundary->size() > boundary_bytes_max) {
    return unexpected(MultipartError::no_boundary);
  }
  const std::string dash_boundary = "--" + *boundary;
  auto delimiter = find_delimiter(body, dash_boundary, 0);
  if (!delimiter) return unexpected(MultipartError::malformed);
  std::vector<Part> parts;
  while (!delimiter->last) {
    const std::size_t begin = delimiter->end;
    delimiter = find_delimiter(body, dash_boundary, begin);
    if (!delimiter) return unexpected(MultipartError::malformed);
    if (parts.size() == parts_max) return unexpected(MultipartError::too_many_parts);
    const auto part = parse_part(body.substr(begin, delimiter->begin - begin));
    if (!part) return unexpected(MultipartError::malformed);
    parts.push_back(*part);
  }
  return parts;
}

Result<std::string_view, MultipartError> find_sdp(std::string_view content_type,
                                                  std::string_view body) {
  return find_sdp_at(content_type, body, 0);
}

std::string_view sdp_in(const Message& message) {
  if (message.body().empty()) return {};
  const auto type = message.header(HeaderName::content_type);
  const auto parsed = content_type(message);
  if (!type || !parsed) return {};
  const bool multipart = iequals(parsed->type, "multipart");
  if (!multipart && !parsed->is("application", "sdp")) return {};
  return find_sdp(*type, message.body()).value_or(std::string_view());
}

}  // namespace strowger::sip
