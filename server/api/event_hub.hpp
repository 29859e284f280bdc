// Server-sent events: who publishes never waits for who listens. Each listener has a bounded queue;
// one that falls behind gets a single `resync` instead of what it missed.
#pragma once

#include "api/http.hpp"
#include "base/time.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

struct Event {
  std::string type;     // "callflow.changed"
  std::string account;  // who sees that account sees the event; "": everybody
  WallTime at{};
  boost::json::object more;  // further members, by openapi.json
};

class EventHub {
 public:
  static constexpr std::size_t listeners_max = 200;
  static constexpr std::size_t queue_max = 1'000;    // events per listener
  static constexpr std::size_t history_max = 1'000;  // events, for Last-Event-ID

  using Sees = std::function<bool(std::string_view account)>;
  struct Listener {
    std::string user;
    std::string session;  // hash; "" for a token
    Sees sees;
    WallTime expires{};   // then the stream ends: whoever comes again is asked who they are
    std::optional<std::uint64_t> last_seen;  // Last-Event-ID
  };

  // From any thread.
  void publish(Event event);
  // Events of calls are many: they are made only if this is true. Else the next one counts as
  // missed, and who comes back with an earlier Last-Event-ID is told to look again.
  bool listened();
  // Nothing when there are too many listeners.
  std::shared_ptr<BodyStream> listen(Listener listener, WallTime now);
  // Ends the streams of a user; of one session only, or ("") of all.
  void end(std::string_view user, std::string_view session = {});

 private:
  class Stream;
  struct Sent {
    std::uint64_t id = 0;
    std::string account;
    std::string text;
  };

  std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  std::deque<Sent> history_;
  std::vector<std::weak_ptr<Stream>> streams_;
};

}  // namespace strowger::api
