#include "api/multipart.hpp"

#include "api/page.hpp"

namespace strowger::api {
namespace {

constexpr std::size_t boundary_chars_max = 70;  // RFC 2046 §5.1.1

// The value of name="…" or name=… among the parameters of a header.
std::string parameter(std::string_view header, std::string_view name) {
  const auto lower = lower_case(header);
  const auto wanted = std::string(name) + "=";
  std::size_t at = lower.find(wanted);
  while (at != std::string::npos && at > 0 && lower[at - 1] != ' ' && lower[at - 1] != ';') {
    at = lower.find(wanted, at + 1);
  }
  if (at == std::string::npos) return {};
  auto rest = header.substr(at + wanted.size());
  if (rest.starts_with('"')) {
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find('"')));
  }
  return std::string(rest.substr(0, rest.find_first_of("; ")));
}

std::optional<FormPart> parse_part(std::string_view text) {
  const auto head_end = text.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  FormPart part{.bytes = text.substr(head_end + 4)};
  auto head = text.substr(0, head_end);
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const auto line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view() : head.substr(end + 2);
    if (lower_case(line.substr(0, line.find(':'))) != "content-disposition") continue;
    part.name = parameter(line, "name");
    part.file_name = parameter(line, "filename");
  }
  return part;
}

}  // namespace

std::optional<std::vector<FormPart>> parse_form(std::string_view content_type,
                                                std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (boundary.empty() || boundary.size() > boundary_chars_max) return std::nullopt;
  const std::string first = "--" + boundary;
  const std::string next = "\r\n" + first;
  if (!body.starts_with(first)) return std::nullopt;
  body.remove_prefix(first.size());
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n") || parts.size() == form_parts_max) return std::nullopt;
    body.remove_prefix(2);
    const auto end = body.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    auto part = parse_part(body.substr(0, end));
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
    body.remove_prefix(end + next.size());
  }
  return parts;
}

}  // namespace strowger::api
