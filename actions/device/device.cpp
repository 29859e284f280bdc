// Device: rings one phone.
#include "call/call.hpp"
#include "flow/connect.hpp"
#include "flow/data.hpp"
#include "flow/phones.hpp"
#include "flow/run.hpp"

#include <utility>

namespace strowger::actions {

namespace {

struct Params {
  std::string device;
  std::string ringback;
  flow::Phones::Manner manner;
};

class Device final : public flow::Runnable {
 public:
  explicit Device(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    flow::Phones phones(run);
    phones.add_device(params_.device, params_.manner);
    std::vector<std::vector<call::Target>> rounds;
    rounds.push_back(phones.take());
    const call::RingOptions options{.ringback = run.media(params_.ringback), .from = {}};
    auto exit = co_await flow::connect(run, std::move(rounds), options);
    co_return exit;
  }

 private:
  Params params_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto id = data.text("id");
  const auto timeout = data.integer("timeout", 1, 300, 20);
  const auto delay = data.integer("delay", 0, 120, 0);
  const auto self = data.boolean("can_call_self");
  const auto ringback = data.text("ringback");
  if (!id) return unexpected(id.error());
  if (!timeout) return unexpected(timeout.error());
  if (!delay) return unexpected(delay.error());
  if (!self) return unexpected(self.error());
  if (!ringback) return unexpected(ringback.error());
  if (!*id || (*id)->empty()) return complain("`id` must name a device");
  return std::make_unique<Device>(Params{.device = **id,
                                         .ringback = ringback->value_or(""),
                                         .manner = {.delay = std::chrono::seconds{*delay},
                                                    .timeout = std::chrono::seconds{*timeout},
                                                    .can_call_self = self->value_or(false),
                                                    .from = {},
                                                    .headers = {}}});
}

}  // namespace

flow::ActionCode device() { return make; }

}  // namespace strowger::actions
