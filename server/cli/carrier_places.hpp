// Finds out where carriers are, and keeps it true: names are resolved in a thread of this, again
// and again, so that no call ever waits for DNS. What was found stays when DNS does not answer.
#pragma once

#include "call/carrier_state.hpp"
#include "flow/snapshot.hpp"
#include "host/sip_address.hpp"
#include "host/system_random.hpp"
#include "host/tls_links.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace strowger::cli {

class CarrierPlacesKeeper {
 public:
  static constexpr std::chrono::seconds refresh{60};

  // `ours`: where we listen. `links` gets to know those that are reached by TLS.
  CarrierPlacesKeeper(std::vector<host::SipAddress> ours, host::TlsLinks& links);
  ~CarrierPlacesKeeper();
  CarrierPlacesKeeper(const CarrierPlacesKeeper&) = delete;
  CarrierPlacesKeeper& operator=(const CarrierPlacesKeeper&) = delete;

  // All trunks from now on. IP addresses count at once, names as soon as they are known.
  void use(const flow::Snapshot& snapshot);

 private:
  struct Wanted {
    std::string trunk;  // "account/trunk"
    model::TrunkTls tls;
    std::vector<model::TrunkAddress> addresses;
    std::shared_ptr<call::CarrierState> state;

    bool named() const;  // by a name that has to be resolved
  };

  void run();
  // `names`: those, too; else what is known of them stays.
  void settle(const Wanted& wanted, bool names);

  std::vector<std::uint32_t> links_of(const Wanted& wanted);

  const std::vector<host::SipAddress> ours_;
  host::TlsLinks& links_;
  host::SystemRandom random_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable news_;
  std::vector<Wanted> wanted_;
  bool fresh_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace strowger::cli
