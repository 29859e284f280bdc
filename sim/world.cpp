#include "sim/world.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sim {

World::World(std::uint64_t seed, WallTime start) : random_(seed), wall_start_(start) {}

void World::leave(Node& node) { std::erase(nodes_, &node); }

void World::at(Instant due, Work work) {
  queue_.push({std::max(due, instant_), ++order_, std::move(work)});
}

std::optional<Instant> World::deadline() const {
  std::optional<Instant> first;
  if (!queue_.empty()) first = queue_.top().due;
  for (const Node* node : nodes_) {
    const auto due = node->deadline();
    if (due && (!first || *due < *first)) first = due;
  }
  return first;
}

void World::step(Instant due) {
  instant_ = std::max(instant_, due);
  while (!queue_.empty() && queue_.top().due <= instant_) {
    // top() is const; the entry is dropped right after, so taking its work is safe.
    Work work = std::move(const_cast<Entry&>(queue_.top()).work);
    queue_.pop();
    work();
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const auto node_due = nodes_[i]->deadline();
    if (node_due && *node_due <= instant_) nodes_[i]->tick(now());
  }
}

bool World::run_until(Instant limit, const std::function<bool()>& enough) {
  while (true) {
    if (enough && enough()) return false;
    const auto due = deadline();
    if (!due || *due > limit) break;
    step(*due);
  }
  instant_ = std::max(instant_, limit);
  return true;
}

}  // namespace strowger::sim
