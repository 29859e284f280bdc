#include "trace/filter.hpp"

#include "sip/grammar.hpp"
#include "sip/headers.hpp"
#include "sip/message.hpp"
#include "sip/peek_call_id.hpp"

namespace strowger::trace {

namespace {

bool has_user(std::string_view uri, std::string_view number) {
  const auto parsed = sip::SipUri::parse(uri);
  return parsed && sip::equal_unescaped(parsed->user, number, true);
}

bool has_user(const std::optional<sip::NameAddr>& party, std::string_view number) {
  return party && has_user(party->uri, number);
}

bool is_about(const sip::Message& message, std::string_view number) {
  return has_user(sip::to(message), number) || has_user(sip::from(message), number) ||
         (message.is_request() && has_user(message.request_uri(), number));
}

bool is_of_method(const sip::Message& message, std::string_view method) {
  if (message.is_request()) return sip::iequals(message.method_text(), method);
  const auto cseq = sip::cseq(message);
  return cseq && sip::iequals(cseq->method_text, method);
}

std::string without_line_breaks(std::string value) {
  std::erase_if(value, [](char c) { return c == '\n' || c == '\r'; });
  return value;
}

bool set(Filter& filter, std::string_view name, std::string_view value) {
  if (name == "call") filter.call_id = value;
  else if (name == "number") filter.number = value;
  else if (name == "method") filter.method = value;
  else return name == "address" && read_address(value, filter);
  return true;
}

std::string address_text(const Filter& filter) {
  if (!filter.address) return {};
  return filter.port ? Endpoint{*filter.address, *filter.port}.text() : filter.address->text();
}

}  // namespace

bool Filter::takes(const Packet& packet) const {
  if (address && packet.remote.address != *address) return false;
  if (port && packet.remote.port != *port) return false;
  if (!call_id.empty() && sip::peek_call_id(packet.bytes) != call_id) return false;
  if (number.empty() && method.empty()) return true;
  const auto message = sip::Message::parse(packet.bytes);
  if (!message) return false;
  return (number.empty() || is_about(*message, number)) &&
         (method.empty() || is_of_method(*message, method));
}

std::string Filter::text() const {
  std::string out;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(name) + '=' + without_line_breaks(value) + '\n';
  };
  add("call", call_id);
  add("number", number);
  add("address", address_text(*this));
  add("method", method);
  return out;
}

Result<Filter, Complaint> Filter::parse(std::string_view text) {
  if (text.size() > filter_bytes_max) return complain("the filter is too long");
  Filter filter;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos ||
        !set(filter, line.substr(0, equals), line.substr(equals + 1))) {
      return complain("\"" + std::string(line) + "\" is no filter; there are call, number, " +
                      "address (IP or IP:PORT) and method");
    }
  }
  return filter;
}

bool read_address(std::string_view text, Filter& filter) {
  if (const auto endpoint = Endpoint::parse(text)) {
    filter.address = endpoint->address;
    filter.port = endpoint->port;
    return true;
  }
  filter.address = IpAddress::parse(text);
  filter.port.reset();
  return filter.address.has_value();
}

}  // namespace strowger::trace
