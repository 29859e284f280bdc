// Calls at a fixed rate, whatever the answers do (an open loop): call n is due at start + n / rate,
// and its answer time counts from then, so a server that stalls is charged with every call that
// it kept waiting. UDP; INVITE → 100 → final → ACK; retransmits as RFC 3261 §17.1.1.2 says and
// counts it.
#pragma once

#include "call_text.hpp"
#include "datagram_socket.hpp"
#include "ear.hpp"
#include "samples.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace strowger::bench {

struct Plan {
  std::string server = "127.0.0.1";
  std::uint16_t server_port = 5060;
  std::string source = "127.0.0.1";
  std::size_t ports = 1;        // that calls come from, in turns
  double rate = 1000;           // calls per second
  double warm_s = 1;            // calls that are made, but not counted
  double measure_s = 5;
  double linger_s = 4;          // for late answers
  std::uint64_t number = 486;   // first of
  std::uint64_t numbers = 1;    // so many that are called in turns
  std::uint64_t packets = 0;    // of early media that each caller should hear; 0: no ears
  int buffer_bytes = 4 << 20;
};

class Caller {
 public:
  explicit Caller(const Plan& plan);
  ~Caller();
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  // Prints `measuring` when the counted part begins, `measured` when its last call was sent (with
  // media: when all hear, and when the first call is over).
  void run();
  std::string json();

 private:
  struct Call {
    std::int64_t due_ns = 0;
    std::uint16_t code = 0;  // final; 0: none yet
    bool heard = false;      // any answer
  };
  struct Repeat {
    std::int64_t due_ns;
    std::uint32_t index;
  };

  bool counted(std::uint32_t index) const { return index >= warm_; }
  CallName name(std::uint32_t index) const;
  std::int64_t due(std::uint32_t index) const;
  bool finished(std::int64_t now);
  void start_due(std::int64_t now);
  void invite(std::uint32_t index);
  void repeat_due(std::int64_t now);
  void wait(std::int64_t now);
  void take(const Arrival& arrival);
  void finish(std::uint32_t index, const Answer& answer, std::int64_t at_ns);
  void mark(bool& done, const char* what);
  void flush();

  Plan plan_;
  CallText text_;
  sockaddr_in server_;
  int epoll_;
  std::vector<std::unique_ptr<DatagramSocket>> sockets_;
  std::unique_ptr<Ears> ears_;

  std::vector<Call> calls_;
  std::uint32_t warm_;      // calls before this one are not counted
  std::uint32_t next_ = 0;  // to be started
  std::uint32_t over_ = 0;  // have a final answer
  std::int64_t start_ns_ = 0;
  std::int64_t last_ns_ = 0;  // something happened
  std::array<std::deque<Repeat>, 6> repeats_;  // Timer A after 0.5, 1, 2, 4, 8, 16 s

  Samples answers_;
  Samples refusals_;  // 503
  Samples late_;      // INVITEs that we sent after they were due
  std::map<int, std::uint64_t> codes_;
  std::uint64_t invites_repeated_ = 0;
  std::uint64_t finals_repeated_ = 0;
  std::uint64_t with_retry_after_ = 0;
  bool measuring_ = false;
  bool measured_ = false;
};

}  // namespace strowger::bench
