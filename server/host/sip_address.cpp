#include "host/sip_address.hpp"

namespace strowger::host {

Result<SipAddress, Complaint> SipAddress::parse(std::string_view text) {
  const auto refuse = [&] {
    return complain("\"" + std::string(text) +
                    "\" is no SIP address: write udp:ADDRESS:PORT, tcp:ADDRESS:PORT or "
                    "tls:ADDRESS:PORT, for example udp:127.0.0.1:5060 or tcp:[::1]:5060; names "
                    "like localhost are not looked up");
  };
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return refuse();
  SipAddress address;
  const auto scheme = text.substr(0, colon);
  if (scheme == "tcp") address.transport = sip::Transport::tcp;
  else if (scheme == "tls") address.transport = sip::Transport::tls;
  else if (scheme != "udp") return refuse();
  const auto endpoint = Endpoint::parse(text.substr(colon + 1));
  if (!endpoint) return refuse();
  address.endpoint = *endpoint;
  return address;
}

std::string SipAddress::text() const {
  return std::string(sip::uri_name(transport)) + ":" + endpoint.text();
}

}  // namespace strowger::host
