// HTTPS as a client sees it.
#include "host/certificate_for_tests.hpp"
#include "host/clock.hpp"
#include "host/http_client_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <csignal>

namespace strowger::host {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string request = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

class TlsClient {
 public:
  explicit TlsClient(const HttpServer& server, int version_max = TLS1_3_VERSION)
      : fd_(connected(server)), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    SSL_CTX_set_security_level(context_.get(), 0);  // else it would not offer TLS 1.1 at all
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), version_max);
    ssl_.reset(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl_.get(), fd_.get());
    connected_ = SSL_connect(ssl_.get()) == 1;
  }

  bool connected_to_server() const { return connected_; }

  std::string server_name() const {
    char name[64] = "";
    X509* const certificate = SSL_get0_peer_certificate(ssl_.get());
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
                              sizeof name);
    return name;
  }

  std::string ask(const std::string& text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    std::string answer;
    char piece[4'096];
    for (int count = 0; (count = SSL_read(ssl_.get(), piece, sizeof piece)) > 0;) {
      answer.append(piece, count);
    }
    said_goodbye_ = SSL_get_error(ssl_.get(), 0) == SSL_ERROR_ZERO_RETURN;
    return answer;
  }
  bool server_said_goodbye() const { return said_goodbye_; }

 private:
  FileDescriptor fd_;
  std::shared_ptr<SSL_CTX> context_;
  std::shared_ptr<SSL> ssl_;
  bool connected_ = false;
  bool said_goodbye_ = false;
};

class HttpTls : public testing::Test {
 protected:
  // OpenSSL writes to a socket that the server may have closed.
  static void SetUpTestSuite() { std::signal(SIGPIPE, SIG_IGN); }

  std::unique_ptr<HttpServer> start(HttpLimits limits = {}) {
    const auto echo = [](const api::Request& asked) {
      return api::Response{.body = asked.path + (asked.tls ? " over TLS" : " in the clear") +
                                   std::string(asked.body.size(), 'x')};
    };
    auto server =
        HttpServer::start(*Endpoint::parse("127.0.0.1:0"), limits, echo, certificate("first"));
    EXPECT_TRUE(server) << server.error().what;
    return std::move(*server);
  }

  TlsContext certificate(const std::string& name) {
    auto loaded = load_certificate(folder_.make(name), wall_now());
    EXPECT_TRUE(loaded) << loaded.error().what;
    return loaded->context;
  }

  CertificateFolder folder_;
};

TEST_F(HttpTls, CarriesRequestsAndSaysGoodbye) {
  const auto server = start();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(*server, version);
    ASSERT_TRUE(client.connected_to_server());
    const auto answer = client.ask("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" +
                                   std::string(100'000, 'y') + request);
    EXPECT_THAT(answer, HasSubstr("/b over TLS" + std::string(100'000, 'x') + "HTTP/1.1 200"));
    EXPECT_THAT(answer, HasSubstr("/a over TLS"));
    EXPECT_TRUE(client.server_said_goodbye());
  }
}

TEST_F(HttpTls, OldVersionsAreRefused) {
  const auto server = start();
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    EXPECT_FALSE(TlsClient(*server, version).connected_to_server());
  }
}

TEST_F(HttpTls, PlainRequestsAreToldWhatIsSpokenHere) {
  const auto server = start();
  const auto answer = ask(*server, request);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(answer, HasSubstr("HTTPS"));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST_F(HttpTls, SlowHandshakesAreCut) {
  const auto server = start({.handshake = std::chrono::seconds{0}});
  EXPECT_EQ(ask(*server, ""), "");              // says nothing
  EXPECT_EQ(ask(*server, "\x16\x03\x01"), "");  // stops in the middle of its hello
}

TEST_F(HttpTls, AHandshakeThatDoesNotBeginMakesRoom) {
  const auto server = start({.connections_max = 1});
  const auto silent = connected(*server);
  EXPECT_TRUE(TlsClient(*server).connected_to_server());
  EXPECT_EQ(all_said(silent), "");
}

TEST_F(HttpTls, ANewCertificateIsForNewConnections) {
  const auto server = start();
  TlsClient old(*server);
  server->use(certificate("second"));
  TlsClient fresh(*server);
  EXPECT_EQ(old.server_name(), "first");
  EXPECT_EQ(fresh.server_name(), "second");
  EXPECT_THAT(old.ask(request), HasSubstr("/a over TLS"));
}

}  // namespace
}  // namespace strowger::host
