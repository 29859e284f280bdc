// RTP ports that are numbers: handed out in order, taken back, and remembered.
#pragma once

#include "call/media_ports.hpp"
#include "sim/net.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace strowger::sim {

class VirtualPorts final : public call::MediaPorts {
 public:
  // `listener` gets what arrives at them.
  VirtualPorts(VirtualNet& net, Station& listener) : net_(net), listener_(listener) {}

  std::optional<call::MediaPort> open(const IpAddress& signalling) override {
    if (open_.size() >= capacity) return std::nullopt;
    next_ = next_ >= last_port ? first_port : static_cast<std::uint16_t>(next_ + 2);
    const call::MediaPort port{++last_id_, {signalling, next_}};
    open_.emplace(port.id, port.rtp);
    net_.attach(port.rtp, listener_, true);
    net_.attach({signalling, static_cast<std::uint16_t>(next_ + 1)}, listener_, true);
    return port;
  }

  void close(call::PortId id) override {
    const auto found = open_.find(id);
    if (found == open_.end()) {
      ++closed_twice_;
      return;
    }
    net_.detach(found->second);
    net_.detach({found->second.address, static_cast<std::uint16_t>(found->second.port + 1)});
    open_.erase(found);
  }

  // The endpoint of an open port: RTP, or RTCP next to it.
  std::optional<Endpoint> endpoint(call::PortId id, bool rtcp) const {
    const auto found = open_.find(id);
    if (found == open_.end()) return std::nullopt;
    Endpoint endpoint = found->second;
    if (rtcp) ++endpoint.port;
    return endpoint;
  }
  struct Place {
    call::PortId id;
    bool rtcp;
  };
  std::optional<Place> find(const Endpoint& endpoint) const {
    for (const auto& [id, rtp] : open_) {
      if (rtp.address != endpoint.address) continue;
      if (rtp.port == endpoint.port) return Place{id, false};
      if (rtp.port + 1 == endpoint.port) return Place{id, true};
    }
    return std::nullopt;
  }
  std::vector<Endpoint> open_endpoints() const {
    std::vector<Endpoint> all;
    for (const auto& [id, rtp] : open_) all.push_back(rtp);
    return all;
  }
  std::size_t open_count() const { return open_.size(); }
  std::size_t closed_twice() const { return closed_twice_; }

 private:
  static constexpr std::uint16_t first_port = 20'000;
  static constexpr std::uint16_t last_port = 60'000;
  static constexpr std::size_t capacity = 10'000;

  VirtualNet& net_;
  Station& listener_;
  std::map<call::PortId, Endpoint> open_;
  call::PortId last_id_ = 0;
  std::uint16_t next_ = first_port;
  std::size_t closed_twice_ = 0;
};

}  // namespace strowger::sim
