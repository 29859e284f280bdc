// With whom we speak TLS on connections of our own making: carriers, each by the name that its
// certificate has to carry. A number stands for each in sip::Peer::link. From any thread.
#pragma once

#include "host/tls_certificate.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace strowger::host {

struct TlsFarEnd {
  std::string name;        // a host name, or an IP address
  bool verify = true;      // false: whoever answers there will do
  bool wildcards = false;  // *.example.net is good for sip.example.net, too

  auto operator<=>(const TlsFarEnd&) const = default;
};

// One of them. Nobody else's connection is used for it, not even one to the same address: it would
// have been opened to another name (CVE-2020-15260).
class TlsLink {
 public:
  // What is wrong with it at this moment; "": nothing.
  using Report = std::function<void(const std::string& trouble)>;

  TlsLink(std::string who, TlsFarEnd far, Report report)
      : who_(std::move(who)), far_(std::move(far)), report_(std::move(report)) {}

  const std::string& who() const { return who_; }  // for the log: "trunk default/carrier"
  const TlsFarEnd& far() const { return far_; }
  void report(const std::string& trouble) const {
    if (report_) report_(trouble);
  }
  // Is there somebody who wants it kept open?
  bool wanted() const { return wanted_.load(std::memory_order_relaxed); }

 private:
  friend class TlsLinks;

  const std::string who_;
  const TlsFarEnd far_;
  const Report report_;
  std::atomic<bool> wanted_ = true;
};

class TlsLinks {
 public:
  // They are never forgotten: calls that have ended but for their BYE may still need one.
  static constexpr std::uint32_t links_max = 100'000;

  explicit TlsLinks(TlsContext client) : client_(std::move(client)) {}

  // For connections from now on.
  void use(TlsContext client);
  TlsContext client() const;

  // The same number for the same `who` and `far`. 0: there are too many.
  std::uint32_t number(const std::string& who, const TlsFarEnd& far, const TlsLink::Report& report);
  // All that are wanted from now on.
  void keep(const std::vector<std::uint32_t>& numbers);
  // Null when there is none.
  std::shared_ptr<const TlsLink> find(std::uint32_t number) const;

 private:
  mutable std::mutex mutex_;  // held for a look
  TlsContext client_;
  std::vector<std::shared_ptr<TlsLink>> links_;  // by number, the first is 1
  std::map<std::tuple<std::string, TlsFarEnd>, std::uint32_t> numbers_;
};

}  // namespace strowger::host
