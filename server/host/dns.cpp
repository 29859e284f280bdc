#include "host/dns.hpp"

#include "host/file_descriptor.hpp"
#include "host/socket_address.hpp"

#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace strowger::host {

namespace {

constexpr std::uint16_t sip_port = 5060;
constexpr std::uint16_t sips_port = 5061;
constexpr std::size_t answer_bytes_max = 8'192;

struct Service {
  std::string target;
  std::uint16_t port = 0;
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
};

std::uint16_t number_at(const unsigned char* bytes) {
  return static_cast<std::uint16_t>(bytes[0] << 8U | bytes[1]);
}

// RFC 2782. None, too, where the name has no such records or nobody answers.
std::vector<Service> services_of(const std::string& host, sip::Transport transport) {
  std::vector<Service> all;
  // RFC 3263 4.2: TLS is _sips._tcp.
  const auto name = (transport == sip::Transport::tls
                         ? std::string("_sips._tcp")
                         : "_sip._" + std::string(sip::uri_name(transport))) + "." + host;
  std::array<unsigned char, answer_bytes_max> answer{};
  const int size = res_query(name.c_str(), ns_c_in, ns_t_srv, answer.data(),
                             static_cast<int>(answer.size()));
  ns_msg message{};
  if (size < 0 || size > static_cast<int>(answer.size()) ||
      ns_initparse(answer.data(), size, &message) != 0) {
    return all;
  }
  const int count = ns_msg_count(message, ns_s_an);
  for (int i = 0; i < count && all.size() < resolved_max; ++i) {
    ns_rr record{};
    if (ns_parserr(&message, ns_s_an, i, &record) != 0 || ns_rr_type(record) != ns_t_srv) continue;
    constexpr int fixed_bytes = 6;  // priority, weight, port
    if (ns_rr_rdlen(record) <= fixed_bytes) continue;
    const auto* const data = ns_rr_rdata(record);
    std::array<char, NS_MAXDNAME> target{};
    if (dn_expand(ns_msg_base(message), ns_msg_end(message), data + fixed_bytes, target.data(),
                  static_cast<int>(target.size())) < 0) {
      continue;
    }
    all.push_back({target.data(), number_at(data + 4), number_at(data), number_at(data + 2)});
  }
  return all;
}

// The lowest priority first; among equals by lot, the heavier the likelier (RFC 2782).
void put_in_order(std::vector<Service>& services, Random& random) {
  std::ranges::stable_sort(services, {}, &Service::priority);
  for (auto begin = services.begin(); begin != services.end(); ++begin) {
    const auto end = std::find_if(begin, services.end(), [&](const Service& one) {
      return one.priority != begin->priority;
    });
    std::uint64_t sum = 0;
    for (auto at = begin; at != end; ++at) sum += at->weight + 1U;
    auto drawn = random.bits() % sum;
    auto chosen = begin;
    while (drawn >= chosen->weight + 1U) drawn -= (chosen++)->weight + 1U;
    std::rotate(begin, chosen, chosen + 1);
  }
}

Result<void, Complaint> add_addresses(const std::string& host, std::uint16_t port,
                                      std::vector<Endpoint>& into) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_DGRAM;
  wanted.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(host.c_str(), nullptr, &wanted, &found);
  if (failed != 0) return complain(host + ": " + gai_strerror(failed));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
  for (const addrinfo* one = list.get(); one != nullptr; one = one->ai_next) {
    if (one->ai_family != AF_INET && one->ai_family != AF_INET6) continue;
    SocketAddress name;
    std::memcpy(name.get(), one->ai_addr, std::min<socklen_t>(one->ai_addrlen, name.length));
    const Endpoint endpoint{name.endpoint().address, port};
    const bool known = std::ranges::find(into, endpoint) != into.end();
    if (!known && into.size() < resolved_max) into.push_back(endpoint);
  }
  return {};
}

// Where the routes would send from; an unbound address when there is no route.
std::optional<IpAddress> routed_from(const IpAddress& remote) {
  const SocketAddress name({remote, sip_port});
  const FileDescriptor fd(::socket(remote.is_v6() ? AF_INET6 : AF_INET,
                                   SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd || ::connect(fd.get(), name.get(), name.length) != 0) return std::nullopt;
  SocketAddress own;
  if (::getsockname(fd.get(), own.get(), &own.length) != 0) return std::nullopt;
  return own.endpoint().address;
}

}  // namespace

void be_impatient_with_dns() {
  constexpr int seconds = 2;
  constexpr int tries = 2;
  if (res_init() != 0) return;
  _res.retrans = seconds;
  _res.retry = tries;
}

Result<std::vector<Endpoint>, Complaint> resolve_sip(const std::string& host, std::uint16_t port,
                                                     sip::Transport transport, Random& random) {
  const auto usual = transport == sip::Transport::tls ? sips_port : sip_port;
  if (const auto address = IpAddress::parse(host)) {
    return std::vector<Endpoint>{{*address, port != 0 ? port : usual}};
  }
  std::vector<Endpoint> all;
  if (port == 0) {
    auto services = services_of(host, transport);
    put_in_order(services, random);
    // One of them that can't be found does not make the others worse.
    for (const auto& service : services) (void)add_addresses(service.target, service.port, all);
    if (!all.empty()) return all;
  }
  if (auto added = add_addresses(host, port != 0 ? port : usual, all); !added) {
    return unexpected(added.error());
  }
  return all;
}

std::optional<Endpoint> local_towards(const IpAddress& remote, sip::Transport transport,
                                      const std::vector<SipAddress>& ours) {
  const auto from = routed_from(remote);
  if (!from) return std::nullopt;
  std::optional<Endpoint> fallback;
  for (const auto& one : ours) {
    const auto& [address, port] = one.endpoint;
    if (one.transport != transport || address.family != remote.family) continue;
    if (address == *from) return one.endpoint;
    if (address.is_unspecified()) return Endpoint{*from, port};
    // A fixed address that the route would not choose may still serve, but not from this machine
    // to others.
    if (!fallback && address.is_loopback() == remote.is_loopback()) fallback = one.endpoint;
  }
  // What we open ourselves needs no address of ours that listens: the far end calls us over it.
  if (!fallback && transport == sip::Transport::tls) return Endpoint{*from, sips_port};
  return fallback;
}

}  // namespace strowger::host
