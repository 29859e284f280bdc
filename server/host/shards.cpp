#include "host/shards.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>

namespace strowger::host {

namespace {

constexpr std::chrono::seconds patience{1};  // a turn of a loop takes milliseconds

// An answer to the last request of a connection may come from another shard, which takes two
// wake-ups, or in a later turn, when there is much to do.
constexpr Duration last_answers = std::chrono::milliseconds{100};

// A shard that stops meanwhile answers no more.
void wait_for(const std::vector<std::future<void>>& all) {
  for (const auto& one : all) one.wait_for(patience);
}

std::size_t part(std::size_t whole, std::size_t count) { return (whole + count - 1) / count; }

}  // namespace

std::size_t shards_by_default() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, shards_max);
}

Shards::Shards(const ShardsConfig& config, std::size_t count)
    : junctions_(count, random_),
      rtp_pairs_(config.rtp_ports, random_),
      entrance_(config.sources, random_) {}

Result<std::unique_ptr<Shards>, Complaint> Shards::open(const ShardsConfig& config,
                                                        const std::vector<RecordSink*>& sinks,
                                                        const call::Exchange::Script& script) {
  std::unique_ptr<Shards> shards(new Shards(config, sinks.size()));
  ShardConfig each = config.shard;
  each.tcp.connections_max = part(each.tcp.connections_max, sinks.size());
  each.tcp.per_address_max = part(each.tcp.per_address_max, sinks.size());
  each.tcp.last_answers = last_answers;
  each.exchange = shards->part_of(each.exchange);
  each.exchange.tally = std::make_shared<call::CallTally>();
  each.exchange.lines = std::make_shared<call::DeviceLines>();
  for (std::size_t index = 0; index < sinks.size(); ++index) {
    each.exchange.owns_call_id = [junctions = &shards->junctions_, index](std::string_view id) {
      return junctions->owner_of_call(id, index) == index;
    };
    each.exchange.inside_call_id = [junctions = &shards->junctions_, index](std::string_view id) {
      return junctions->inside_call_id(id, index);
    };
    each.exchange.inside_call_ids = shards->junctions_.inside_call_ids(index);
    each.exchange.number = index;
    auto shard = Shard::open(
        each,
        {shards->junctions_, shards->rtp_pairs_, shards->entrance_, shards->trace_, index},
        *sinks[index], script);
    if (!shard) return unexpected(shard.error());
    each.listen = (*shard)->addresses();  // with the ports that the first one was given
    shards->shards_.push_back(std::move(*shard));
  }
  return shards;
}

Shards::~Shards() { stop(); }

std::uint64_t Shards::total(Counter Counters::*counter) const {
  std::uint64_t sum = 0;
  for (const auto& shard : shards_) sum += (shard->counters().*counter).get();
  return sum;
}

void Shards::start() {
  for (std::size_t index = 0; index < shards_.size(); ++index) {
    threads_.emplace_back([this, index] {
      pthread_setname_np(pthread_self(), fmt::format("shard {}", index).c_str());  // for top -H
      shards_[index]->run();
    });
  }
}

void Shards::stop() {
  if (threads_.empty()) return;
  for (auto& shard : shards_) shard->stop();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

call::Exchange::Config Shards::part_of(call::Exchange::Config config) const {
  config.transactions_max = part(config.transactions_max, junctions_.shards());
  return config;
}

void Shards::configure(const call::Exchange::Config& config) {
  for (auto& shard : shards_) shard->configure(part_of(config));
}

void Shards::use(const TlsContext& tls) {
  for (auto& shard : shards_) shard->use(tls);
}

void Shards::drain() {
  for (auto& shard : shards_) shard->drain();
}

// Only one has it: the others find nothing.
bool Shards::end(const std::string& call, const std::string& by) {
  std::vector<std::future<bool>> answers;
  for (auto& shard : shards_) answers.push_back(shard->end(call, by));
  bool ended = false;
  for (auto& answer : answers) {
    // A shard that stops meanwhile answers no more: its calls have ended.
    if (answer.wait_for(patience) == std::future_status::ready) ended |= answer.get();
  }
  return ended;
}

void Shards::change_locations(sip::LocationChange change) {
  shards_.front()->change_locations(std::move(change));
}

void Shards::restore(const sip::LocationChange& change) {
  for (auto& shard : shards_) shard->restore(change, shard == shards_.front());
}

void Shards::each_in_progress(const Shard::Look& look) {
  std::vector<std::future<void>> all;
  for (auto& shard : shards_) all.push_back(shard->each_in_progress(look));
  wait_for(all);
}

void Shards::flush() {
  std::vector<std::future<void>> all;
  for (auto& shard : shards_) all.push_back(shard->flush());
  wait_for(all);
}

void Shards::end_all() {
  for (auto& shard : shards_) shard->end_all();
}

}  // namespace strowger::host
