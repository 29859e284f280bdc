// Sleep: waits. A call that nobody has answered yet hears whatever its own network plays meanwhile.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

#include <algorithm>

namespace strowger::actions {

namespace {

constexpr Duration longest = std::chrono::hours{24};

class Sleep final : public flow::Runnable {
 public:
  explicit Sleep(Duration duration) : duration_(duration) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    co_await run.call().sleep(duration_);
    co_return flow::Exit{};
  }

 private:
  Duration duration_;
};

std::optional<Duration> unit_named(std::string_view name) {
  if (name == "ms") return std::chrono::milliseconds{1};
  if (name == "s") return std::chrono::seconds{1};
  if (name == "m") return std::chrono::minutes{1};
  if (name == "h") return std::chrono::hours{1};
  return std::nullopt;
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto number = data.integer("duration");
  const auto name = data.text("unit");
  if (!number) return unexpected(number.error());
  if (!name) return unexpected(name.error());
  const auto unit = unit_named(name->value_or("s"));
  if (!unit) return complain("`unit` must be ms, s, m or h");
  // Clamped before multiplying: a huge number must not wrap around.
  const auto count = std::clamp<std::int64_t>(number->value_or(0), 0, longest / *unit);
  return std::make_unique<Sleep>(*unit * count);
}

}  // namespace

flow::ActionCode sleep() { return make; }

}  // namespace strowger::actions
