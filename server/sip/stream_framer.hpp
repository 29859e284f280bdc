// Cuts a byte stream (TCP, TLS) into SIP messages (RFC 3261 18.3, keep-alive of RFC 5626 4.4.1).
// However the bytes are split or merged on the way, the same frames come out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

struct Frame {
  enum class Kind : std::uint8_t {
    message,  // hand `bytes` to UserAgent::receive
    ping,     // CRLFCRLF: send stream_pong back
    broken,   // the stream cannot be followed any more: hand over `bytes` unless empty (its check
             // answers 400 or 513), then close the connection. Nothing comes after it.
  };
  Kind kind = Kind::message;
  std::string bytes;
  std::string_view why;  // of `broken`, for the log
};

constexpr std::string_view stream_ping = "\r\n\r\n";
constexpr std::string_view stream_pong = "\r\n";

class StreamFramer {
 public:
  // Bytes as they arrive. Ignored once the stream is broken.
  void feed(std::string_view bytes);
  // The next whole frame; nothing until more arrives. Call until it gives nothing.
  std::optional<Frame> next();

  bool broken() const { return broken_; }
  // Bytes waiting for the rest of their message: with the age of the oldest one, what host/ needs
  // against slow senders. Never more than one message and one feed.
  std::size_t waiting() const { return buffer_.size() - begin_; }

 private:
  std::optional<Frame> skip_line_breaks();
  std::optional<Frame> find_head();
  Frame fail(std::size_t length, std::string_view why);
  void take(std::size_t length);

  std::string buffer_;
  std::size_t begin_ = 0;    // of what is not yet consumed
  std::size_t scanned_ = 0;  // no end of head before here
  std::size_t need_ = 0;     // bytes of the whole message, once its head is complete; 0: not known
  std::size_t line_break_bytes_ = 0;  // of a CRLFCRLF between messages, so far
  bool broken_ = false;
};

}  // namespace strowger::sip
