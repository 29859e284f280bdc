#include "sim/stage.hpp"

#include "model/account.hpp"
#include "sim/configuration.hpp"
#include "sip/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace strowger::sim {
namespace {

Server::Config server_config(const Scenario& scenario, flow::SnapshotPtr snapshot) {
  Server::Config config;
  config.exchange.limits = scenario.limits;
  config.exchange.anonymous = scenario.inbound;
  config.limits = scenario.flow_limits;
  config.snapshot = std::move(snapshot);
  config.knows_sources =
      !scenario.trunks.empty() || !scenario.caller_device.empty() || scenario.logs_in;
  config.caller_device = scenario.caller_device;
  config.logs_in = scenario.logs_in;
  return config;
}

// G.711, and what the phone offers beside it: encoding for others would be for nothing.
std::vector<media::Codec> codecs_for(const PhoneOptions& phone) {
  std::vector<media::Codec> codecs(media::g711_codecs.begin(), media::g711_codecs.end());
  for (const std::string& name : phone.codecs) {
    const auto codec = media::codec_named(name);
    if (codec && std::ranges::count(codecs, *codec) == 0) codecs.push_back(*codec);
  }
  return codecs;
}

// Synthesis costs more than a call.
std::shared_ptr<const media::Prompt> prompt_of(const MediaSpec& media,
                                               std::span<const media::Codec> codecs) {
  thread_local std::map<std::string, std::shared_ptr<const media::Prompt>> made;
  std::string key = text(media.stretches);
  for (const media::Codec codec : codecs) key += media::facts(codec).name;
  auto& prompt = made[key];
  if (!prompt) prompt = make_prompt(media.stretches, codecs);
  return prompt;
}

}  // namespace

Result<flow::SnapshotPtr, Complaint> make_snapshot(const Scenario& scenario) {
  Configuration configuration;
  configuration.callflows = scenario.callflows;
  const auto codecs = codecs_for(scenario.phone);
  configuration.seats = scenario.seats;
  configuration.devices = scenario.devices;
  configuration.ring_groups = scenario.ring_groups;
  configuration.temporal_rules = scenario.temporal_rules;
  configuration.temporal_rule_sets = scenario.temporal_rule_sets;
  configuration.trunks = scenario.trunks;
  if (!scenario.settings.empty()) {
    auto settings = model::read_account_settings(scenario.settings);
    if (!settings) return complain(model::one_line(settings.error().front()));
    configuration.settings = std::move(*settings);
  }
  for (const MediaSpec& media : scenario.media) {
    configuration.media.emplace_back(media.id, prompt_of(media, codecs));
  }
  return make_snapshot(configuration);
}

Stage::Stage(const Scenario& scenario, flow::SnapshotPtr snapshot, std::uint64_t seed)
    : Stage(
          scenario, std::move(snapshot), seed,
          std::vector<Cast>(static_cast<std::size_t>(scenario.callers),
                            {scenario.phone, scenario.transport, scenario.v6, scenario.address})) {}

Stage::Stage(const Scenario& scenario, flow::SnapshotPtr snapshot, std::uint64_t seed,
             const std::vector<Cast>& cast)
    : world_(seed, scenario.clock.value_or(default_start)), net_(world_) {
  net_.set_faults(scenario.to_server, scenario.to_caller);
  server_ = std::make_unique<Server>(world_, net_, server_config(scenario, std::move(snapshot)));
  int number = 0;
  for (const Cast& each : cast) {
    callers_.push_back(std::make_unique<Caller>(
        world_, net_, each.phone, Caller::place(number++, each.transport, each.v6, each.address)));
  }
  place_phones(scenario.phones);
}

// Each at an address of its own, registered as its device without more ado.
void Stage::place_phones(const std::vector<PhoneSpec>& phones) {
  constexpr int first_place = 100;
  for (const PhoneSpec& spec : phones) {
    const auto place = Caller::place(first_place + static_cast<int>(phones_.size()),
                                     sip::Transport::udp, false, std::nullopt);
    auto options = spec.options;
    options.login = server_->username_of(spec.device);
    options.password = device_password;
    phones_.push_back(std::make_unique<Caller>(world_, net_, std::move(options), place));
    if (spec.device.empty()) continue;
    sip::Binding binding;
    binding.contact = fmt::format("sip:{}@{}", spec.name, place.line.local.text());
    binding.flow = {sip::Transport::udp, place.line.remote, place.line.local, 0};
    binding.reachable = !spec.out_of_reach;
    const auto now = world_.now();
    binding.since = now.wall;
    binding.expires = now.wall + std::chrono::hours{48};
    binding.refreshed = now.instant;
    binding.due = now.instant + std::chrono::hours{48};
    sip::LocationChange change;
    change.aor = sip::address_of_record(model::default_account_id, spec.device);
    change.bound.push_back(std::move(binding));
    server_->exchange().locations().apply(change, false);
  }
}

std::string Stage::broken_invariant() const {
  if (!server_->breach().empty()) return server_->breach();
  for (const auto& check : {&Stage::answers_per_invite, &Stage::lost_or_doubled_calls,
                            &Stage::sound_after_end, &Stage::unknown_destinations}) {
    if (std::string what = (this->*check)(); !what.empty()) return what;
  }
  if (server_->ports().closed_twice() > 0) return "a media port was closed twice";
  if (std::string left = server_->left_over(); !left.empty())
    return "left over at the end: " + left;
  return "";
}

// Every INVITE that reached the server ends in exactly one final answer; what is sent again has the
// same bytes (RFC 3261 17.2.1).
std::string Stage::answers_per_invite() const {
  for (const auto& [invite, answers] : server_->answers()) {
    if (answers.empty() && !was_cut_off(invite)) return "no final answer to INVITE " + invite;
    if (answers.size() <= 1) continue;
    return fmt::format("two different final answers to one INVITE:\n{}\n{}", *answers.begin(),
                       *std::next(answers.begin()));
  }
  return "";
}

// A broken connection takes the answer with it.
bool Stage::was_cut_off(const std::string& invite) const {
  return std::any_of(callers_.begin(), callers_.end(), [&](const auto& caller) {
    const auto& passed = caller->phone().passed();
    return caller->was_cut() && std::any_of(passed.begin(), passed.end(), [&](const Passed& each) {
             return invite.starts_with(sip::call_id(*each.message));
           });
  });
}

std::string Stage::lost_or_doubled_calls() const {
  const auto records = server_->records();
  const auto& walked = server_->walked();
  std::multiset<std::string> recorded;
  for (const auto& record : records) {
    recorded.insert(record.call_id);
    if (!record.complete) return "the record of a finished call is not complete";
  }
  if (recorded != walked) {
    return fmt::format("{} calls reached a flow, but there are {} records", walked.size(),
                       recorded.size());
  }
  for (const std::string& call : walked) {
    if (walked.count(call) > 1) return "one call was walked twice";
  }
  return "";
}

std::string Stage::repeated_block() const {
  for (const auto& record : server_->records()) {
    std::set<std::string> blocks;
    for (const auto& step : record.path) {
      if (!blocks.insert(step.block_id).second) {
        return fmt::format("the block {} was entered twice", step.block_id);
      }
    }
  }
  return "";
}

std::string Stage::sound_after_end() const {
  for (const auto& caller : callers_) {
    const auto sound = server_->sound().find(caller->where().media);
    if (sound == server_->sound().end()) continue;
    for (const Passed& passed : caller->phone().passed()) {
      const auto end = server_->ends().find(std::string(sip::call_id(*passed.message)));
      if (end != server_->ends().end() && sound->second.order > end->second.order) {
        return "sound left the server after the end of its call";
      }
      break;
    }
  }
  return "";
}

bool Stage::may_be_reached(const Endpoint& endpoint) const {
  const auto reaches = [&](const auto& caller) {
    const Caller::Place& place = caller->where();
    const std::string& said = caller->phone().options().media_address;
    const auto signalled = said.empty() ? std::nullopt : IpAddress::parse(said);
    const bool media_port =
        endpoint.port == place.media.port || endpoint.port == place.media.port + 1;
    return endpoint == place.line.local ||
           (media_port && endpoint.address == place.media.address) ||
           (media_port && signalled && endpoint.address == *signalled);
  };
  return std::any_of(callers_.begin(), callers_.end(), reaches) ||
         std::any_of(phones_.begin(), phones_.end(), reaches);
}

// No byte reaches an address that neither signalling nor the caller itself named (hardening: RTP
// bleed).
std::string Stage::unknown_destinations() const {
  for (const Captured& sent : net_.capture()) {
    const bool by_server = sent.from == Server::sip_endpoint(sent.from.address.is_v6());
    if (by_server && !may_be_reached(sent.to))
      return "SIP went to " + sent.to.text() + ", which nobody named";
  }
  for (const auto& [to, sound] : server_->sound()) {
    if (!may_be_reached(to)) return "sound went to " + to.text() + ", which nobody named";
  }
  return "";
}

}  // namespace strowger::sim
