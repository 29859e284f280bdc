#include "host/tls_layer.hpp"

#include "base/check.hpp"
#include "base/endpoint.hpp"
#include "host/tls_identity.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <utility>

namespace strowger::host {

namespace {

constexpr std::size_t record_bytes = 16'384;  // the most that one TLS record carries

}  // namespace

TlsLayer::TlsLayer(TlsContext context)
    : context_(std::move(context)), ssl_(SSL_new(context_.get()), SSL_free) {
  auto* const in = BIO_new(BIO_s_mem());
  auto* const out = BIO_new(BIO_s_mem());
  check(ssl_ && in && out, "OpenSSL has no memory");
  SSL_set_bio(ssl_.get(), in, out);  // owns both
  SSL_set_accept_state(ssl_.get());
  SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);  // most connections are quiet: 34 kB each
}

TlsLayer::TlsLayer(TlsContext context, TlsFarEnd far) : TlsLayer(std::move(context)) {
  far_ = std::move(far);
  SSL_set_connect_state(ssl_.get());
  SSL_set_app_data(ssl_.get(), this);
  if (!IpAddress::parse(far_.name)) {  // RFC 6066 3: a name, never an address
    SSL_set_tlsext_host_name(ssl_.get(), far_.name.c_str());
  }
  SSL_set_verify(ssl_.get(), far_.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, judge);
}

TlsLayer::~TlsLayer() = default;

// Called for each certificate of the chain; that of the far end itself is the last, once all is
// well with the others.
int TlsLayer::judge(int good, X509_STORE_CTX* store) {
  auto* const ssl = static_cast<SSL*>(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto& self = *static_cast<TlsLayer*>(SSL_get_app_data(ssl));
  if (!self.far_.verify) return 1;
  const auto* const certificate = X509_STORE_CTX_get_current_cert(store);
  const bool itself = X509_STORE_CTX_get_error_depth(store) == 0;
  if (good == 1 && itself && !proves_to_be(sip_identities(certificate), self.far_)) {
    X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH);
    good = 0;
  }
  if (good != 1) {
    self.why_ = certificate_trouble(X509_STORE_CTX_get_error(store), certificate, self.far_);
  }
  return good;
}

void TlsLayer::greet() {
  ERR_clear_error();
  SSL_do_handshake(ssl_.get());
}

bool TlsLayer::ready() const { return SSL_is_init_finished(ssl_.get()) == 1; }

bool TlsLayer::fail() {
  const auto code = ERR_peek_last_error();
  const char* const reason = ERR_reason_error_string(code);
  if (why_.empty()) why_ = reason ? reason : "it ended in the middle";
  ERR_clear_error();
  return false;
}

bool TlsLayer::receive(std::string_view bytes, std::string& plain) {
  ERR_clear_error();
  BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
  if (!ready()) {
    const int result = SSL_do_handshake(ssl_.get());
    if (result != 1) return SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ || fail();
    if (!early_.empty()) send(std::exchange(early_, {}));
  }
  std::array<char, record_bytes> buffer;
  for (;;) {
    const int count = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (count > 0) {
      plain.append(buffer.data(), static_cast<std::size_t>(count));
      continue;
    }
    switch (SSL_get_error(ssl_.get(), count)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_ZERO_RETURN: return true;  // its farewell; the end of the stream follows
      default: return fail();
    }
  }
}

void TlsLayer::send(std::string_view plain) {
  if (!ready()) {
    early_ += plain;
    return;
  }
  // Into memory: all of it is taken.
  if (!plain.empty()) SSL_write(ssl_.get(), plain.data(), static_cast<int>(plain.size()));
}

void TlsLayer::close() {
  if (ready()) SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

std::string TlsLayer::take() {
  auto* const out = SSL_get_wbio(ssl_.get());
  std::string bytes(BIO_ctrl_pending(out), '\0');
  if (!bytes.empty()) BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

}  // namespace strowger::host
