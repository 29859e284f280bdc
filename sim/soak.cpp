#include "sim/soak.hpp"

#include "sim/ladder.hpp"
#include "sim/phone_messages.hpp"
#include "sim/random_call.hpp"
#include "sim/random_flow.hpp"
#include "sim/random_office.hpp"
#include "sim/stage.hpp"
#include "sip/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace strowger::sim {
namespace {

constexpr Duration run_max = std::chrono::hours{2};

// Short ones, so that a call can't play for hours.
void shorten(call::Limits& limits) {
  limits.early_media_max = std::chrono::seconds{3};
  limits.unanswered_max = std::chrono::seconds{20};
  limits.call_max = std::chrono::seconds{30};
}

class Soak {
 public:
  explicit Soak(std::uint64_t seed) : seed_(seed), dice_(seed), flow_(random_flow(dice_)) {
    scenario_.callflows = flow_.callflows;
    scenario_.media = flow_.media;
    scenario_.phone.codecs = {"pcmu", "pcma", "g722", "opus"};  // what the sounds are encoded for
    scenario_.to_server = random_faults(dice_);
    scenario_.to_caller = random_faults(dice_);
    shorten(scenario_.limits);
    if (!dice_.one_in(5)) add_random_office(dice_, scenario_);
  }

  SoakResult run() {
    auto snapshot = make_snapshot(scenario_);
    if (!snapshot) {
      fail("the random callflow was refused: " + snapshot.error().what);
      return std::move(result_);
    }
    stage_ = make_stage(std::move(*snapshot));
    begin();
    let_intrude();
    World& world = stage_->world();
    world.run_until(world.now().instant + run_max);
    judge();
    result_.passed = result_.report.empty();
    return std::move(result_);
  }

 private:
  std::unique_ptr<Stage> make_stage(flow::SnapshotPtr snapshot) {
    std::vector<Stage::Cast> cast;
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) cast.push_back(random_caller(dice_));
    return std::make_unique<Stage>(scenario_, std::move(snapshot), dice_.seed(), cast);
  }

  void begin() {
    for (auto& phone : stage_->phones()) {
      callees_.push_back(std::make_unique<RandomCallee>(dice_, *phone));
      phone->begin(*callees_.back());
    }
    for (auto& caller : stage_->callers()) {
      owners_.push_back(std::make_unique<RandomOwner>(random_deeds(dice_), *caller));
      stage_->world().after(dice_.ms(0, 500),
                            [caller = caller.get(), owner = owners_.back().get()] {
                              caller->phone().invite(caller->now());
                              caller->begin(*owner);
                            });
    }
  }

  // Somebody who has no business with any call sends to whatever media ports are open.
  void let_intrude() {
    for (std::size_t i = dice_.below(6); i > 0; --i) {
      const auto bytes = intruding_packet();
      stage_->world().after(dice_.ms(0, 4'000), [this, bytes] {
        for (const Endpoint& port : stage_->server().ports().open_endpoints()) {
          const Endpoint stranger{
              *IpAddress::parse(port.address.is_v6() ? "2001:db8::66" : "127.0.0.66"), 4'000};
          stage_->net().send_datagram(stranger, port, bytes);
        }
      });
    }
  }

  // Sound, a key, a report, or noise.
  std::vector<std::byte> intruding_packet() {
    std::vector<std::byte> bytes(dice_.one_in(2) ? 172 : 16);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(dice_.below(256));
    constexpr std::array types = {0, 8, 101, 200, 203};
    bytes[0] = std::byte{0x80};
    if (!dice_.one_in(4)) bytes[1] = static_cast<std::byte>(dice_.pick(types));
    return bytes;
  }

  void judge() {
    count();
    if (std::string broken = stage_->broken_invariant(); !broken.empty()) fail(broken);
    if (std::string broken = stage_->repeated_block(); !broken.empty()) fail(broken);
    for (const auto& record : stage_->server().records()) check_record(record);
    for (std::size_t i = 0; i < owners_.size(); ++i)
      check_phone(*stage_->callers()[i], *owners_[i]);
    for (std::size_t i = 0; i < callees_.size(); ++i)
      check_called(stage_->phones()[i]->phone(), *callees_[i]);
  }

  // The code on the wire is the configured one, and the record says the same.
  void check_record(const model::CallRecord& record) {
    const auto* last = record.path.empty() ? nullptr : &record.path.back();
    const auto configured =
        last != nullptr ? flow_.refusals.find(last->block_id) : flow_.refusals.end();
    const bool ended_by_us = record.disposition == model::Disposition::rejected ||
                             record.disposition == model::Disposition::redirected;
    if (!record.answered && ended_by_us && configured != flow_.refusals.end()) {
      ++result_.refused;
      const Refusal& refusal = configured->second;
      if (record.code != refusal.code || record.phrase != refusal.phrase) {
        fail(fmt::format("block {} says {} \"{}\", the record {} \"{}\"", last->block_id,
                         refusal.code, refusal.phrase, record.code, record.phrase));
      }
    }
    const auto final = final_answer(record.call_id);
    if (!final) {
      if (record.disposition != model::Disposition::failed) {
        fail("a record without a final answer: " + record.call_id);
      }
      return;
    }
    if (final->status() != record.code || final->reason_phrase() != record.phrase) {
      fail(fmt::format("on the wire {}, in the record {} {}", final->start_line(), record.code,
                       record.phrase));
    }
    if (record.answered && final->status() != 200) fail("answered, but not with 200");
  }

  // The one that the first INVITE of the call got.
  std::optional<sip::Message> final_answer(const std::string& call_id) {
    const auto& answers = stage_->server().answers();
    const auto first = answers.lower_bound(call_id + " ");
    if (first == answers.end() || !first->first.starts_with(call_id + " ")) return std::nullopt;
    if (first->second.empty()) return std::nullopt;
    auto message = sip::Message::parse(*first->second.begin());
    if (!message) return std::nullopt;
    return std::move(*message);
  }

  bool nothing_is_lost() const {
    return scenario_.to_server.loss == 0 && scenario_.to_caller.loss == 0;
  }

  // Where nothing is lost every caller gets its answer, and is left in peace after the end.
  void check_phone(Caller& caller, const RandomOwner& owner) {
    if (!nothing_is_lost() || owner.vanished() || caller.was_cut()) return;
    if (!caller.phone().over()) fail("a caller's call has no end");
    if (!caller.phone().final_answer()) fail("a caller got no final answer");
  }

  // And every phone that was called learns that the call is over.
  void check_called(const Phone& phone, const RandomCallee& callee) {
    if (!nothing_is_lost() || callee.vanished() || !phone.invited_at()) return;
    if (!phone.over()) fail("the call of a phone that was called has no end");
  }

  void count() {
    const Server& server = stage_->server();
    result_.calls = server.walked().size();
    for (const auto& record : server.records()) {
      result_.answered += record.answered ? 1 : 0;
      result_.abandoned += record.disposition == model::Disposition::abandoned ? 1 : 0;
      result_.bridged += record.bridged_leg != 0 ? 1 : 0;
      result_.blocks += record.path.size();
    }
    const auto& capture = stage_->net().capture();
    result_.messages = capture.size();
    result_.lost = static_cast<std::size_t>(std::count_if(
        capture.begin(), capture.end(), [](const Captured& each) { return each.lost; }));
    for (const auto& [to, sound] : server.sound()) result_.packets += sound.packets;
  }

  // Only the first breach is told: the others follow from it.
  void fail(const std::string& what) {
    if (!result_.report.empty()) return;
    result_.report = fmt::format("seed {}: {}\n", seed_, what);
    for (const std::string& callflow : scenario_.callflows) {
      result_.report += "  callflow: " + callflow + "\n";
    }
    if (!stage_) return;
    for (auto& caller : stage_->callers()) {
      result_.report +=
          "  caller " + caller->where().line.local.text() + ":\n" + ladder(caller->phone());
    }
    for (auto& phone : stage_->phones()) {
      result_.report +=
          "  phone " + phone->where().line.local.text() + ":\n" + ladder(phone->phone());
    }
    for (const auto& record : stage_->server().records()) {
      result_.report += "  record: " + model::to_json(record) + "\n";
    }
    for (const auto& line : stage_->server().log()) result_.report += "  log: " + line.text + "\n";
  }

  std::uint64_t seed_;
  Dice dice_;
  RandomFlow flow_;
  Scenario scenario_;
  std::unique_ptr<Stage> stage_;
  std::vector<std::unique_ptr<RandomOwner>> owners_;
  std::vector<std::unique_ptr<RandomCallee>> callees_;
  SoakResult result_;
};

}  // namespace

SoakResult& SoakResult::operator+=(const SoakResult& other) {
  calls += other.calls;
  answered += other.answered;
  bridged += other.bridged;
  refused += other.refused;
  abandoned += other.abandoned;
  blocks += other.blocks;
  messages += other.messages;
  lost += other.lost;
  packets += other.packets;
  return *this;
}

SoakResult soak(std::uint64_t seed) { return Soak(seed).run(); }

}  // namespace strowger::sim
