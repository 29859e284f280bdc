#include "sip/stream_framer.hpp"

#include "sip/grammar.hpp"
#include "sip/message.hpp"

#include <algorithm>

namespace strowger::sip {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";

}  // namespace

void StreamFramer::feed(std::string_view bytes) {
  if (broken_) return;
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    scanned_ -= std::min(scanned_, begin_);
    begin_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<Frame> StreamFramer::next() {
  if (broken_) return std::nullopt;
  if (need_ == 0) {
    if (auto ping = skip_line_breaks()) return ping;
    if (waiting() == 0) return std::nullopt;
    // Neither a method nor "SIP/2.0" begins like this: TLS, HTTP/2 and the like, not to be waited
    // for.
    if (!is_token_char(buffer_[begin_])) return fail(0, "not SIP");
    if (auto broken = find_head()) return broken;
  }
  if (need_ == 0 || waiting() < need_) return std::nullopt;
  Frame frame{Frame::Kind::message, buffer_.substr(begin_, need_), {}};
  take(need_);
  return frame;
}

// Between messages: CRLFCRLF is a keep-alive ping, single ones are ignored.
std::optional<Frame> StreamFramer::skip_line_breaks() {
  while (waiting() > 0) {
    const char c = buffer_[begin_];
    if (c != '\r' && c != '\n') break;
    take(1);
    const bool goes_on = c == head_end[line_break_bytes_];
    line_break_bytes_ = goes_on ? line_break_bytes_ + 1 : (c == '\r' ? 1 : 0);
    if (line_break_bytes_ == head_end.size()) {
      line_break_bytes_ = 0;
      return Frame{Frame::Kind::ping, {}, {}};
    }
  }
  if (waiting() > 0) line_break_bytes_ = 0;
  return std::nullopt;
}

// Sets need_ once the head is there. RFC 3261 18.3: on a stream Content-Length says where a message
// ends; without one that can be trusted nobody knows what the following bytes are.
std::optional<Frame> StreamFramer::find_head() {
  const std::size_t end = buffer_.find(head_end, std::max(begin_, scanned_));
  if (end == std::string::npos) {
    const std::size_t kept = std::min(waiting(), head_end.size() - 1);
    scanned_ = buffer_.size() - kept;
    if (waiting() > head_bytes_max) return fail(head_bytes_max, "the head is too long");
    return std::nullopt;
  }
  const std::size_t head = end + head_end.size() - begin_;
  if (head > head_bytes_max) return fail(head_bytes_max, "the head is too long");
  const auto parsed = Message::parse(buffer_.substr(begin_, head));
  if (!parsed) return fail(0, text(parsed.error()));
  if (!parsed->content_length()) return fail(head, "no usable Content-Length");
  if (parsed->flaws().line_break) return fail(head, "a line break on its own");
  if (parsed->flaws().too_many_headers) return fail(head, "too many headers");
  if (*parsed->content_length() > message_bytes_max - head) return fail(head, "too large");
  need_ = head + *parsed->content_length();
  return std::nullopt;
}

Frame StreamFramer::fail(std::size_t length, std::string_view why) {
  Frame frame{Frame::Kind::broken, buffer_.substr(begin_, length), why};
  broken_ = true;
  buffer_ = {};
  begin_ = 0;
  return frame;
}

void StreamFramer::take(std::size_t length) {
  begin_ += length;
  need_ = 0;
  scanned_ = begin_;
}

}  // namespace strowger::sip
