// Where phones are: the contacts that devices have registered, and plain addresses.
#include "call/call.hpp"
#include "call/leg.hpp"
#include "sip/location_table.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

constexpr std::uint16_t sip_port = 5060;

// "sip:anna@192.0.2.1:5062;line=7" with another user part.
std::string with_user(const std::string& uri, std::string_view user) {
  const auto parsed = sip::SipUri::parse(uri);
  if (!parsed || !parsed->is_sip() || user.empty()) return uri;
  const auto scheme = uri.substr(0, uri.find(':') + 1);
  const auto host = uri.find('@') == std::string::npos ? scheme.size() : uri.find('@') + 1;
  return scheme + sip::escape_user(user) + "@" + uri.substr(host);
}

std::vector<Target> targets_of(std::span<const sip::Binding> bindings, std::string_view user) {
  std::vector<Target> targets;
  for (const sip::Binding& binding : bindings) {
    const auto hop = sip::next_hop(binding);
    if (!hop || !binding.reachable) continue;
    Target target;
    target.uri = with_user(binding.contact, user);
    target.peer = *hop;
    target.route = binding.path;
    targets.push_back(std::move(target));
  }
  return targets;
}

}  // namespace

std::vector<Target> Call::contacts(std::string_view device, std::string_view user) const {
  const auto aor = sip::address_of_record(record_.account, device);
  auto targets = targets_of(exchange_.locations_.bindings(aor), user);
  for (auto& target : targets) target.device = device;
  return targets;
}

std::vector<Target> Call::contacts_of_trunk(std::string_view trunk,
                                            std::string_view number) const {
  const auto aor = sip::address_of_trunk(record_.account, trunk);
  return targets_of(exchange_.locations_.bindings(aor), number);
}

bool Call::registered(std::string_view device) const {
  const auto aor = sip::address_of_record(record_.account, device);
  return !exchange_.locations_.bindings(aor).empty();
}

std::optional<Target> Call::target_for(std::string_view uri) const {
  const auto parsed = sip::SipUri::parse(uri);
  if (!parsed || parsed->scheme != sip::Scheme::sip) return std::nullopt;
  const auto address = IpAddress::parse(parsed->host);
  if (!address || address->family != peer_.local.address.family) return std::nullopt;
  Target target;
  target.uri = uri;
  // From where the caller called us, by datagrams: that this address serves is known.
  if (peer_.transport != sip::Transport::udp) return std::nullopt;
  target.peer = {sip::Transport::udp, peer_.local, {*address, parsed->port.value_or(sip_port)}, 0};
  return target;
}

}  // namespace strowger::call
