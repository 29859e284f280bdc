// The floor: what INVITE → 100 → 486 → ACK costs when nobody parses more than must be copied,
// remembers nothing and looks nothing up. Answers come by one sendmmsg per batch that was read.
#include "datagram_socket.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>

namespace strowger::bench {

namespace {

// The header line with its line break, or "" when there is none.
std::string_view header(std::string_view message, std::string_view name) {
  const auto at = message.find(name);
  if (at == std::string_view::npos) return {};
  const auto end = message.find("\r\n", at + 2);
  return end == std::string_view::npos ? std::string_view{} : message.substr(at + 2, end - at);
}

// RFC 3261 §8.2.6: Via, From, To, Call-ID and CSeq are the request's; To gets a tag but in the 100.
void reply(std::string_view request, std::string_view status, bool tagged, std::string& out) {
  auto to = header(request, "\r\nTo:");
  to.remove_suffix(to.empty() ? 0 : 2);
  out.assign(status);
  out.append(header(request, "\r\nVia:"))
      .append(header(request, "\r\nFrom:"))
      .append(to)
      .append(tagged ? ";tag=floor\r\n" : "\r\n")
      .append(header(request, "\r\nCall-ID:"))
      .append(header(request, "\r\nCSeq:"))
      .append("Content-Length: 0\r\n\r\n");
}

void serve(DatagramSocket& socket) {
  std::string answer;
  answer.reserve(datagram_bytes_max);
  for (;;) {
    socket.receive([&](const Arrival& arrival) {
      if (!arrival.bytes.starts_with("INVITE ")) return;  // an ACK ends here
      reply(arrival.bytes, "SIP/2.0 100 Trying\r\n", false, answer);
      socket.queue(arrival.from, answer);
      reply(arrival.bytes, "SIP/2.0 486 Busy Here\r\n", true, answer);
      socket.queue(arrival.from, answer);
    });
    socket.flush();
  }
}

}  // namespace
}  // namespace strowger::bench

int main(int argc, char** argv) {
  using namespace strowger::bench;
  CLI::App app("A raw-socket SIP server: the floor of make bench");
  std::uint16_t port = 0;
  int buffer = 4 << 20;
  app.add_option("--port", port, "UDP port on 127.0.0.1; 0 picks one");
  app.add_option("--buffer", buffer, "Bytes of socket buffers");
  CLI11_PARSE(app, argc, argv);
  DatagramSocket socket(address_of("127.0.0.1", port),
                        {.buffer_bytes = buffer, .blocking = true, .stamped = false});
  std::cout << "ready sip=udp:127.0.0.1:" << socket.port() << std::endl;
  serve(socket);
}
