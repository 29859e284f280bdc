// @Title@: waits a moment, then goes on to the next block.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

#include <chrono>

namespace strowger::actions {

namespace {

constexpr std::int64_t seconds_default = 1;
constexpr std::int64_t seconds_max = 60;

class @Type@ final : public flow::Runnable {
 public:
  explicit @Type@(Duration wait) : wait_(wait) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    co_await run.call().sleep(wait_);
    co_return flow::Exit{};
  }

 private:
  Duration wait_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto seconds = data.integer("seconds");
  if (!seconds) return unexpected(seconds.error());
  const auto value = seconds->value_or(seconds_default);
  if (value < 0 || value > seconds_max) return complain("`seconds` must be 0 to 60");
  return std::make_unique<@Type@>(std::chrono::seconds{value});
}

}  // namespace

flow::ActionCode @name@() { return make; }

}  // namespace strowger::actions
