#include "call/redirection.hpp"

#include "sip/headers.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

// RFC 3261 25.1 qvalue: "0" or "1", up to three digits behind the point.
int thousandths(std::string_view q) {
  constexpr int whole = 1000;
  if (q.empty() || q.front() != '0') return whole;
  int value = 0;
  int unit = whole / 10;
  for (const char digit : q.substr(std::min<std::size_t>(q.size(), 2))) {
    if (digit < '0' || digit > '9') return whole;
    value += unit * (digit - '0');
    unit /= 10;
  }
  return value;
}

// Phones often leave our port out.
bool names(const OwnNames& own, const sip::SipUri& uri) {
  const auto address = IpAddress::parse(uri.host);
  const bool our_address =
      address && (*address == own.address.address || address == own.advertised);
  if (!our_address && (own.host.empty() || !sip::iequals(uri.host, own.host))) return false;
  return !uri.port || *uri.port == own.address.port;
}

}  // namespace

std::vector<Redirection> redirections(const sip::Message& response, const OwnNames& own) {
  std::vector<Redirection> all;
  for (const auto value : response.values(sip::HeaderName::contact)) {
    const auto contact = sip::NameAddr::parse(value);
    if (!contact || contact->star || contact->uri.size() > redirection_bytes_max) continue;
    const auto uri = sip::SipUri::parse(contact->uri);
    if (!uri || uri->scheme == sip::Scheme::other) continue;
    const bool tel = uri->scheme == sip::Scheme::tel;
    all.push_back({.number = uri->number_text(),
                   .host = tel ? std::string() : std::string(uri->host),
                   .here = tel || names(own, *uri),
                   .preference = thousandths(contact->params.get("q").value_or("1"))});
    if (all.size() == redirections_max) break;
  }
  std::ranges::stable_sort(all, std::greater{}, &Redirection::preference);
  return all;
}

}  // namespace strowger::call
