#include "sim/server.hpp"

#include "call/call.hpp"
#include "model/account.hpp"
#include "rtp/packet.hpp"
#include "sim/phone_messages.hpp"
#include "sip/headers.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace strowger::sim {
namespace {

constexpr std::uint16_t sip_port = 5060;

std::string invite_key(const sip::Message& message) {
  return fmt::format("{} {}", sip::call_id(message), message_sequence(message));
}

IpAddress loopback(bool v6) { return v6 ? *IpAddress::parse("::1") : IpAddress::loopback_v4(); }

std::optional<call::SubscriberAccount> account_of(const flow::Snapshot& snapshot) {
  const auto account = snapshot.account(model::default_account_id);
  if (!account) return std::nullopt;
  return call::SubscriberAccount{account->id, account->realm, account->seats};
}

}  // namespace

Endpoint Server::sip_endpoint(bool v6) { return {loopback(v6), sip_port}; }

Server::Server(World& world, VirtualNet& net, Config config)
    : world_(world),
      net_(net),
      random_(world.random().bits()),
      ports_(net, *this),
      snapshot_(std::move(config.snapshot)),
      interpreter_([this] { return snapshot_; }, config.limits),
      exchange_(with_sources(config), random_, ports_, [this](call::Call& call) {
        walked_.insert(std::string(sip::call_id(call.invite())));
        return interpreter_.walk(call);
      }) {
  for (const bool v6 : {false, true}) net_.attach(sip_endpoint(v6), *this, true);
  world_.join(*this);
}

call::Exchange::Config Server::with_sources(Config& config) {
  if (config.knows_sources) {
    sources_.emplace(*this, config);
    config.exchange.subscribers = &*sources_;
  }
  return std::move(config.exchange);
}

Server::Sources::Sources(const Server& server, const Config& config)
    : server_(server),
      device_(config.caller_device),
      logs_in_(config.logs_in),
      seats_({.by_host = [this](std::string_view) { return account_of(*server_.snapshot_); },
              .by_id = [this](std::string_view) { return account_of(*server_.snapshot_); }}) {}

std::string Server::username_of(std::string_view device) const {
  const auto account = snapshot_->account(model::default_account_id);
  const auto* const found = account ? account->seats->device(device) : nullptr;
  return found != nullptr ? found->username : std::string();
}

std::optional<sip::Identity> Server::Sources::known_by_source(const sip::Peer& source,
                                                              std::string_view host,
                                                              std::string_view user) const {
  if (const auto found = server_.snapshot_->entrance(source, host, user)) {
    return sip::Identity{.account = found->account, .trunk = found->trunk};
  }
  if (device_.empty()) return std::nullopt;
  const auto account = server_.snapshot_->account("default");
  const auto* const device = account->seats->device(device_);
  if (device == nullptr) return std::nullopt;
  return sip::Identity{.account = account->id, .device = device->id, .seat = device->owner_id};
}

Server::~Server() {
  world_.leave(*this);
  net_.detach_all(*this);
}

void Server::tick(Now now) {
  exchange_.tick(now);
  drain();
}

void Server::datagram(const Endpoint& local, const Endpoint& from, const std::string& bytes) {
  if (local.port == sip_port) {
    note_arrival(bytes);
    exchange_.receive_sip({sip::Transport::udp, local, from, 0}, bytes, world_.now());
  } else if (const auto place = ports_.find(local)) {
    exchange_.receive_media(place->id, place->rtcp, from,
                            std::as_bytes(std::span(bytes.data(), bytes.size())), world_.now());
  }
  drain();
}

void Server::segment(const sip::Peer& from, std::string_view bytes) {
  for (std::string& message : streams_.feed(from.connection, bytes)) {
    note_arrival(message);
    exchange_.receive_sip(from, std::move(message), world_.now());
    drain();
  }
}

void Server::disconnected(std::uint64_t connection) {
  streams_.drop(connection);
  exchange_.connection_failed(connection, world_.now());
  drain();
}

void Server::drain() {
  while (auto output = exchange_.poll()) {
    ++order_;
    std::visit([this](auto& each) { handle(each); }, *output);
  }
}

void Server::handle(call::StoreRecord& output) {
  recorded_calls_.insert(output.record.call_id);
  const auto [slot, fresh] = records_.insert_or_assign(output.record.id, std::move(output.record));
  if (fresh) record_order_.push_back(slot->first);
}

void Server::handle(call::SendSip& output) {
  if (const auto message = sip::Message::parse(*output.bytes)) {
    note_departure(*message);
  } else if (breach_.empty()) {
    breach_ = "the server sent bytes that are no SIP message";
  }
  net_.send_sip(output.peer, std::move(output.bytes));
}

void Server::note_arrival(std::string_view bytes) {
  // Most of what comes is neither; parsing it twice would cost as much as the call.
  if (!bytes.starts_with("INVITE ")) return;
  if (const auto message = sip::Message::parse(std::string(bytes))) answers_[invite_key(*message)];
}

void Server::note_departure(const sip::Message& message) {
  const std::string call_id(sip::call_id(message));
  const bool final_answer = message.status() >= 200 && message_method(message) == "INVITE";
  // DESIGN law 5: the record is in the journal before the final answer leaves.
  if (final_answer && walked_.contains(call_id) && !recorded_calls_.contains(call_id) &&
      breach_.empty()) {
    breach_ = fmt::format("{} left before its call's record", message.start_line());
  }
  if (final_answer) answers_[invite_key(message)].insert(std::string(message.bytes()));
  if (final_answer && message.status() < 300) accepted_.insert(call_id);
  // A refused re-INVITE ends nothing.
  const bool ends = (final_answer && message.status() >= 300 && !accepted_.contains(call_id)) ||
                    (message.is_request() && message.method() == sip::Method::bye);
  if (ends) ends_.emplace(call_id, SentEnd{order_, world_.now().instant});
}

void Server::handle(call::SendMedia& output) {
  const auto from = ports_.endpoint(output.port, output.rtcp);
  if (!from) {
    if (breach_.empty()) breach_ = "media from a closed port";
    return;
  }
  if (!output.rtcp && !rtp::is_rtcp(output.bytes)) {
    SentSound& sound = sound_[output.to];
    sound.order = order_;
    sound.at = world_.now().instant;
    ++sound.packets;
  }
  net_.send_datagram(*from, output.to, output.bytes);
}

std::vector<model::CallRecord> Server::records() const {
  std::vector<model::CallRecord> all;
  for (const std::string& id : record_order_) all.push_back(records_.at(id));
  return all;
}

std::string Server::left_over() {
  std::string left;
  const auto count = [&](std::size_t number, std::string_view what) {
    if (number == 0) return;
    if (!left.empty()) left += ", ";
    left += fmt::format("{} {}", number, what);
  };
  count(exchange_.calls(), "calls");
  count(exchange_.remembered(), "sessions and transactions");
  count(exchange_.open_ports(), "media ports");
  count(ports_.open_count(), "open RTP ports");
  // A registration outlives every call.
  const auto due = exchange_.deadline();
  count(due && due != exchange_.locations().deadline() ? 1 : 0, "timer");
  return left;
}

}  // namespace strowger::sim
