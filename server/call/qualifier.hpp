// Asks registered phones by OPTIONS whether they are there ("qualify"), and how long that takes.
// Each contact is asked by the exchange that took its REGISTER. Whoever gives any answer is there
// (RFC 3261 11.2); who gives none within Timer F is out of reach until it answers again or
// registers anew.
#pragma once

#include "base/random.hpp"
#include "base/timer_queue.hpp"
#include "call/logged.hpp"
#include "sip/location_table.hpp"
#include "sip/user_agent.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace strowger::call {

// By one exchange: 20 ms apart, so that thousands of phones that registered at once are not asked
// at once.
constexpr Duration probe_pause = std::chrono::milliseconds{20};

class Qualifier {
 public:
  struct Ways {
    // How often a device is to be asked; nothing: never.
    std::function<std::optional<std::chrono::seconds>(std::string_view aor)> interval;
    std::function<std::string()> new_call_id;
    std::function<void(sip::LocationChange)> change;
    std::function<void(LogLevel, std::string)> log;
  };
  Qualifier(sip::UserAgent& agent, const sip::LocationTable& locations, Random& random, Ways ways)
      : agent_(agent), locations_(locations), random_(random), ways_(std::move(ways)) {}

  // Of this exchange: registered, or known from an earlier run.
  void add(const sip::LocationChange& change, Now now);
  // False: it is the answer to something else.
  bool on(const sip::Replied& event, Now now);
  void tick(Now now);
  std::optional<Instant> deadline() const { return timers_.deadline(); }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string aor;
    sip::LocationChange::Removed name;  // which binding
    bool has_turn = false;
    sip::SessionId asked = 0;
    Instant asked_at{};
  };

  const sip::Binding* find(const Entry& entry) const;
  void wait(const std::string& key, Instant until) { timers_.arm(until, key); }
  void look_at(const std::string& key, Now now);
  void ask(Entry& entry, const std::string& key, const sip::Binding& binding, Now now);
  void tell(const Entry& entry, const sip::Binding& known, bool reachable, Duration took);
  Duration by_lot(Duration least, Duration most);

  sip::UserAgent& agent_;
  const sip::LocationTable& locations_;
  Random& random_;
  Ways ways_;
  std::unordered_map<std::string, Entry> entries_;
  std::unordered_map<sip::SessionId, std::string> asked_;
  TimerQueue<std::string> timers_;
  Instant next_turn_{};
};

}  // namespace strowger::call
