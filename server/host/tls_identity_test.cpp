#include "host/tls_identity.hpp"

#include "host/certificate_for_tests.hpp"
#include "host/clock.hpp"
#include "host/tls_layer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <cstdio>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> identities_in(const TlsFiles& files) {
  std::FILE* const file = std::fopen(files.certificate.c_str(), "r");
  const std::unique_ptr<X509, decltype(&X509_free)> read(
      PEM_read_X509(file, nullptr, nullptr, nullptr), X509_free);
  std::fclose(file);
  return sip_identities(read.get());
}

TEST(SipIdentities, AreSipUrisWithoutUserElseNamesAndAddresses) {
  const CertificateFolder folder;
  EXPECT_THAT(identities_in(folder.named("a", "DNS:SIP.Example.NET,IP:192.0.2.1,DNS:b.example")),
              ElementsAre("sip.example.net", "192.0.2.1", "b.example"));
  // RFC 5922 7.1: DNS names count where there is no sip: URI; a person's is none, nor a web page's.
  EXPECT_THAT(identities_in(folder.named("b", "DNS:x.example,URI:sip:Carrier.example:5061")),
              ElementsAre("carrier.example"));
  EXPECT_THAT(identities_in(folder.named(
                  "c", "DNS:x.example,URI:sip:anna@y.example,URI:https:z.example,email:a@b.c")),
              ElementsAre("x.example"));
  EXPECT_THAT(identities_in(folder.make("common.example")), IsEmpty());
}

TEST(ProvesToBe, WholeNamesOnlyUnlessWildcardsAreTaken) {
  struct Row {
    const char* identity;
    const char* name;
    bool strictly;
    bool with_wildcards;
  };
  const Row rows[] = {
      {"sip.example.net", "SIP.example.net", true, true},
      {"sip.example.net", "sip.example.net.", true, true},
      {"example.net", "sip.example.net", false, false},  // RFC 5922 7.2: no suffix
      {"sip.example.net", "example.net", false, false},
      {"*.example.net", "sip.example.net", false, true},
      {"*.example.net", "a.b.example.net", false, false},
      {"*.example.net", "example.net", false, false},
      {"*.net", "example.net", false, false},
      {"*", "localhost", false, false},
      {"s*.example.net", "sip.example.net", false, false},
      {"192.0.2.1", "192.0.2.1", true, true},
      {"2001:db8::1", "[2001:db8::1]", true, true},
      {"*.0.2.1", "192.0.2.1", false, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(proves_to_be({"other.example", row.identity}, {row.name}), row.strictly)
        << row.identity << " for " << row.name;
    EXPECT_EQ(proves_to_be({row.identity}, {.name = row.name, .wildcards = true}),
              row.with_wildcards)
        << row.identity << " for " << row.name;
  }
  EXPECT_FALSE(proves_to_be({}, {"sip.example.net"}));
}

// Both ends are ours: what one writes the other reads.
class TlsClientTest : public testing::Test {
 protected:
  void start(const TlsFiles& shown, const std::filesystem::path& believed, TlsFarEnd far,
             const TlsFiles& own = {}) {
    server_.emplace(load_certificate(shown, wall_now()).value().context);
    client_.emplace(load_authorities(believed, own).value(), std::move(far));
    client_->greet();
  }

  bool shake_hands() {
    for (int i = 0; i < 10 && !(client_->ready() && server_->ready()); ++i) {
      if (!server_->receive(client_->take(), heard_)) return false;
      if (!client_->receive(server_->take(), heard_)) return false;
    }
    return client_->ready();
  }

  CertificateFolder folder_;
  std::optional<TlsLayer> server_;
  std::optional<TlsLayer> client_;
  std::string heard_;
};

TEST_F(TlsClientTest, SpeaksWithWhoeverProvesTheName) {
  const auto files = folder_.named("far", "DNS:sip.example.net");
  start(files, files.certificate, {"sip.example.net"});
  client_->send("INVITE");
  ASSERT_TRUE(shake_hands()) << client_->why();
  EXPECT_TRUE(server_->receive(client_->take(), heard_));
  EXPECT_EQ(heard_, "INVITE");
}

TEST_F(TlsClientTest, TellsAWrongNameNothingButAnAlert) {
  const auto files = folder_.named("far", "DNS:*.example.net");
  start(files, files.certificate, {"sip.example.net"});
  client_->send("INVITE");
  EXPECT_FALSE(shake_hands());
  EXPECT_THAT(client_->why(), HasSubstr("is that of *.example.net, not of sip.example.net"));
  EXPECT_THAT(client_->why(), HasSubstr("tls.wildcards"));
  EXPECT_FALSE(server_->receive(client_->take(), heard_));
  EXPECT_EQ(heard_, "");
}

TEST_F(TlsClientTest, SaysWhatIsWrongWithACertificate) {
  const auto old = folder_.make("old", -48h, -24h, nullptr, "DNS:sip.example.net");
  start(old, old.certificate, {"sip.example.net"});
  EXPECT_FALSE(shake_hands());
  EXPECT_THAT(client_->why(), HasSubstr("was valid until 20"));
  const auto early = folder_.make("early", 24h, 48h, nullptr, "DNS:sip.example.net");
  start(early, early.certificate, {"sip.example.net"});
  EXPECT_FALSE(shake_hands());
  EXPECT_THAT(client_->why(), HasSubstr("is valid from 20"));
  const auto unknown = folder_.named("unknown", "DNS:sip.example.net");
  start(unknown, old.certificate, {"sip.example.net"});
  EXPECT_FALSE(shake_hands());
  EXPECT_THAT(client_->why(), HasSubstr("no authority that we trust"));
  EXPECT_THAT(client_->why(), HasSubstr("sip.ca"));
}

TEST_F(TlsClientTest, BelievesAnybodyWhereItIsToldTo) {
  const auto files = folder_.make("old", -48h, -24h, nullptr, "DNS:other.example");
  start(files, {}, {.name = "sip.example.net", .verify = false});
  EXPECT_TRUE(shake_hands()) << client_->why();
}

// A file that is none of authorities keeps the server from starting.
TEST(LoadAuthorities, ComplainsAboutTheFile) {
  const CertificateFolder folder;
  const auto missing = load_authorities(folder.path("none.pem"), {});
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, HasSubstr("none.pem"));
  const auto key = folder.make("a").key;
  ASSERT_FALSE(load_authorities(key, {}));
  EXPECT_THAT(load_authorities(key, {}).error().what, HasSubstr("no PEM certificate"));
}

TEST(TlsLinks, HaveANumberForEachWhoAndName) {
  TlsLinks links(nullptr);
  std::string told;
  const auto first = links.number("trunk a/x", {"sip.example.net"},
                                  [&](const std::string& trouble) { told = trouble; });
  EXPECT_NE(first, 0U);
  EXPECT_EQ(links.number("trunk a/x", {"sip.example.net"}, {}), first);
  const auto other = links.number("trunk b/x", {"sip.example.net"}, {});
  EXPECT_NE(other, first);
  EXPECT_NE(links.number("trunk a/x", {.name = "sip.example.net", .verify = false}, {}), first);
  links.find(first)->report("it is down");
  EXPECT_EQ(told, "it is down");
  EXPECT_EQ(links.find(0), nullptr);
  EXPECT_EQ(links.find(99), nullptr);
  links.keep({other});
  EXPECT_FALSE(links.find(first)->wanted());
  EXPECT_TRUE(links.find(other)->wanted());
}

}  // namespace
}  // namespace strowger::host
