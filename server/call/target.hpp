// Whom to ring for a caller, for how long, and how it ended.
#pragma once

#include "base/time.hpp"
#include "call/media_library.hpp"
#include "sip/header_list.hpp"
#include "sip/login.hpp"
#include "sip/peer.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace strowger::call {

class Leg;

// Known beforehand not to answer: nothing is sent to it.
struct Hopeless {
  int code = 480;   // what it counts as
  std::string why;  // for the record: "not registered", "do not disturb"
  std::string_view cause = {};  // by its KAZOO name, when it is not that of the code
};

struct Target;

// Who is rung instead of a leg that came to nothing: the carrier's next address, or whom a phone
// redirects the call to. Asked once, while its ringing goes on; lives until the leg is over.
class Successors {
 public:
  virtual ~Successors() = default;
  // None: what `refused` said stands.
  virtual std::vector<Target> after(Leg& refused) = 0;
};

// Told how a leg goes, by whoever counts channels and minutes. Lives until the leg is over.
class LegWatch {
 public:
  virtual ~LegWatch() = default;
  virtual void answered(Instant at) = 0;
  // After answered(), or without it.
  virtual void over(Instant at) = 0;
};

// One phone: a contact of a device, or any SIP address; or a carrier.
struct Target {
  std::string uri;  // the Request-URI: a registered contact as it was given
  sip::Peer peer;   // where the INVITE goes
  std::vector<std::string> route;  // Route values (RFC 3327)
  std::string name;                // for the record: "anna/desk"
  std::string party = {};          // the same for people: "Anna Berg"
  std::string extension = {};      // by which number it is called; "" for none
  std::string device_name = {};    // "Desk phone"
  std::string device;              // its id; "" for none
  Duration delay{};                // before it begins to ring
  Duration timeout = std::chrono::seconds{20};  // how long it rings
  sip::HeaderList headers;         // more of them: Alert-Info, …
  bool srtp = false;               // media has to be encrypted
  bool transcode = true;           // may be offered codecs that the caller does not have
  // A carrier: its challenges are answered, and once it has said 100 it may take its time to ring.
  sip::Login login;
  bool patient = false;
  std::optional<Duration> no_reply;  // Limits::silent_max when it has one of its own
  std::shared_ptr<LegWatch> watch;
  std::shared_ptr<Successors> successors = nullptr;
  std::string from = {};  // a whole From value without tag, when it is not that of all phones
  bool early_media = true;  // may be let through
  std::string seat = {};    // of the device; "" for none
  std::optional<std::int64_t> lines_max = {};  // calls that the device may be in, of all shards
  std::string inside = {};  // what its Call-ID begins with, when it is another exchange of ours
  std::optional<Hopeless> hopeless;
  // Asked of whoever answers there: the call is theirs once they press 1 (call/keypress.hpp), and
  // until then it has not been answered. None: whoever answers has it.
  std::optional<Media> question = std::nullopt;
};

// Whose phones are meant, where somebody wants to take over what rings there.
struct PhoneSet {
  std::set<std::string, std::less<>> seats;  // all of their phones
  std::set<std::string, std::less<>> devices;
};

struct RingOptions {
  Duration timeout = std::chrono::hours{1};  // of all of it
  // What the caller hears meanwhile, over and over, from us; none: the caller's own phone tells,
  // or, in a call that is answered already, a ringing tone does.
  const Media* ringback = nullptr;
  bool early_media = true;  // of a single phone is let through
  bool first_rejection_ends = false;  // 403, 603 and their like of one phone are for all of them
  std::string from;                   // a whole From value without tag; "": the caller's own
};

enum class RingOutcome : std::uint8_t { answered, busy, no_answer, unreachable, rejected, failed };
std::string_view ring_outcome_name(RingOutcome outcome);
// What a final answer of a phone comes to.
RingOutcome ring_outcome(int code);

struct RingResult {
  RingOutcome outcome = RingOutcome::unreachable;
  Leg* leg = nullptr;  // the one that answered; lives as long as the call
  int code = 480;      // the best final answer (RFC 3261 16.7); 408 when nobody gave one
  std::string phrase;
  std::vector<std::string> reasons;  // Reason header values beside it
  bool nobody_called = true;         // all of them were hopeless, or there were none
  std::string_view cause = {};       // by its KAZOO name, when it is not that of the code
};

// How a bridge ended, when it was not the caller who ended it: then its script is no more.
enum class BridgeEnd : std::uint8_t {
  callee_left,
  not_answered,  // the caller could not be answered; the call is over
  transferred,   // one of them wants the other to talk with somebody else: see begin_transfer()
};

}  // namespace strowger::call
