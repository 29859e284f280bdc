// Where devices are to be reached: the bindings of addresses-of-record to contacts that a registrar
// keeps (RFC 3261 §10), sans-I/O. One replica per shard: the shard that takes a REGISTER makes a
// LocationChange of it, which every replica applies. Bindings that lapse, because nobody refreshed
// them or their connection is gone, lapse in each replica by itself.
#pragma once

#include "base/time.hpp"
#include "base/timer_queue.hpp"
#include "sip/peer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace strowger::sip {

constexpr std::size_t bindings_per_aor_max = 10;

// One registered contact of an address-of-record.
struct Binding {
  std::string contact;             // its URI, byte-exact
  // Transport and addresses of its REGISTER: requests go back there, through the NAT it may be
  // behind; on the same connection, when it is a stream.
  Peer flow;
  std::vector<std::string> path;   // RFC 3327: whole Path values, first hop first: the Route set of
                                   // requests to it
  int q = 1'000;                   // thousandths, 0 to 1,000 (20.10)
  std::string instance;            // +sip.instance without quotes, "<urn:uuid:…>"; "" for none
  std::uint32_t reg_id = 0;        // RFC 5626; 0 for none
  std::string call_id;
  std::uint32_t cseq = 0;
  std::string user_agent;
  bool reachable = true;           // as far as is known: it answers OPTIONS (call/qualifier.hpp)
  std::optional<std::chrono::milliseconds> round_trip = {};  // of its last answer; none: not asked
  WallTime since;                  // first registered
  WallTime expires;
  // By the monotonic clock, which nobody sets: when it was told last, which decides between changes
  // made by several shards at once, and when it expires.
  Instant refreshed;
  Instant due;
  // Its REGISTER was this shard's, which so tells when it lapses. Set by each replica.
  bool ours = false;

  bool operator==(const Binding&) const = default;
};

// Where a request to the contact goes first, as the contact's URI or the flow says; nothing when
// there is no way: the connection it registered on is gone and its URI names no address that a new
// one could be opened to.
std::optional<Peer> next_hop(const Binding& binding);

// What happened to one address-of-record.
struct LocationChange {
  struct Removed {
    std::string contact;
    std::string instance;
    std::uint32_t reg_id = 0;
    Instant at;

    bool operator==(const Removed&) const = default;
  };
  enum class Why : std::uint8_t { registered, unregistered, expired, disconnected, probed };

  std::string aor;
  Why why = Why::registered;
  std::vector<Binding> bound;  // new, refreshed or changed, each whole
  std::vector<Removed> removed;

  bool empty() const { return bound.empty() && removed.empty(); }
  bool operator==(const LocationChange&) const = default;
};

// Whether something is about the same binding: by its address as written, and by its flow
// when it is one of RFC 5626: then several bindings may have the same address.
template <class Named>
auto named(const Named& one) {
  return [&one](const auto& other) {
    return other.contact == one.contact && other.reg_id == one.reg_id &&
           (one.reg_id == 0 || other.instance == one.instance);
  };
}

// "<account id>/<device id>": the name of an address-of-record here, whatever a phone calls it.
std::string address_of_record(std::string_view account, std::string_view device);
// "<account id>/trunk:<trunk id>": of a trunk that logs in. No device has such an id.
inline constexpr std::string_view trunk_in_record = "trunk:";
std::string address_of_trunk(std::string_view account, std::string_view trunk);

class LocationTable {
 public:
  // Highest q first, then the one refreshed last. Valid until the next change.
  std::span<const Binding> bindings(std::string_view aor) const;

  // Older than what is known: has no effect. `ours`: a change of this shard, which tells when these
  // bindings lapse.
  void apply(const LocationChange& change, bool ours);

  // Removes what has expired; returns what of it is ours to tell.
  std::vector<LocationChange> expire(Instant now);
  std::optional<Instant> deadline() const { return timers_.deadline(); }
  // A connection is gone. A contact that only it led to is removed; one that a new connection can
  // be opened to stays.
  std::vector<LocationChange> connection_lost(std::uint64_t connection);

  // Whether a trunk of the account has registered from there, with nobody in between (RFC 3327).
  bool trunk_at(std::string_view account, const IpAddress& source) const;

  // Every binding, in no order.
  void each(const std::function<void(const std::string& aor, const Binding&)>& take) const;
  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::vector<Binding> bindings;
    TimerId timer = 0;  // of the first to expire
  };
  using Entries = std::unordered_map<std::string, Entry>;

  void bind(const std::string& aor, Entry& entry, Binding binding);
  void unbind(const std::string& aor, Entry& entry, const LocationChange::Removed& removed);
  // A binding comes (1) or goes (-1): see trunk_at().
  void count_trunk(const std::string& aor, const Binding& binding, int difference);
  // Sorts, arms the timer; forgets the address-of-record that has no bindings.
  void settle(Entries::iterator at);
  template <class Lapsed>
  LocationChange lapse(Entries::iterator at, LocationChange::Why why, Lapsed lapsed);

  Entries entries_;
  std::size_t size_ = 0;
  TimerQueue<const std::string*> timers_;  // keys of entries_
  std::unordered_map<std::uint64_t, std::vector<std::string>> by_connection_;
  std::map<std::pair<IpAddress, std::string>, int> trunks_at_;  // by address and account
};

}  // namespace strowger::sip
