// From the calls' threads to whoever watches the API: records and steps as events, handed over to
// the HTTP thread in batches. Bounded: when that is behind, watchers are told to look again
// instead.
#pragma once

#include "api/services.hpp"
#include "call/call.hpp"
#include "host/http_server.hpp"

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

  // Before and after this nothing is handed over. Both outlive disconnect().
  void connect(host::HttpServer& http, api::State& state);
  // When no call's thread runs any more.
  void disconnect() { http_ = nullptr; }

  // In the calls' threads.
  void recorded(std::span<const model::CallRecord> batch);
  void entered(call::Call& call);

 private:
  struct Step {
    model::CallRecord head;
    model::PathStep step;
  };
  using News = std::variant<model::CallRecord, Step>;

  void hand_over(News news);
  void publish_waiting();
  void publish(const model::CallRecord& record);
  void publish(const Step& step);

  std::atomic<host::HttpServer*> http_ = nullptr;
  api::State* state_ = nullptr;
  std::mutex mutex_;  // guards what follows
  std::vector<News> waiting_;
  bool scheduled_ = false;  // the HTTP thread will look
  bool missed_ = false;
};

}  // namespace strowger::cli
