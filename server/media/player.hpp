// Plays a prompt: one frame per 20 ms tick, without allocating.
#pragma once

#include "media/prompt.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace strowger::media {

class Player {
 public:
  static constexpr int endless = 0;

  // `plays`: how often the prompt is played, or `endless`. A prompt without frames is done at once.
  Player(std::shared_ptr<const Prompt> prompt, Codec codec, int plays = 1);

  // The next payload, valid as long as the prompt lives; none when done. Empty when the prompt does
  // not have the codec: its time passes all the same.
  std::optional<std::span<const std::byte>> next();
  bool done() const;
  // The next frame comes in another codec: the call agreed on one while this plays.
  void switch_to(Codec codec) { codec_ = codec; }

  std::int64_t played_ms() const { return played_frames_ * frame_ms; }  // over all rounds
  std::int64_t position_ms() const { return static_cast<std::int64_t>(index_) * frame_ms; }

 private:
  std::shared_ptr<const Prompt> prompt_;
  Codec codec_;
  int plays_;
  int rounds_ = 0;
  std::size_t index_ = 0;
  std::int64_t played_frames_ = 0;
};

}  // namespace strowger::media
