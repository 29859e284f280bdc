// What a scripted phone does beside calls: SUBSCRIBE to a lamp or a mailbox (RFC 6665), MESSAGE
// (RFC 3428), and the answers to NOTIFY and MESSAGE. Written by hand, so that the server is not
// held against its own code. Sans-I/O.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/phone_options.hpp"
#include "sip/message.hpp"
#include "sip/peer.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::sim {

class Errands {
 public:
  using Bytes = std::shared_ptr<const std::string>;

  Errands(const PhoneOptions& options, Random& random) : options_(options), random_(random) {}

  // `user` at the server; `event`: "dialog", "message-summary".
  void subscribe(const std::string& event, const std::string& user, std::chrono::seconds lasts,
                 const sip::Peer& line, Now now);
  // The newest subscription ends. False: there is none.
  bool unsubscribe(const sip::Peer& line, Now now);
  void message(const std::string& user, const std::string& text, const sip::Peer& line, Now now);

  // True: it belongs to an errand, and is nothing for the agent.
  bool take(const sip::Message& message, const sip::Peer& line, Now now);
  void tick(Now now);
  std::optional<Instant> deadline() const;
  // What is to be sent next.
  Bytes poll();

 private:
  struct Errand {
    std::string method;
    std::string event;  // "": it is a MESSAGE
    std::string uri;
    std::string call_id;
    std::string from;
    std::string to;  // with its tag, once there is a dialog
    std::uint32_t cseq = 0;
    std::chrono::seconds lasts{0};
    std::string text;
    bool tried_login = false;
    Bytes sent;  // until it is answered (RFC 3261 17.1.2.1, Timer E)
    Instant due{};
    Instant end{};
    Duration wait{};
  };
  Errand begin(std::string method, const std::string& user, const sip::Peer& line);
  void ask(Errand& errand, const sip::HeaderList& credentials, const sip::Peer& line, Now now);
  void answered(Errand& errand, const sip::Message& response, const sip::Peer& line, Now now);
  bool take_request(const sip::Message& request, const sip::Peer& line);

  const PhoneOptions& options_;
  Random& random_;
  std::vector<Errand> errands_;
  std::vector<Bytes> out_;
};

}  // namespace strowger::sim
