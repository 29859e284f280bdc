// What one call did: written to the journal before its final answer leaves, read by `strowger
// calls`. Every list and text is bounded here, so that no caller can make a record grow.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t ladder_lines_max = 128;
inline constexpr std::size_t path_steps_max = 1'024;
inline constexpr std::size_t record_media_max = 64;
inline constexpr std::size_t record_legs_max = 64;
inline constexpr std::size_t record_transfers_max = 32;
inline constexpr std::size_t record_talks_max = 32;
// Of ladder_lines_max: messages of phones leave room for as many of the caller's.
inline constexpr std::size_t ladder_lines_for_caller = 32;
inline constexpr std::size_t record_name_bytes_max = 128;  // display names, User-Agents
inline constexpr std::size_t record_text_bytes_max = 512;  // longer texts are cut when written

enum class Disposition : std::uint8_t {
  running,    // not over yet (a record that was cut by a crash stays so)
  rejected,   // got the code that its callflow chose, or that somebody ended it with
  redirected, // got a 3xx
  answered,   // got 200
  abandoned,  // the caller gave up first: CANCEL, or BYE before the answer
  no_route,   // nothing answers that number
  failed,     // our fault or a limit: see the path's notes
};
std::string_view disposition_name(Disposition disposition);

struct PathStep {
  std::string block_id;
  std::string module;
  std::int64_t entered_ms = 0;  // after CallRecord::started
  std::string exit_key;         // the branch taken; "" when the call ended here
  std::string note;
  std::string callflow_id;  // whose block it is: the call's callflow or a sub-flow
  std::int64_t callflow_revision = 0;

  bool operator==(const PathStep&) const = default;
};

struct PlayedMedia {
  std::string media_id;
  std::int64_t sent_ms = 0;
  std::uint64_t packets = 0;
  std::string codec;    // as SDP names it: "PCMU"; "" when nothing was sent
  std::string skipped;  // why nothing (more) was sent; "" when it was heard whole
  std::optional<std::int64_t> at_ms = {};  // after CallRecord::started; older records don't say
  int leg = 0;  // who heard it; 0: the caller

  bool operator==(const PlayedMedia&) const = default;
};

enum class Direction : std::uint8_t { in, out };  // seen from us

struct LadderLine {
  std::int64_t at_ms = 0;  // after CallRecord::started
  Direction direction = Direction::in;
  std::string first_line;  // "INVITE sip:1000@example.net SIP/2.0", "SIP/2.0 486 Busy Here"
  std::string method;      // of the CSeq
  std::uint32_t cseq = 0;
  std::string note;        // "with SDP", "retransmission"
  int leg = 0;             // of CallRecord::legs; 0: the caller

  bool operator==(const LadderLine&) const = default;
};

// A phone that was called for the caller.
struct CallLeg {
  int number = 0;      // from 1, as in the ladder
  std::string target;  // the Request-URI
  std::string name;    // whose phone it is, as the block that rang it says
  std::string party = {};      // the same for people: "Anna Berg", a carrier's name
  std::string extension = {};  // by which number: the seat's, or what a carrier was to dial
  std::string device = {};     // its name: "Desk phone"
  std::string user_agent = {};  // as it names itself (RFC 3261 §20.35, §20.41)
  std::string call_id;
  std::string place;        // "udp:192.0.2.1:5060"
  std::int64_t began_ms = 0;  // after CallRecord::started
  std::optional<std::int64_t> answered_ms;
  std::optional<std::int64_t> ended_ms;
  int code = 0;  // its final answer; 0: it gave none
  std::string phrase;
  std::string note;                  // why it was not rung, or not any longer
  std::vector<std::string> reasons;  // Reason header values, in what ended it, whoever did

  bool operator==(const CallLeg&) const = default;
};

// Two ends that were connected: 0 is the caller, others are legs.
struct Talk {
  std::int64_t at_ms = 0;  // after CallRecord::started
  std::optional<std::int64_t> ended_ms;
  int one = 0;    // the caller's end: a leg after a transfer
  int other = 0;

  bool operator==(const Talk&) const = default;
};

// A transfer that one of the two who talked asked for (RFC 5589).
struct TransferLine {
  std::int64_t at_ms = 0;  // after CallRecord::started
  int by = 0;              // 0: the caller, else the number of a leg
  bool attended = false;
  std::string to;          // the number, as it was asked for
  int code = 0;            // how it ended: 200, or why not; 0: it goes on
  std::string phrase;

  bool operator==(const TransferLine&) const = default;
};

// The two ends of a bridge had no codec in common: what each of them spoke, as SDP names it.
struct Transcoded {
  std::string caller;  // "PCMU"
  std::string callee;  // "opus"

  bool operator==(const Transcoded&) const = default;
};

enum class Side : std::uint8_t { none, caller, callee };
std::string_view side_name(Side side);  // "", "caller", "callee"

struct CallRecord {
  std::string id;
  std::string account;
  std::string callflow_id;
  std::int64_t callflow_revision = 0;
  std::string callflow_name;
  std::string from;     // URI
  std::string to;       // URI
  std::string call_id;  // SIP Call-ID
  std::string source;   // "udp:192.0.2.1:5060"
  std::string caller_name;  // as the caller's end shows it; "" for none
  std::string user_agent;   // of the caller's end
  // Who called, when it was a device of the account that logged in; "" for outsiders.
  std::string caller_device;
  std::string caller_seat;
  std::string caller_trunk;  // the carrier that brought the call; "" for none
  WallTime started{};
  std::optional<WallTime> answered;
  std::optional<WallTime> ended;
  std::vector<PathStep> path;
  int code = 0;  // the final code sent; 0 when none was
  std::string phrase;
  std::vector<std::string> reasons;  // Reason header values sent
  Disposition disposition = Disposition::running;
  std::vector<CallLeg> legs;
  std::vector<TransferLine> transfers;
  std::vector<Talk> talks;  // in the order of their beginning; the last one may go on
  int bridged_leg = 0;  // the one that the caller talked with; 0: nobody
  std::optional<std::int64_t> bridged_ms;  // when, after `started`
  std::optional<Transcoded> transcoded;    // the last time; none: packets passed as they were
  Side hung_up_by = Side::none;            // of a call that was answered; none: we did
  std::string ended_by;   // who ended it while it was live: a user's id; "" for nobody
  int intended_code = 0;  // configured, but the call was answered already; 0 for none
  std::vector<PlayedMedia> media;
  std::vector<LadderLine> ladder;
  std::uint32_t ladder_dropped = 0;  // lines beyond ladder_lines_max
  bool complete = false;             // false: written early, a later version of this record follows

  bool operator==(const CallRecord&) const = default;

  // Add within the limits; what does not fit is counted (ladder) or left out (path, media).
  void add_ladder(LadderLine line);
  void add_step(PathStep step);
  void add_media(PlayedMedia played);
  void add_transfer(TransferLine transfer);
  void begin_talk(std::int64_t at_ms, int one, int other);
  void end_talk(std::int64_t at_ms);  // the one that goes on, if any
  // Null when there are too many.
  CallLeg* add_leg(CallLeg leg);
  CallLeg* leg(int number);  // null: there is none
};

// One line of JSON appended to `out`, no line break inside. Texts that are no UTF-8 are repaired.
void append_json(std::string& out, const CallRecord& record);
std::string to_json(const CallRecord& record);
Result<CallRecord, Complaint> call_record_from_json(std::string_view json);

}  // namespace strowger::model
