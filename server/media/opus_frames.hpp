// Opus packets one behind the other, with an index in front: how a prompt lies in memory and on
// disk. Numbers are little-endian.
//   "SWO1", count of packets (4), the end of each packet behind the index (4 each), packets
#pragma once

#include "media/chunk.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace strowger::media {

constexpr std::size_t opus_index_bytes = 4;  // for each packet

class OpusFrames {
 public:
  // `bytes` must outlive this. Nothing when they are cut, or hold anything but packets of 20 ms.
  static std::optional<OpusFrames> of(Bytes bytes);
  static std::vector<std::byte> join(const std::vector<std::vector<std::byte>>& packets);

  std::size_t count() const { return index_.size() / opus_index_bytes; }
  Bytes frame(std::size_t index) const;  // index < count()

 private:
  OpusFrames(Bytes index, Bytes packets) : index_(index), packets_(packets) {}
  std::size_t end_of(std::size_t index) const;

  Bytes index_;
  Bytes packets_;
};

}  // namespace strowger::media
