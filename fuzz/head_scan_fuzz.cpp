// The walk over a head that nobody parsed: wherever it succeeds, the parser must agree with it, and
// the refusal written from it must be a well-formed response.
// Seeds: tests/corpus/sip/rfc4475 tests/corpus/sip/rfc5118 tests/corpus/sip/extra
// Rooms: sip
// Longest: 2048
#include "sip/head_scan.hpp"
#include "sip/headers.hpp"
#include "sip/peek_call_id.hpp"
#include "sip/transaction_key.hpp"
#include "sip/writer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace strowger::sip {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void compare(const HeadScan& scan, const Message& message) {
  require(message.is_request() && scan.method_text == message.method_text());
  require(scan.request_uri == message.request_uri());
  require(scan.call_id == call_id(message));
  require(scan.from_tag == from_tag(message) && scan.to_tag == to_tag(message));
  const KeyMaker keys(1, 2);
  require(keys.server_transaction(scan, "INVITE") ==
          keys.server_transaction(message, top_via(message).value(), "INVITE"));
}

void refuse(const HeadScan& scan) {
  const auto bytes = Writer::reply(scan, {.status = 503,
                                          .phrase = "Overloaded",
                                          .to_tag = "tag",
                                          .source = {IpAddress::loopback_v4(), 5060}})
                         .header(HeaderName::retry_after, 5)
                         .finish();
  const auto reply = Message::parse(bytes);
  require(reply && reply->status() == 503 && !reply->flaws().any() && reply->body().empty());
  require(top_via(*reply).has_value());
  require(!to_tag(*reply).empty());
}

}  // namespace
}  // namespace strowger::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace strowger::sip;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto scan = scan_head(bytes);
  if (!scan) return 0;
  // The message may be too large, or have more headers than the parser takes.
  const auto message = Message::parse(std::string(bytes));
  if (!message || message->flaws().too_many_headers) return 0;
  require(scan->call_id == peek_call_id(bytes));
  compare(*scan, *message);
  if (size < message_bytes_max / 2) refuse(*scan);
  return 0;
}
