// A subscription of a phone's (RFC 6665): to message-summary (RFC 3842), or to somebody's calls
// (package `dialog`, RFC 4235). Its dialog, its end in time, and the NOTIFYs in it.
#pragma once

#include "sip/dialog_info.hpp"
#include "sip/session.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::sip {

constexpr std::size_t subscriptions_max = 10'000;
constexpr std::size_t subscriptions_per_device_max = 8;
constexpr std::size_t lamps_per_device_max = 200;  // a console with all its key modules
constexpr std::chrono::seconds subscription_min{60};  // shorter: 423
constexpr std::chrono::seconds subscription_max{3'600};  // longer: shortened
// Between two NOTIFYs of changes: what happens meanwhile is told together.
constexpr std::chrono::seconds notify_pause{1};

struct SubscriptionCount {
  std::size_t all = 0;
  std::map<std::string, std::size_t> of_device;  // by device and package
};

enum class EventPackage : std::uint8_t { message_summary, dialog };

class Subscription final : public Session {
 public:
  struct Subject {
    EventPackage package = EventPackage::message_summary;
    std::string device;   // who subscribes: "<account>/<device>"
    std::string watched;  // whose calls, see Subscribers::watchable()
    std::string uri;      // whose messages or calls, as they were asked for
  };
  Subscription(AgentCore& core, SessionId id, Subject subject,
               std::shared_ptr<SubscriptionCount> count);
  ~Subscription() override;

  // Both answer the SUBSCRIBE and notify. `lasts` 0 fetches, or ends it (4.4.3). What is told of
  // calls first waits for show().
  void start(const Request& request, std::chrono::seconds lasts);
  void refresh(const Request& request, std::chrono::seconds lasts);
  void show(std::vector<DialogInfo> calls);
  const std::string& device() const { return subject_.device; }
  EventPackage package() const { return subject_.package; }

  // How many of the kind the device has.
  static std::size_t count(const SubscriptionCount& count, const Subject& subject);

  void receive_response(const Key& transaction, const MessagePtr& response,
                        const Peer& source) override;
  void request_failed(const Key& transaction, bool timed_out) override;
  void fire(Timer timer) override;

 private:
  void grant(const Request& request, std::chrono::seconds lasts);
  void tell_now();
  void tell_when_due();
  void tell(const std::string& state);
  Body body();
  bool reachable() const;
  static std::string counted_as(const Subject& subject);

  Subject subject_;
  std::string event_;  // with the id that the subscriber gave it (4.1.3)
  std::shared_ptr<SubscriptionCount> count_;
  bool shown_ = false;  // what the first NOTIFY says is known
  Instant until_{};
  std::optional<Key> notify_;  // that has no answer yet
  bool changed_ = false;       // since the last NOTIFY
  bool pausing_ = false;
  Instant told_{};
  std::vector<DialogInfo> calls_;
  std::vector<DialogInfo> over_;  // that the last NOTIFY showed: told once that they are over
  std::uint32_t version_ = 0;     // RFC 4235 §4.1
};

}  // namespace strowger::sip
