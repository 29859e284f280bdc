// Call Forwarding: a seat's calls go to another number, or no longer.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/own_seat.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <utility>

namespace strowger::actions {

namespace {

enum class Deed : std::uint8_t { activate, deactivate, update, toggle };

struct Params {
  Deed deed = Deed::toggle;
  std::string seat;  // "": the caller's
  std::string number;
  std::string prompt;
  std::string media_on;
  std::string media_off;
};

constexpr call::CollectOptions key_in{.max_digits = model::caller_number_chars_max,
                                      .first_digit = std::chrono::seconds{10},
                                      .next_digit = std::chrono::seconds{5},
                                      .terminators = "#"};

class CallForward final : public flow::Runnable {
 public:
  explicit CallForward(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    co_await run.call().answer();
    if (run.call().over()) co_return flow::Exit{};
    const auto* const seat = flow::seat_meant(run, params_.seat);
    if (seat == nullptr) co_return flow::Exit{};
    const bool off = params_.deed == Deed::deactivate ||
                     (params_.deed == Deed::toggle && seat->calls.call_forward.enabled);
    if (off) {
      flow::change_seat(run, *seat, "call_forward", {{"enabled", false}}, "calls ring its phones");
      co_await flow::announce(run, params_.media_off);
      co_return flow::Exit{};
    }
    auto number = known_number(run, *seat);
    if (number.empty()) {
      co_await flow::announce(run, params_.prompt);
      const auto collected = co_await run.call().collect(key_in);
      number = collected.digits;
    }
    if (!is_possible(run, *seat, number)) co_return flow::Exit{};
    flow::change_seat(run, *seat, "call_forward", {{"enabled", true}, {"number", number}},
                      "calls are forwarded to " + number);
    co_await flow::announce(run, params_.media_on);
    co_return flow::Exit{};
  }

 private:
  // "": the caller has to say it.
  std::string known_number(flow::Run& run, const model::Seat& seat) const {
    const auto dialled = run.call().variable("capture_group").value_or("");
    if (!dialled.empty()) return dialled;
    if (!params_.number.empty()) return params_.number;
    return params_.deed == Deed::update ? "" : seat.calls.call_forward.number;
  }

  static bool is_possible(flow::Run& run, const model::Seat& seat, const std::string& number) {
    if (!model::is_dialable(number)) {
      run.call().note(number.empty() ? "nothing is changed: the caller gave no number"
                                     : "nothing is changed: that is no number that can be called");
      return false;
    }
    if (number == seat.extension) {
      run.call().note("nothing is changed: a seat can't forward its calls to itself");
      return false;
    }
    return true;
  }

  Params params_;
};

std::optional<Deed> deed_named(const std::string& name) {
  if (name == "activate") return Deed::activate;
  if (name == "deactivate") return Deed::deactivate;
  if (name == "update") return Deed::update;
  if (name == "toggle") return Deed::toggle;
  return std::nullopt;
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto action = data.text("action");
  const auto seat = data.text("id");
  const auto number = data.text("number");
  const auto prompt = data.text("prompt");
  const auto on = data.text("media");
  const auto off = data.text("media_off");
  if (!action) return unexpected(action.error());
  if (!seat) return unexpected(seat.error());
  if (!number) return unexpected(number.error());
  if (!prompt) return unexpected(prompt.error());
  if (!on) return unexpected(on.error());
  if (!off) return unexpected(off.error());
  const auto deed = deed_named(action->value_or("toggle"));
  if (!deed) return complain("`action` must be activate, deactivate, update or toggle");
  Params params{.deed = *deed,
                .seat = seat->value_or(""),
                .number = number->value_or(""),
                .prompt = prompt->value_or(""),
                .media_on = on->value_or(""),
                .media_off = off->value_or("")};
  if (!params.number.empty() && !model::is_dialable(params.number)) {
    return complain("`number` is none that can be called");
  }
  return std::make_unique<CallForward>(std::move(params));
}

}  // namespace

flow::ActionCode call_forward() { return make; }

}  // namespace strowger::actions
