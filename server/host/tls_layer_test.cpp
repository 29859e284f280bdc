#include "host/tls_layer.hpp"

#include "host/certificate_for_tests.hpp"
#include "host/clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <array>

namespace strowger::host {
namespace {

// The other end, by OpenSSL's own means.
class Client {
 public:
  Client() : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    ssl_.reset(SSL_new(context_.get()), SSL_free);
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(ssl_.get());
  }

  void take_in(const std::string& bytes) {
    BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
  }
  std::string out() {
    std::string bytes(BIO_ctrl_pending(SSL_get_wbio(ssl_.get())), '\0');
    if (!bytes.empty()) {
      BIO_read(SSL_get_wbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
    }
    return bytes;
  }
  bool shake_hands() { return SSL_do_handshake(ssl_.get()) == 1; }
  void say(const std::string& text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
  }
  std::string hear() {
    std::string text;
    std::array<char, 4'096> piece;
    for (int n; (n = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()))) > 0;) {
      text.append(piece.data(), static_cast<std::size_t>(n));
    }
    over_ = (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    return text;
  }
  bool over() const { return over_; }

 private:
  std::shared_ptr<SSL_CTX> context_;
  std::shared_ptr<SSL> ssl_;
  bool over_ = false;
};

class TlsLayerTest : public testing::Test {
 protected:
  TlsLayerTest() : layer_(load_certificate(folder_.make("host"), wall_now()).value().context) {}

  // `bytes_at_once`: how the network cuts what the client says.
  void shake_hands(std::size_t bytes_at_once = 65'536) {
    while (!client_.shake_hands() || !layer_.ready()) {
      ASSERT_TRUE(give(client_.out(), bytes_at_once)) << layer_.why();
      client_.take_in(layer_.take());
    }
  }

  bool give(const std::string& bytes, std::size_t at_once = 65'536) {
    for (std::size_t at = 0; at < bytes.size(); at += at_once) {
      if (!layer_.receive(std::string_view(bytes).substr(at, at_once), plain_)) return false;
    }
    return true;
  }

  CertificateFolder folder_;
  TlsLayer layer_;
  Client client_;
  std::string plain_;
};

TEST_F(TlsLayerTest, CarriesBothWays) {
  shake_hands();
  client_.say("INVITE");
  EXPECT_TRUE(give(client_.out()));
  EXPECT_EQ(plain_, "INVITE");
  layer_.send("100 ");
  layer_.send("Trying");
  client_.take_in(layer_.take());
  EXPECT_EQ(client_.hear(), "100 Trying");
}

TEST_F(TlsLayerTest, BytesMayComeOneByOne) {
  shake_hands(1);
  const std::string long_text(100'000, 'x');
  client_.say(long_text);
  EXPECT_TRUE(give(client_.out(), 1));
  EXPECT_EQ(plain_, long_text);
}

TEST_F(TlsLayerTest, WhatIsSentTooEarlyWaits) {
  layer_.send("OPTIONS");
  EXPECT_EQ(layer_.waiting(), 7U);
  EXPECT_EQ(layer_.take(), "");
  shake_hands();
  EXPECT_EQ(layer_.waiting(), 0U);
  client_.take_in(layer_.take());
  EXPECT_EQ(client_.hear(), "OPTIONS");
}

TEST_F(TlsLayerTest, SaysFarewell) {
  shake_hands();
  layer_.close();
  client_.take_in(layer_.take());
  EXPECT_EQ(client_.hear(), "");
  EXPECT_TRUE(client_.over());
}

TEST_F(TlsLayerTest, PlainSipIsRefusedWithAReason) {
  EXPECT_FALSE(give("INVITE sip:1000@127.0.0.1 SIP/2.0\r\n\r\n"));
  EXPECT_NE(layer_.why(), "");
  EXPECT_EQ(plain_, "");
}

TEST_F(TlsLayerTest, WhatWasChangedOnTheWayIsRefused) {
  shake_hands();
  client_.say("INVITE");
  auto bytes = client_.out();
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_FALSE(give(bytes));
  EXPECT_EQ(plain_, "");
  EXPECT_NE(layer_.take(), "");  // an alert
}

}  // namespace
}  // namespace strowger::host
