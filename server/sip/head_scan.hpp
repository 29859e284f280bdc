// What one walk over the head of a request finds, for whoever must refuse it at a fraction of what
// answering it costs: the few headers that a response repeats, as they came. Allocates nothing.
#pragma once

#include "sip/method.hpp"
#include "sip/via.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace strowger::sip {

// Views into the message; folds are still in them.
struct HeadScan {
  static constexpr std::size_t via_lines_max = 16;

  Method method = Method::unknown;
  std::string_view method_text;
  std::string_view request_uri;
  std::array<std::string_view, via_lines_max> vias;  // values of the Via lines, in order
  std::size_t via_lines = 0;
  Via top;                        // the first of them
  std::string_view top_text;      // as it was written
  std::string_view from;
  std::string_view from_tag;      // "" when there is none
  std::string_view to;
  std::string_view to_tag;        // likewise
  std::string_view call_id;
  std::string_view cseq;

  // Outside any dialog and no part of a transaction that goes on: refusing it harms no call.
  bool begins_something() const;
};

// Nothing for a response, nor for a request that is unusual enough to be looked at properly: one of
// these headers missing, there twice or malformed, more Via lines than via_lines_max, lines that
// don't end with CRLF, a head that doesn't end, no SIP/2.0.
std::optional<HeadScan> scan_head(std::string_view message);

}  // namespace strowger::sip
