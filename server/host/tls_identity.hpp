// Whose certificate is that? The name of a SIP server, held against what a certificate says
// (RFC 5922 7), and words about certificates that won't do.
#pragma once

#include "host/tls_links.hpp"

#include <string>
#include <vector>

struct x509_st;

namespace strowger::host {

// What the certificate's subjectAltName says, lower case: sip: URIs without user alone, where it
// has some, else DNS names and IP addresses (RFC 5922 7.1). Its CN counts for nothing.
std::vector<std::string> sip_identities(const x509_st* certificate);

// Whole names only (RFC 5922 7.2), or with `wildcards` a * for the first label (RFC 6125 6.4.3).
bool proves_to_be(const std::vector<std::string>& identities, const TlsFarEnd& far);

// `error`: one of OpenSSL's X509_V_ERR_…, `certificate`: the one that it is about. "its certificate
// …: what to do".
std::string certificate_trouble(int error, const x509_st* certificate, const TlsFarEnd& far);

}  // namespace strowger::host
