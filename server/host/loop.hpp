// One thread's event loop: epoll with nanosecond time-outs, timers, and work posted by other
// threads. Everything but post() and stop() belongs to the thread that calls run().
#pragma once

#include "base/time.hpp"
#include "base/timer_queue.hpp"
#include "host/file_descriptor.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace strowger::host {

class Loop {
 public:
  // Called with EPOLLIN, EPOLLOUT, EPOLLERR, … . May watch and forget descriptors, its own
  // included.
  using Ready = std::function<void(std::uint32_t events)>;
  using Work = std::function<void()>;

  // What a loop is for: asked for its next deadline before each wait, and told after each turn,
  // when all that was ready has been read, to do what is due and to send what there is to send.
  class Turn {
   public:
    virtual ~Turn() = default;
    virtual std::optional<Instant> deadline() const = 0;
    virtual void finish(Now now) = 0;
    // Descriptors are not looked at before then, or before the deadline when that comes first.
    virtual Instant rest_until() const { return {}; }
  };

  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // `fd` stays open until forget(fd), which comes before its close.
  void watch(int fd, std::uint32_t events, Ready ready);
  void change(int fd, std::uint32_t events);
  void forget(int fd);

  TimerId at(Instant due, Work work) { return timers_.arm(due, std::move(work)); }
  void disarm(TimerId timer) { timers_.disarm(timer); }

  void run(Turn* turn = nullptr);
  // From any thread, or a callback: run() returns after the turn in progress.
  void stop();
  // From any thread: runs `work` in the loop's thread, in order.
  void post(Work work);

 private:
  struct Watch {
    int fd;
    std::uint32_t generation;
    Ready ready;
  };

  void rest(std::optional<Instant> deadline, Instant until) const;
  void wait(std::optional<Instant> until);
  void dispatch(std::uint64_t key, std::uint32_t events);
  void run_posted();
  void run_timers(Instant now);
  std::optional<Instant> earliest(const Turn* turn) const;

  FileDescriptor epoll_;
  FileDescriptor wake_;  // eventfd
  std::vector<std::unique_ptr<Watch>> watches_;  // by fd
  std::vector<std::unique_ptr<Watch>> forgotten_;  // may still be running: freed after the turn
  std::uint32_t generations_ = 0;
  TimerQueue<Work> timers_;
  std::atomic<bool> stopping_ = false;
  std::mutex posted_mutex_;
  std::vector<Work> posted_;
};

}  // namespace strowger::host
