// Seat: rings the phones of a seat.
#include "call/call.hpp"
#include "flow/connect.hpp"
#include "flow/data.hpp"
#include "flow/forwarding.hpp"
#include "flow/outward.hpp"
#include "flow/phones.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <map>
#include <utility>

namespace strowger::actions {

namespace {

struct Params {
  std::string seat;
  std::optional<std::chrono::seconds> timeout;  // none: as the seat says
  std::chrono::seconds delay{0};
  bool one_by_one = false;
  bool can_call_self = false;
  bool first_rejection_ends = false;
  std::string ringback;
};

// Those of one device belong together: several contacts of it are one turn.
std::vector<std::vector<call::Target>> in_turn(std::vector<call::Target> targets) {
  std::vector<std::vector<call::Target>> rounds;
  for (auto& target : targets) {
    const bool another = rounds.empty() || rounds.back().front().name != target.name;
    if (another) rounds.emplace_back();
    rounds.back().push_back(std::move(target));
  }
  return rounds;
}

class User final : public flow::Runnable {
 public:
  explicit User(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    const model::Seat* seat = run.seats().seat(params_.seat);
    if (forwards(seat)) {
      auto exit = co_await forward(run, *seat);
      if (exit) co_return std::move(*exit);
    }
    auto rounds = this->rounds(run, seat);
    const call::RingOptions options{.ringback = run.media(params_.ringback),
                                    .first_rejection_ends = params_.first_rejection_ends,
                                    .from = {}};
    auto exit = co_await flow::connect(run, std::move(rounds), options);
    co_return exit;
  }

 private:
  static bool forwards(const model::Seat* seat) {
    if (seat == nullptr || !seat->enabled || seat->calls.do_not_disturb) return false;
    const auto& forward = seat->calls.call_forward;
    return forward.enabled && forward.substitute;
  }

  // To a number with a callflow: that decides, as for any other caller. Outside: as the seat may
  // call. Nothing: to another seat's phones, or in a circle.
  Task<std::optional<flow::Exit>> forward(flow::Run& run, const model::Seat& seat) const {
    const auto& to = seat.calls.call_forward;
    const auto* const before = run.forwarder() ? &run.forwarder()->chain : nullptr;
    auto onward = flow::send_on(before != nullptr ? *before : std::vector<std::string>(),
                                {.seat = seat.id,
                                 .keep_caller_id = to.keep_caller_id,
                                 .require_keypress = to.require_keypress,
                                 .chain = {}},
                                flow::seat_link(seat));
    const auto where = flow::destination(run, to.number);
    if (!onward.by || where == flow::Destination::seat) co_return std::nullopt;
    run.call().note("forwarded to " + to.number, call::LogLevel::info);
    if (where != flow::Destination::outside) {
      co_await run.walk_number(to.number, std::move(onward.by));
      co_return flow::Exit{};
    }
    flow::Outward outward{.number = to.number,
                          .trunks = {},
                          .caller_id_type = {},
                          .timeout = params_.timeout.value_or(seat.ring_timeout),
                          .early_media = !to.ignore_early_media,
                          .ringback = run.media(params_.ringback),
                          .headers = {},
                          .forwarder = std::move(onward.by)};
    auto exit = co_await flow::call_out(run, std::move(outward));
    co_return exit;
  }

  std::vector<std::vector<call::Target>> rounds(flow::Run& run, const model::Seat* seat) const {
    flow::Phones phones(run);
    const auto seats_own = seat != nullptr ? seat->ring_timeout : model::ring_timeout_default;
    phones.add_seat(params_.seat, {.delay = params_.delay,
                                   .timeout = params_.timeout.value_or(seats_own),
                                   .can_call_self = params_.can_call_self,
                                   .from = {},
                                   .headers = {}});
    auto targets = phones.take();
    if (params_.one_by_one) return in_turn(std::move(targets));
    std::vector<std::vector<call::Target>> all;
    all.push_back(std::move(targets));
    return all;
  }

  Params params_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto id = data.text("id");
  const auto timeout = data.integer("timeout", 0, 300, 0);
  const auto delay = data.integer("delay", 0, 120, 0);
  const auto strategy = data.text("strategy");
  const auto self = data.boolean("can_call_self");
  const auto single = data.boolean("fail_on_single_reject");
  const auto ringback = data.text("ringback");
  if (!id) return unexpected(id.error());
  if (!timeout) return unexpected(timeout.error());
  if (!delay) return unexpected(delay.error());
  if (!strategy) return unexpected(strategy.error());
  if (!self) return unexpected(self.error());
  if (!single) return unexpected(single.error());
  if (!ringback) return unexpected(ringback.error());
  if (!*id || (*id)->empty()) return complain("`id` must name a seat");
  const auto how = strategy->value_or("simultaneous");
  if (how != "simultaneous" && how != "single") {
    return complain("`strategy` must be simultaneous or single");
  }
  Params params{.seat = **id,
                .timeout = {},
                .delay = std::chrono::seconds{*delay},
                .one_by_one = how == "single",
                .can_call_self = self->value_or(false),
                .first_rejection_ends = single->value_or(false),
                .ringback = ringback->value_or("")};
  if (*timeout > 0) params.timeout = std::chrono::seconds{*timeout};
  return std::make_unique<User>(std::move(params));
}

}  // namespace

flow::ActionCode user() { return make; }

}  // namespace strowger::actions
