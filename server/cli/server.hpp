// The running server: wires the rooms together and holds what lives as long as it does. One per
// data directory.
#pragma once

#include "api/api.hpp"
#include "api/metrics.hpp"
#include "base/result.hpp"
#include "call/seat_subscribers.hpp"
#include "cli/call_feed.hpp"
#include "cli/carrier_places.hpp"
#include "cli/document_changes.hpp"
#include "cli/live_snapshot.hpp"
#include "cli/record_ingest.hpp"
#include "cli/registrations.hpp"
#include "cli/server_config.hpp"
#include "cli/snapshot.hpp"
#include "cli/sound_completion.hpp"
#include "flow/interpreter.hpp"
#include "host/control_socket.hpp"
#include "host/file_descriptor.hpp"
#include "host/http_server.hpp"
#include "host/shards.hpp"
#include "store/journal.hpp"
#include "store/store.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace strowger::cli {

class Server {
 public:
  // Takes calls when this returns.
  static Result<std::unique_ptr<Server>, Complaint> start(ServerConfig config);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // "ready sip=udp:127.0.0.1:5060,tcp:127.0.0.1:5060 http=127.0.0.1:8080", or https=
  std::string ready_line() const;
  // Of the user `admin`, made at the first start; "" when there are users already, or when
  // STROWGER_ADMIN_PASSWORD chose it.
  const std::string& first_password() const { return first_password_; }

  // What is stored becomes live for new calls. From any thread.
  Result<std::string, Complaint> reload();
  // Settings that can change while running: limits of calls, inbound.anonymous, the log's level,
  // drain_seconds, farewell_seconds, and the certificate, whose files are read again. Warns of
  // others that differ.
  void configure(const ServerConfig& config);

  // New calls get 503 from now on; those in progress go on.
  void drain();
  // Ends them: 503 before an answer, BYE after it.
  void end_calls();
  std::size_t calls() const;
  std::size_t calls_in_progress() const;  // of these: not over
  std::size_t remembered() const;
  std::chrono::seconds drain_time() const { return config_.drain; }
  std::chrono::seconds farewell_time() const { return config_.farewell; }

 private:
  class JournalSink;

  explicit Server(ServerConfig config);
  Result<void, Complaint> open_data();
  Result<void, Complaint> open_journal();
  Result<void, Complaint> open_registrations();
  Result<void, Complaint> open_changes();
  Result<void, Complaint> open_sockets();
  Result<void, Complaint> open_api();
  Result<void, Complaint> open_http();
  Result<void, Complaint> run();
  Result<void, Complaint> make_first_user();
  Result<host::ControlReply, Complaint> control(std::string_view what);
  Result<std::string, Complaint> end_call(std::string_view account_and_call);
  Result<std::string, Complaint> list_registrations(const std::string& account) const;
  Result<std::string, Complaint> unregister(std::string_view account_and_device);
  bool withdraw(const std::string& account, const std::string& device);
  void withdraw_disabled(const flow::Snapshot& snapshot);
  void tell_carriers(const flow::Snapshot& snapshot);
  Result<std::string, Complaint> live_calls(std::string_view account_and_limit) const;
  Result<host::ControlReply, Complaint> trace(std::string_view text);
  bool speaks_tls() const;
  static Result<host::TlsContext, Complaint> certificate_of(const host::TlsFiles& files);
  Result<host::TlsContext, Complaint> open_sip_tls();
  void renew_authorities(const ServerConfig& config);
  void renew_certificate(host::TlsFiles& files, const host::TlsFiles& renewed,
                         const std::function<void(host::TlsContext)>& use);
  // Under reload_mutex_.
  void complete(std::vector<std::string> incomplete);
  call::Exchange::Config exchange_config() const;
  std::string status_json() const;
  api::Metrics metrics() const;

  ServerConfig config_;
  host::FileDescriptor lock_;
  std::unique_ptr<store::Store> store_;  // configuration; guarded by reload_mutex_
  std::mutex reload_mutex_;
  SnapshotBuilder builder_;
  std::unique_ptr<SoundCompletion> completion_;  // guarded by reload_mutex_, as is what follows
  std::vector<std::string> incomplete_;          // sounds that wait for it
  LiveSnapshot snapshot_;
  flow::Interpreter interpreter_;
  call::SeatSubscribers subscribers_;
  CallFeed feed_;
  std::string first_password_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<store::Journal> journal_;
  std::vector<std::unique_ptr<JournalSink>> sinks_;  // by shard
  std::unique_ptr<RecordIngest> ingest_;
  std::unique_ptr<Registrations> registrations_;
  std::unique_ptr<DocumentChanges> changes_;
  std::unique_ptr<host::TlsLinks> links_;
  std::unique_ptr<host::Shards> shards_;
  std::unique_ptr<CarrierPlacesKeeper> carrier_places_;
  std::unique_ptr<host::HttpServer> http_;
  std::unique_ptr<host::ControlServer> control_;
  std::atomic<bool> draining_ = false;
};

}  // namespace strowger::cli
