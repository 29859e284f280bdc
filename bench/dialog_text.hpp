// What passes within a dialog of the bench: a caller's ACK and BYE by route set and remote target
// (RFC 3261 §12.2.1.1), and the answers of a phone that takes every call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::bench {

// The values of a header, one for each line, in order. `name` is as it is written, in any case.
std::vector<std::string_view> headers(std::string_view message, std::string_view name);
std::string_view first_header(std::string_view message, std::string_view name);
// Of the URI in a Contact or Route value, without its angle brackets.
std::string_view uri_of(std::string_view value);
// Of the first m= line of a body; nothing when there is none.
std::optional<std::uint16_t> audio_port(std::string_view message);

// A dialog that a caller's INVITE has made; values are copied from its 200.
struct Dialog {
  std::string from, to, call_id;
  std::string target;              // Request-URI
  std::vector<std::string> route;  // in the order of sending

  static Dialog of(std::string_view ok);
};

// `via` is the whole value of the header; `cseq` with the method.
std::string request(const Dialog& dialog, std::string_view method, std::string_view via, int cseq);

// The headers that an answer takes over, and a body when there is one.
std::string answer(std::string_view request, std::string_view status, std::string_view tag,
                   std::string_view contact, std::string_view body);

// Offer or answer of one G.711 stream.
std::string audio(std::string_view ip, std::uint16_t port);

}  // namespace strowger::bench
