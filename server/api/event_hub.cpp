#include "api/event_hub.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

namespace {

std::string text_of(std::uint64_t id, const std::string& type, const json::object& data) {
  return "event: " + type + "\nid: " + std::to_string(id) + "\ndata: " + json::serialize(data) +
         "\n\n";
}

std::string resync(std::uint64_t id, WallTime now) {
  return text_of(id, "resync",
                 {{"type", "resync"}, {"account", ""}, {"at_ms", now.time_since_epoch().count()}});
}

}  // namespace

class EventHub::Stream final : public BodyStream {
 public:
  explicit Stream(Listener listener) : listener_(std::move(listener)) {}

  const Listener& listener() const { return listener_; }

  void put(std::string text, const std::string& instead) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      if (over_) return;
      if (waiting_.size() >= queue_max) {
        waiting_.clear();
        waiting_.push_back(instead);
      } else {
        waiting_.push_back(std::move(text));
      }
      wake = wake_;
    }
    if (wake) wake();
  }

  void end() {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
      wake = wake_;
    }
    if (wake) wake();
  }

  std::optional<std::string> take() override {
    const std::lock_guard lock(mutex_);
    if (over_) return std::nullopt;
    std::string text;
    for (const auto& event : waiting_) text += event;
    waiting_.clear();
    return text;
  }

  std::string idle() override { return ":\n\n"; }

  void on_ready(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }

 private:
  Listener listener_;
  std::mutex mutex_;
  std::deque<std::string> waiting_;
  std::function<void()> wake_;
  bool over_ = false;
};

void EventHub::publish(Event event) {
  json::object data{{"type", event.type},
                    {"account", event.account},
                    {"at_ms", event.at.time_since_epoch().count()}};
  for (auto& [name, value] : event.more) data[name] = std::move(value);
  const std::lock_guard lock(mutex_);
  Sent sent{++last_id_, event.account, text_of(last_id_, event.type, data)};
  std::erase_if(streams_, [](const auto& stream) { return stream.expired(); });
  const std::string instead = resync(sent.id, event.at);
  for (const auto& weak : streams_) {
    const auto stream = weak.lock();
    if (!stream) continue;
    if (stream->listener().expires <= event.at) {
      stream->end();
      continue;
    }
    const bool for_all = sent.account.empty();
    if (for_all || stream->listener().sees(sent.account)) stream->put(sent.text, instead);
  }
  history_.push_back(std::move(sent));
  if (history_.size() > history_max) history_.pop_front();
}

bool EventHub::listened() {
  const std::lock_guard lock(mutex_);
  std::erase_if(streams_, [](const auto& stream) { return stream.expired(); });
  if (!streams_.empty()) return true;
  ++last_id_;
  history_.clear();
  return false;
}

std::shared_ptr<BodyStream> EventHub::listen(Listener listener, WallTime now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(streams_, [](const auto& stream) { return stream.expired(); });
  if (streams_.size() >= listeners_max) return nullptr;
  const auto last_seen = listener.last_seen;
  auto stream = std::make_shared<Stream>(std::move(listener));
  stream->put(":\n\n", "");  // the head leaves at once
  if (last_seen && *last_seen != last_id_) {
    const bool gone = *last_seen > last_id_ || history_.empty() ||
                      history_.front().id > *last_seen + 1;
    if (gone) stream->put(resync(last_id_, now), "");
    for (const auto& sent : history_) {
      if (gone || sent.id <= *last_seen || !stream->listener().sees(sent.account)) continue;
      stream->put(sent.text, resync(last_id_, now));
    }
  }
  streams_.push_back(stream);
  return stream;
}

void EventHub::end(std::string_view user, std::string_view session) {
  const std::lock_guard lock(mutex_);
  for (const auto& weak : streams_) {
    const auto stream = weak.lock();
    if (!stream || stream->listener().user != user) continue;
    if (session.empty() || stream->listener().session == session) stream->end();
  }
}

}  // namespace strowger::api
