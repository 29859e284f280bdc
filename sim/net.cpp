#include "sim/net.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sim {
namespace {

constexpr double random_scale = 18446744073709551616.0;  // 2^64

Duration up_to(Duration most, Random& random) {
  if (most <= Duration::zero()) return {};
  return Duration{
      static_cast<Duration::rep>(random.bits() % static_cast<std::uint64_t>(most.count()))};
}

}  // namespace

void VirtualNet::set_faults(Faults to_server, Faults to_caller) {
  to_server_ = to_server;
  to_caller_ = to_caller;
}

void VirtualNet::attach(const Endpoint& endpoint, Station& station, bool is_server) {
  places_[endpoint] = {&station, is_server};
}

void VirtualNet::detach(const Endpoint& endpoint) { places_.erase(endpoint); }

void VirtualNet::detach_all(const Station& station) {
  std::erase_if(places_, [&](const auto& place) { return place.second.station == &station; });
}

bool VirtualNet::chance(double probability) {
  // No draw for what can't happen: a clean network leaves the seed's stream to others.
  if (probability <= 0) return false;
  return static_cast<double>(world_.random().bits()) / random_scale < probability;
}

const Faults& VirtualNet::faults_from(const Endpoint& from) const {
  const auto place = places_.find(from);
  return place != places_.end() && place->second.is_server ? to_caller_ : to_server_;
}

Station* VirtualNet::station_at(const Endpoint& endpoint) const {
  const auto place = places_.find(endpoint);
  return place == places_.end() ? nullptr : place->second.station;
}

void VirtualNet::send_sip(const sip::Peer& peer, std::shared_ptr<const std::string> bytes) {
  capture_.push_back({world_.now().instant, peer.transport, peer.local, peer.remote, bytes, false});
  const std::size_t index = capture_.size() - 1;
  if (sip::is_reliable(peer.transport)) {
    stream(peer, *bytes);
    return;
  }
  capture_[index].lost = !carry(peer.local, peer.remote, std::move(bytes));
}

void VirtualNet::send_datagram(const Endpoint& from, const Endpoint& to,
                               std::span<const std::byte> bytes) {
  carry(from, to,
        std::make_shared<const std::string>(reinterpret_cast<const char*>(bytes.data()),
                                            bytes.size()));
}

bool VirtualNet::carry(const Endpoint& from, const Endpoint& to,
                       std::shared_ptr<const std::string> bytes) {
  const Faults& faults = faults_from(from);
  if (chance(faults.loss)) return false;
  const int copies = chance(faults.duplicate) ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    Duration delay = faults.delay + up_to(faults.jitter, world_.random());
    if (chance(faults.reorder)) delay += faults.reorder_by;
    world_.after(delay, [this, from, to, bytes] { arrive(from, to, bytes); });
  }
  return true;
}

void VirtualNet::arrive(const Endpoint& from, const Endpoint& to,
                        std::shared_ptr<const std::string> bytes) {
  if (Station* station = station_at(to)) {
    station->datagram(to, from, *bytes);
  } else {
    strays_.push_back({from, to, *bytes});
  }
}

std::uint64_t VirtualNet::connect(const Endpoint& from, const Endpoint& to) {
  const std::uint64_t id = ++last_connection_;
  Connection connection;
  connection.client = from;
  connection.server = to;
  connections_.emplace(id, connection);
  by_ends_[{from, to}] = id;
  by_ends_[{to, from}] = id;
  return id;
}

void VirtualNet::stream(const sip::Peer& peer, const std::string& bytes) {
  std::uint64_t id = peer.connection;
  if (id == 0) {
    const auto known = by_ends_.find({peer.local, peer.remote});
    id = known != by_ends_.end() ? known->second : connect(peer.local, peer.remote);
  }
  const auto found = connections_.find(id);
  if (found == connections_.end() || !found->second.open) return;
  const bool to_server_side = found->second.client == peer.local;
  const Faults& faults = faults_from(peer.local);
  std::string_view rest = bytes;
  while (!rest.empty()) {
    std::size_t take = rest.size();
    if (take > 1 && chance(faults.split)) take = 1 + world_.random().bits() % (take - 1);
    deliver_segment(id, to_server_side, std::string(rest.substr(0, take)),
                    faults.delay + up_to(faults.jitter, world_.random()));
    rest.remove_prefix(take);
  }
}

void VirtualNet::deliver_segment(std::uint64_t id, bool to_server_side, std::string bytes,
                                 Duration delay) {
  Connection& connection = connections_.at(id);
  Instant& last = connection.arrival[to_server_side ? 0 : 1];
  last = std::max(last, world_.now().instant + delay);
  world_.at(last, [this, id, to_server_side, bytes = std::move(bytes)] {
    const Connection& now = connections_.at(id);
    if (!now.open) return;
    const Endpoint& local = to_server_side ? now.server : now.client;
    const Endpoint& remote = to_server_side ? now.client : now.server;
    if (Station* station = station_at(local)) {
      station->segment({sip::Transport::tcp, local, remote, 0, id}, bytes);
    } else {
      cut(id);
    }
  });
}

void VirtualNet::cut_all(const Endpoint& end) {
  for (std::uint64_t id = 1; id <= last_connection_; ++id) {
    const Connection& connection = connections_.at(id);
    if (connection.client == end || connection.server == end) cut(id);
  }
}

void VirtualNet::cut(std::uint64_t id) {
  const auto found = connections_.find(id);
  if (found == connections_.end() || !found->second.open) return;
  found->second.open = false;
  by_ends_.erase({found->second.client, found->second.server});
  by_ends_.erase({found->second.server, found->second.client});
  for (const Endpoint& end : {found->second.client, found->second.server}) {
    if (Station* station = station_at(end)) station->disconnected(id);
  }
}

}  // namespace strowger::sim
