#include "cli/call_feed.hpp"

namespace strowger::cli {

using Change = api::LiveCalls::Change;

void CallFeed::connect(host::HttpServer& http, api::State& state) {
  state_ = &state;
  http_ = &http;
}

void CallFeed::hand_over(std::function<void()> work) {
  auto* const http = http_.load();
  if (!http) return;
  if (waiting_.fetch_add(1) >= waiting_max) {
    --waiting_;
    missed_ = true;
    return;
  }
  http->post([this, work = std::move(work)] {
    --waiting_;
    work();
  });
}

void CallFeed::recorded(std::span<const model::CallRecord> batch) {
  for (const auto& record : batch) {
    hand_over([this, record] { publish(record); });
  }
}

void CallFeed::entered(call::Call& call) {
  const auto& record = call.record();
  if (record.path.empty()) return;
  // The whole record would grow with the path: only what the event says.
  model::CallRecord head;
  head.id = record.id;
  head.account = record.account;
  head.callflow_id = record.callflow_id;
  head.callflow_revision = record.callflow_revision;
  head.callflow_name = record.callflow_name;
  head.from = record.from;
  head.to = record.to;
  head.started = record.started;
  hand_over([this, head = std::move(head), step = record.path.back()] {
    publish_step(head, step);
  });
}

void CallFeed::publish(const model::CallRecord& record) {
  const auto change = state_->live.update(record);
  if (missed_.exchange(false)) {
    state_->events.publish({"resync", "", state_->services.now(), {}});
  }
  if (change == Change::none) return;
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

void CallFeed::publish_step(const model::CallRecord& head, const model::PathStep& step) {
  // The first block comes before the first record: the call is known from here on.
  if (!state_->live.find(head.id)) publish(head);
  state_->live.step(head.id, step);
  api::Event event{"call.step", head.account, state_->services.now(), {}};
  event.more = {{"call", head.id},
                {"callflow", head.callflow_id},
                {"revision", head.callflow_revision},
                {"block", step.block_id}};
  state_->events.publish(std::move(event));
}

}  // namespace strowger::cli
