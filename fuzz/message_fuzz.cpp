// Whole messages: index, check, every typed header, the reply. The size of the input chooses the
// transport. Streams of them: stream_fuzz.cpp.
// Seeds: tests/corpus/sip/rfc4475 tests/corpus/sip/rfc5118 tests/corpus/sip/extra
// Rooms: sip
// Longest: 4096
#include "sip/headers.hpp"
#include "sip/multipart.hpp"
#include "sip/validation.hpp"
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

// Every view must lie within the message.
void require_within(const Message& message, std::string_view view) {
  const std::string_view all = message.bytes();
  require(view.empty() ||
          (view.data() >= all.data() && view.data() + view.size() <= all.data() + all.size()));
}

void read_typed(const Message& message) {
  for (const auto header : message.headers()) {
    require_within(message, header.line);
    require_within(message, header.value);
    require(message.header(header.text).has_value());
    (void)unfolded(header.value);
    (void)TokenParams::parse(header.value);
    (void)ContentType::parse(header.value);
    std::string_view rest = header.value;
    while (const auto item = next_item(rest)) {
      const std::string_view value = *item;
      if (const auto address = NameAddr::parse(value)) {
        (void)address->display_text();
        (void)SipUri::parse(address->uri);
      }
      if (const auto via = Via::parse(value)) require_within(message, via->sent_by);
    }
  }
  (void)message.values(HeaderName::contact);
  (void)rack(message);
  (void)rseq(message);
  (void)expires(message);
  (void)to_tag(message);
  (void)from_tag(message);
  require_within(message, message.request_uri());
  require_within(message, message.reason_phrase());
  require_within(message, message.body());
}

void check_reply(const Message& request, const Refusal& refusal) {
  Writer writer = Writer::reply(request, {.status = refusal.status,
                                          .phrase = refusal.phrase,
                                          .to_tag = "tag",
                                          .source = {IpAddress::loopback_v4(), 5060}});
  const auto reply = Message::parse(writer.headers(refusal.headers).finish());
  require(reply.has_value() && !reply->flaws().any() && reply->body().empty());
  require(top_via(*reply).has_value());
}

void one_message(std::string_view bytes, Transport transport) {
  const auto message = Message::parse(std::string(bytes));
  if (!message) return;
  read_typed(*message);
  if (const auto type = message->header(HeaderName::content_type)) {
    (void)find_sdp(*type, message->body());
  }
  if (!message->is_request()) {
    (void)check_response(*message);
    return;
  }
  const auto refusal = check_request(*message, transport);
  // A reply is a little longer than its request: near the limits it would be no message of ours.
  const bool small = bytes.size() < message_bytes_max / 2 && message->size() < headers_max / 2;
  if (small && can_reply(*message)) check_reply(*message, refusal.value_or(Refusal{200, "OK", {}}));
}

}  // namespace
}  // namespace strowger::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace strowger::sip;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  one_message(bytes, static_cast<Transport>(size % 5));
  return 0;
}
