#include "media/player.hpp"

#include <utility>

namespace strowger::media {

Player::Player(std::shared_ptr<const Prompt> prompt, Codec codec, int plays)
    : prompt_(std::move(prompt)), codec_(codec), plays_(plays) {}

std::optional<std::span<const std::byte>> Player::next() {
  if (done()) return std::nullopt;
  const auto frame = prompt_->frame(codec_, index_);
  ++played_frames_;
  if (++index_ == prompt_->frames()) {
    index_ = 0;
    if (plays_ != endless) ++rounds_;
  }
  return frame;
}

bool Player::done() const {
  if (!prompt_ || prompt_->frames() == 0 || plays_ < 0) return true;
  return plays_ != endless && rounds_ >= plays_;
}

}  // namespace strowger::media
