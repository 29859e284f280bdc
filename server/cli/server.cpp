#include "cli/server.hpp"

#include "cli/api_services.hpp"
#include "cli/data_directory.hpp"
#include "host/clock.hpp"
#include "host/log.hpp"

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace strowger::cli {

namespace json = boost::json;

namespace {

// A command that just replays the journal holds its lock for a moment.
constexpr int journal_tries = 50;
constexpr std::chrono::milliseconds journal_pause{100};

Result<host::TlsContext, Complaint> load_http_certificate(const host::TlsFiles& files) {
  auto certificate = host::load_certificate(files, host::wall_now());
  if (!certificate) return unexpected(certificate.error());
  if (certificate->worrying) host::log_warning(certificate->status);
  else host::log_info(certificate->status);
  return std::move(certificate->context);
}

}  // namespace

class Server::JournalSink final : public host::RecordSink {
 public:
  JournalSink(store::Journal& journal, CallFeed& feed, std::size_t shard)
      : journal_(journal), feed_(feed), shard_(shard) {}

  std::optional<std::string> append(std::span<const model::CallRecord> batch) override {
    const auto appended = journal_.append(batch, shard_);
    if (appended) {
      feed_.recorded(batch);
      return std::nullopt;
    }
    return appended.error().text;
  }

 private:
  store::Journal& journal_;
  CallFeed& feed_;
  std::size_t shard_;
};

Result<std::unique_ptr<Server>, Complaint> Server::start(ServerConfig config) {
  std::unique_ptr<Server> server(new Server(std::move(config)));
  if (auto done = server->open_data(); !done) return unexpected(done.error());
  if (auto done = server->open_journal(); !done) return unexpected(done.error());
  if (auto done = server->open_sockets(); !done) return unexpected(done.error());
  if (auto done = server->open_api(); !done) return unexpected(done.error());
  if (auto done = server->open_http(); !done) return unexpected(done.error());
  if (auto done = server->run(); !done) return unexpected(done.error());
  if (auto done = server->make_first_user(); !done) return unexpected(done.error());
  return server;
}

Server::Server(ServerConfig config)
    : config_(std::move(config)),
      builder_(config_.data),
      interpreter_([this] { return snapshot_.load(); }, config_.flow_limits,
                   [this](call::Call& call) { feed_.entered(call); }) {}

Server::~Server() {
  control_.reset();
  if (shards_) shards_->stop();
  feed_.disconnect();
  http_.reset();
  shards_.reset();  // records of calls that they cut off go to the journal before it closes
  ingest_.reset();
}

// ---- start

Result<void, Complaint> Server::open_data() {
  auto store = open_store(config_.data, IfMissing::create);
  if (!store) return unexpected(store.error());
  store_ = std::move(*store);
  const auto path = config_.data / "server.lock";
  lock_ = host::FileDescriptor(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock_) return complain("can't open " + path.string() + ": " + std::strerror(errno));
  if (flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    return complain("another server runs on " + config_.data.string() +
                    "; end it, or use another --data directory");
  }
  const auto loaded = reload();
  if (!loaded) return unexpected(loaded.error());
  return {};
}

Result<void, Complaint> Server::open_journal() {
  for (int tried = 1;; ++tried) {
    auto journal = store::Journal::open(
        config_.data, {.sync = config_.sync_records, .writers = config_.shards});
    if (journal) {
      journal_ = std::move(*journal);
      break;
    }
    const bool busy = journal.error().kind == store::ErrorKind::conflict;
    if (!busy || tried == journal_tries) return complain(journal.error().text);
    std::this_thread::sleep_for(journal_pause);
  }
  auto store = open_store(config_.data, IfMissing::refuse);
  if (!store) return unexpected(store.error());
  for (std::size_t shard = 0; shard < config_.shards; ++shard) {
    sinks_.push_back(std::make_unique<JournalSink>(*journal_, feed_, shard));
  }
  ingest_ = std::make_unique<RecordIngest>(*journal_, std::move(*store));
  return {};
}

Result<void, Complaint> Server::open_sockets() {
  const host::ShardsConfig config{
      .shard = {.listen = config_.sip,
                .tcp = config_.tcp,
                .advertised = config_.advertised,
                .exchange = config_.exchange()},
      .rtp_ports = config_.rtp_ports,
  };
  std::vector<host::RecordSink*> sinks;
  for (const auto& sink : sinks_) sinks.push_back(sink.get());
  auto shards = host::Shards::open(
      config, sinks, [this](call::Call& call) { return interpreter_.walk(call); });
  if (!shards) return complain(shards.error().what + "; see --sip, or sip.listen");
  shards_ = std::move(*shards);
  return {};
}

Result<void, Complaint> Server::open_api() {
  auto services = api_services(config_.data, find_web(config_.web));
  services.ready = [this] { return !draining_; };
  services.metrics = [this] { return metrics(); };
  services.snapshot = [this] { return snapshot_.load(); };
  services.reload = [this]() -> Result<void, Complaint> {
    const auto loaded = reload();
    if (!loaded) return unexpected(loaded.error());
    return {};
  };
  services.end_call = [this](const std::string& call, const std::string& by) {
    return shards_->end(call, by);
  };
  api_ = std::make_unique<api::Api>(std::move(services));
  return {};
}

Result<void, Complaint> Server::open_http() {
  host::TlsContext tls;
  if (!config_.http_tls.none()) {
    auto certificate = load_http_certificate(config_.http_tls);
    if (!certificate) return complain(certificate.error().what + "; see --http-cert, --http-key");
    tls = std::move(*certificate);
  } else if (!config_.http.address.is_loopback() && !config_.http_allow_plain) {
    return complain("http " + config_.http.text() + ": passwords would cross the network in the "
                    "clear; give a certificate by --http-cert and --http-key, listen on "
                    "127.0.0.1 behind a TLS proxy, or set http.allow_plain = true");
  }
  auto http = host::HttpServer::start(
      config_.http, config_.http_limits,
      [api = api_.get()](const api::Request& request) { return api->handle(request); }, tls);
  if (!http) return complain(http.error().what + "; see --http, or http.listen");
  http_ = std::move(*http);
  feed_.connect(*http_, *shards_, api_->state());
  return {};
}

Result<void, Complaint> Server::run() {
  shards_->start();
  auto control = host::ControlServer::start(
      config_.data, [this](std::string_view what) { return this->control(what); });
  if (!control) return unexpected(control.error());
  control_ = std::move(*control);
  return {};
}

// At the end: who never sees the start succeed never sees the password.
Result<void, Complaint> Server::make_first_user() {
  const char* const chosen = std::getenv("STROWGER_ADMIN_PASSWORD");
  auto made = api_->make_first_user(chosen ? chosen : "");
  if (!made) return complain("the first user can't be made: " + made.error().text);
  if (!chosen) first_password_ = std::move(*made);
  return {};
}

std::string Server::ready_line() const {
  std::string sip;
  for (const auto& address : shards_->addresses()) {
    sip += (sip.empty() ? "" : ",") + address.text();
  }
  return "ready sip=" + sip + (config_.http_tls.none() ? " http=" : " https=") +
         http_->address().text();
}

// ---- while it runs

Result<std::string, Complaint> Server::reload() {
  const std::lock_guard lock(reload_mutex_);
  auto built = builder_.build(*store_);
  if (!built) return unexpected(built.error());
  for (const auto& warning : built->warnings) host::log_warning(warning);
  const auto generation = built->snapshot->generation;
  snapshot_.store(std::move(built->snapshot));
  return json::serialize(json::object{{"ok", true}, {"generation", generation}});
}

void Server::configure(const ServerConfig& config) {
  const bool fixed_differ = config.sip != config_.sip || config.http != config_.http ||
                            config.data != config_.data || config.shards != config_.shards ||
                            config.http_tls.none() != config_.http_tls.none() ||
                            config.advertised != config_.advertised ||
                            config.rtp_ports != config_.rtp_ports ||
                            config.log_format != config_.log_format;
  if (fixed_differ) {
    host::log_warning(
        "data, shards, listen, advertised, rtp and log.format change with a restart only");
  }
  config_.limits = config.limits;
  config_.anonymous = config.anonymous;
  config_.drain = config.drain;
  config_.farewell = config.farewell;
  config_.log_level = config.log_level;
  host::set_log_level(config_.log_level);
  shards_->configure(config_.exchange());
  if (!config.http_tls.none() && !config_.http_tls.none()) renew_certificate(config.http_tls);
}

void Server::renew_certificate(const host::TlsFiles& files) {
  auto certificate = load_http_certificate(files);
  if (!certificate) return host::log_error(certificate.error().what + "; the old one stays");
  config_.http_tls = files;
  http_->use(std::move(*certificate));
}

void Server::drain() {
  draining_ = true;
  shards_->drain();
}

void Server::end_calls() { shards_->end_all(); }

std::size_t Server::calls() const { return shards_->total(&host::Counters::calls_active); }

std::size_t Server::calls_in_progress() const {
  return shards_->total(&host::Counters::calls_in_progress);
}

std::size_t Server::remembered() const {
  return shards_->total(&host::Counters::sip_remembered);
}

Result<std::string, Complaint> Server::control(std::string_view what) {
  if (what == "reload") return reload();
  if (what == "flush") {
    shards_->flush();
    if (auto flushed = ingest_->flush(); !flushed) return unexpected(flushed.error());
    return std::string("{\"ok\":true}");
  }
  if (what == "status") return status_json();
  if (what.starts_with("end ")) return end_call(what.substr(4));
  return complain("there is no request \"" + std::string(what) +
                  "\"; there are reload, flush, status and end ACCOUNT CALL");
}

Result<std::string, Complaint> Server::end_call(std::string_view account_and_call) {
  const auto space = account_and_call.find(' ');
  const auto account = account_and_call.substr(0, space);
  const std::string call(space == std::string_view::npos ? "" : account_and_call.substr(space + 1));
  const auto live = api_->state().live.find(call);
  // The list of live calls is a moment behind the calls themselves.
  if (!live || live->account != account || !shards_->end(call, "command line")) {
    return complain("no call " + call + " is in progress; see `strowger calls list`");
  }
  return std::string("{\"ok\":true}");
}

std::string Server::status_json() const {
  return json::serialize(json::object{{"ok", true},
                                      {"ready", !draining_.load()},
                                      {"calls", calls()},
                                      {"generation", snapshot_.load()->generation}});
}

api::Metrics Server::metrics() const {
  using host::Counters;
  const auto total = [this](host::Counter Counters::*counter) { return shards_->total(counter); };
  api::Metrics metrics{
      .shards = shards_->count(),
      .calls_active = total(&Counters::calls_active),
      .calls_finished = total(&Counters::calls_finished),
      .sip_remembered = total(&Counters::sip_remembered),
      .records_written = total(&Counters::records_written),
      .records_waiting = total(&Counters::records_waiting),
      .records_lost = total(&Counters::records_lost),
      .messages_received = total(&Counters::messages_received),
      .messages_handed_over = total(&Counters::messages_handed_over),
      .messages_dropped = total(&Counters::messages_dropped),
      .messages_sent = total(&Counters::messages_sent),
      .messages_unsent = total(&Counters::messages_unsent),
      .media_received = total(&Counters::media_received),
      .media_sent = total(&Counters::media_sent),
      .connections = total(&Counters::connections),
      .rtp_pairs = total(&Counters::rtp_pairs),
      .snapshot_generation = snapshot_.load()->generation,
  };
  for (std::size_t shard = 0; shard < shards_->count(); ++shard) {
    const auto& by_code = shards_->counters(shard).calls_by_code;
    for (std::size_t code = 0; code < by_code.size(); ++code) {
      const auto count = by_code[code].get();
      if (count > 0) metrics.calls_by_code[static_cast<int>(code)] += count;
    }
  }
  return metrics;
}

}  // namespace strowger::cli
