// Takes a phone through the steps of a scenario, and holds what comes against what was written.
// Sans-I/O: the same script runs in virtual time and over real sockets.
#pragma once

#include "base/time.hpp"
#include "sim/phone.hpp"
#include "sim/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::sim {

struct Failure {
  int line = 0;  // of the statement that was not met; 0: the end
  std::string expected;
  std::string got;
};

// How far the parties of a scenario have come, together: one acts when all that stands above is
// met.
struct Baton {
  explicit Baton(std::size_t steps) : met(steps) {}
  bool all_before(std::size_t step) const {
    return std::all_of(met.begin(), met.begin() + static_cast<std::ptrdiff_t>(step),
                       [](bool each) { return each; });
  }

  std::vector<bool> met;
  Instant last{};                  // when the newest of them was
  std::function<void()> on_met{};  // for the others
};

class Script {
 public:
  // Real time is coarser than virtual time: `slack` is added to the tolerance of every time.
  struct Options {
    Duration slack{};
    // The same for sound that somebody cuts short; prompts heard whole keep their own tolerance.
    Duration sound_slack{};
    // So many packets may overtake the description of their sender: media has a path of its own.
    std::size_t early_packets_max = 0;
    // No sound may come later than this after the call's end.
    Duration late_sound_max = std::chrono::milliseconds{50};
    bool judge_sound = true;
  };

  // The caller, alone.
  Script(const Scenario& scenario, Phone& phone, Options options);
  // One of several: `who` as in Step.
  Script(const Scenario& scenario, Phone& phone, Options options, std::string who,
         std::shared_ptr<Baton> baton);

  // Looks at what came, does what is due. Call after every input of the phone and at deadline().
  void advance(Now now);
  std::optional<Instant> deadline() const;
  // All steps are done, or one has failed.
  bool finished() const { return failure_ || next_ >= own_.size(); }
  // Nothing more can come of the call, so what is still expected never will.
  bool stuck(Now now) const;
  // The verdict, once nothing more is to come.
  void conclude(Now now);
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  bool step(Now now);
  bool perform(const Act& act, Now now);
  bool act(const Act& act, Now now);
  bool look(const Sent& sent);
  bool await(const Expect& expect);
  bool only_noise();
  bool is_noise(const Passed& passed) const;
  bool is_it(const Expect& expect, const sip::Message& message) const;
  void check(const Expect& expect, const Passed& passed);
  void check_times(const Expect& expect, const Passed& passed);
  void check_header(const HeaderCheck& check, const sip::Message& message);
  void check_answers_stay_the_same();
  void check_sound();
  void check_edges_of_sound();
  bool check_hear(const Hear& hear, const std::vector<Stretch>& heard, std::size_t& at,
                  const Step& step);
  Instant due(const Act& act) const;
  void fail(std::string expected, std::string got);
  const Step& current() const { return scenario_.steps[own_[next_]]; }
  void meet(Instant at);

  const Scenario& scenario_;
  Phone& phone_;
  Options options_;
  const std::string who_;
  std::shared_ptr<Baton> baton_;
  std::vector<std::size_t> own_;  // of the scenario's steps
  std::size_t next_ = 0;          // of own_
  std::size_t read_ = 0;  // of phone_.passed()
  bool begun_ = false;
  std::optional<Failure> failure_;
};

}  // namespace strowger::sim
