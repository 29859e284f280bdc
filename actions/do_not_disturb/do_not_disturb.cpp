// Do Not Disturb: a seat wants to be left alone, or no longer.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/own_seat.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <utility>

namespace strowger::actions {

namespace {

struct Params {
  std::string action;
  std::string seat;  // "": the caller's
  std::string media_on;
  std::string media_off;
};

class DoNotDisturb final : public flow::Runnable {
 public:
  explicit DoNotDisturb(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    co_await run.call().answer();
    if (run.call().over()) co_return flow::Exit{};
    const auto* const seat = flow::seat_meant(run, params_.seat);
    if (seat == nullptr) co_return flow::Exit{};
    const bool on = params_.action == "activate" ||
                    (params_.action == "toggle" && !seat->calls.do_not_disturb);
    flow::change_seat(run, *seat, "do_not_disturb", {{"enabled", on}},
                      on ? "do not disturb is on" : "do not disturb is off");
    co_await flow::announce(run, on ? params_.media_on : params_.media_off);
    co_return flow::Exit{};
  }

 private:
  Params params_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto action = data.text("action");
  const auto seat = data.text("id");
  const auto on = data.text("media");
  const auto off = data.text("media_off");
  if (!action) return unexpected(action.error());
  if (!seat) return unexpected(seat.error());
  if (!on) return unexpected(on.error());
  if (!off) return unexpected(off.error());
  Params params{.action = action->value_or("toggle"),
                .seat = seat->value_or(""),
                .media_on = on->value_or(""),
                .media_off = off->value_or("")};
  const auto& what = params.action;
  if (what != "activate" && what != "deactivate" && what != "toggle") {
    return complain("`action` must be activate, deactivate or toggle");
  }
  return std::make_unique<DoNotDisturb>(std::move(params));
}

}  // namespace

flow::ActionCode do_not_disturb() { return make; }

}  // namespace strowger::actions
