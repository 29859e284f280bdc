// What calls of all shards share about one trunk: where its addresses are at this moment, how many
// calls it has, which address gave no answer lately, and how its registration stands. It outlives
// reloads of the configuration. From any thread.
#pragma once

#include "base/time.hpp"
#include "sip/peer.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace strowger::call {

// One address of the trunk, resolved: where to send, in the order in which to try.
struct CarrierPlace {
  std::size_t address = 0;  // its place in the trunk's document
  sip::Peer peer;

  bool operator==(const CarrierPlace&) const = default;
};
using CarrierPlaces = std::vector<CarrierPlace>;

enum class CarrierLogin : std::uint8_t { off, trying, registered, refused, silent };
std::string_view carrier_login_name(CarrierLogin login);

struct CarrierStatus {
  CarrierLogin login = CarrierLogin::off;
  int code = 0;        // of the last answer to REGISTER; 0: none
  std::string phrase;
  std::optional<WallTime> since;    // registered, or failing
  std::optional<WallTime> expires;  // when registered
  std::string trouble;  // of names that can't be resolved; "" for none
  std::string tls_trouble;  // of the last connection by TLS that failed; "" since one is up
};

class CarrierState {
 public:
  static constexpr std::size_t addresses_max = 16;
  static constexpr Duration rest = std::chrono::seconds{30};

  // ---- calls at once. False, and nothing counted, when there are `most` already.
  bool claim(std::optional<std::int64_t> most);
  void give_back() { calls_.fetch_sub(1, std::memory_order_relaxed); }
  std::int64_t calls() const { return calls_.load(std::memory_order_relaxed); }

  // ---- where it is. Never null.
  std::shared_ptr<const CarrierPlaces> places() const;
  void settle(CarrierPlaces places, std::string trouble);
  // What is wrong with a connection that we opened to it; "": nothing any more.
  void tell_tls(const std::string& trouble);

  // ---- an address that gave no answer is tried last for a while
  void fell_silent(std::size_t address, Instant now);
  void answered(std::size_t address);
  bool rests(std::size_t address, Instant now) const;

  // ---- for those who watch
  CarrierStatus status() const;
  void tell(CarrierLogin login, int code, std::string phrase, std::optional<WallTime> since,
            std::optional<WallTime> expires);
  void count(bool worked) { (worked ? worked_ : failed_).fetch_add(1); }
  std::uint64_t worked() const { return worked_.load(); }
  std::uint64_t failed() const { return failed_.load(); }

 private:
  std::atomic<std::int64_t> calls_ = 0;
  std::atomic<std::uint64_t> worked_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::array<std::atomic<Instant::rep>, addresses_max> resting_until_{};
  mutable std::mutex mutex_;  // held for a reference or two
  std::shared_ptr<const CarrierPlaces> places_ = std::make_shared<const CarrierPlaces>();
  CarrierStatus status_;
};

// One call that the trunk has, as long as this lives.
class CarrierClaim {
 public:
  // Nothing when the trunk has `most` already.
  static std::shared_ptr<CarrierClaim> of(const std::shared_ptr<CarrierState>& state,
                                          std::optional<std::int64_t> most);
  explicit CarrierClaim(std::shared_ptr<CarrierState> state) : state_(std::move(state)) {}
  ~CarrierClaim() { state_->give_back(); }
  CarrierClaim(const CarrierClaim&) = delete;
  CarrierClaim& operator=(const CarrierClaim&) = delete;

 private:
  std::shared_ptr<CarrierState> state_;
};

}  // namespace strowger::call
