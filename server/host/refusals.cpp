#include "host/refusals.hpp"

#include "sip/writer.hpp"

#include <memory>

namespace strowger::host {

namespace {

constexpr int service_unavailable = 503;
// Seconds. Long enough to go elsewhere, short enough not to empty a whole trunk (RFC 5390 §4).
constexpr std::uint64_t retry_after = 5;
constexpr std::string_view server = "Strowger";

}  // namespace

call::SendSip Refusals::write(const sip::HeadScan& request, const sip::Peer& source,
                              std::string_view phrase) const {
  auto bytes = sip::Writer::reply(request, {.status = service_unavailable,
                                            .phrase = phrase,
                                            .to_tag = tag(request),
                                            .source = source.remote})
                   .header(sip::HeaderName::retry_after, retry_after)
                   .header(sip::HeaderName::server, server)
                   .finish();
  sip::Peer back = source;
  back.remote = sip::reply_endpoint(request.top, source.remote, source.transport);
  return {back, std::make_shared<const std::string>(std::move(bytes))};
}

bool Refusals::acknowledges(const sip::HeadScan& ack) const {
  return ack.method == sip::Method::ack && !ack.to_tag.empty() && ack.to_tag == tag(ack);
}

// RFC 3261 17.1.1.3: the ACK has the top Via, From and Call-ID of its INVITE.
std::string Refusals::tag(const sip::HeadScan& request) const {
  return keys_
      .of({request.top.branch().value_or(""), request.top.sent_by, request.from_tag,
           request.call_id})
      .text();
}

}  // namespace strowger::host
