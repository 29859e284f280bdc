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
  head.started = record.started;
  head.code = record.code;
  head.disposition = record.disposition;
  head.complete = record.complete;
  return head;
}

}  // namespace

void CallFeed::connect(host::HttpServer& http, api::State& state) {
  state_ = &state;
  http_ = &http;
}

void CallFeed::hand_over(News news) {
  auto* const http = http_.load();
  if (!http) return;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < waiting_max) waiting_.push_back(std::move(news));
    else missed_ = true;
    if (std::exchange(scheduled_, true)) return;
  }
  http->post([this] { publish_waiting(); });
}

// In the HTTP thread; again and again until there was nothing.
void CallFeed::publish_waiting() {
  std::vector<News> all;
  bool missed = false;
  {
    const std::lock_guard lock(mutex_);
    all.swap(waiting_);
    missed = std::exchange(missed_, false);
    scheduled_ = !all.empty();
  }
  for (const auto& news : all) {
    std::visit([this](const auto& one) { publish(one); }, news);
  }
  if (missed) {
    state_->live.clear();  // of which some are over, nobody knows which
    state_->events.publish({"resync", "", state_->services.now(), {}});
  }
  auto* const http = http_.load();
  if (http && !all.empty()) http->after(pause, [this] { publish_waiting(); });
}

void CallFeed::recorded(std::span<const model::CallRecord> batch) {
  for (const auto& record : batch) hand_over(record.complete ? head_of(record) : record);
}

void CallFeed::entered(call::Call& call) {
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
  if (!state_->live.find(head.id)) publish(head);
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
