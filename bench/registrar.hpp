// Phones that register by UDP: REGISTER, 401, REGISTER with credentials (MD5, RFC 7616), 200. Phone
// n is due at start + n / rate, whatever the answers do. Nothing is retransmitted; what gets no
// answer counts as failed.
#pragma once

#include "datagram_socket.hpp"
#include "samples.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::bench {

// One phone of many: "phone-000042".
std::string phone_name(std::uint32_t index);
inline constexpr std::string_view phone_password = "bench-only-password";

// What a challenge asks for; "" for what it has not.
struct Challenge {
  std::string realm;
  std::string nonce;
  std::string qop;

  // Of a WWW-Authenticate value.
  static Challenge of(std::string_view value);
};

// The value of an Authorization header for a REGISTER to `uri`.
std::string credentials(const Challenge& challenge, std::string_view user, std::string_view uri);

struct RegisterPlan {
  std::uint16_t server_port = 0;
  std::string domain = "127.0.0.1";
  double rate = 1000;
  std::uint32_t phones = 1000;
  std::uint32_t warm = 0;  // so many are not counted
};

class Registrations {
 public:
  explicit Registrations(const RegisterPlan& plan);
  // Prints `measuring 0` when the counted ones begin, and `measured N` with the number of those
  // that are registered when all have been answered, or two seconds after the last.
  void run();
  std::string json();

 private:
  struct Phone {
    std::int64_t due_ns = 0;
    bool over = false;
  };
  void start_due(std::int64_t now);
  void take(const Arrival& arrival);
  void send(std::uint32_t index, int cseq, std::string_view authorization);

  RegisterPlan plan_;
  std::string run_;
  sockaddr_in server_;
  DatagramSocket socket_;
  std::vector<Phone> phones_;
  std::int64_t start_ns_ = 0;
  std::uint32_t next_ = 0;
  std::uint32_t over_ = 0;
  std::uint32_t registered_ = 0;  // of the counted
  int last_refusal_ = 0;          // a status code
  Samples times_;
};

}  // namespace strowger::bench
