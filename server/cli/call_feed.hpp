// From the calls' thread to whoever watches the API: records and steps as events, handed over to
// the HTTP thread. Bounded: when that is behind, watchers are told to look again instead.
#pragma once

#include "api/services.hpp"
#include "call/call.hpp"
#include "host/http_server.hpp"

#include <atomic>
#include <memory>
#include <span>

namespace strowger::cli {

class CallFeed {
 public:
  static constexpr int waiting_max = 2'000;  // hand-overs that the HTTP thread has not done yet

  // Before and after this nothing is handed over. Both outlive disconnect().
  void connect(host::HttpServer& http, api::State& state);
  // When no call's thread runs any more.
  void disconnect() { http_ = nullptr; }

  // In the calls' thread; never waits.
  void recorded(std::span<const model::CallRecord> batch);
  void entered(call::Call& call);

 private:
  void hand_over(std::function<void()> work);
  void publish(const model::CallRecord& record);
  void publish_step(const model::CallRecord& head, const model::PathStep& step);

  std::atomic<host::HttpServer*> http_ = nullptr;
  api::State* state_ = nullptr;
  std::atomic<int> waiting_ = 0;
  std::atomic<bool> missed_ = false;
};

}  // namespace strowger::cli
