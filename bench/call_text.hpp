// The messages of a caller, and what it reads out of the answers. Every caller offers audio.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::bench {

struct CallName {
  std::uint32_t index;       // of the call, in its branch and Call-ID
  std::uint64_t number;      // that it calls
  std::uint16_t port;        // it sends from
  std::uint16_t media_port;  // it hears on
};

struct Answer {
  std::uint32_t index;
  int code;
  std::string_view to;  // the header's value, with our peer's tag
  bool retry_after;
};

class CallText {
 public:
  // `caller` and `server` are IP addresses. Each run of the program has its own branches.
  CallText(std::string caller, std::string server, std::uint16_t server_port);

  // Valid until the next message is made.
  std::string_view invite(const CallName& call);
  std::string_view ack(const CallName& call, std::string_view to);
  // Nothing for requests and for what answers another run.
  std::optional<Answer> read(std::string_view message) const;

 private:
  void head(std::string_view method, const CallName& call, std::string_view to);

  std::string caller_;
  std::string server_;
  std::string run_;  // in branches
  std::string text_;
};

}  // namespace strowger::bench
