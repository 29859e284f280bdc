// A scripted phone, sans-I/O: what a person with a phone does, and a record of all that passed.
// Driven in virtual time by scenarios and over real sockets by `strowger call`.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/ear.hpp"
#include "sim/errands.hpp"
#include "sim/phone_options.hpp"
#include "sip/user_agent.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strowger::sim {

// One message that the phone sent or got.
struct Passed {
  Instant at;
  bool received = false;
  sip::MessagePtr message;
  bool lost = false;   // by the phone's bad line
  bool again = false;  // the same bytes as one before
};

class Phone {
 public:
  struct SendSip {
    sip::Peer peer;
    std::shared_ptr<const std::string> bytes;
  };
  struct SendMedia {
    bool rtcp = false;
    Endpoint to;
    std::vector<std::byte> bytes;
  };
  using Output = std::variant<SendSip, SendMedia>;

  // `line`: from our address to the server's. `media`: where we hear.
  Phone(PhoneOptions options, sip::Peer line, Endpoint media, Random& random);

  void receive_sip(const sip::Peer& from, std::string bytes, Now now);
  void receive_media(bool rtcp, std::span<const std::byte> packet, Now now);
  void connection_failed(std::uint64_t connection, Now now);
  void tick(Now now);
  std::optional<Instant> deadline() const;
  std::optional<Output> poll();

  // ---- what a caller does; what is impossible at the moment does nothing and returns false
  void invite(Now now);
  bool repeat_invite(Now now);
  bool cancel(Now now);
  bool bye(Now now);  // in the early dialog too (RFC 3261 15)
  bool press(std::string_view digits, Now now);
  bool info_digit(char digit, Now now);
  bool reinvite(Reoffer how, Now now);
  bool update(Reoffer how, Now now);
  // "1003", or a whole Refer-To value.
  bool refer(const std::string& to, Now now);
  // Beside calls: see Errands.
  void subscribe(const std::string& event, const std::string& user, std::chrono::seconds lasts,
                 Now now);
  bool unsubscribe(Now now);
  void message(const std::string& user, const std::string& text, Now now);
  // Its plug is pulled: it says and hears nothing any more.
  bool vanish();
  // ---- and what one does who is called. `described`: with SDP; a 200 always has it.
  struct Response {
    int code = 200;
    std::string phrase;
    bool described = false;
    bool reliable = false;
    sip::HeaderList headers;
  };
  bool respond(const Response& response, Now now);

  // ---- what there is to see
  const std::vector<Passed>& passed() const { return passed_; }
  const Ear& ear() const { return ear_; }
  const PhoneOptions& options() const { return options_; }
  std::optional<Instant> invited_at() const { return invited_at_; }
  // The final response to the (last) INVITE; null before it.
  sip::MessagePtr final_answer() const { return final_; }
  bool answered() const { return answered_; }
  // Nothing more can come of this call, though transactions may linger.
  bool over() const { return over_; }
  // The same, and everything forgotten.
  bool gone() const { return gone_; }
  // The request-URI that is called.
  std::string target() const;
  // Moves the line to another connection or address; for drivers that learn it late.
  void set_line(sip::Peer line) { line_ = line; }

 private:
  sip::Invitation invitation();
  void drain(Now now);
  void handle(const sip::Output& event, Now now);
  void note_response(const sip::Message& response, Now now);
  void give_answer_for(const sip::Message& response);
  bool authenticate(Now now);
  void send(const sip::Peer& peer, std::shared_ptr<const std::string> bytes, Now now);
  bool swallow(const sip::Message& message, bool received);
  void log(bool received, sip::MessagePtr message, bool lost, Now now);
  std::string early_bye() const;
  void end(Now now);
  void be_called(const sip::Invited& event, Now now);
  std::string description();

  PhoneOptions options_;
  sip::Peer line_;
  Random& random_;
  Ear ear_;
  sip::UserAgent agent_;
  Errands errands_;
  sip::SessionId session_ = 0;
  std::vector<Passed> passed_;
  std::deque<Output> out_;
  std::optional<Instant> invited_at_;
  std::shared_ptr<const std::string> invite_bytes_;
  sip::MessagePtr final_;
  bool answered_ = false;
  bool over_ = false;
  bool gone_ = false;
  bool tried_login_ = false;
  bool vanished_ = false;
  sip::MessagePtr challenge_;  // a refusal that may have been a request for credentials
  bool offer_answered_ = false;
  sip::MessagePtr invite_;       // the one that called this phone; null before
  std::string description_;      // what it was told about our media
  // A BYE outside of what the agent does, repeated until it is answered (RFC 3261 17.1.2.1 timer
  // E).
  std::shared_ptr<const std::string> early_bye_;
  Instant early_bye_due_{};
  Duration early_bye_wait_{};
  Instant early_bye_end_{};
};

}  // namespace strowger::sim
