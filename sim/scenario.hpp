// A scenario as written in a .flow file: a callflow, a caller, and what passes between the two.
// The language is described in docs/scenarios.md.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "call/exchange.hpp"
#include "call/limits.hpp"
#include "flow/interpreter.hpp"
#include "sim/net.hpp"
#include "sim/phone.hpp"
#include "sim/phone_options.hpp"
#include "sim/sound.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strowger::sim {

inline constexpr Duration default_tolerance = std::chrono::milliseconds{40};
inline constexpr std::size_t scenario_file_bytes_max = 1'000'000;
inline constexpr int callers_max = 1'000;

struct MediaSpec {
  std::string id;
  std::vector<Stretch> stretches;
};

// `name` is a header, or "sdp" or "body" for the body.
struct HeaderCheck {
  enum class Kind : std::uint8_t { contains, exact, present, absent };
  Kind kind = Kind::present;
  std::string name;
  std::string text;
};

struct At {
  Duration time{};
  Duration tolerance = default_tolerance;
};

struct Hear {
  enum class Kind : std::uint8_t { nothing, anything, tone, media };
  Kind kind = Kind::nothing;
  std::string media;
  double hz = 0;
  std::optional<Duration> length;  // media: nothing means whole
  Duration tolerance = default_tolerance;
};

struct Expect {
  std::string word;     // "486", "BYE"
  std::string answers;  // of a response: the method it answers
  std::optional<std::string> phrase;
  std::vector<HeaderCheck> checks;
  std::optional<Duration> within;
  std::optional<At> at;
  std::optional<Hear> early_media;
};

struct Act {
  enum class Kind : std::uint8_t {
    respond,
    invite,
    repeat_invite,
    cancel,
    bye,
    digits,
    info_digit,
    reinvite,
    update,
    refer,
    subscribe,
    unsubscribe,
    message,
    vanish
  };
  Kind kind = Kind::invite;
  std::string digits;
  Reoffer how = Reoffer::same;
  std::string refer_to;
  std::string user;   // of SUBSCRIBE and MESSAGE: at the server
  std::string event;  // of SUBSCRIBE
  std::chrono::seconds lasts{600};
  std::string text;   // of MESSAGE
  int times = 1;
  Phone::Response response;
  std::optional<Duration> at;     // since the INVITE
  std::optional<Duration> after;  // since the step before
};

// The phone must have sent this by itself.
struct Sent {
  std::string method;
};

struct Step {
  int line = 0;
  std::string who;  // of Scenario::phones; "" for the caller
  std::string text;
  std::variant<Act, Expect, Sent, Hear> what;
};

struct LogCheck {
  int line = 0;
  std::string text;  // the statement
  std::optional<call::Logged::Level> level;
  std::string pattern;  // `*` matches anything
};

struct RecordCheck {
  enum class Kind : std::uint8_t { equals, contains, absent, no_record };
  int line = 0;
  Kind kind = Kind::equals;
  std::string name;
  std::string value;
  double tolerance = 0;  // of numbers
};

// A phone that can be called.
struct PhoneSpec {
  std::string name;
  PhoneOptions options;
  std::string device;  // as which it is registered
  bool out_of_reach = false;  // it did not answer OPTIONS
};

struct Scenario {
  std::string file;
  int line = 0;
  std::string name;

  std::vector<MediaSpec> media;
  std::vector<std::string>
      callflows;  // documents as JSON text; the first is the one that is called
  std::string number = "1000";
  bool number_set = false;

  // Of the account, as JSON text.
  std::vector<std::string> seats;
  std::vector<std::string> devices;
  std::vector<std::string> ring_groups;
  std::vector<std::string> temporal_rules;
  std::vector<std::string> temporal_rule_sets;
  std::vector<std::string> trunks;
  std::string settings;  // "" for none
  std::vector<PhoneSpec> phones;

  PhoneOptions phone;
  std::string caller_device;  // that has logged in; "" for none
  sip::Transport transport = sip::Transport::udp;
  bool v6 = false;
  bool logs_in = false;  // some phone subscribes or writes, and proves to be its device
  std::optional<IpAddress> address;
  int callers = 1;
  Duration every = std::chrono::milliseconds{10};

  Faults to_server;
  Faults to_caller;
  bool faulty = false;
  call::Limits limits;
  flow::FlowLimits flow_limits;
  call::Anonymous inbound = call::Anonymous::loopback;
  std::optional<WallTime> clock;
  // Why it can't be run over real sockets; "" when it can.
  std::string virtual_only;

  std::vector<Step> steps;
  std::vector<LogCheck> log_checks;
  std::vector<RecordCheck> record_checks;
  std::optional<Duration> settle;  // "after 32s nothing left"

  const MediaSpec* find_media(std::string_view id) const;
  const PhoneSpec* find_phone(std::string_view phone_name) const;  // null for the caller
};

// The complaint names file and line: "menu.flow:12: …".
Result<std::vector<Scenario>, Complaint> parse_scenarios(std::string_view text,
                                                         std::string_view file);

}  // namespace strowger::sim
