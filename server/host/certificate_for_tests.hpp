// Certificates that sign themselves, and their keys, as PEM files. For the tests of this room.
#pragma once

#include "host/tls_certificate.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdlib.h>
#include <string>

namespace strowger::host {

class CertificateFolder {
 public:
  CertificateFolder() {
    char name[] = "/tmp/strowger-tls-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~CertificateFolder() { std::filesystem::remove_all(folder_); }
  CertificateFolder(const CertificateFolder&) = delete;
  CertificateFolder& operator=(const CertificateFolder&) = delete;

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  // NAME.pem and NAME.key, valid from `begins` to `ends`, both counted from now. `names`: its
  // subjectAltName, "DNS:a.example,URI:sip:b.example".
  TlsFiles make(const std::string& name, std::chrono::hours begins, std::chrono::hours ends,
                const char* passphrase = nullptr, const char* names = nullptr) const {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> own(X509_new(), X509_free);
    X509_set_version(own.get(), X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(own.get()), std::chrono::seconds(begins).count());
    X509_gmtime_adj(X509_getm_notAfter(own.get()), std::chrono::seconds(ends).count());
    X509_set_pubkey(own.get(), key.get());
    auto* const subject = X509_get_subject_name(own.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(own.get(), subject);
    if (names != nullptr) {
      auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
      X509_add_ext(own.get(), extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(own.get(), key.get(), EVP_sha256());
    const TlsFiles files{path(name + ".pem"), path(name + ".key")};
    write(files.certificate, [&](std::FILE* file) { PEM_write_X509(file, own.get()); });
    write(files.key, [&](std::FILE* file) {
      PEM_write_PrivateKey(file, key.get(), passphrase ? EVP_aes_128_cbc() : nullptr, nullptr, 0,
                           nullptr, const_cast<char*>(passphrase));
    });
    return files;
  }

  TlsFiles make(const std::string& name) const {
    return make(name, std::chrono::hours{-1}, std::chrono::hours{24 * 90});
  }
  TlsFiles named(const std::string& name, const char* names) const {
    return make(name, std::chrono::hours{-1}, std::chrono::hours{24 * 90}, nullptr, names);
  }

 private:
  template <class Writer>
  static void write(const std::filesystem::path& path, Writer writer) {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    writer(file);
    std::fclose(file);
  }

  std::filesystem::path folder_;
};

}  // namespace strowger::host
