// Calls in progress, as their records tell. Fed while somebody looks: following every call costs a
// busy server more than the calls themselves.
#pragma once

#include "model/call_record.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::api {

class LiveCalls {
 public:
  static constexpr std::size_t calls_max = 10'000;  // more are not shown as live
  // Calls that are over are known for a while: their records reach the store a moment later.
  static constexpr std::size_t ended_max = 1'000;

  enum class Change : std::uint8_t { none, started, ended };
  Change update(const model::CallRecord& record);
  void step(const std::string& call, model::PathStep step);
  void clear();
  bool knows(std::string_view call) const;
  // Was it among the last that ended?
  bool ended_lately(std::string_view account, std::string_view call) const;

  // `look` is called by whoever is about to look, before; it returns when all calls are known here.
  void when_looked_at(std::function<void()> look) { look_ = std::move(look); }
  void look() const { look_(); }

  // ---- all of these look
  std::optional<model::CallRecord> find(std::string_view call) const;
  std::vector<model::CallRecord> of_account(std::string_view account) const;  // newest first
  std::size_t of_callflow(std::string_view account, std::string_view callflow) const;

 private:
  std::function<void()> look_ = [] {};
  void keep_ended(const model::CallRecord& record);

  mutable std::mutex mutex_;
  std::map<std::string, model::CallRecord, std::less<>> calls_;
  std::deque<std::pair<std::string, std::string>> ended_;  // account and id, the latest last
};

}  // namespace strowger::api
