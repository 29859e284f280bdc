// Virtual time: one clock, one queue of things to come, one thread. Whatever lives in a World
// (server, phones, network) is driven by it in an order that only its seed and its script decide,
// so that a run can be replayed.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <vector>

namespace strowger::sim {

// Something with deadlines of its own.
class Node {
 public:
  virtual ~Node() = default;
  // Does what is due, and hands over what there is to send.
  virtual void tick(Now now) = 0;
  virtual std::optional<Instant> deadline() const = 0;
};

// 2026-01-01 12:00 UTC: when a world begins unless somebody says otherwise.
inline constexpr WallTime default_start =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + std::chrono::hours{12};

class World {
 public:
  using Work = std::function<void()>;

  explicit World(std::uint64_t seed, WallTime start = default_start);

  Now now() const { return {instant_, wall_start_ + elapsed_ms()}; }
  Duration elapsed() const { return instant_ - Instant{start_instant}; }
  SeededRandom& random() { return random_; }

  // Nodes are asked and ticked in the order in which they joined; they must outlive the world's
  // running.
  void join(Node& node) { nodes_.push_back(&node); }
  void leave(Node& node);

  // Equal instants run in the order in which they were asked for. The past is now.
  void at(Instant due, Work work);
  void after(Duration delay, Work work) { at(instant_ + delay, std::move(work)); }

  // Runs until nothing is due before `limit`, or `enough` says so after some step. False: stopped
  // by `enough`.
  bool run_until(Instant limit, const std::function<bool()>& enough = {});
  // The next thing to happen; nothing when there is nothing to come.
  std::optional<Instant> deadline() const;

  // Not zero, so that a duration mistaken for an instant shows.
  static constexpr Duration start_instant = std::chrono::hours{1};

 private:
  struct Entry {
    Instant due;
    std::uint64_t order;
    Work work;
    bool operator<(const Entry& other) const {
      return due != other.due ? due > other.due : order > other.order;
    }
  };

  std::chrono::milliseconds elapsed_ms() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(elapsed());
  }
  void step(Instant due);

  SeededRandom random_;
  Instant instant_{start_instant};
  WallTime wall_start_;
  std::priority_queue<Entry> queue_;
  std::uint64_t order_ = 0;
  std::vector<Node*> nodes_;
};

}  // namespace strowger::sim
