#include "cli/server.hpp"

#include "cli/api_services.hpp"
#include "cli/carrier_json.hpp"
#include "cli/data_directory.hpp"
#include "cli/registration_line.hpp"
#include "host/clock.hpp"
#include "host/log.hpp"

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iterator>

namespace strowger::cli {

namespace json = boost::json;

namespace {

// A command that just replays the journal holds its lock for a moment.
constexpr int journal_tries = 50;
constexpr std::chrono::milliseconds journal_pause{100};

call::SubscriberAccount subscribers_of(const flow::AccountSnapshot& account) {
  return {account.id, account.realm, account.seats, account.settings.qualify, account.logins};
}

// Asked at each login, so that a change of the configuration counts at once.
call::SeatSubscribers::Accounts accounts_of(const LiveSnapshot& live) {
  using Found = std::optional<call::SubscriberAccount>;
  return {.by_host = [&live](std::string_view host) -> Found {
            const auto snapshot = live.load();
            const auto account = snapshot ? snapshot->account_for(host) : nullptr;
            return account ? Found(subscribers_of(*account)) : std::nullopt;
          },
          .by_id = [&live](std::string_view id) -> Found {
            const auto snapshot = live.load();
            const auto account = snapshot ? snapshot->account(id) : nullptr;
            return account ? Found(subscribers_of(*account)) : std::nullopt;
          },
          .by_source = [&live](const sip::Peer& source, std::string_view host,
                               std::string_view number) -> std::optional<sip::Identity> {
            const auto snapshot = live.load();
            const auto found = snapshot ? snapshot->entrance(source, host, number) : std::nullopt;
            if (!found) return std::nullopt;
            return sip::Identity{.account = found->account, .trunk = found->trunk};
          }};
}

bool may_register(const flow::Snapshot& snapshot, std::string_view account_id,
                  std::string_view device_id) {
  const auto account = snapshot.account(account_id);
  if (device_id.starts_with(sip::trunk_in_record)) {
    device_id.remove_prefix(sip::trunk_in_record.size());
    const auto* const login = account ? account->logins->by_trunk(device_id) : nullptr;
    return login != nullptr && login->enabled;
  }
  const auto* const device = account ? account->seats->device(device_id) : nullptr;
  if (!device || !device->enabled) return false;
  const auto* const seat = account->seats->seat(device->owner_id);
  return !seat || seat->enabled;
}

std::pair<std::string, std::string> halves(std::string_view text, char separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return {std::string(text), ""};
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

std::string_view why_name(sip::LocationChange::Why why) {
  using Why = sip::LocationChange::Why;
  switch (why) {
    case Why::registered: return "registered";
    case Why::unregistered: return "unregistered";
    case Why::expired: return "expired";
    case Why::disconnected: return "disconnected";
    case Why::probed: return "probed";
  }
  return "";
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
  if (auto done = server->open_registrations(); !done) return unexpected(done.error());
  if (auto done = server->open_changes(); !done) return unexpected(done.error());
  if (auto done = server->open_sockets(); !done) return unexpected(done.error());
  if (auto done = server->open_api(); !done) return unexpected(done.error());
  if (auto done = server->open_http(); !done) return unexpected(done.error());
  if (auto done = server->run(); !done) return unexpected(done.error());
  if (auto done = server->make_first_user(); !done) return unexpected(done.error());
  return server;
}

Server::Server(ServerConfig config)
    : config_(std::move(config)),
      builder_(config_.data, config_.codecs),
      interpreter_([this] { return snapshot_.load(); }, config_.flow_limits,
                   [this](call::Call& call) { feed_.entered(call); }),
      subscribers_(accounts_of(snapshot_), config_.digest_sha256) {}

Server::~Server() {
  {
    // Its thread may be about to reload.
    std::unique_lock lock(reload_mutex_);
    const auto completion = std::move(completion_);
    lock.unlock();
  }
  control_.reset();
  if (shards_) shards_->stop();
  feed_.disconnect();
  http_.reset();
  carrier_places_.reset();
  changes_.reset();
  shards_.reset();  // records of calls that they cut off go to the journal before it closes
  registrations_.reset();
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

Result<void, Complaint> Server::open_registrations() {
  auto opened = Registrations::open(config_.data, host::real_now());
  if (!opened) return unexpected(opened.error());
  registrations_ = std::move(*opened);
  return {};
}

Result<void, Complaint> Server::open_changes() {
  auto store = open_store(config_.data, IfMissing::refuse);
  if (!store) return unexpected(store.error());
  changes_ = std::make_unique<DocumentChanges>(
      std::move(*store), [this](const std::vector<DocumentChanges::Change>& made) {
        if (const auto loaded = reload(); !loaded) return host::log_error(loaded.error().what);
        for (const auto& change : made) {
          const bool seat = change->kind == model::DocumentChange::Kind::seat;
          const std::string noun = seat ? "seat" : "temporal_rule";
          api::Event event{noun + ".changed", change->account, host::wall_now(), {}};
          event.more = {{noun, change->id}, {"who", "call"}};
          api_->state().events.publish(std::move(event));
        }
      });
  return {};
}

Result<void, Complaint> Server::open_sockets() {
  auto tls = open_sip_tls();
  if (!tls) return unexpected(tls.error());
  const host::ShardsConfig config{
      .shard = {.listen = config_.sip,
                .tcp = config_.tcp,
                .advertised = config_.advertised,
                .hep = config_.hep(),
                .exchange = exchange_config(),
                .registrations = registrations_.get(),
                .tls = std::move(*tls),
                .links = links_.get(),
                .changes = [this](auto change) { changes_->want(std::move(change)); }},
      .rtp_ports = config_.rtp_ports,
      .sources = config_.sources,
  };
  std::vector<host::RecordSink*> sinks;
  for (const auto& sink : sinks_) sinks.push_back(sink.get());
  auto shards = host::Shards::open(
      config, sinks, [this](call::Call& call) { return interpreter_.walk(call); });
  if (!shards) return complain(shards.error().what + "; see --sip, or sip.listen");
  shards_ = std::move(*shards);
  for (const auto& change : registrations_->restored()) shards_->restore(change);
  carrier_places_ = std::make_unique<CarrierPlacesKeeper>(shards_->addresses(), *links_);
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
  services.sip_addresses = [this] {
    std::vector<api::SipAddress> all;
    for (const auto& address : shards_->addresses()) {
      const auto text = address.text();
      all.push_back({text.substr(0, text.find(':')), address.endpoint});
    }
    return all;
  };
  services.end_call = [this](const std::string& call, const std::string& by) {
    return shards_->end(call, by);
  };
  services.registrations = [this](const std::string& account) {
    return registrations_->list(account);
  };
  services.unregister = [this](const std::string& account, const std::string& device) {
    return withdraw(account, device);
  };
  services.trunk_state = [this](const std::string& account, const std::string& trunk) {
    return trunk_state_json(*builder_.carriers()->state(account, trunk),
                            registrations_->bindings_of_trunk(account, trunk));
  };
  api_ = std::make_unique<api::Api>(std::move(services));
  registrations_->tell([this](const sip::LocationChange& change) {
    if (!api_->state().events.listened()) return;
    const auto [account, device] = halves(change.aor, '/');
    api::Event event{"registration.changed", account, host::wall_now(), {}};
    event.more = registrant_json(device);
    event.more["why"] = why_name(change.why);
    api_->state().events.publish(std::move(event));
  });
  return {};
}

Result<void, Complaint> Server::open_http() {
  host::TlsContext tls;
  if (!config_.http_tls.none()) {
    auto certificate = certificate_of(config_.http_tls);
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
  {
    const std::lock_guard lock(reload_mutex_);
    tell_carriers(*snapshot_.load());
  }
  auto control = host::ControlServer::start(
      config_.data, [this](std::string_view what) { return this->control(what); });
  if (!control) return unexpected(control.error());
  control_ = std::move(*control);
  const std::lock_guard lock(reload_mutex_);
  completion_ = std::make_unique<SoundCompletion>(
      [this](const std::string& hash, const std::atomic<bool>& stop) {
        return complete_sound(config_.data, hash, &stop);
      },
      [this] {
        if (const auto loaded = reload(); !loaded) host::log_error(loaded.error().what);
      });
  complete(std::move(incomplete_));
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
  withdraw_disabled(*built->snapshot);
  tell_carriers(*built->snapshot);
  snapshot_.store(std::move(built->snapshot));
  complete(std::move(built->incomplete));
  return json::serialize(json::object{{"ok", true}, {"generation", generation}});
}

// Until every sound can be played in every codec, calls use G.711 only.
void Server::complete(std::vector<std::string> incomplete) {
  if (completion_) {
    std::erase_if(incomplete, [&](const auto& hash) { return completion_->tried(hash); });
    completion_->want(incomplete);
  }
  const bool changed = incomplete.empty() != incomplete_.empty();
  incomplete_ = std::move(incomplete);
  if (!changed || !shards_) return;
  shards_->configure(exchange_config());
  host::log_info(incomplete_.empty()
                     ? std::string("every sound is encoded for every codec")
                     : fmt::format("{} sounds are being encoded for codecs that they lack; until "
                                   "then calls use PCMU and PCMA", incomplete_.size()));
}

call::Exchange::Config Server::exchange_config() const {
  auto exchange = config_.exchange();
  exchange.subscribers = &subscribers_;
  if (incomplete_.empty()) return exchange;
  std::vector<media::Codec> narrow;
  std::ranges::copy_if(exchange.codecs, std::back_inserter(narrow), [](media::Codec codec) {
    return std::ranges::count(media::g711_codecs, codec) > 0;
  });
  // Where nothing but wideband is allowed there is no way around it: those sounds are skipped.
  if (!narrow.empty()) exchange.codecs = std::move(narrow);
  return exchange;
}

void Server::configure(const ServerConfig& config) {
  const std::lock_guard lock(reload_mutex_);
  const bool fixed_differ = config.sip != config_.sip || config.http != config_.http ||
                            config.data != config_.data || config.shards != config_.shards ||
                            config.http_tls.none() != config_.http_tls.none() ||
                            config.advertised != config_.advertised ||
                            config.rtp_ports != config_.rtp_ports ||
                            config.log_format != config_.log_format ||
                            config.sources != config_.sources ||
                            config.codecs != config_.codecs ||
                            config.hep_to != config_.hep_to;
  if (fixed_differ) {
    host::log_warning("data, shards, listen, advertised, rtp, media, log.format, inbound.trusted "
                      "and limits of messages change with a restart only");
  }
  config_.limits = config.limits;
  config_.anonymous = config.anonymous;
  config_.drain = config.drain;
  config_.farewell = config.farewell;
  config_.log_level = config.log_level;
  host::set_log_level(config_.log_level);
  shards_->configure(exchange_config());
  renew_certificate(config_.http_tls, config.http_tls, [this](auto tls) { http_->use(tls); });
  renew_certificate(config_.sip_tls, config.sip_tls, [this](auto tls) { shards_->use(tls); });
  renew_authorities(config);
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

bool Server::withdraw(const std::string& account, const std::string& device) {
  sip::LocationChange change{.aor = sip::address_of_record(account, device),
                             .why = sip::LocationChange::Why::unregistered,
                             .bound = {},
                             .removed = {}};
  const auto now = host::monotonic_now();
  for (const auto& binding : registrations_->bindings(account, device)) {
    change.removed.push_back({binding.contact, binding.instance, binding.reg_id, now});
  }
  if (change.empty()) return false;
  shards_->change_locations(std::move(change));
  return true;
}

// Where carriers are first, then where to register. Under reload_mutex_.
void Server::tell_carriers(const flow::Snapshot& snapshot) {
  if (!carrier_places_) return;
  carrier_places_->use(snapshot);
  std::vector<call::CarrierAccount> accounts;
  for (const auto& account : snapshot.accounts) {
    for (auto& one : account->carriers->accounts(account->id)) accounts.push_back(std::move(one));
  }
  shards_->use_carriers(std::move(accounts));
}

// Whoever may not register any more is not called either.
void Server::withdraw_disabled(const flow::Snapshot& snapshot) {
  if (!shards_) return;
  for (const auto& aor : registrations_->aors()) {
    const auto [account, device] = halves(aor, '/');
    if (!may_register(snapshot, account, device)) withdraw(account, device);
  }
}

}  // namespace strowger::cli
