#include "host/shard.hpp"

#include "base/check.hpp"
#include "host/clock.hpp"
#include "host/log.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>

#include <utility>

namespace strowger::host {

namespace {

constexpr Duration packet_time = std::chrono::milliseconds{20};

constexpr Duration slow_write = std::chrono::milliseconds{100};  // five packets of a prompt late

// In one turn, from one socket: a thousand datagrams.
constexpr std::size_t batches_per_turn = 16;
// Of calls whose timers are due (Exchange::tick), about as long as messages may take in a turn;
// what is left has the next one, behind what has come in meanwhile.
constexpr std::size_t portions_per_turn = 4;

// A thousand streams have a thousand moments in each 20 ms; one wake-up serves those of a
// millisecond.
constexpr Duration media_grain = std::chrono::milliseconds{1};
// Without media there are transactions to forget and messages to repeat, which has time: mostly a
// message comes first, whose turn does it.
constexpr Duration timer_grain = std::chrono::milliseconds{10};

// The one line that a finished call has in the log.
std::string summary(const model::CallRecord& record) {
  const auto length = record.ended ? *record.ended - record.started : std::chrono::milliseconds{};
  return fmt::format("is over: from {} to {} at {}: {} {} ({}) after {} ms, revision {}",
                     record.from, record.to, record.source, record.code, record.phrase,
                     model::disposition_name(record.disposition), length.count(),
                     record.callflow_revision);
}

}  // namespace

// A bug that no call owns must not end the others (DESIGN law 6).
template <class Work>
void Shard::feed(Work work) {
  try {
    work();
  } catch (const BrokenInvariant& bug) {
    log_error(fmt::format("this is a bug: {}", bug.what()));
  }
  collect();
}

Result<std::unique_ptr<Shard>, Complaint> Shard::open(const ShardConfig& config, ShardPlace place,
                                                      RecordSink& sink,
                                                      call::Exchange::Script script) {
  std::unique_ptr<Shard> shard(new Shard(config, place, sink, std::move(script)));
  for (const auto& address : config.listen) {
    if (auto listening = shard->listen(address); !listening) {
      return unexpected(listening.error());
    }
  }
  if (config.hep) {
    if (auto mirror = shard->tap_.mirror_to(*config.hep); !mirror) {
      return unexpected(mirror.error());
    }
  }
  return shard;
}

Shard::Shard(const ShardConfig& config, ShardPlace place, RecordSink& sink,
             call::Exchange::Script script)
    : place_(place),
      tap_(place.trace, counters_),
      spool_(sink),
      ports_(loop_, {place.rtp_pairs, config.advertised},
             [this](call::PortId port, bool rtcp, const Endpoint& from,
                    std::span<const std::byte> packet) {
               receive_media(port, rtcp, from, packet);
             }),
      tcp_(loop_, *this, config.tcp, Junctions::first_connection(place.index), config.links),
      exchange_(config.exchange, random_, ports_, std::move(script)),
      intake_(place.entrance, exchange_, counters_, config.admission, random_),
      registrations_(config.registrations),
      changes_(config.changes),
      outbound_(place.junctions.shards()) {
  tcp_.use(config.tls);
  loop_.watch(place_.junctions.mailbox(place_.index).bell(), EPOLLIN | EPOLLET,
              [this](std::uint32_t) { open_letters(); });
}

Shard::~Shard() {
  for (auto& socket : udp_) loop_.forget(socket->fd());
}

PortUse Shard::port_use() const {
  if (place_.junctions.shards() == 1) return PortUse::alone;
  return place_.index == 0 ? PortUse::first : PortUse::further;
}

// ---- in

Result<void, Complaint> Shard::listen(const SipAddress& address) {
  if (address.transport != sip::Transport::udp) {
    const auto bound = tcp_.listen(address.transport, address.endpoint, port_use());
    if (!bound) return unexpected(bound.error());
    addresses_.push_back({address.transport, *bound});
    return {};
  }
  auto socket = UdpSocket::bind(address.endpoint, {.use = port_use(), .stamped = true});
  if (!socket) return unexpected(socket.error());
  const auto& kept = *udp_.emplace_back(std::make_unique<UdpSocket>(std::move(*socket)));
  addresses_.push_back({address.transport, kept.bound()});
  loop_.watch(kept.fd(), EPOLLIN, [this, &kept](std::uint32_t) { read(kept); });
  return {};
}

// All that has come, but for a flood: so that none of it grows old unseen. The other shards get
// theirs first, so that all work at the same time.
void Shard::read(const UdpSocket& socket) {
  const auto take = [&](const Datagram& datagram) {
    const sip::Peer peer{.transport = sip::Transport::udp,
                         .local = {datagram.local, socket.bound().port},
                         .remote = datagram.remote};
    take_in(peer, datagram.bytes, datagram.at);
  };
  for (std::size_t i = 0; i < batches_per_turn; ++i) {
    if (socket.receive(take) < datagrams_per_batch) break;
  }
  post_letters();
}

// What is lost on a stream is not repeated by the peer: a connection that ends tells it.
void Shard::received(const sip::Peer& peer, std::string bytes) {
  if (!take_in(peer, bytes, monotonic_now())) cut_.push_back(peer.connection);
}

// False: its shard has too much to do.
bool Shard::take_in(const sip::Peer& peer, std::string_view bytes, Instant at) {
  counters_.messages_received.add();
  ++messages_in_turn_;
  const bool unread = intake_.takes_unread(peer, at);
  const auto scan = unread ? std::nullopt : sip::scan_head(bytes);
  if (!unread && !intake_.lets_in(peer, scan, at)) return true;
  if (tap_.wanted()) tap_.sip(trace::Direction::in, peer, bytes);
  const auto owner = scan ? place_.junctions.owner_of_call(scan->call_id, place_.index)
                          : place_.junctions.owner(bytes, place_.index);
  if (owner != place_.index) return hand_over(owner, {peer, std::string(bytes), at});
  Arrival arrival{peer, std::string(bytes), at};
  if (unread) intake_.add_unread(std::move(arrival), monotonic_now());
  else intake_.add(std::move(arrival), scan, monotonic_now());
  return true;
}

bool Shard::hand_over(std::size_t owner, Arrival arrival) {
  if (place_.junctions.mailbox(owner).full()) {
    counters_.messages_dropped.add();
    return false;
  }
  counters_.messages_handed_over.add();
  outbound_[owner].emplace_back(std::move(arrival));
  return true;
}

void Shard::receive_media(call::PortId port, bool rtcp, const Endpoint& from,
                          std::span<const std::byte> packet) {
  counters_.media_received.add();
  if (rtcp && tap_.wants_rtcp()) tap_rtcp(trace::Direction::in, port, from, packet);
  feed([&] { exchange_.receive_media(port, rtcp, from, packet, real_now()); });
}

// Calls of any shard may use it.
void Shard::connection_lost(std::uint64_t connection) {
  lost_.push_back(connection);
  tell_the_others(LostConnection{connection});
}

template <class News>
void Shard::tell_the_others(const News& news) {
  for (std::size_t shard = 0; shard < outbound_.size(); ++shard) {
    if (shard != place_.index) outbound_[shard].emplace_back(news);
  }
}

void Shard::open_letters() {
  for (auto& letter : place_.junctions.mailbox(place_.index).take()) {
    std::visit([this](auto& content) { deliver(content); }, letter);
  }
}

void Shard::deliver(ReceivedSip& letter) {
  ++messages_in_turn_;
  const auto now = monotonic_now();
  if (intake_.is_calm(now)) return intake_.add_unread(std::move(letter), now);
  const auto scan = sip::scan_head(letter.bytes);
  intake_.add(std::move(letter), scan, now);
}

void Shard::deliver(call::SendSip& letter) { send_on_connection(letter); }

void Shard::deliver(call::LampTold& letter) {
  feed([&] { exchange_.apply(*letter.news, real_now()); });
}

void Shard::deliver(LostConnection& letter) { lost_.push_back(letter.connection); }

// ---- turn

void Shard::run() {
  loop_.run(this);
  feed([this] { exchange_.close(real_now()); });
  write_all_records(monotonic_now());
  tap_.pass_on();
}

std::optional<Instant> Shard::deadline() const {
  if (!intake_.empty()) return Instant{};  // there is more to do
  auto calls = exchange_.deadline();
  const auto grain = ports_.open_pairs() > 0 ? media_grain : timer_grain;
  if (calls) calls = std::max(*calls, last_tick_ + grain);
  const auto first = std::min({calls.value_or(never), spool_.deadline().value_or(never),
                               records_.deadline()});
  return first == never ? std::nullopt : std::optional(first);
}

// A part of what has come in, so that answers, media and timers have their turns.
void Shard::work(Now now) {
  intake_.begin_turn(now.instant);
  while (auto arrival = intake_.next(now.instant)) {
    counters_.queue.observe(now.instant - arrival->at);
    answer_times_.handling(arrival->at, now);
    feed([&] { exchange_.receive_sip(arrival->peer, std::move(arrival->bytes), now); });
    now = real_now();
  }
  answer_times_.done();
  for (auto& refusal : intake_.take_refusals()) sends_.emplace_back(std::move(refusal));
  for (const auto connection : intake_.take_broken()) cut_.push_back(connection);
}

void Shard::finish(Now now) {
  pace_.turned(now.instant, std::exchange(messages_in_turn_, 0));
  work(now);
  // The packets of a few calls are sent before those of the next are made: a thousand callers' need
  // not be in memory at once.
  std::size_t portions = 0;
  bool more_due = false;
  do {
    more_due = serve_timers(now);
    send_what_is_due(now);
  } while (more_due && ++portions < portions_per_turn);
  post_letters();
  tap_.pass_on();
  ports_.release_closed();
  publish_gauges();
}

// True: there were more than it serves at once.
bool Shard::serve_timers(Now now) {
  const auto due = exchange_.deadline();
  if (!due || *due > now.instant) return false;
  last_tick_ = now.instant;
  counters_.timer_late.observe(now.instant - *due);
  late_ = now.instant - *due >= packet_time;
  feed([&] { exchange_.tick(now); });
  late_ = false;
  const auto next = exchange_.deadline();
  return next && *next <= now.instant;
}

// Sending may lose a connection, which may end a call, which may send something.
void Shard::send_what_is_due(Now now) {
  do {
    write_records(now.instant);
    send_all();
    for (const auto connection : std::exchange(cut_, {})) tcp_.cut(connection);
    for (const auto connection : std::exchange(lost_, {})) {
      feed([&] { exchange_.connection_failed(connection, now); });
    }
    for (const auto& peer : std::exchange(unreachable_, {})) {
      feed([&] { exchange_.unreachable(peer, now); });
    }
  } while (records_.before_answers() || !sends_.empty() || !lost_.empty() || !unreachable_.empty());
}

void Shard::collect() {
  while (auto output = exchange_.poll()) {
    std::visit([this](auto& o) { take(std::move(o)); }, *output);
  }
}

void Shard::take(call::StoreRecord&& output) {
  const auto& record = output.record;
  if (record.complete) {
    counters_.calls_finished.add();
    const auto code = static_cast<std::size_t>(record.code);
    counters_.calls_by_code[code < counters_.calls_by_code.size() ? code : 0].add();
    if (logs(LogLevel::debug)) {
      log(LogLevel::debug, {record.id, record.account, record.callflow_id}, summary(record));
    }
  } else if (output.before_answer) {
    answer_times_.see(record);
  }
  records_.add(std::move(output), monotonic_now());
}

void Shard::take(call::LocationChanged&& output) {
  if (output.news) tell_the_others(output);
  if (registrations_) registrations_->changed(std::move(output.change));
}

void Shard::take(call::ChangeWanted&& output) {
  if (changes_) changes_(std::move(output.change));
}

void Shard::take(call::SendMedia&& output) {
  if (output.rtcp && tap_.wants_rtcp()) {
    tap_rtcp(trace::Direction::out, output.port, output.to, output.bytes);
  }
  if (late_ && !output.rtcp) counters_.media_late.add();
  ports_.fetch(output.port);
  sends_.emplace_back(std::move(output));
}

void Shard::take(call::Logged&& output) {
  log(output.level, output.about ? *output.about : LogSubject{}, output.text);
}

// ---- out

void Shard::write_records(Instant now) {
  const bool retry = spool_.deadline().value_or(never) <= now;
  if (retry || records_.due(now)) write_all_records(now);
}

void Shard::write_all_records(Instant now) {
  if (records_.records().empty() && !spool_.deadline()) return;
  const auto started = monotonic_now();
  const auto before = spool_.waiting() + spool_.lost() + records_.records().size();
  spool_.retry(now);
  spool_.append(std::move(records_.records()), now);
  records_.clear();
  const auto took = monotonic_now() - started;
  if (took > slow_write && slow_write_warning_.now(now)) {
    log_warning(fmt::format("writing call records took {} ms, in which no call went on: the disk "
                            "is too slow or too busy", milliseconds(took)));
  }
  counters_.records_written.add(before - spool_.waiting() - spool_.lost());
  counters_.records_waiting.set(spool_.waiting());
  counters_.records_lost.set(spool_.lost());
}

void Shard::post_letters() {
  for (std::size_t shard = 0; shard < outbound_.size(); ++shard) {
    if (outbound_[shard].empty()) continue;
    place_.junctions.mailbox(shard).post(std::exchange(outbound_[shard], {}));
  }
}

void Shard::publish_gauges() {
  counters_.calls_active.set(exchange_.calls());
  counters_.calls_in_progress.set(exchange_.calls_in_progress());
  counters_.calls_transcoding.set(exchange_.transcoded_calls());
  counters_.calls_transcoded.set(exchange_.transcoded_calls_total());
  counters_.sip_remembered.set(exchange_.remembered());
  counters_.connections.set(tcp_.connections());
  counters_.rtp_pairs.set(ports_.open_pairs());
}

// ---- from other threads

void Shard::configure(call::Exchange::Config config) {
  loop_.post([this, config = std::move(config)] { exchange_.configure(config); });
}

void Shard::use(TlsContext tls) {
  loop_.post([this, tls = std::move(tls)] { tcp_.use(tls); });
}

void Shard::drain() {
  loop_.post([this] { exchange_.drain(); });
}

std::future<bool> Shard::end(std::string call, std::string by) {
  const auto ended = std::make_shared<std::promise<bool>>();
  loop_.post([this, ended, call = std::move(call), by = std::move(by)] {
    bool was_here = false;
    feed([&] { was_here = exchange_.end(call, by, real_now()); });
    ended->set_value(was_here);
  });
  return ended->get_future();
}

void Shard::change_locations(sip::LocationChange change) {
  loop_.post([this, change = std::move(change)] {
    feed([&] { exchange_.change_locations(change); });
  });
}

void Shard::use_carriers(std::vector<call::CarrierAccount> carriers) {
  loop_.post([this, carriers = std::move(carriers)] {
    feed([&] { exchange_.use_carriers(carriers, real_now()); });
  });
}

std::future<void> Shard::each_in_progress(Look look) {
  const auto done = std::make_shared<std::promise<void>>();
  loop_.post([this, done, look = std::move(look)] {
    exchange_.each_in_progress(look);
    done->set_value();
  });
  return done->get_future();
}

std::future<void> Shard::flush() {
  const auto done = std::make_shared<std::promise<void>>();
  loop_.post([this, done] {
    write_all_records(monotonic_now());
    done->set_value();
  });
  return done->get_future();
}

void Shard::end_all() {
  loop_.post([this] {
    feed([this] { exchange_.end_all(real_now()); });
  });
}

}  // namespace strowger::host
