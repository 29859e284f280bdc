// TLS on one connection, without its socket: bytes from the peer in, bytes for the peer out
// (RFC 3261 26.2.1; RFC 8446). We are the server, or, for those whom we call, the client.
#pragma once

#include "host/tls_certificate.hpp"
#include "host/tls_links.hpp"

#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct x509_store_ctx_st;

namespace strowger::host {

class TlsLayer {
 public:
  explicit TlsLayer(TlsContext context);
  // As client, of a context for that: speaks first (greet()), and with nobody who does not prove to
  // be `far`.
  TlsLayer(TlsContext context, TlsFarEnd far);
  ~TlsLayer();
  TlsLayer(const TlsLayer&) = delete;
  TlsLayer& operator=(const TlsLayer&) = delete;

  void greet();

  // What came, decrypted. False: this is no TLS, or not ours; why() says more, and take() what the
  // peer should be told before the connection ends.
  bool receive(std::string_view bytes, std::string& plain);
  // Plaintext for the peer; waits here while the two still shake hands.
  void send(std::string_view plain);
  // Says farewell: nothing more will be sent.
  void close();
  // What has to be written to the socket.
  std::string take();

  bool ready() const;  // hands are shaken
  // Plaintext that waits for that.
  std::size_t waiting() const { return early_.size(); }
  const std::string& why() const { return why_; }

 private:
  static int judge(int good, x509_store_ctx_st* store);
  bool fail();

  TlsContext context_;
  TlsFarEnd far_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  std::string early_;
  std::string why_;
};

}  // namespace strowger::host
