// A session that somebody else began: we are the server of its INVITE (RFC 3261 13.3, RFC 3262 §3).
#pragma once

#include "sip/reliable_provisional.hpp"
#include "sip/session.hpp"

#include <optional>

namespace strowger::sip {

class IncomingSession final : public Session {
 public:
  // The INVITE has its server transaction, and the session its entry.
  IncomingSession(AgentCore& core, SessionId id, Request invite);

  bool progress(Answer provisional, bool reliable);
  bool accept(Body sdp);
  bool reject(const Answer& final);
  bool supports_reliable() const;
  bool requires_reliable() const;

  void receive_cancel(const Key& invite, const MessagePtr& cancel) override;
  void fire(Timer timer) override;
  std::optional<Unacknowledged> unacknowledged() const override;

 private:
  void receive_prack(const Request& request, Dialog& dialog) override;
  void refuse_pending() override;
  bool can_request() const override { return told_; }
  void offer_settled() override { go_on(); }

  void go_on();
  void send_provisional(const Answer& provisional, bool reliable);
  void succeed(const Body& sdp);
  void stop_provisionals();
  bool undecided() const { return phase_ == Phase::early && !waiting_success_; }

  Request invite_;
  std::uint32_t sequence_;                // of the INVITE
  ReliableProvisionals reliable_;
  BytesPtr last_reliable_;
  std::optional<Body> waiting_success_;   // accept() waits for a PRACK (RFC 3262 3)
  bool given_up_ = false;                 // no PRACK came in time
  bool told_ = false;                     // a response with our tag was sent
};

}  // namespace strowger::sip
