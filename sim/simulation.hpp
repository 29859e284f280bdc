// One call of one caller through a callflow, in virtual time, for somebody who wants to see what
// would happen.
#pragma once

#include "flow/snapshot.hpp"
#include "model/call_record.hpp"
#include "sim/caller.hpp"
#include "sim/scenario.hpp"
#include "sim/stage.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace strowger::sim {

// What everybody does whose phone rings.
enum class WhenRung : std::uint8_t { answers, busy, no_answer, offline };
inline constexpr std::size_t simulated_phones_max = 500;

// Of one phone.
class Callee final : public Director {
 public:
  // `after_others`: so much later it answers than the first would.
  explicit Callee(WhenRung manner, Duration after_others = {})
      : manner_(manner), after_others_(after_others) {}
  void advance(Phone& phone, Now now) override;
  std::optional<Instant> deadline(const Phone& phone) const override;

 private:
  Instant due() const;

  WhenRung manner_;
  Duration after_others_;
  std::optional<Instant> rung_;  // the last time
  std::size_t done_ = 0;         // since then
};

class Simulation final : public Director {
 public:
  struct Request {
    flow::SnapshotPtr snapshot;
    PhoneOptions phone;
    std::vector<std::pair<Duration, std::string>> digits;  // when after the INVITE, and which
    WallTime at = default_start;
    Duration hang_up_after = std::chrono::minutes{2};  // since the INVITE
    WhenRung phones = WhenRung::answers;  // those of the account's devices
  };

  explicit Simulation(Request request);
  // To the end of the call.
  void run();

  const Phone& phone() const { return stage_.callers().front()->phone(); }
  // Those that may be rung.
  std::vector<const Phone*> phones() const;
  std::optional<model::CallRecord> record() const;
  // The caller had to end it.
  bool hung_up() const { return hung_up_; }

  void advance(Phone& phone, Now now) override;
  std::optional<Instant> deadline(const Phone& phone) const override;

 private:
  static Scenario set_up(const Request& request);

  Request request_;
  mutable Stage stage_;
  std::vector<std::unique_ptr<Callee>> callees_;
  std::size_t pressed_ = 0;
  bool hung_up_ = false;
};

}  // namespace strowger::sim
