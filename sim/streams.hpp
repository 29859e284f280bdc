// The byte streams of one station, cut into SIP messages.
#pragma once

#include "sip/stream_framer.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sim {

class Streams {
 public:
  // The whole messages that `bytes` completes, in order.
  std::vector<std::string> feed(std::uint64_t connection, std::string_view bytes) {
    sip::StreamFramer& framer = framers_[connection];
    framer.feed(bytes);
    std::vector<std::string> whole;
    while (auto frame = framer.next()) {
      if (frame->kind != sip::Frame::Kind::ping && !frame->bytes.empty()) {
        whole.push_back(std::move(frame->bytes));
      }
    }
    return whole;
  }
  void drop(std::uint64_t connection) { framers_.erase(connection); }

 private:
  std::map<std::uint64_t, sip::StreamFramer> framers_;
};

}  // namespace strowger::sim
