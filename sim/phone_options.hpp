// What kind of phone calls: who it says it is, what it offers, which of its messages get lost.
#pragma once

#include "base/endpoint.hpp"
#include "sdp/session.hpp"
#include "sip/message.hpp"
#include "sip/user_agent.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace strowger::sim {

// Holding a call in a re-INVITE or UPDATE.
// plain: without the keys that the first offer had.
enum class Reoffer : std::uint8_t { same, hold, resume, plain };

// What a bad line does to one kind of message.
struct Loss {
  bool received = false;    // what the phone gets; else what it sends
  std::string what;         // "PRACK", "183", "BYE"
  std::string cseq_method;  // of responses; "" for any
  enum class Which : std::uint8_t { all, first, after_first } which = Which::all;
  int count = 1;  // first so many
  int seen = 0;

  // Counts the message when it is of the kind, and says whether it is lost.
  bool takes(const sip::Message& message, bool is_received);
};

struct PhoneOptions {
  std::string user = "2000";
  std::string display_name;
  bool anonymous = false;
  std::string to = "1000";  // a user part, or a whole "sip:…" URI
  sip::HeaderList headers;

  bool offer = true;
  std::vector<std::string> codecs = {"pcmu", "pcma"};
  sdp::Direction direction = sdp::Direction::sendrecv;
  std::string media_address;  // what c= says; "" for the phone's own
  bool srtp = false;
  bool events = true;  // telephone-event
  bool port_zero = false;
  std::optional<std::string> body;  // instead of an offer
  std::string body_type = "application/sdp";

  sip::Invitation::Reliable reliable = sip::Invitation::Reliable::unsupported;
  sip::SessionTimerPolicy session_timer;  // RFC 4028
  bool early_media_header = false;  // P-Early-Media: supported
  std::vector<Loss> losses;

  // What its owner says all the time once the call is answered: a tone; 0: nothing.
  double speaks_hz = 0;

  // Digest credentials for 401 and 407; no user: the refusal is final.
  std::string login;
  std::string password;
};

}  // namespace strowger::sim
