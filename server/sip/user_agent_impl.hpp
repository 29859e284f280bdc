// UserAgent's inside: gives each message to the transaction and the session that it belongs to,
// and answers by itself what belongs to none.
#pragma once

#include "sip/authenticator.hpp"
#include "sip/incoming_session.hpp"
#include "sip/outgoing_session.hpp"
#include "sip/subscription.hpp"
#include "sip/user_agent_core.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

struct UserAgent::Impl {
  Impl(Config config, Random& random) : core(std::move(config), random) {
    if (core.config.subscribers != nullptr) authenticator.emplace(*core.config.subscribers, random);
  }

  AgentCore core;
  std::optional<Authenticator> authenticator;
  bool draining = false;
  std::shared_ptr<SubscriptionCount> subscriptions = std::make_shared<SubscriptionCount>();

  void receive(const Peer& peer, std::string bytes);
  void receive_request(const Request& request);
  void receive_response(const MessagePtr& response, const Peer& source);
  void tick();

  // ---- by method
  void receive_ack(const Request& request);
  void receive_cancel(const Request& request);
  void receive_in_dialog(const Request& request, SessionId session);
  void receive_after_end(const Request& request, SessionId session);
  void receive_outside(const Request& request);
  void receive_invite(const Request& request);
  void receive_subscribe(const Request& request);
  void receive_message(const Request& request);
  void begin_subscription(const Request& request, Subscription::Subject subject,
                          std::chrono::seconds lasts);

  // ---- who sends it (user_agent_access.cpp). Nothing: the request is dealt with.
  std::optional<Identity> identify_caller(const Request& request);
  std::optional<Identity> carrier(const Request& request) const;
  void receive_register(const Request& request);
  std::optional<Subscriber> prove(const Request& request, const Domain& domain, bool may_be_nobody);
  void challenge(const Request& request, const Domain& domain, bool stale);
  bool may_call(const Peer& source) const;
  bool claims_to_be_ours(const Message& request) const;
  bool may_call_as(const Message& invite, const Subscriber& subscriber,
                   const Domain& domain) const;
  bool shows_extension(const Message& request, const Domain& domain) const;
  void answer_register(const Request& request, const Identity& identity);

  struct Refusing {
    int status;
    std::string_view phrase;
    HeaderList headers = {};
  };
  void refuse(const Request& request, const Refusing& refusing);
  void answer_options(const Request& request);
  // Whose place the INVITE wants to take, or why it may not.
  struct Replaced {
    SessionId session = 0;
    std::string elsewhere;  // the value of Replaces, when another of the server has it

    bool none() const { return session == 0 && elsewhere.empty(); }
  };
  std::optional<Refusing> find_replaced(const Request& request, Replaced& replaced);
  bool full() const { return core.transactions.size() >= core.config.transactions_max; }
  Key key_of(const Message& request, std::string_view method) const;

  IncomingSession* incoming(SessionId session);
  OutgoingSession* outgoing(SessionId session);
};

}  // namespace strowger::sip
