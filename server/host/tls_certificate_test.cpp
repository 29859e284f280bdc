#include "host/tls_certificate.hpp"

#include "host/certificate_for_tests.hpp"
#include "host/clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace strowger::host {
namespace {

using testing::HasSubstr;
using std::chrono::hours;

std::string complaint(const TlsFiles& files) {
  const auto loaded = load_certificate(files, wall_now());
  return loaded ? "" : loaded.error().what;
}

TEST(TlsCertificate, IsLoadedWithItsKey) {
  const CertificateFolder folder;
  const auto files = folder.make("pbx");
  const auto loaded = load_certificate(files, wall_now());
  ASSERT_TRUE(loaded) << loaded.error().what;
  EXPECT_NE(loaded->context, nullptr);
  EXPECT_FALSE(loaded->worrying);
  EXPECT_THAT(loaded->status, HasSubstr("pbx.pem is valid until 2"));
}

TEST(TlsCertificate, OneFileMayHoldBothAndAChain) {
  const CertificateFolder folder;
  const auto own = folder.make("pbx");
  const auto issuer = folder.make("issuer");
  const auto all = folder.path("all.pem");
  std::ofstream(all) << std::ifstream(own.certificate).rdbuf()
                     << std::ifstream(issuer.certificate).rdbuf()
                     << std::ifstream(own.key).rdbuf();
  EXPECT_EQ(complaint({all, all}), "");
}

TEST(TlsCertificate, ComplaintsNameTheFileAndTheReason) {
  const CertificateFolder folder;
  const auto own = folder.make("own");
  const auto other = folder.make("other");
  const auto locked = folder.make("locked", hours{-1}, hours{9'000}, "secret");
  const auto large = folder.path("large.pem");
  std::ofstream(large) << std::string(pem_bytes_max + 1, 'x');
  const auto broken = folder.path("broken.pem");
  std::ofstream(broken) << "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  const struct {
    TlsFiles files;
    const char* file;
    const char* reason;
  } cases[] = {
      {{own.certificate, ""}, "own.pem", "has no key"},
      {{"", own.key}, "there is a key", "no certificate"},
      {{folder.path("gone.pem"), own.key}, "certificate /tmp/", "gone.pem: No such file"},
      {{own.certificate, folder.path("gone.key")}, "the key /tmp/", "gone.key: No such file"},
      {{folder.path(""), own.key}, "the certificate /tmp/", "is a directory"},
      {{large, own.key}, "large.pem", "too large"},
      {{broken, own.key}, "broken.pem", "broken.pem: "},
      {{own.key, own.key}, "own.key", "no PEM certificate in it"},
      {{own.certificate, own.certificate}, "own.pem", "no PEM key in it"},
      {{own.certificate, other.key}, "other.key", "does not belong to the certificate"},
      {{locked.certificate, locked.key}, "locked.key", "has a passphrase"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.reason);
    EXPECT_THAT(complaint(c.files), HasSubstr(c.file));
    EXPECT_THAT(complaint(c.files), HasSubstr(c.reason));
  }
}

TEST(TlsCertificate, ItsTimeIsAWorryNotAFailure) {
  const CertificateFolder folder;
  const struct {
    hours begins, ends;
    bool worrying;
    const char* status;
  } cases[] = {
      {hours{-48}, hours{-24}, true, "has expired: it was valid until 20"},
      {hours{24}, hours{9'000}, true, "is not valid before 20"},
      {hours{-24}, hours{24 * 13}, true, "is valid until 20"},
      {hours{-24}, hours{24 * 15}, false, "is valid until 20"},
  };
  for (const auto& c : cases) {
    const auto loaded = load_certificate(folder.make("pbx", c.begins, c.ends), wall_now());
    ASSERT_TRUE(loaded) << loaded.error().what;
    EXPECT_EQ(loaded->worrying, c.worrying);
    EXPECT_THAT(loaded->status, HasSubstr(c.status));
  }
}

}  // namespace
}  // namespace strowger::host
