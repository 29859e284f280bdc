// Certificates of the server: what it shows, and whom it believes.
#include "cli/server.hpp"
#include "host/clock.hpp"
#include "host/log.hpp"

#include <algorithm>
#include <utility>

namespace strowger::cli {

Result<host::TlsContext, Complaint> Server::certificate_of(const host::TlsFiles& files) {
  auto certificate = host::load_certificate(files, host::wall_now());
  if (!certificate) return unexpected(certificate.error());
  if (certificate->worrying) host::log_warning(certificate->status);
  else host::log_info(certificate->status);
  return std::move(certificate->context);
}

bool Server::speaks_tls() const {
  return std::ranges::any_of(config_.sip, [](const host::SipAddress& address) {
    return address.transport == sip::Transport::tls;
  });
}

// What its addresses over TLS show; and links_, by which carriers are reached.
Result<host::TlsContext, Complaint> Server::open_sip_tls() {
  host::TlsContext tls;
  if (speaks_tls()) {
    if (config_.sip_tls.none()) {
      return complain("SIP over TLS needs a certificate: give one by --sip-cert and --sip-key, or "
                      "sip.cert and sip.key");
    }
    auto certificate = certificate_of(config_.sip_tls);
    if (!certificate) return complain(certificate.error().what + "; see --sip-cert, --sip-key");
    tls = std::move(*certificate);
  }
  auto client = host::load_authorities(config_.sip_authorities, config_.sip_tls);
  if (!client) return complain(client.error().what + "; see sip.ca, and --sip-cert, --sip-key");
  links_ = std::make_unique<host::TlsLinks>(std::move(*client));
  return tls;
}

// Whom we believe, and what we show, on connections that we open from now on.
void Server::renew_authorities(const ServerConfig& config) {
  auto client = host::load_authorities(config.sip_authorities, config.sip_tls);
  if (!client) return host::log_error(client.error().what + "; the old ones stay");
  config_.sip_authorities = config.sip_authorities;
  links_->use(std::move(*client));
}

void Server::renew_certificate(host::TlsFiles& files, const host::TlsFiles& renewed,
                               const std::function<void(host::TlsContext)>& use) {
  if (files.none() || renewed.none()) return;
  auto certificate = certificate_of(renewed);
  if (!certificate) return host::log_error(certificate.error().what + "; the old one stays");
  files = renewed;
  use(std::move(*certificate));
}

}  // namespace strowger::cli
