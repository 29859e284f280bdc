#include "call/carrier_words.hpp"

#include "sip/grammar.hpp"
#include "sip/uri.hpp"

namespace strowger::call {

namespace {

std::string host_text(const std::string& host) {
  const auto address = IpAddress::parse(host);
  return address ? address->uri_text() : host;
}

std::string address_of(const model::CallerId& who, const std::string& host) {
  const std::string name = who.name.empty() ? "" : sip::quoted_string(who.name) + " ";
  const std::string user = who.number.empty() ? "" : sip::escape_user(who.number) + "@";
  return name + "<sip:" + user + host_text(host) + ">";
}

}  // namespace

std::string carrier_uri(const std::string& number, const CarrierAddress& address) {
  auto uri = "sip:" + sip::escape_user(number) + "@" + host_text(address.host);
  if (address.port != 0) uri += ":" + std::to_string(address.port);
  if (sip::is_reliable(address.transport)) {
    uri.append(";transport=").append(sip::uri_name(address.transport));
  }
  return uri;
}

ShownCaller shown_to_carrier(const Showing& showing) {
  const auto whole = address_of(showing.who, showing.host);
  ShownCaller shown;
  shown.from =
      showing.hidden ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>" : whole;
  const bool asserted = showing.asserted || showing.hidden;
  // Nobody is called that: there is no identity to assert.
  const bool known = !showing.who.number.empty() && showing.who.number != "anonymous";
  if (asserted && known) {
    shown.headers.emplace_back("P-Asserted-Identity", whole);
  }
  if (showing.hidden) shown.headers.emplace_back("Privacy", "id");
  return shown;
}

}  // namespace strowger::call
