#include "call/beat.hpp"

#include "call/call.hpp"

namespace strowger::call {

void Beat::put(Call* call, std::size_t index) {
  calls_[index] = call;
  call->beat_place_ = index + 1;
}

void Beat::join(Call& call, Instant now) {
  if (call.beat_place_ != 0) return;
  if (calls_.empty()) due_ = next_beat(now);
  calls_.push_back(nullptr);
  put(&call, calls_.size() - 1);
}

void Beat::leave(Call& call) {
  if (call.beat_place_ == 0) return;
  std::size_t hole = call.beat_place_ - 1;
  call.beat_place_ = 0;
  // Those served stay before those who are not.
  if (hole < served_) {
    --served_;
    if (hole != served_) put(calls_[served_], hole);
    hole = served_;
  }
  if (hole != calls_.size() - 1) put(calls_.back(), hole);
  calls_.pop_back();
}

std::optional<Instant> Beat::due() const {
  if (calls_.empty()) return std::nullopt;
  return due_;
}

Call* Beat::next(Instant now) {
  if (calls_.empty() || due_ > now) return nullptr;
  if (served_ == 0) walk_began_ = now;
  if (served_ == calls_.size()) {
    served_ = 0;
    // Not the first after `now`: those served first may have something to send again already.
    due_ = next_beat(walk_began_ + Duration{1});
    return nullptr;
  }
  fetch_those_ahead();
  return calls_[served_++];
}

void Beat::fetch_those_ahead() const {
  constexpr std::size_t far = 6;
  constexpr std::size_t near = 3;
  if (served_ + far < calls_.size()) calls_[served_ + far]->fetch();
  if (served_ + near < calls_.size()) calls_[served_ + near]->fetch_media();
}

}  // namespace strowger::call
