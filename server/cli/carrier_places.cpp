#include "cli/carrier_places.hpp"

#include "host/beside_calls.hpp"
#include "host/dns.hpp"

#include <algorithm>

namespace strowger::cli {

namespace {

sip::Transport transport_of(model::TrunkTransport transport) {
  switch (transport) {
    case model::TrunkTransport::tcp: return sip::Transport::tcp;
    case model::TrunkTransport::tls: return sip::Transport::tls;
    case model::TrunkTransport::udp: break;
  }
  return sip::Transport::udp;
}

bool is_name(const model::TrunkAddress& address) {
  return !IpAddress::parse(address.host).has_value();
}

}  // namespace

bool CarrierPlacesKeeper::Wanted::named() const { return std::ranges::any_of(addresses, is_name); }

CarrierPlacesKeeper::CarrierPlacesKeeper(std::vector<host::SipAddress> ours,
                                         host::TlsLinks& links)
    : ours_(std::move(ours)), links_(links), thread_([this] { run(); }) {}

CarrierPlacesKeeper::~CarrierPlacesKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  news_.notify_one();
  thread_.join();
}

void CarrierPlacesKeeper::use(const flow::Snapshot& snapshot) {
  std::vector<Wanted> wanted;
  for (const auto& account : snapshot.accounts) {
    for (const auto& carrier : account->carriers->all()) {
      wanted.push_back({account->id + "/" + carrier.trunk.id, carrier.trunk.tls,
                        carrier.trunk.addresses, carrier.state});
    }
  }
  std::vector<std::uint32_t> links;
  for (const auto& one : wanted) {
    for (const auto number : links_of(one)) links.push_back(number);
  }
  links_.keep(links);
  for (const auto& one : wanted) settle(one, false);
  {
    const std::lock_guard lock(mutex_);
    wanted_ = std::move(wanted);
    fresh_ = true;
  }
  news_.notify_one();
}

// Of each address; 0 of those that are not reached by TLS.
std::vector<std::uint32_t> CarrierPlacesKeeper::links_of(const Wanted& wanted) {
  std::vector<std::uint32_t> all;
  for (const auto& address : wanted.addresses) {
    const bool by_tls = address.transport == model::TrunkTransport::tls;
    const auto report = [state = wanted.state](const std::string& trouble) {
      state->tell_tls(trouble);
    };
    all.push_back(by_tls ? links_.number("trunk " + wanted.trunk,
                                         {address.host, wanted.tls.verify, wanted.tls.wildcards},
                                         report)
                         : 0);
  }
  return all;
}

void CarrierPlacesKeeper::settle(const Wanted& wanted, bool names) {
  const auto links = links_of(wanted);
  call::CarrierPlaces places;
  std::string trouble;
  const auto known = wanted.state->places();
  for (std::size_t i = 0; i < wanted.addresses.size(); ++i) {
    const auto& address = wanted.addresses[i];
    const auto transport = transport_of(address.transport);
    const auto keep = [&] {
      std::ranges::copy_if(*known, std::back_inserter(places),
                           [&](const auto& place) { return place.address == i; });
    };
    if (is_name(address) && !names) {
      keep();
      continue;
    }
    const auto found = host::resolve_sip(address.host, address.port, transport, random_);
    if (!found) {
      trouble = found.error().what;
      keep();
      continue;
    }
    for (const auto& endpoint : *found) {
      const auto local = host::local_towards(endpoint.address, transport, ours_);
      if (local) places.push_back({i, {transport, *local, endpoint, links[i], 0}});
      else trouble = "no address of ours over " + std::string(sip::uri_name(transport)) +
                     " reaches " + endpoint.text();
    }
  }
  wanted.state->settle(std::move(places), std::move(trouble));
}

void CarrierPlacesKeeper::run() {
  host::begin_beside_calls("carrier names");
  host::be_impatient_with_dns();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    fresh_ = false;
    const auto wanted = wanted_;
    lock.unlock();
    for (const auto& one : wanted) {
      if (one.named()) settle(one, true);
    }
    lock.lock();
    news_.wait_for(lock, refresh, [this] { return fresh_ || stopping_; });
  }
}

}  // namespace strowger::cli
