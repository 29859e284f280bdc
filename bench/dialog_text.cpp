#include "dialog_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace strowger::bench {

namespace {

constexpr std::string_view line_end = "\r\n";

bool same_letter(char a, char b) { return (a | 0x20) == (b | 0x20); }

// The value, when the line is `name: value`.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':' ||
      !std::equal(name.begin(), name.end(), line.begin(), same_letter)) {
    return std::nullopt;
  }
  line.remove_prefix(name.size() + 1);
  const auto begin = line.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

std::string_view body_of(std::string_view message) {
  const auto at = message.find("\r\n\r\n");
  return at == std::string_view::npos ? std::string_view() : message.substr(at + 4);
}

}  // namespace

std::vector<std::string_view> headers(std::string_view message, std::string_view name) {
  std::vector<std::string_view> found;
  auto at = message.find(line_end);
  while (at != std::string_view::npos) {
    message.remove_prefix(at + line_end.size());
    at = message.find(line_end);
    const auto line = message.substr(0, at);
    if (line.empty()) break;
    if (const auto value = value_of(line, name)) found.push_back(*value);
  }
  return found;
}

std::string_view first_header(std::string_view message, std::string_view name) {
  const auto found = headers(message, name);
  return found.empty() ? std::string_view() : found.front();
}

std::string_view uri_of(std::string_view value) {
  const auto begin = value.find('<');
  if (begin == std::string_view::npos) return value.substr(0, value.find(';'));
  return value.substr(begin + 1, value.find('>', begin) - begin - 1);
}

std::optional<std::uint16_t> audio_port(std::string_view message) {
  constexpr std::string_view line = "m=audio ";
  const auto body = body_of(message);
  const auto at = body.find(line);
  if (at == std::string_view::npos) return std::nullopt;
  std::uint16_t port = 0;
  const auto digits = body.substr(at + line.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return port == 0 ? std::nullopt : std::optional(port);
}

Dialog Dialog::of(std::string_view ok) {
  Dialog dialog{.from = std::string(first_header(ok, "From")),
                .to = std::string(first_header(ok, "To")),
                .call_id = std::string(first_header(ok, "Call-ID")),
                .target = std::string(uri_of(first_header(ok, "Contact"))),
                .route = {}};
  const auto recorded = headers(ok, "Record-Route");
  dialog.route.assign(recorded.rbegin(), recorded.rend());
  return dialog;
}

std::string request(const Dialog& dialog, std::string_view method, std::string_view via,
                    int cseq) {
  auto text = fmt::format("{} {} SIP/2.0\r\nVia: {}\r\n", method, dialog.target, via);
  for (const auto& route : dialog.route) text += "Route: " + route + "\r\n";
  fmt::format_to(std::back_inserter(text),
                 "Max-Forwards: 70\r\nFrom: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n"
                 "Content-Length: 0\r\n\r\n",
                 dialog.from, dialog.to, dialog.call_id, cseq, method);
  return text;
}

std::string answer(std::string_view request, std::string_view status, std::string_view tag,
                   std::string_view contact, std::string_view body) {
  auto text = fmt::format("SIP/2.0 {}\r\n", status);
  for (const auto* const name : {"Via", "Record-Route"}) {
    for (const auto& value : headers(request, name)) text += fmt::format("{}: {}\r\n", name, value);
  }
  const auto to = first_header(request, "To");
  const bool tagged = tag.empty() || to.find(";tag=") != std::string_view::npos;
  fmt::format_to(std::back_inserter(text), "From: {}\r\nTo: {}{}{}\r\nCall-ID: {}\r\nCSeq: {}\r\n",
                 first_header(request, "From"), to, tagged ? "" : ";tag=", tagged ? "" : tag,
                 first_header(request, "Call-ID"), first_header(request, "CSeq"));
  if (!contact.empty()) text += fmt::format("Contact: <{}>\r\n", contact);
  if (!body.empty()) text += "Content-Type: application/sdp\r\n";
  return text + fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

std::string audio(std::string_view ip, std::uint16_t port) {
  return fmt::format(
      "v=0\r\no=bench 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio {1} RTP/AVP 0\r\n"
      "a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n",
      ip, port);
}

}  // namespace strowger::bench
