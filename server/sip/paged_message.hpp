// A MESSAGE outside of a dialog that we got (RFC 3428): waits for its one final answer.
#pragma once

#include "sip/session.hpp"

#include <chrono>
#include <cstddef>

namespace strowger::sip {

// RFC 3428 §8: where the path is not known to take care of congestion.
constexpr std::size_t message_bytes_by_datagram = 1'300;
constexpr std::size_t message_bytes_by_stream = 16'384;  // by stream
// Until it is answered 480: its sender gives up after 32 s (Timer F), and 408 would tell it nothing
// (RFC 4320 4.2).
constexpr std::chrono::seconds message_patience{20};

class PagedMessage final : public Session {
 public:
  PagedMessage(AgentCore& core, SessionId id, Request request)
      : Session(core, id), request_(std::move(request)) {
    ++core_.pages;
  }
  ~PagedMessage() override { --core_.pages; }

  void start();
  bool answer(const Answer& final);
  void fire(Timer timer) override;

 private:
  Request request_;
};

}  // namespace strowger::sip
