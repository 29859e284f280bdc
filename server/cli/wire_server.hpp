// A server of this program on loopback sockets with a data directory of its own, holding what one
// scenario needs. Gone without a trace when it goes out of scope.
#pragma once

#include "base/endpoint.hpp"
#include "base/result.hpp"
#include "cli/server.hpp"
#include "model/call_record.hpp"
#include "sim/scenario.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::cli {

// Whether this machine has ::1; containers often do not.
bool has_ipv6_loopback();

class WireServer {
 public:
  static Result<std::unique_ptr<WireServer>, Complaint> start(const sim::Scenario& scenario);
  ~WireServer();

  // Where it listens; nothing when it does not (no IPv6 on this machine).
  std::optional<Endpoint> endpoint(sip::Transport transport, bool v6) const;
  // The finished record of that Call-ID, waiting a little for it to be taken into the store.
  std::optional<model::CallRecord> record(const std::string& call_id) const;

 private:
  WireServer() = default;
  Result<void, Complaint> fill(const sim::Scenario& scenario);

  std::filesystem::path data_;
  std::unique_ptr<Server> server_;
  std::string ready_;
};

}  // namespace strowger::cli
