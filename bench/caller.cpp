#include "caller.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace strowger::bench {

namespace {

constexpr std::int64_t t1_ns = 500'000'000;             // RFC 3261 §17.1.1.1
constexpr std::int64_t quiet_ns = 600'000'000;  // a repeated final answer would have come
constexpr std::uint64_t first_ear = std::uint64_t{1} << 32;  // epoll keys from here on are ears
constexpr int events_max = 256;

std::uint32_t count_of(double rate, double seconds) {
  return static_cast<std::uint32_t>(std::llround(rate * seconds));
}

}  // namespace

Caller::Caller(const Plan& plan)
    : plan_(plan),
      text_(plan.source, plan.server, plan.server_port),
      server_(address_of(plan.server, plan.server_port)),
      epoll_(epoll_create1(0)),
      calls_(count_of(plan.rate, plan.warm_s) + count_of(plan.rate, plan.measure_s)),
      warm_(count_of(plan.rate, plan.warm_s)) {
  for (std::size_t i = 0; i < plan_.ports; ++i) {
    const auto& socket = *sockets_.emplace_back(std::make_unique<DatagramSocket>(
        address_of(plan_.source, 0),
        DatagramSocket::Options{.buffer_bytes = plan_.buffer_bytes, .stamped = true}));
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket.fd(), &event);
  }
  if (plan_.packets > 0) {
    ears_ = std::make_unique<Ears>(calls_.size(), plan_.source, epoll_, first_ear);
  }
  answers_.reserve(calls_.size());
  late_.reserve(calls_.size());
}

Caller::~Caller() { close(epoll_); }

void Caller::run() {
  start_ns_ = wall_ns() + 1'000'000;
  for (auto now = wall_ns(); !finished(now); now = wall_ns()) {
    start_due(now);
    repeat_due(now);
    flush();
    wait(now);
  }
}

bool Caller::finished(std::int64_t now) {
  if (next_ < calls_.size()) return false;
  const auto linger = static_cast<std::int64_t>(plan_.linger_s * 1e9);
  return now > due(next_) + linger || (over_ == calls_.size() && now > last_ns_ + quiet_ns);
}

std::int64_t Caller::due(std::uint32_t index) const {
  return start_ns_ + static_cast<std::int64_t>(index * (1e9 / plan_.rate));
}

CallName Caller::name(std::uint32_t index) const {
  return {.index = index,
          .number = plan_.number + index % plan_.numbers,
          .port = sockets_[index % sockets_.size()]->port(),
          .media_port = ears_ ? ears_->port(index) : std::uint16_t{9}};
}

// At most a batch per turn: a backlog must not keep us from reading.
void Caller::start_due(std::int64_t now) {
  for (std::size_t n = 0; n < datagrams_per_batch && next_ < calls_.size(); ++n) {
    const auto when = due(next_);
    if (when > now) break;
    if (next_ == warm_ && !ears_) {
      flush();
      mark(measuring_, "measuring");
    }
    calls_[next_].due_ns = when;
    if (counted(next_)) late_.add_ns(now - when);
    repeats_[0].push_back({now + t1_ns, next_});
    invite(next_++);
  }
  if (next_ == calls_.size() && !ears_) {
    flush();
    mark(measured_, "measured");
  }
}

void Caller::invite(std::uint32_t index) {
  sockets_[index % sockets_.size()]->queue(server_, text_.invite(name(index)));
}

// Each queue is in order of time, because all its entries waited equally long.
void Caller::repeat_due(std::int64_t now) {
  for (std::size_t i = 0; i < repeats_.size(); ++i) {
    auto& queue = repeats_[i];
    for (; !queue.empty() && queue.front().due_ns <= now; queue.pop_front()) {
      const auto index = queue.front().index;
      if (calls_[index].heard) continue;
      invite(index);
      invites_repeated_ += counted(index);
      if (i + 1 < repeats_.size()) repeats_[i + 1].push_back({now + (t1_ns << (i + 1)), index});
    }
  }
}

void Caller::wait(std::int64_t now) {
  auto until = next_ < calls_.size() ? due(next_) : now + quiet_ns / 10;
  for (const auto& queue : repeats_) {
    if (!queue.empty()) until = std::min(until, queue.front().due_ns);
  }
  const auto left = std::max<std::int64_t>(until - wall_ns(), 0);
  const timespec time{.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000};
  std::array<epoll_event, events_max> events;
  const int count = epoll_pwait2(epoll_, events.data(), events_max, &time, nullptr);
  for (int i = 0; i < count; ++i) {
    const auto key = events[i].data.u64;
    if (key >= first_ear) ears_->listen(key - first_ear);
    else sockets_[key]->receive([this](const Arrival& arrival) { take(arrival); });
  }
  if (ears_ && ears_->hearing() == calls_.size()) mark(measuring_, "measuring");
}

void Caller::take(const Arrival& arrival) {
  const auto answer = text_.read(arrival.bytes);
  if (!answer || answer->index >= next_) return;
  calls_[answer->index].heard = true;
  last_ns_ = arrival.at_ns;
  if (answer->code < 200) return;
  sockets_[answer->index % sockets_.size()]->queue(server_,
                                                   text_.ack(name(answer->index), answer->to));
  finish(answer->index, *answer, arrival.at_ns);
}

void Caller::finish(std::uint32_t index, const Answer& answer, std::int64_t at_ns) {
  Call& call = calls_[index];
  if (call.code != 0) {
    finals_repeated_ += counted(index);
    return;
  }
  if (ears_) mark(measured_, "measured");
  call.code = static_cast<std::uint16_t>(answer.code);
  ++over_;
  if (!counted(index)) return;
  ++codes_[answer.code];
  with_retry_after_ += answer.retry_after;
  (answer.code == 503 ? refusals_ : answers_).add_ns(at_ns - call.due_ns);
}

// One line, once, for whoever takes the server's CPU time at this moment.
void Caller::mark(bool& done, const char* what) {
  if (done) return;
  done = true;
  fmt::print("{} {}\n", what, ears_ ? ears_->packets() : 0);
  std::fflush(stdout);
}

void Caller::flush() {
  for (const auto& socket : sockets_) socket->flush();
}

std::string Caller::json() {
  std::uint64_t unanswered = 0;
  const auto now = wall_ns();
  for (std::uint32_t i = warm_; i < calls_.size(); ++i) {
    if (calls_[i].code != 0) continue;
    ++unanswered;
    answers_.add_ns(now - calls_[i].due_ns);  // at least
  }
  std::string codes;
  for (const auto& [code, count] : codes_) {
    codes += fmt::format("{}\"{}\":{}", codes.empty() ? "" : ",", code, count);
  }
  return fmt::format(
      R"({{"calls":{},"unanswered":{},"invites_repeated":{},"finals_repeated":{},)"
      R"("retry_after":{},"codes":{{{}}},"answer_us":{},"refusal_us":{},"late_us":{}{}{}}})",
      calls_.size() - warm_, unanswered, invites_repeated_, finals_repeated_, with_retry_after_,
      codes, answers_.json(), refusals_.json(), late_.json(), ears_ ? "," : "",
      ears_ ? ears_->json(plan_.packets) : "");
}

}  // namespace strowger::bench
