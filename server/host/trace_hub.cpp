#include "host/trace_hub.hpp"

#include "host/beside_calls.hpp"
#include "host/clock.hpp"
#include "trace/frames.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <utility>

namespace strowger::host {

TraceHub::TraceHub()
    : thread_([this] {
        begin_beside_calls("trace");
        loop_.run();
      }) {}

TraceHub::~TraceHub() {
  loop_.stop();
  thread_.join();
  for (auto& watcher : connected_) loop_.forget(watcher.connection.get());
}

bool TraceHub::add(FileDescriptor connection, trace::Filter filter, std::string greeting) {
  if (watchers_.fetch_add(1) >= watchers_max) {
    watchers_.fetch_sub(1);
    return false;
  }
  fcntl(connection.get(), F_SETFL, fcntl(connection.get(), F_GETFL) | O_NONBLOCK);
  const auto watcher = std::make_shared<Watchers>();
  watcher->push_back({.connection = std::move(connection),
                      .filter = std::move(filter),
                      .unsent = std::move(greeting)});
  loop_.post([this, watcher] {
    connected_.splice(connected_.end(), *watcher);
    take_in(std::prev(connected_.end()));
  });
  return true;
}

void TraceHub::publish(std::vector<trace::Packet> packets) {
  {
    const std::lock_guard lock(mutex_);
    for (auto& packet : packets) {
      if (waiting_.size() < waiting_max) waiting_.push_back(std::move(packet));
      else ++missed_;
    }
    if (std::exchange(scheduled_, true)) return;
  }
  loop_.post([this] { look_soon(); });
}

// ---- in the thread

void TraceHub::take_in(Watchers::iterator watcher) {
  loop_.watch(watcher->connection.get(), EPOLLIN,
              [this, watcher](std::uint32_t events) { ready(watcher, events); });
  write(watcher);
}

// A watcher says nothing: what can be read is its end.
void TraceHub::ready(Watchers::iterator watcher, std::uint32_t events) {
  if ((events & ~std::uint32_t{EPOLLOUT}) != 0) return remove(watcher);
  write(watcher);
}

void TraceHub::look_soon() {
  loop_.at(monotonic_now() + settling, [this] { look(); });
}

void TraceHub::look() {
  std::vector<trace::Packet> packets;
  std::uint64_t missed = 0;
  {
    const std::lock_guard lock(mutex_);
    packets.swap(waiting_);
    missed = std::exchange(missed_, 0);
    scheduled_ = !packets.empty();
  }
  if (!packets.empty()) look_soon();
  packets = settled(std::move(packets));
  for (auto watcher = connected_.begin(); watcher != connected_.end();) {
    for (const auto& packet : packets) {
      if (watcher->filter.takes(packet)) show(*watcher, packet);
    }
    watcher->missed += missed;
    write(watcher++);
  }
}

// What has waited long enough, in order; all of it, when nothing new has come meanwhile. Measured
// by the packets' own times, of a clock that may be set back: then order is lost for a
// moment, and no packet.
std::vector<trace::Packet> TraceHub::settled(std::vector<trace::Packet> packets) {
  if (packets.empty()) return std::exchange(settling_, {});
  std::ranges::move(packets, std::back_inserter(settling_));
  std::ranges::stable_sort(settling_, {}, &trace::Packet::at);
  const auto later = std::ranges::upper_bound(settling_, settling_.back().at - settling, {},
                                              &trace::Packet::at);
  const auto first = settling_.begin();
  packets.assign(std::make_move_iterator(first), std::make_move_iterator(later));
  settling_.erase(first, later);
  return packets;
}

void TraceHub::show(Watcher& watcher, const trace::Packet& packet) {
  const auto made = trace::frame(packet);
  if (watcher.missed > 0 || watcher.unsent.size() + made.size() > unsent_bytes_max) {
    ++watcher.missed;
  } else {
    watcher.unsent += made;
  }
}

// What was missed is told as soon as all before it has gone out.
void TraceHub::write(Watchers::iterator watcher) {
  auto& unsent = watcher->unsent;
  for (;;) {
    if (unsent.empty() && watcher->missed > 0) {
      unsent = trace::frame(trace::Missed{std::exchange(watcher->missed, 0)});
    }
    if (unsent.empty()) return loop_.change(watcher->connection.get(), EPOLLIN);
    const auto count =
        send(watcher->connection.get(), unsent.data(), unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      return loop_.change(watcher->connection.get(), EPOLLIN | EPOLLOUT);
    }
    if (count < 0) return remove(watcher);
    unsent.erase(0, static_cast<std::size_t>(count));
  }
}

void TraceHub::remove(Watchers::iterator watcher) {
  loop_.forget(watcher->connection.get());
  connected_.erase(watcher);
  watchers_.fetch_sub(1);
}

}  // namespace strowger::host
