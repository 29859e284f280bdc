#include "call_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <random>

namespace strowger::bench {

namespace {

constexpr std::size_t index_digits = 8;

constexpr std::string_view offer =
    "v=0\r\no=bench 2890844526 2890844526 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\n"
    "m=audio {1} RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

std::string_view value(std::string_view message, std::string_view name) {
  const auto at = message.find(name);
  if (at == std::string_view::npos) return {};
  const auto begin = at + name.size();
  const auto end = message.find("\r\n", begin);
  return message.substr(begin, end == std::string_view::npos ? 0 : end - begin);
}

}  // namespace

CallText::CallText(std::string caller, std::string server, std::uint16_t server_port)
    : caller_(std::move(caller)), server_(fmt::format("{}:{}", server, server_port)) {
  run_ = fmt::format("z9hG4bK{:08x}-", std::random_device()());
}

void CallText::head(std::string_view method, const CallName& call, std::string_view to) {
  fmt::format_to(std::back_inserter(text_),
                 "{0} sip:{1}@{2} SIP/2.0\r\n"
                 "Via: SIP/2.0/UDP {3}:{4};branch={5}{6:08x};rport\r\n"
                 "Max-Forwards: 70\r\n"
                 "From: \"Bench caller\" <sip:bench@{3}>;tag=t{6:08x}\r\n"
                 "To: {7}\r\n"
                 "Call-ID: {5}{6:08x}@{3}\r\n"
                 "CSeq: 1 {0}\r\n",
                 method, call.number, server_, caller_, call.port, run_, call.index, to);
}

std::string_view CallText::invite(const CallName& call) {
  text_.clear();
  head("INVITE", call, fmt::format("<sip:{}@{}>", call.number, server_));
  const auto body = fmt::format(offer, caller_, call.media_port);
  fmt::format_to(std::back_inserter(text_),
                 "Contact: <sip:bench@{}:{}>\r\n"
                 "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, UPDATE, PRACK\r\n"
                 "Supported: replaces, timer\r\n"
                 "User-Agent: strowger-bench\r\n"
                 "Content-Type: application/sdp\r\n"
                 "Content-Length: {}\r\n\r\n{}",
                 caller_, call.port, body.size(), body);
  return text_;
}

std::string_view CallText::ack(const CallName& call, std::string_view to) {
  text_.clear();
  head("ACK", call, to);
  text_ += "Content-Length: 0\r\n\r\n";
  return text_;
}

std::optional<Answer> CallText::read(std::string_view message) const {
  constexpr std::string_view version = "SIP/2.0 ";
  Answer answer{};
  const auto branch = message.find(run_);
  if (!message.starts_with(version) || branch == std::string_view::npos) return std::nullopt;
  const char* const digits = message.data() + version.size();
  std::from_chars(digits, digits + 3, answer.code);
  const auto index = message.substr(branch + run_.size(), index_digits);
  const auto read = std::from_chars(index.data(), index.data() + index.size(), answer.index, 16);
  if (read.ec != std::errc() || index.size() != index_digits) return std::nullopt;
  answer.to = value(message, "\r\nTo: ");
  answer.retry_after =
      answer.code == 503 && message.find("\r\nRetry-After:") != std::string_view::npos;
  return answer;
}

}  // namespace strowger::bench
