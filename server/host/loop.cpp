#include "host/loop.hpp"

#include "base/check.hpp"
#include "host/clock.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

namespace strowger::host {

namespace {

constexpr int events_per_turn = 256;

timespec to_timespec(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {.tv_sec = seconds.count(), .tv_nsec = (duration - seconds).count()};
}

// Nothing: for ever. Kernels before 5.11 have no epoll_pwait2; there, time-outs round up to
// milliseconds.
int wait_for_events(int epoll, epoll_event* events, std::optional<Duration> timeout) {
  static std::atomic<bool> has_pwait2 = true;
  if (has_pwait2.load(std::memory_order_relaxed)) {
    const timespec time = to_timespec(timeout.value_or(Duration::zero()));
    const int count =
        epoll_pwait2(epoll, events, events_per_turn, timeout ? &time : nullptr, nullptr);
    if (count >= 0 || errno != ENOSYS) return count;
    has_pwait2 = false;
  }
  if (!timeout) return epoll_wait(epoll, events, events_per_turn, -1);
  const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(*timeout).count();
  constexpr std::int64_t hour_ms = 3'600'000;
  return epoll_wait(epoll, events, events_per_turn,
                    static_cast<int>(std::min<std::int64_t>(rounded, hour_ms)));
}

std::uint64_t key_of(int fd, std::uint32_t generation) {
  return (static_cast<std::uint64_t>(generation) << 32) | static_cast<std::uint32_t>(fd);
}

}  // namespace

Loop::Loop()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  check(static_cast<bool>(epoll_) && static_cast<bool>(wake_),
        "no descriptors left for an event loop");
  watch(wake_.get(), EPOLLIN, [this](std::uint32_t) { run_posted(); });
}

Loop::~Loop() = default;

void Loop::watch(int fd, std::uint32_t events, Ready ready) {
  if (watches_.size() <= static_cast<std::size_t>(fd)) watches_.resize(fd + 1);
  check(!watches_[fd], "a descriptor is watched twice");
  watches_[fd] = std::make_unique<Watch>(Watch{fd, ++generations_, std::move(ready)});
  epoll_event event{.events = events, .data = {.u64 = key_of(fd, generations_)}};
  check(epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0, "epoll refused a descriptor");
}

void Loop::change(int fd, std::uint32_t events) {
  epoll_event event{.events = events, .data = {.u64 = key_of(fd, watches_.at(fd)->generation)}};
  check(epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0, "epoll lost a descriptor");
}

void Loop::forget(int fd) {
  if (static_cast<std::size_t>(fd) >= watches_.size() || !watches_[fd]) return;
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  forgotten_.push_back(std::move(watches_[fd]));
}

void Loop::run(Turn* turn) {
  while (!stopping_) {
    const auto due = earliest(turn);
    if (turn) rest(due, turn->rest_until());
    wait(due);
    run_timers(monotonic_now());
    if (turn) turn->finish(real_now());
    forgotten_.clear();
  }
  stopping_ = false;
}

void Loop::stop() {
  stopping_ = true;
  post([] {});
}

void Loop::post(Work work) {
  {
    const std::lock_guard lock(posted_mutex_);
    posted_.push_back(std::move(work));
  }
  const std::uint64_t one = 1;
  // A full counter (EAGAIN) wakes the loop as well.
  [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

std::optional<Instant> Loop::earliest(const Turn* turn) const {
  auto due = timers_.deadline();
  if (const auto other = turn ? turn->deadline() : std::nullopt) {
    due = due ? std::min(*due, *other) : *other;
  }
  return due;
}

void Loop::rest(std::optional<Instant> deadline, Instant until) const {
  if (deadline) until = std::min(until, *deadline);
  if (until <= monotonic_now()) return;
  const timespec time = to_timespec(until.time_since_epoch());
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr);  // a signal cuts it short
}

void Loop::wait(std::optional<Instant> until) {
  std::optional<Duration> timeout;
  if (until) timeout = std::max(*until - monotonic_now(), Duration::zero());
  std::array<epoll_event, events_per_turn> events;
  const int count = wait_for_events(epoll_.get(), events.data(), timeout);
  check(count >= 0 || errno == EINTR, "epoll failed");
  for (int i = 0; i < count; ++i) dispatch(events[i].data.u64, events[i].events);
}

void Loop::dispatch(std::uint64_t key, std::uint32_t events) {
  const auto fd = static_cast<std::uint32_t>(key);
  const auto generation = static_cast<std::uint32_t>(key >> 32);
  // An earlier callback of this turn may have closed it, or opened another under the same number.
  Watch* const watch = fd < watches_.size() ? watches_[fd].get() : nullptr;
  if (watch && watch->generation == generation) watch->ready(events);
}

void Loop::run_posted() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(wake_.get(), &count, sizeof count);
  std::vector<Work> works;
  {
    const std::lock_guard lock(posted_mutex_);
    works.swap(posted_);
  }
  for (auto& work : works) work();
}

void Loop::run_timers(Instant now) {
  while (auto work = timers_.take_due(now)) (*work)();
}

}  // namespace strowger::host
