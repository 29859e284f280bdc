// A TCP connection cut into pieces by the input itself: the first byte of each piece says how long
// it is. The framer must find the same messages as in the whole stream, keep its limits, and every
// message must be one to Message::parse, and name its call as peek_call_id() does.
// Seeds: tests/corpus/sip/rfc4475
// Rooms: sip
// Longest: 4096
#include "sip/headers.hpp"
#include "sip/message.hpp"
#include "sip/peek_call_id.hpp"
#include "sip/stream_framer.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace strowger::sip;

void require(bool holds) {
  if (!holds) std::abort();
}

void look_at(const std::string& frame) {
  const auto peeked = std::string(peek_call_id(frame));
  const auto message = Message::parse(frame);
  if (!message || message->flaws().any()) return;
  // A Call-ID that is folded inside is none (RFC 3261 25.1), and peek_call_id() reads one line.
  const bool folded = call_id(*message).find('\r') != std::string_view::npos;
  require(folded || peeked == call_id(*message));
}

void take(StreamFramer& framer, std::vector<std::string>& frames) {
  while (auto frame = framer.next()) {
    if (frame->kind == Frame::Kind::message) look_at(frame->bytes);
    frames.push_back(std::to_string(static_cast<int>(frame->kind)) + frame->bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::string whole;
  StreamFramer pieces;
  std::vector<std::string> by_piece;
  while (!rest.empty()) {
    const auto length = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    const auto piece = rest.substr(0, length);
    rest.remove_prefix(piece.size());
    pieces.feed(piece);
    take(pieces, by_piece);
    whole += piece;
  }
  StreamFramer at_once;
  std::vector<std::string> all;
  at_once.feed(whole);
  take(at_once, all);
  require(all == by_piece);
  return 0;
}
