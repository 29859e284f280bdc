#include "call/exchange.hpp"

#include "call/call.hpp"
#include "call/ladder.hpp"
#include "call/leg.hpp"
#include "model/response_code.hpp"
#include "sip/headers.hpp"

#include <algorithm>
#include <utility>

namespace strowger::call {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

bool may_call(const sip::Peer& from, const void* context) {
  switch (*static_cast<const Anonymous*>(context)) {
    case Anonymous::any:
      return true;
    case Anonymous::loopback:
      return from.remote.address.is_loopback();
    case Anonymous::none:
      break;
  }
  return false;
}

sip::SessionTimerPolicy session_timer(const Limits& limits) {
  return {.known = true, .wanted = limits.session_expires, .least = limits.session_expires_min};
}

std::string beginning(const model::CallRecord& record) {
  return "begins: from " + record.from + " to " + record.to + " at " + record.source +
         ", revision " + std::to_string(record.callflow_revision);
}

// The call is over and this is the message that ends its dialog or transaction: the ACK of our
// refusal, or the answer to our BYE.
bool is_last_word(const sip::Message& message) {
  const auto cseq = sip::cseq(message);
  if (!cseq) return false;
  if (message.is_request()) return message.method() == sip::Method::ack;
  return cseq->method == sip::Method::bye && message.status() >= 200;
}

}  // namespace

Exchange::Exchange(Config config, Random& random, MediaPorts& ports, Script script)
    : config_(std::move(config)),
      random_(random),
      ports_(ports),
      script_(std::move(script)),
      tally_(config_.tally ? config_.tally : std::make_shared<CallTally>()),
      lines_(config_.lines ? config_.lines : std::make_shared<DeviceLines>()),
      agent_({.server_name = config_.server_name,
              .advertised = config_.advertised,
              .transactions_max = config_.transactions_max,
              .may_call = may_call,
              .context = &config_.anonymous,
              .subscribers = config_.subscribers,
              .locations = &locations_,
              .registrar = config_.registrar,
              .transfers = true,
              .elsewhere =
                  [this](std::string_view call_id) {
                    return config_.inside_call_id && !config_.inside_call_id(call_id).empty();
                  }},
             random),
      logins_(agent_, random_, [this] { return own_call_id(); },
              [this](LogLevel level, std::string text) {
                log(level, nullptr, [&] { return std::move(text); });
              }),
      texts_(agent_, locations_, config_.subscribers, [this] { return own_call_id(); },
             [this](LogLevel level, std::string text) {
               log(level, nullptr, [&] { return std::move(text); });
             }),
      qualifier_(agent_, locations_, random_, qualifying()),
      lamps_(config_.number, random_),
      transcoding_(config_.transcoded_calls_max) {
  agent_.take_notes(config_.log_from <= LogLevel::info);
  agent_.set_session_timer(session_timer(config_.limits));
}

// Calls give back ports and timers while those still exist.
Exchange::~Exchange() {
  tally_->remove(calls_.size());
  calls_.clear();
  for (const auto port : given_back_) ports_.close(port);
}

void Exchange::give_back(PortId port) {
  by_port_.erase(port);
  given_back_.push_back(port);
}

void Exchange::configure(Config config) {
  // The agent keeps its name and address, which dialogs in progress were told; Call-IDs stay ours.
  config_.limits = config.limits;
  config_.anonymous = config.anonymous;
  config_.log_from = config.log_from;
  agent_.take_notes(config_.log_from <= LogLevel::info);
  agent_.set_session_timer(session_timer(config_.limits));
  config_.codecs = std::move(config.codecs);
  transcoding_.allow(config.transcoded_calls_max);
}

void Exchange::receive_sip(const sip::Peer& peer, std::string bytes, Now now) {
  agent_.receive(peer, std::move(bytes), now);
  pump(now);
}

void Exchange::connection_failed(std::uint64_t connection, Now now) {
  agent_.connection_failed(connection, now);
  tell(locations_.connection_lost(connection));
  logins_.connection_lost(connection, now);
  pump(now);
}

void Exchange::unreachable(const sip::Peer& peer, Now now) {
  agent_.unreachable(peer, now);
  pump(now);
}

void Exchange::receive_media(PortId port, bool rtcp, const Endpoint& from,
                             std::span<const std::byte> packet, Now now) {
  const auto owner = by_port_.find(port);
  if (owner == by_port_.end()) return;
  if (Call* call = find(owner->second, now)) {
    auto* const media = call->media_.get();
    if (media != nullptr && media->port() == port) call->on_media(*media, rtcp, from, packet);
  } else if (Leg* leg = find_leg(owner->second, now)) {
    if (leg->media()) leg->call_.on_media(*leg->media(), rtcp, from, packet);
  }
  pump(now);
}

void Exchange::tick(Now now) {
  agent_.tick(now);
  tell(locations_.expire(now.instant));
  logins_.tick(now);
  qualifier_.tick(now);
  pump(now);
  for (std::size_t served = 0; served < calls_per_tick; ++served) {
    const auto timer = timers_.take_due(now.instant);
    if (!timer) break;
    if (Call* call = find_by_key(timer->session, now)) call->on_alarm(timer->alarm);
    pump(now);
  }
  keep_time(now);
}

void Exchange::keep_time(Now now) {
  const auto due = beat_.due();
  if (!due || *due > now.instant) return;
  for (std::size_t served = 0; served < calls_per_tick; ++served) {
    Call* const call = beat_.next(now.instant);
    if (call == nullptr) break;
    call->now_ = now;
    call->media_tick();
  }
  pump(now);
}

std::optional<Instant> Exchange::deadline() const {
  std::optional<Instant> first = timers_.deadline();
  for (const auto& due : {beat_.due(), agent_.deadline(), locations_.deadline(), logins_.deadline(),
                          qualifier_.deadline()}) {
    if (due && (!first || *due < *first)) first = due;
  }
  return first;
}

std::optional<Output> Exchange::poll() {
  if (!records_.empty()) {
    Output record = std::move(records_.front());
    records_.pop_front();
    return record;
  }
  if (polled_ == outputs_.size()) {
    begin_outputs();
    for (const auto port : std::exchange(given_back_, {})) ports_.close(port);
    return std::nullopt;
  }
  const auto widen = [](auto& output) { return Output(std::move(output)); };
  return std::visit(widen, outputs_[polled_++]);
}

// Used again and again, as each packet of media is one; but what a storm took is given back.
void Exchange::begin_outputs() {
  constexpr std::size_t kept_max = 4096;
  if (outputs_.capacity() > kept_max) outputs_ = {};
  outputs_.clear();
  polled_ = 0;
}

void Exchange::use_carriers(std::vector<CarrierAccount> carriers, Now now) {
  logins_.use(std::move(carriers), now);
  pump(now);
}

void Exchange::drain() { agent_.drain(); }

bool Exchange::end(std::string_view id, const std::string& by, Now now) {
  const auto found =
      std::ranges::find_if(calls_, [&](const auto& entry) { return entry.second->id() == id; });
  if (found == calls_.end() || found->second->over()) return false;
  Call& call = *found->second;
  call.now_ = now;
  log(LogLevel::info, &call, [&] { return "is ended by " + by; });
  call.end(by);
  pump(now);
  return true;
}

void Exchange::each_in_progress(
    const std::function<void(const model::CallRecord&)>& look) const {
  for (const auto& [session, call] : calls_) {
    if (!call->over()) look(call->record());
  }
}

void Exchange::end_all(Now now) {
  for (auto& [session, call] : calls_) {
    call->now_ = now;
    call->drop_transfer(503);
    if (call->answered()) {
      call->hang_up();
    } else if (!call->over()) {
      call->reject(standard_rejection(503));
    }
  }
  pump(now);
}

void Exchange::close(Now now) {
  for (const auto& [session, call] : calls_) {
    if (call->over()) closing_.push_back(session);
  }
  finish_closing(now, true);
}

std::size_t Exchange::remembered() const {
  return calls_.size() + agent_.sessions() + agent_.transactions();
}

std::shared_ptr<const LogSubject> Exchange::subject(const Call* call) {
  if (call == nullptr) return nullptr;
  const auto& record = call->record_;
  return std::make_shared<const LogSubject>(
      LogSubject{record.id, record.account, record.callflow_id});
}

Call* Exchange::find(sip::SessionId session, Now now) {
  const auto key = keys_.find(session);
  Call* call = find_by_key(key == keys_.end() ? session : key->second, now);
  return call != nullptr && call->session_ == session ? call : nullptr;
}

// A leg and its call have changed places.
void Exchange::swapped(Call& call, Leg& leg) {
  keys_.erase(leg.session_);
  if (call.session_ != call.key_) keys_[call.session_] = call.key_;
  legs_.erase(call.session_);
  legs_[leg.session_] = &leg;
}

Call* Exchange::find_by_key(sip::SessionId key, Now now) {
  const auto found = calls_.find(key);
  if (found == calls_.end()) return nullptr;
  found->second->now_ = now;
  return found->second.get();
}

Leg* Exchange::find_leg(sip::SessionId session, Now now) {
  const auto found = legs_.find(session);
  if (found == legs_.end()) return nullptr;
  found->second->call_.now_ = now;
  return found->second;
}

// Its last message has been seen; what its transactions still repeat is nobody's news.
void Exchange::close_leg(Leg& leg) {
  legs_.erase(leg.session_);
  Call& call = leg.call_;
  if (call.last_word_said_ && !call.has_open_legs()) closing_.push_back(call.key_);
}

std::string Exchange::own_call_id() {
  constexpr std::size_t id_length = 24;
  // A hash over a few dozen shards at most: found after that many draws on average.
  auto id = random_.token(id_length);
  while (config_.owns_call_id && !config_.owns_call_id(id)) id = random_.token(id_length);
  return id;
}

void Exchange::pump(Now now) {
  do {
    while (auto event = agent_.poll()) {
      std::visit([&](auto& e) { handle(e, now); }, *event);
    }
  } while (light_lamps(now));
  finish_closing(now);
}

void Exchange::handle(sip::Invited& event, Now now) {
  const auto session = event.session;
  if (!tally_->add(config_.limits.calls_max)) {
    agent_.reject(session,
                  {.status = 503, .phrase = "Too Many Calls", .headers = {{"Retry-After", "5"}}},
                  now);
    return;
  }
  auto& call = calls_[session];
  call = std::make_unique<Call>(*this, std::move(event), now);
  call->start(script_(*call));
  // One that is over already has its line at the end.
  if (!call->over()) log(LogLevel::debug, call.get(), [&] { return beginning(call->record_); });
}

void Exchange::handle(sip::Seen& event, Now now) {
  Call* call = find(event.session, now);
  if (Leg* leg = find_leg(event.session, now)) {
    see(*leg, *event.message);
    call = picked_up_with(event.session);
  }
  if (call == nullptr) return;
  auto line = ladder_line(call->elapsed_ms(), model::Direction::in, *event.message);
  line.leg = call->number_;
  call->record_.add_ladder(std::move(line));
  if (call->over() && is_last_word(*event.message)) closing_.push_back(call->key_);
}

void Exchange::see(Leg& leg, const sip::Message& message) {
  auto line = ladder_line(leg.call_.elapsed_ms(), model::Direction::in, message);
  line.leg = leg.number();
  leg.call_.record_.add_ladder(std::move(line));
  leg.learn_product(message);
  leg.tried_ = leg.tried_ || message.status() == 100;
  if (leg.state() == Leg::State::over && is_last_word(message)) close_leg(leg);
}

void Exchange::handle(sip::Send& event, Now now) {
  Call* call = find(event.session, now);
  if (Leg* leg = find_leg(event.session, now)) {
    auto line = ladder_line(leg->call_.elapsed_ms(), model::Direction::out, *event.bytes);
    line.leg = leg->number();
    leg->call_.record_.add_ladder(std::move(line));
    call = picked_up_with(event.session);
  }
  if (call != nullptr) {
    auto line = ladder_line(call->elapsed_ms(), model::Direction::out, *event.bytes);
    line.leg = call->number_;
    call->record_.add_ladder(std::move(line));
  }
  put(SendSip{event.peer, std::move(event.bytes)});
}

void Exchange::handle(sip::Ended& event, Now now) {
  lamps_.unwatch(event.session);
  texts_.over(event.session);
  if (Leg* leg = find_leg(event.session, now)) {
    leg->on(event);
    // The answer to our BYE is awaited.
    if (event.why != sip::Ended::Why::bye_sent) close_leg(*leg);
    return;
  }
  Call* call = find(event.session, now);
  if (call == nullptr) return;
  call->on(event);
  // After a BYE from the far end nothing more is said; elsewhere its last word is awaited.
  using Why = sip::Ended::Why;
  const bool last_word_expected = event.why == Why::rejected || event.why == Why::cancelled ||
                                  (event.why == Why::bye_received && call->record_.code >= 300) ||
                                  event.why == Why::bye_sent;
  if (!last_word_expected) closing_.push_back(call->key_);
}

void Exchange::handle(sip::Replied& event, Now now) {
  if (!texts_.on(event, now) && !qualifier_.on(event, now)) logins_.on(event, now);
}

// Without its last word, or it would not be known any more: our BYE was repeated for 64*T1 and not
// answered (RFC 3261 §17.1.2.2, Timer F).
void Exchange::handle(sip::Gone& event, Now now) {
  if (Leg* leg = find_leg(event.session, now)) {
    leg->never_confirmed();
    return close_leg(*leg);
  }
  if (Call* call = find(event.session, now)) {
    if (call->record_.answered) call->note("the caller never answered our BYE");
    closing_.push_back(call->key_);
  }
}

void Exchange::handle(sip::Registered& event, Now now) {
  if (config_.subscribers != nullptr) qualifier_.add(event.change, now);
  change_locations(std::move(event.change));
}

void Exchange::handle(sip::Guessed& event, Now) {
  put(Guessed{std::make_shared<const sip::WrongAnswer>(std::move(event.answer))});
}

void Exchange::handle(sip::Noted& event, Now) {
  const auto level = event.serious ? LogLevel::warning : LogLevel::info;
  log(level, nullptr, [&] { return std::move(event.text); });
}

void Exchange::restore(const sip::LocationChange& change, bool ours, Now now) {
  locations_.apply(change, ours);
  if (ours && config_.subscribers != nullptr) qualifier_.add(change, now);
}

Qualifier::Ways Exchange::qualifying() {
  return {.interval = [this](std::string_view aor) { return config_.subscribers->qualify(aor); },
          .new_call_id = [this] { return own_call_id(); },
          .change = [this](sip::LocationChange change) { change_locations(std::move(change)); },
          .log = [this](LogLevel level, std::string text) {
            log(level, nullptr, [&] { return std::move(text); });
          }};
}

void Exchange::change_locations(sip::LocationChange change) {
  locations_.apply(change, true);
  put(LocationChanged{std::make_shared<const sip::LocationChange>(std::move(change)), true});
}

// The other exchanges find out by themselves.
void Exchange::tell(std::vector<sip::LocationChange> lapsed) {
  for (auto& change : lapsed) {
    put(LocationChanged{std::make_shared<const sip::LocationChange>(std::move(change)), false});
  }
}

template <class Event>
void Exchange::handle(Event& event, Now now) {
  if (Call* call = find(event.session, now)) call->on(event);
  else if (Leg* leg = find_leg(event.session, now)) leg->on(event);
}

// Only when the agent has nothing more to say, so that the ladder of the record is whole.
void Exchange::finish_closing(Now now, bool legs_too) {
  for (const auto key : std::exchange(closing_, {})) {
    Call* call = find_by_key(key, now);
    if (call == nullptr) continue;
    call->last_word_said_ = true;
    if (call->has_open_legs() && !legs_too) continue;  // close_leg() comes back to it
    call->store(Call::Stored::complete);
    if (call->over()) --ending_;
    keys_.erase(call->session_);
    calls_.erase(key);
    tally_->remove(1);
  }
}

}  // namespace strowger::call
