// Calls between two: a caller and a phone, both ours, with a server between them. Each call is
// INVITE, 200, ACK; then both ends speak, or not; then the caller's BYE. Nothing is retransmitted:
// on loopback a message that gets lost is the server's fault, and its call counts as failed.
#pragma once

#include "call_text.hpp"
#include "datagram_socket.hpp"
#include "dialog_text.hpp"
#include "samples.hpp"
#include "streams.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace strowger::bench {

struct BridgedPlan {
  std::string server = "127.0.0.1";
  std::uint16_t server_port = 0;
  std::uint64_t number = 1000;
  std::uint32_t calls = 200;
  double rate = 50;            // calls per second
  double talk_s = 8;           // 0: each call ends as soon as it is answered
  std::uint32_t warm = 0;      // without talk: so many calls are not counted
  std::vector<std::uint16_t> relay_ports;  // no server and no calls: two for each pair of streams
};

class BridgedCalls {
 public:
  explicit BridgedCalls(const BridgedPlan& plan);
  ~BridgedCalls();
  BridgedCalls(const BridgedCalls&) = delete;
  BridgedCalls& operator=(const BridgedCalls&) = delete;

  std::uint16_t phone_port() const { return phone_.port(); }
  // Without a server from here on.
  void relay_through(std::vector<std::uint16_t> ports);
  // Prints `measuring N` when all talk (or the counted calls begin) and `measured N` at the end of
  // that; N is the number of packets heard so far.
  void run();
  std::string json();

 private:
  enum class Stage : std::uint8_t { none, calling, talking, ending, over };
  struct Call {
    Stage stage = Stage::none;
    std::int64_t since_ns = 0;  // of the stage
    Dialog dialog = {};
  };

  void start(std::uint32_t index);
  void hang_up(std::uint32_t index);
  void take_caller(const Arrival& arrival);
  void take_phone(const Arrival& arrival);
  void take_invite(const Arrival& arrival);
  void connect(std::uint32_t index, const Arrival& ok);
  std::string via(std::uint32_t index, std::string_view method) const;
  void turn();                       // starts what is due, speaks, waits for at most a millisecond
  void turn_for(double seconds);
  void until_over();                 // until all calls have ended, or for 4 s
  void talk_in_relay();
  void talk();                       // with marks around it; then all are silent
  void mark(const char* what);

  BridgedPlan plan_;
  CallText text_;
  std::string run_;  // of our own branches
  sockaddr_in server_;
  int epoll_;
  DatagramSocket caller_;
  DatagramSocket phone_;
  Streams streams_;  // 2 n: of the caller; 2 n + 1: of the phone's n-th call
  std::vector<Call> calls_;
  std::unordered_map<std::string, std::uint32_t> at_phone_;  // by Call-ID
  std::vector<std::optional<std::uint16_t>> phone_peers_;
  std::int64_t start_ns_ = 0;
  std::uint32_t next_ = 0;
  std::uint32_t up_ = 0;
  std::uint32_t over_ = 0;
  bool measuring_ = false;
  Samples setup_;
};

}  // namespace strowger::bench
