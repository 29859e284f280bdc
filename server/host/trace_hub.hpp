// Who watches the SIP messages of the running server (`strowger trace`), and the thread that brings
// them there, in the order of their times: a call's messages may pass through several shards, and
// the answer to a request be told before the request. Nobody waits for a watcher: one that reads
// too slowly is told how many it missed.
#pragma once

#include "host/file_descriptor.hpp"
#include "host/loop.hpp"
#include "trace/filter.hpp"
#include "trace/packet.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace strowger::host {

class TraceHub {
 public:
  static constexpr std::size_t watchers_max = 16;
  static constexpr std::size_t waiting_max = 16'384;         // packets that nobody looked at yet
  static constexpr std::size_t unsent_bytes_max = 4 << 20;  // per watcher
  // How long a packet waits for earlier ones of other shards: longer than a turn of a busy one.
  static constexpr std::chrono::milliseconds settling{20};

  TraceHub();
  ~TraceHub();
  TraceHub(const TraceHub&) = delete;
  TraceHub& operator=(const TraceHub&) = delete;

  // From any thread. This is all that a message costs while nobody watches.
  bool watched() const { return watchers_.load(std::memory_order_relaxed) > 0; }
  void publish(std::vector<trace::Packet> packets);
  // Sends `greeting`, and from then on what passes, until the other end of `connection` is closed.
  // False, and closed: there are too many already.
  bool add(FileDescriptor connection, trace::Filter filter, std::string greeting);
  bool full() const { return watchers_.load(std::memory_order_relaxed) >= watchers_max; }

 private:
  struct Watcher {
    FileDescriptor connection;
    trace::Filter filter;
    std::string unsent;  // frames, see trace/frames.hpp
    std::uint64_t missed = 0;
  };
  using Watchers = std::list<Watcher>;

  // In the thread.
  void take_in(Watchers::iterator watcher);
  void ready(Watchers::iterator watcher, std::uint32_t events);
  void look_soon();
  void look();
  std::vector<trace::Packet> settled(std::vector<trace::Packet> packets);
  static void show(Watcher& watcher, const trace::Packet& packet);
  void write(Watchers::iterator watcher);
  void remove(Watchers::iterator watcher);

  std::atomic<std::size_t> watchers_ = 0;
  std::mutex mutex_;  // guards what follows
  std::vector<trace::Packet> waiting_;
  std::uint64_t missed_ = 0;  // by everybody: beyond waiting_max
  bool scheduled_ = false;    // the thread will look

  Watchers connected_;  // these two are the thread's
  std::vector<trace::Packet> settling_;
  Loop loop_;
  std::thread thread_;
};

}  // namespace strowger::host
