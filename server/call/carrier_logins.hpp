// Registers at carriers, as a phone does at us: refreshes in time, goes to the next address when
// one is silent, waits longer and longer where it is refused. One of a server's exchanges does it.
#pragma once

#include "base/random.hpp"
#include "base/timer_queue.hpp"
#include "call/carrier_state.hpp"
#include "call/logged.hpp"
#include "sip/login.hpp"
#include "sip/user_agent.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::call {

struct CarrierAccount {
  std::string key;     // "<account>/<trunk>"
  std::string domain;  // of the address-of-record, also the Request-URI (RFC 3261 10.2)
  sip::Login login;
  Duration expires = std::chrono::minutes{10};
  std::shared_ptr<CarrierState> state;

  bool same_as(const CarrierAccount& other) const {
    return domain == other.domain && expires == other.expires && state == other.state &&
           login.username == other.login.username && login.password == other.login.password &&
           login.realm == other.login.realm;
  }
};

class CarrierLogins {
 public:
  using Log = std::function<void(LogLevel, std::string)>;
  CarrierLogins(sip::UserAgent& agent, Random& random, std::function<std::string()> new_call_id,
                Log log)
      : agent_(agent),
        random_(random),
        new_call_id_(std::move(new_call_id)),
        log_(std::move(log)) {}

  // All that there are from now on: new ones begin, those that are gone are taken back.
  void use(std::vector<CarrierAccount> accounts, Now now);
  void on(const sip::Replied& event, Now now);
  // Who was registered over it does it again, soon.
  void connection_lost(std::uint64_t connection, Now now);
  void tick(Now now);
  std::optional<Instant> deadline() const { return timers_.deadline(); }

 private:
  struct Entry {
    CarrierAccount account;
    std::string call_id;
    std::uint32_t cseq = 0;
    Duration expires{};      // what we ask for: the carrier may want it longer
    std::size_t place = 0;   // which of the state's places
    int challenges = 0;      // answered since the last success
    int failures = 0;        // in a row
    bool leaving = false;
    std::uint64_t connection = 0;  // over which the carrier calls us; 0: there is none
    sip::HeaderList credentials;
    std::string asked_uri;
    std::string contact;  // as it was sent last
    TimerId timer = 0;
  };

  using EntryPtr = std::shared_ptr<Entry>;

  void ask(const EntryPtr& entry, Now now);
  void registered(Entry& entry, const sip::Replied& event, Now now);
  void failed(Entry& entry, const sip::MessagePtr& response, Now now);
  bool try_again(const EntryPtr& entry, const sip::Message& response, Now now);
  void wake(Entry& entry, Instant due);
  void take_back(const EntryPtr& entry, Now now);

  sip::UserAgent& agent_;
  Random& random_;
  std::function<std::string()> new_call_id_;
  Log log_;
  std::map<std::string, EntryPtr> entries_;   // by key
  std::map<sip::SessionId, EntryPtr> asked_;  // also of those that are being taken back
  TimerQueue<std::string> timers_;
};

}  // namespace strowger::call
