// Many ends of telephone calls: each sends a packet of G.711 every 20 ms from its own socket, as a
// phone does, and hears on it. They are not in step: a twentieth of them speaks in each
// millisecond.
#pragma once

#include "ear.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::bench {

class Streams {
 public:
  // Watched by `epoll` with their index plus `first_key` as data.
  Streams(std::size_t count, const std::string& ip, int epoll, std::uint64_t first_key);

  std::uint16_t port(std::size_t index) const { return ends_[index].ear->port(); }
  // Shows a relay that learns where its ends are where this one is. No packet to any ear.
  void greet(std::size_t index, const sockaddr_in& relay);
  void speak_to(std::size_t index, const sockaddr_in& peer) { ends_[index].peer = peer; }
  void fall_silent(std::size_t index) { ends_[index].peer.reset(); }

  // Sends what is due; to be called every millisecond. Returns when it wants to be called again.
  std::int64_t speak(std::int64_t now_ns);
  void listen(std::size_t index);

  // Delays and gaps so far don't count.
  void forget_times();
  std::uint64_t sent() const { return sent_; }
  std::uint64_t heard() const { return heard_; }
  // "sent":…,"heard":…,"missing":…,"delay_us":{…},"gap_us":{…}
  std::string json();

 private:
  struct End {
    std::unique_ptr<Ear> ear;
    std::optional<sockaddr_in> peer = {};  // it speaks while there is one
    std::uint16_t sequence = 0;
  };
  void say(std::size_t index);

  std::vector<End> ends_;
  std::int64_t next_ns_ = 0;  // of the slot that is due next
  std::size_t slot_ = 0;
  Samples delays_;
  Samples gaps_;
  std::uint64_t sent_ = 0;
  std::uint64_t heard_ = 0;
};

}  // namespace strowger::bench
