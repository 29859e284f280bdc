// A server's certificate and its key, read from PEM files into a TLS context that is ready to use;
// and a context for connections of our own.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

struct ssl_ctx_st;

namespace strowger::host {

using TlsContext = std::shared_ptr<ssl_ctx_st>;

constexpr std::size_t pem_bytes_max = 1 << 20;
constexpr std::chrono::days certificate_ends_soon{14};  // then loading it warns

struct TlsFiles {
  std::filesystem::path certificate;  // the server's first, then those that vouch for it
  std::filesystem::path key;          // without a passphrase

  bool none() const { return certificate.empty() && key.empty(); }
  bool operator==(const TlsFiles&) const = default;
};

struct TlsCertificate {
  TlsContext context;  // TLS 1.2 and 1.3, with forward secrecy
  std::string status;  // "the certificate FILE is valid until 2027-11-23 10:00 UTC"
  bool worrying;       // not valid now, or not much longer
};

// Complains about the file that is wrong, and why.
Result<TlsCertificate, Complaint> load_certificate(const TlsFiles& files, WallTime now);

// For connections that we open. `authorities`: a PEM file of those whose word about others we take;
// "": the system's. `own`: what we show to whoever asks for our certificate; may be none.
Result<TlsContext, Complaint> load_authorities(const std::filesystem::path& authorities,
                                               const TlsFiles& own);

}  // namespace strowger::host
