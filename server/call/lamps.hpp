// Who watches whose calls (RFC 4235), and what there is to see: the calls of this exchange, and
// what the other exchanges of the server tell of theirs. Of calls that nobody watches nothing is
// kept, and as long as nobody watches anything no call does more than ask watching(). Why it is
// so: docs/decisions/0033-lamps.md.
#pragma once

#include "base/random.hpp"
#include "sip/dialog_info.hpp"
#include "sip/user_agent.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace strowger::call {

// One phone in a call, as others see it.
struct CallEnd {
  sip::SessionId session = 0;
  std::string account;
  std::string device;
  std::string seat;  // "" for none
  sip::DialogInfo shown;  // its id is not set
};

// From one exchange to the others.
struct LampNews {
  enum class What : std::uint8_t { watched, unwatched, calls };

  What what = What::calls;
  std::size_t from = 0;  // the exchange's number
  std::string watched;
  std::vector<sip::DialogInfo> calls;  // all that it has
};

class Lamps {
 public:
  Lamps(std::size_t number, Random& random) : number_(number), random_(random) {}

  // What is watched: all phones of a seat, or one phone.
  static std::string of_seat(std::string_view account, std::string_view seat);
  static std::string of_device(std::string_view account, std::string_view device);

  // ---- who watches
  void watch(const std::string& watched, sip::SessionId by);
  void unwatch(sip::SessionId by);
  void apply(const LampNews& news);
  bool watching() const { return !lamps_.empty(); }

  // ---- calls, by the session that each began with
  void touch(sip::SessionId call) {
    if (watching()) touched_.insert(call);
  }
  // Is there something to do? Then see() those touched, or all calls when somebody new watches, and
  // take what came of it.
  bool busy() const {
    return look_at_all_ || !touched_.empty() || !marked_.empty() || !news_.empty();
  }
  bool looks_at_all() { return std::exchange(look_at_all_, false); }
  std::unordered_set<sip::SessionId> take_touched() { return std::exchange(touched_, {}); }
  // `ends`: all of the call; none when it is over.
  void see(sip::SessionId call, const std::vector<CallEnd>& ends);

  // ---- what came of it
  struct Shown {
    sip::SessionId watcher = 0;
    std::vector<sip::DialogInfo> calls;
  };
  std::vector<Shown> take_shown();  // then take_news()
  std::vector<LampNews> take_news() { return std::exchange(news_, {}); }

 private:
  struct Lit {
    sip::DialogInfo shown;
    sip::SessionId call = 0;
  };
  struct Lamp {
    std::vector<sip::SessionId> watchers;
    std::vector<sip::SessionId> fresh;  // of these: who have seen nothing yet
    std::set<std::size_t> elsewhere;    // exchanges that have watchers
    std::map<sip::SessionId, Lit> own;  // by the session of the end
    std::map<std::size_t, std::vector<sip::DialogInfo>> told;  // by exchange
    bool changed = false;  // for the watchers here
    bool news = false;     // for those elsewhere
  };
  using Place = std::pair<std::string, sip::SessionId>;  // a lamp, and the session of the end

  Lamp& lamp(const std::string& watched);
  void light(const std::string& watched, sip::SessionId call, const CallEnd& end,
             std::vector<Place>& places);
  void put_out(const Place& place, sip::SessionId call);
  void mark(const std::string& watched, Lamp& lamp);
  void forget_unwatched(const std::string& watched);

  const std::size_t number_;
  Random& random_;
  std::unordered_map<std::string, Lamp> lamps_;
  std::unordered_map<sip::SessionId, std::string> by_watcher_;
  std::unordered_map<sip::SessionId, std::vector<Place>> lit_;  // by each call
  std::unordered_set<sip::SessionId> touched_;
  bool look_at_all_ = false;
  std::set<std::string> marked_;
  std::vector<LampNews> news_;
};

}  // namespace strowger::call
