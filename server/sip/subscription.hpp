// A subscription of a phone's to message-summary (RFC 6665, RFC 3842): its dialog, its end in time,
// and the NOTIFYs in it.
#pragma once

#include "sip/session.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace strowger::sip {

constexpr std::size_t subscriptions_max = 10'000;
constexpr std::size_t subscriptions_per_device_max = 8;
constexpr std::chrono::seconds subscription_min{60};  // shorter: 423
constexpr std::chrono::seconds subscription_max{3'600};  // longer: shortened

struct SubscriptionCount {
  std::size_t all = 0;
  std::map<std::string, std::size_t> of_device;
};

class Subscription final : public Session {
 public:
  Subscription(AgentCore& core, SessionId id, std::string device,
               std::shared_ptr<SubscriptionCount> count);
  ~Subscription() override;

  // Both answer the SUBSCRIBE and notify. `lasts` 0 fetches, or ends it (4.4.3).
  void start(const Request& request, std::chrono::seconds lasts);
  void refresh(const Request& request, std::chrono::seconds lasts);
  const std::string& device() const { return device_; }

  void receive_response(const Key& transaction, const MessagePtr& response,
                        const Peer& source) override;
  void request_failed(const Key& transaction, bool timed_out) override;
  void fire(Timer timer) override;

 private:
  void grant(const Request& request, std::chrono::seconds lasts);
  void tell(const std::string& state);

  std::string device_;
  std::string account_;  // whose messages: the AOR that was subscribed to
  std::string event_;    // with the id that the subscriber gave it (4.1.3)
  std::shared_ptr<SubscriptionCount> count_;
};

}  // namespace strowger::sip
