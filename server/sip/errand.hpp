// A request of ours outside of any dialog, and its answer: REGISTER at somebody else's registrar
// (RFC 3261 10.2).
#pragma once

#include "sip/session.hpp"

namespace strowger::sip {

class Errand final : public Session {
 public:
  Errand(AgentCore& core, SessionId id) : Session(core, id) {}

  void start(const Inquiry& inquiry);

  void receive_response(const Key& transaction, const MessagePtr& response,
                        const Peer& source) override;
  void request_failed(const Key& transaction, bool timed_out) override;
};

}  // namespace strowger::sip
