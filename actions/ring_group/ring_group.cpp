// Ring Group: rings several seats, devices and groups.
#include "call/call.hpp"
#include "flow/connect.hpp"
#include "flow/data.hpp"
#include "flow/phones.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace strowger::actions {

namespace {

using model::Findings;
using Rounds = std::vector<std::vector<call::Target>>;

struct Params {
  std::string id;  // of a kept group; "": `group` is it
  model::RingGroup group;
  bool ignore_forward = true;
  bool first_rejection_ends = false;
  std::string ringback;
};

// Each time one of those left, with a chance in proportion to its weight.
std::vector<model::RingEndpoint> drawn(std::vector<model::RingEndpoint> left, call::Call& call) {
  std::vector<model::RingEndpoint> order;
  while (!left.empty()) {
    std::uint64_t sum = 0;
    for (const auto& endpoint : left) sum += static_cast<std::uint64_t>(endpoint.weight);
    auto lot = call.draw(sum);
    auto chosen = left.begin();
    while (lot >= static_cast<std::uint64_t>(chosen->weight)) {
      lot -= static_cast<std::uint64_t>(chosen->weight);
      ++chosen;
    }
    order.push_back(std::move(*chosen));
    left.erase(chosen);
  }
  return order;
}

class RingGroup final : public flow::Runnable {
 public:
  explicit RingGroup(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    const auto* kept = run.seats().ring_group(params_.id);
    if (kept == nullptr && !params_.id.empty()) {
      run.call().note("there is no ring group " + params_.id);
    }
    const model::RingGroup& group = kept != nullptr ? *kept : params_.group;
    const auto& ringback = params_.ringback.empty() ? group.ringback : params_.ringback;
    call::RingOptions options{.ringback = run.media(ringback),
                              .first_rejection_ends = params_.first_rejection_ends,
                              .from = {}};
    if (group.timeout.count() > 0) options.timeout = group.timeout;
    auto all = rounds(run, group);
    auto exit = co_await flow::connect(run, std::move(all), options);
    co_return exit;
  }

 private:
  Rounds rounds(flow::Run& run, const model::RingGroup& group) const {
    Rounds all;
    for (std::int64_t i = 0; i < group.repeats; ++i) {
      auto more = one_round(run, group);
      std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    return all;
  }

  Rounds one_round(flow::Run& run, const model::RingGroup& group) const {
    auto endpoints = group.endpoints;
    if (group.strategy == model::RingStrategy::weighted_random) {
      endpoints = drawn(std::move(endpoints), run.call());
    }
    const bool at_once = group.strategy == model::RingStrategy::simultaneous;
    flow::Phones phones(run);
    Rounds round;
    for (const auto& endpoint : endpoints) {
      phones.add_endpoint(endpoint, {.delay = endpoint.delay,
                                     .timeout = endpoint.timeout,
                                     .ignore_forward = params_.ignore_forward,
                                     .by_group = true,
                                     .from = {},
                                     .headers = {}});
      if (!at_once) round.push_back(phones.take());
    }
    if (at_once) round.push_back(phones.take());
    if (phones.too_many()) run.call().note("more phones than one block rings");
    return round;
  }

  Params params_;
};

std::string first_text(const Findings& findings) {
  return findings.empty() ? std::string("not a ring group")
                          : findings.front().pointer + ": " + findings.front().text;
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto id = data.text("id");
  const auto ignore = data.boolean("ignore_forward");
  const auto single = data.boolean("fail_on_single_reject");
  const auto ringback = data.text("ringback");
  if (!id) return unexpected(id.error());
  if (!ignore) return unexpected(ignore.error());
  if (!single) return unexpected(single.error());
  if (!ringback) return unexpected(ringback.error());
  Params params{.id = id->value_or(""),
                .group = {},
                .ignore_forward = ignore->value_or(true),
                .first_rejection_ends = single->value_or(false),
                .ringback = ringback->value_or("")};
  auto document = data.json();
  document.erase("id");
  // A block needs no name, and an editor may leave one empty.
  const auto name = data.text("name");
  if (!name || name->value_or("").empty()) document["name"] = "ring group";
  auto group = model::read_ring_group(std::move(document));
  if (!group) return complain(first_text(group.error()));
  params.group = std::move(*group);
  if (params.id.empty() && params.group.endpoints.empty()) {
    return complain("it has no members: give `endpoints`, or the `id` of a ring group");
  }
  return std::make_unique<RingGroup>(std::move(params));
}

}  // namespace

flow::ActionCode ring_group() { return make; }

}  // namespace strowger::actions
