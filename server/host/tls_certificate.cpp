#include "host/tls_certificate.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <vector>

namespace strowger::host {

namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* thing) const {
    release(thing);
  }
};
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;

// For TLS 1.2; those of 1.3 are all good. Forward secrecy and authenticated encryption only.
constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

std::string openssl_reason() {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason ? reason : "unknown reason";
}

Result<std::string, Complaint> read(const std::string& what, const std::filesystem::path& file) {
  const auto wrong = [&](const std::string& why) {
    return complain(fmt::format("the {} {}: {}", what, file.string(), why));
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return wrong("is a directory");
  std::ifstream in(file, std::ios::binary);
  if (!in) return wrong(std::strerror(errno));
  std::string text(pem_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > pem_bytes_max) return wrong("is too large for a PEM file");
  return text;
}

Bio reader(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// OpenSSL would ask for the passphrase on the terminal.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Result<std::vector<Certificate>, Complaint> read_chain(const std::filesystem::path& file) {
  const auto text = read("certificate", file);
  if (!text) return unexpected(text.error());
  const auto bio = reader(*text);
  std::vector<Certificate> chain;
  while (auto* const next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    chain.emplace_back(next);
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (at_end && !chain.empty()) return chain;
  return complain(fmt::format("the certificate {}: {}", file.string(),
                              at_end ? "there is no PEM certificate in it" : openssl_reason()));
}

Result<Key, Complaint> read_key(const std::filesystem::path& file) {
  const auto text = read("key", file);
  if (!text) return unexpected(text.error());
  bool asked = false;
  Key key(PEM_read_bio_PrivateKey(reader(*text).get(), nullptr, no_passphrase, &asked));
  if (key) return key;
  return complain(fmt::format(
      "the key {}: {}", file.string(),
      asked ? "it has a passphrase; take that away with `openssl pkey -in … -out …`"
            : "there is no PEM key in it that can be read"));
}

WallTime as_time(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return WallTime{std::chrono::seconds{timegm(&parts)}};
}

std::string date(WallTime time) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time)
                                  .time_since_epoch()
                                  .count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:%Y-%m-%d %H:%M} UTC", parts);
}

TlsCertificate described(TlsContext context, const std::string& file, X509* own, WallTime now) {
  const auto begins = as_time(X509_get0_notBefore(own));
  const auto ends = as_time(X509_get0_notAfter(own));
  const auto is = [&](const char* what, WallTime when) {
    return fmt::format("the certificate {} {} {}", file, what, date(when));
  };
  TlsCertificate result{.context = std::move(context),
                        .status = is("is valid until", ends),
                        .worrying = begins > now || ends - now < certificate_ends_soon};
  if (begins > now) result.status = is("is not valid before", begins);
  if (ends <= now) result.status = is("has expired: it was valid until", ends);
  return result;
}

TlsContext make_context(const SSL_METHOD* method) {
  TlsContext context(SSL_CTX_new(method), SSL_CTX_free);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context.get(), tls12_ciphers);
  // Connections live long enough; resuming old ones would weaken forward secrecy.
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  return context;
}

// The certificate, what belongs to it, and when it is good.
struct Loaded {
  std::vector<Certificate> chain;
  Key key;
};

Result<Loaded, Complaint> load(const TlsFiles& files) {
  if (files.certificate.empty()) return complain("there is a key, but no certificate to it");
  if (files.key.empty()) {
    return complain("the certificate " + files.certificate.string() + " has no key to it");
  }
  ERR_clear_error();
  auto chain = read_chain(files.certificate);
  if (!chain) return unexpected(chain.error());
  ERR_clear_error();
  auto key = read_key(files.key);
  if (!key) return unexpected(key.error());
  if (X509_check_private_key(chain->front().get(), key->get()) != 1) {
    return complain(fmt::format("the key {} does not belong to the certificate {}",
                                files.key.string(), files.certificate.string()));
  }
  return Loaded{std::move(*chain), std::move(*key)};
}

Result<void, Complaint> show(SSL_CTX* context, const Loaded& own, const TlsFiles& files) {
  ERR_clear_error();
  bool taken = SSL_CTX_use_certificate(context, own.chain.front().get()) == 1 &&
               SSL_CTX_use_PrivateKey(context, own.key.get()) == 1;
  for (std::size_t i = 1; taken && i < own.chain.size(); ++i) {
    taken = SSL_CTX_add1_chain_cert(context, own.chain[i].get()) == 1;
  }
  if (taken) return {};
  return complain(fmt::format("the certificate {}: {}", files.certificate.string(),
                              openssl_reason()));
}

}  // namespace

Result<TlsCertificate, Complaint> load_certificate(const TlsFiles& files, WallTime now) {
  const auto own = load(files);
  if (!own) return unexpected(own.error());
  auto context = make_context(TLS_server_method());
  if (auto shown = show(context.get(), *own, files); !shown) return unexpected(shown.error());
  return described(std::move(context), files.certificate.string(), own->chain.front().get(), now);
}

Result<TlsContext, Complaint> load_authorities(const std::filesystem::path& authorities,
                                               const TlsFiles& own) {
  auto context = make_context(TLS_client_method());
  if (authorities.empty()) {
    // The system's directory, of which a handshake reads the one authority that it needs; the file
    // of all would be read at each start, which takes 60 ms and 4 MB.
    SSL_CTX_set_default_verify_dir(context.get());
  } else {
    const auto all = read_chain(authorities);
    if (!all) return unexpected(all.error());
    auto* const store = SSL_CTX_get_cert_store(context.get());
    for (const auto& one : *all) X509_STORE_add_cert(store, one.get());
  }
  ERR_clear_error();
  if (own.none()) return context;
  const auto shown = load(own);
  if (!shown) return unexpected(shown.error());
  if (auto taken = show(context.get(), *shown, own); !taken) return unexpected(taken.error());
  return context;
}

}  // namespace strowger::host
