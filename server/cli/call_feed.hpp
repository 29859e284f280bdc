// From the calls' threads to whoever watches the API: records and steps as events, handed over to
// the HTTP thread in batches. While nobody looks nothing is handed over at all. Bounded: when that
// thread is behind, watchers are told to look again instead.
#pragma once

#include "api/services.hpp"
#include "call/call.hpp"
#include "host/http_server.hpp"
#include "host/shards.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <span>
#include <variant>
#include <vector>

namespace strowger::cli {

class CallFeed {
 public:
  static constexpr std::size_t waiting_max = 4'000;  // records and steps
  // Between two batches: so late do watchers see what a busy server does.
  static constexpr std::chrono::milliseconds pause{50};
  // So long after somebody looked it goes on following the calls.
  static constexpr std::chrono::seconds attention{60};

  // Before and after this nothing is handed over. All outlive disconnect().
  void connect(host::HttpServer& http, host::Shards& shards, api::State& state);
  // When no call's thread runs any more.
  void disconnect();

  // In the calls' threads.
  void recorded(std::span<const model::CallRecord> batch);
  void entered(call::Call& call);

 private:
  using Clock = std::chrono::steady_clock;
  struct Step {
    model::CallRecord head;
    model::PathStep step;
  };
  using News = std::variant<model::CallRecord, Step>;

  void look();
  void follow_all();
  bool looked_at() const;
  void hand_over(News news, std::size_t most = waiting_max);
  void publish_now_and_then();
  bool publish_waiting();
  void publish(const model::CallRecord& record);
  void publish(const Step& step);

  std::atomic<bool> following_ = false;
  std::atomic<Clock::rep> last_look_ = 0;
  std::mutex following_all_;  // one at a time
  std::atomic<host::HttpServer*> http_ = nullptr;
  host::Shards* shards_ = nullptr;
  api::State* state_ = nullptr;
  std::mutex publishing_;  // the order of news is kept: one thread at a time takes and tells them
  std::mutex mutex_;       // guards what follows
  std::vector<News> waiting_;
  bool scheduled_ = false;  // the HTTP thread will look
  bool missed_ = false;
};

}  // namespace strowger::cli
