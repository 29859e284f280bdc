#include "cli/call_feed.hpp"

#include <utility>

namespace strowger::cli {

using Change = api::LiveCalls::Change;

namespace {

// What events say: the whole record grows with its path and ladder.
model::CallRecord head_of(const model::CallRecord& record) {
  model::CallRecord head;
  head.id = record.id;
  head.account = record.account;
  head.callflow_id = record.callflow_id;
  head.callflow_revision = record.callflow_revision;
  head.callflow_name = record.callflow_name;
  head.from = record.from;
  head.to = record.to;
  head.caller_name = record.caller_name;
  head.started = record.started;
  head.code = record.code;
  head.disposition = record.disposition;
  head.complete = record.complete;
  return head;
}

}  // namespace

void CallFeed::connect(host::HttpServer& http, host::Shards& shards, api::State& state) {
  shards_ = &shards;
  state_ = &state;
  http_ = &http;
  state.live.when_looked_at([this] { look(); });
}

void CallFeed::disconnect() {
  following_ = false;
  http_ = nullptr;
}

// ---- whether anybody looks

// In any thread but the calls'.
void CallFeed::look() {
  last_look_ = Clock::now().time_since_epoch().count();
  if (!following_) follow_all();
}

// What is known of each call comes by the same way as what happens next, so that no call's end is
// told before its beginning.
void CallFeed::follow_all() {
  const std::lock_guard lock(following_all_);
  if (following_ || http_ == nullptr) return;
  following_ = true;
  shards_->each_in_progress(
      [this](const model::CallRecord& record) { hand_over(record, api::LiveCalls::calls_max); });
  publish_waiting();
}

bool CallFeed::looked_at() const {
  const auto since = Clock::now().time_since_epoch() - Clock::duration(last_look_);
  return since < attention || state_->events.listened();
}

// ---- news

void CallFeed::hand_over(News news, std::size_t most) {
  auto* const http = http_.load();
  if (!http) return;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < most) waiting_.push_back(std::move(news));
    else missed_ = true;
    if (std::exchange(scheduled_, true)) return;
  }
  http->post([this] { publish_now_and_then(); });
}

// In the HTTP thread; again and again until there was nothing.
void CallFeed::publish_now_and_then() {
  auto* const http = http_.load();
  if (publish_waiting() && http) http->after(pause, [this] { publish_now_and_then(); });
}

// False when there was nothing, and nobody will look again for more.
bool CallFeed::publish_waiting() {
  const std::lock_guard one_at_a_time(publishing_);
  std::vector<News> all;
  bool missed = false;
  {
    const std::lock_guard lock(mutex_);
    all.swap(waiting_);
    missed = std::exchange(missed_, false);
    scheduled_ = scheduled_ && !all.empty();
  }
  for (const auto& news : all) {
    std::visit([this](const auto& one) { publish(one); }, news);
  }
  if (missed) state_->events.publish({"resync", "", state_->services.now(), {}});
  if (missed || !looked_at()) {
    following_ = false;
    state_->live.clear();  // of which some may be over, nobody knows which
  }
  return !all.empty();
}

void CallFeed::recorded(std::span<const model::CallRecord> batch) {
  if (!following_.load(std::memory_order_relaxed)) return;
  for (const auto& record : batch) hand_over(record.complete ? head_of(record) : record);
}

void CallFeed::entered(call::Call& call) {
  if (!following_.load(std::memory_order_relaxed)) return;
  const auto& record = call.record();
  if (!record.path.empty()) hand_over(Step{head_of(record), record.path.back()});
}

void CallFeed::publish(const model::CallRecord& record) {
  const auto change = state_->live.update(record);
  if (change == Change::none || !state_->events.listened()) return;
  const bool ended = change == Change::ended;
  api::Event event{ended ? "call.ended" : "call.started", record.account,
                   state_->services.now(), {}};
  event.more = {{"call", record.id},
                {"callflow", record.callflow_id},
                {"revision", record.callflow_revision},
                {"from", record.from},
                {"to", record.to}};
  if (ended) {
    event.more["code"] = record.code;
    event.more["disposition"] = model::disposition_name(record.disposition);
  }
  state_->events.publish(std::move(event));
}

void CallFeed::publish(const Step& entered) {
  const auto& [head, step] = entered;
  // The first block comes before the first record: the call is known from here on.
  if (!state_->live.knows(head.id)) publish(head);
  state_->live.step(head.id, step);
  if (!state_->events.listened()) return;
  api::Event event{"call.step", head.account, state_->services.now(), {}};
  event.more = {{"call", head.id},
                {"callflow", step.callflow_id},
                {"revision", step.callflow_revision},
                {"block", step.block_id}};
  state_->events.publish(std::move(event));
}

}  // namespace strowger::cli
