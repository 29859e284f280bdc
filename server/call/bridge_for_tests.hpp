// A caller who is put through to bob.
#pragma once

#include "call/parties_for_tests.hpp"

#include <vector>

namespace strowger::call {

struct BridgeTest : Parties {
  bool answer_first = false;
  std::vector<Target> absent;  // beside bob
  const Media* ringback = nullptr;

  static Task<> script(Call& call, BridgeTest& test) {
    if (test.answer_first) co_await call.answer();
    std::vector<Target> targets{test.bob().target()};
    targets.insert(targets.end(), test.absent.begin(), test.absent.end());
    const RingOptions options{.ringback = test.ringback};
    const auto rung = co_await call.ring(targets, options);
    test.results.emplace_back(ring_outcome_name(rung.outcome));
    if (rung.leg == nullptr) {
      call.reject(standard_rejection(486));
      co_return;
    }
    co_await call.bridge(*rung.leg);
    if (!call.over()) call.hang_up();
  }
  void start() {
    open([this](Call& call) { return script(call, *this); });
  }
  void connect() {
    start();
    invite();
    answer(bob());
    caller().heard();
    bob().heard();
  }
};

}  // namespace strowger::call
