#include "sip/dialog.hpp"

#include "sip/headers.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

namespace {

std::string value_of(const Message& message, HeaderName header) {
  return unfolded(message.header(header).value_or(""));
}

// The URI of a Contact or Route value, which may be without < >.
std::string_view uri_of(std::string_view value) {
  const auto parsed = NameAddr::parse(value);
  return parsed ? parsed->uri : std::string_view{};
}

std::vector<std::string> record_route(const Message& message) {
  std::vector<std::string> routes;
  for (const auto value : message.values(HeaderName::record_route)) {
    if (NameAddr::parse(value)) routes.push_back(unfolded(value));
  }
  return routes;
}

constexpr std::uint16_t default_port(Transport transport) {
  return transport == Transport::tls || transport == Transport::wss ? 5061 : 5060;
}

bool is_loose(std::string_view route) {
  const auto uri = SipUri::parse(uri_of(route));
  return uri && uri->params.has("lr");
}

}  // namespace

Dialog Dialog::as_server(const Message& invite, std::string local_tag, const Peer& source) {
  Dialog dialog;
  dialog.call_id = std::string(sip::call_id(invite));
  dialog.remote_tag = std::string(from_tag(invite));
  dialog.local_ = value_of(invite, HeaderName::to) + ";tag=" + local_tag;
  dialog.remote_ = value_of(invite, HeaderName::from);
  dialog.local_tag = std::move(local_tag);
  dialog.routes_ = record_route(invite);
  dialog.refresh_target(invite);
  // Without a Contact the From address is the best guess that there is.
  if (dialog.target_.empty()) dialog.target_ = std::string(uri_of(dialog.remote_));
  dialog.peer = source;
  if (const auto number = cseq(invite)) dialog.remote_sequence_ = number->number;
  return dialog;
}

Dialog Dialog::as_client(const Message& response, std::string local, std::string local_tag,
                         const Peer& source) {
  Dialog dialog;
  dialog.call_id = std::string(sip::call_id(response));
  dialog.remote_tag = std::string(to_tag(response));
  dialog.local_ = std::move(local);
  dialog.local_tag = std::move(local_tag);
  dialog.remote_ = value_of(response, HeaderName::to);
  dialog.target_ = std::string(uri_of(dialog.remote_));
  dialog.refresh_target(response);
  dialog.refresh_route(response);
  dialog.peer = source;
  if (const auto number = cseq(response)) dialog.local_sequence_ = number->number;
  return dialog;
}

bool Dialog::accept_sequence(std::uint32_t number) {
  if (remote_sequence_ && number < *remote_sequence_) return false;
  remote_sequence_ = number;
  return true;
}

void Dialog::refresh_target(const Message& message) {
  const auto where = contact(message);
  if (where && !where->uri.empty()) target_ = std::string(where->uri);
}

void Dialog::refresh_route(const Message& response) {
  routes_ = record_route(response);
  std::ranges::reverse(routes_);
}

Peer Dialog::next_hop() const {
  if (is_reliable(peer.transport) && peer.connection != 0) return peer;
  const std::string_view first = routes_.empty() ? target_ : uri_of(routes_.front());
  const auto uri = SipUri::parse(first);
  const auto address = uri ? IpAddress::parse(uri->host) : std::nullopt;
  if (!address || address->family != peer.local.address.family) return peer;
  const bool behind_nat = routes_.empty() && *address != peer.remote.address;
  if (behind_nat && !is_reliable(peer.transport)) return peer;
  Peer hop = peer;
  hop.remote = {*address, uri->port.value_or(default_port(peer.transport))};
  return hop;
}

Writer Dialog::request(Method method, std::uint32_t sequence, std::string_view via) const {
  const bool strict = !routes_.empty() && !is_loose(routes_.front());
  Writer writer = Writer::request(
      method, strict ? uri_of(routes_.front()) : std::string_view(target_));
  writer.header(HeaderName::via, via);
  writer.header(HeaderName::max_forwards, std::uint64_t{70});
  for (std::size_t i = strict ? 1 : 0; i < routes_.size(); ++i) {
    writer.header(HeaderName::route, routes_[i]);
  }
  if (strict) writer.header(HeaderName::route, "<" + target_ + ">");
  writer.header(HeaderName::from, local_);
  writer.header(HeaderName::to, remote_);
  writer.header(HeaderName::call_id, call_id);
  writer.header(HeaderName::cseq, std::to_string(sequence) + " " + std::string(name(method)));
  return writer;
}

}  // namespace strowger::sip
