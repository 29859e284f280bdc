#include "host/tls_identity.hpp"

#include "base/endpoint.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <string_view>

namespace strowger::host {

namespace {

constexpr std::size_t names_shown = 4;
constexpr std::size_t name_chars_shown = 100;

using Names = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

// A name with a NUL in it names somebody else to whoever stops there.
std::string text_of(const ASN1_STRING* string) {
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                              static_cast<std::size_t>(ASN1_STRING_length(string)));
  return text.find('\0') == std::string_view::npos ? lower(text) : "";
}

// "sip:example.net": with a user it is a person's, with another scheme somebody else's business.
std::string host_of_uri(const std::string& uri) {
  constexpr std::string_view scheme = "sip:";
  if (!uri.starts_with(scheme) || uri.find('@') != std::string::npos) return "";
  auto host = uri.substr(scheme.size());
  host = host.substr(0, host.find_first_of(";?"));
  if (host.starts_with("[")) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

std::string address_text(const ASN1_STRING* string) {
  IpAddress address;
  const auto length = static_cast<std::size_t>(ASN1_STRING_length(string));
  if (length != 4 && length != 16) return "";
  address.family = length == 4 ? IpAddress::Family::v4 : IpAddress::Family::v6;
  std::memcpy(address.bytes.data(), ASN1_STRING_get0_data(string), length);
  return address.text();
}

std::string without_dot(std::string name) {
  if (name.ends_with('.')) name.pop_back();
  return name;
}

bool fits(const std::string& identity, const std::string& name, bool wildcards) {
  if (identity == name) return true;
  if (!wildcards || !identity.starts_with("*.")) return false;
  // The first label only, and never a whole top-level domain.
  const auto rest = identity.substr(1);
  const auto dot = name.find('.');
  return dot != std::string::npos && dot > 0 && name.substr(dot) == rest &&
         rest.find('.', 1) != std::string::npos;
}

// From outside: for a log and a web page.
std::string shown(const std::vector<std::string>& names) {
  std::vector<std::string> some;
  for (const auto& name : names) {
    if (some.size() == names_shown) {
      some.emplace_back("…");
      break;
    }
    auto text = name.substr(0, name_chars_shown);
    std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
    some.push_back(std::move(text));
  }
  return some.empty() ? "nobody" : fmt::format("{}", fmt::join(some, ", "));
}

std::string date(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "?";
  return fmt::format("{:%Y-%m-%d %H:%M} UTC", parts);
}

std::string wrong_name(const X509* certificate, const TlsFarEnd& far) {
  const auto names = sip_identities(certificate);
  auto wildcards = far;
  wildcards.wildcards = true;
  const bool would_do = proves_to_be(names, wildcards);
  return fmt::format(
      "its certificate is that of {}, not of {}: {}", shown(names), far.name,
      would_do ? "wildcards count with tls.wildcards of the trunk only (RFC 5922 7.2)"
               : "the trunk's address has to be the name that the carrier's certificate has");
}

}  // namespace

std::vector<std::string> sip_identities(const X509* certificate) {
  std::vector<std::string> uris;
  std::vector<std::string> others;
  const Names names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name,
                                                                 nullptr, nullptr)),
                    GENERAL_NAMES_free);
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    auto* into = &others;
    std::string text;
    if (name->type == GEN_URI) {
      text = host_of_uri(text_of(name->d.uniformResourceIdentifier));
      into = &uris;
    } else if (name->type == GEN_DNS) {
      text = text_of(name->d.dNSName);
    } else if (name->type == GEN_IPADD) {
      text = address_text(name->d.iPAddress);
    }
    if (!text.empty()) into->push_back(without_dot(std::move(text)));
  }
  return uris.empty() ? others : uris;
}

bool proves_to_be(const std::vector<std::string>& identities, const TlsFarEnd& far) {
  const auto address = IpAddress::parse(far.name);
  const auto name = address ? address->text() : without_dot(lower(far.name));
  return std::ranges::any_of(identities, [&](const std::string& identity) {
    return fits(identity, name, far.wildcards && !address);
  });
}

std::string certificate_trouble(int error, const X509* certificate, const TlsFarEnd& far) {
  switch (error) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return wrong_name(certificate, far);
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return fmt::format("its certificate was valid until {}: the carrier has to renew it",
                         date(X509_get0_notAfter(certificate)));
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return fmt::format("its certificate is valid from {} on: does the clock of this machine "
                         "stand right?",
                         date(X509_get0_notBefore(certificate)));
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_CERT_UNTRUSTED:
      return fmt::format("no authority that we trust has signed its certificate ({}): the file of "
                         "sip.ca, or the system's, has to have the carrier's authority",
                         X509_verify_cert_error_string(error));
    default:
      return fmt::format("its certificate is not accepted: {}",
                         X509_verify_cert_error_string(error));
  }
}

}  // namespace strowger::host
