// Group Pickup: takes over a call that rings at somebody else's phones.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/pickup.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace strowger::actions {

namespace {

using flow::PhonesMeant;
using Type = model::RingEndpoint::Type;

struct Params {
  std::optional<PhonesMeant> whose;  // none: of the extension that the pattern has captured
  std::vector<PhonesMeant> approved;  // none: everybody of the account
};

class GroupPickup final : public flow::Runnable {
 public:
  explicit GroupPickup(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    if (!may(run)) {
      run.call().reject(call::standard_rejection(403));
      co_return flow::Exit{};
    }
    auto whose = params_.whose ? params_.whose : captured(run);
    if (whose) co_await flow::pick_up(run, std::move(*whose));
    else run.call().reject(call::standard_rejection(404));
    co_return flow::Exit{};
  }

 private:
  bool may(flow::Run& run) const {
    const auto& device = run.call().calling_device();
    if (device.empty()) {
      run.call().note("only phones of the account pick up");
      return false;
    }
    if (params_.approved.empty()) return true;
    const auto* const known = run.seats().device(device);
    const std::string seat = known != nullptr ? known->owner_id : "";
    for (const auto& one : params_.approved) {
      const auto phones = flow::phones_of(run.seats(), one);
      if (phones.devices.contains(device) || phones.seats.contains(seat)) return true;
    }
    run.call().note("device " + device + " may not pick up here");
    return false;
  }

  static std::optional<PhonesMeant> captured(flow::Run& run) {
    const auto extension = run.call().variable("capture_group").value_or("");
    const auto* const seat = run.seats().seat_by_extension(extension);
    if (seat != nullptr) return PhonesMeant{Type::user, seat->id};
    run.call().note(extension.empty() ? "the block names no phones, and nothing was captured"
                                      : "no seat has the extension " + extension);
    return std::nullopt;
  }

  Params params_;
};

// By the names of KAZOO, each after `prefix`; what is "" is not there.
Result<std::vector<PhonesMeant>, Complaint> phones_in(const flow::Data& data,
                                                      const std::string& prefix) {
  struct Named {
    const char* name;
    Type type;
  };
  constexpr std::array<Named, 3> all{Named{"user_id", Type::user},
                                     Named{"device_id", Type::device},
                                     Named{"group_id", Type::group}};
  std::vector<PhonesMeant> phones;
  for (const auto& [name, type] : all) {
    auto id = data.text(prefix + name);
    if (!id) return unexpected(id.error());
    if (*id && !(*id)->empty()) phones.push_back({type, std::move(**id)});
  }
  return phones;
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  auto whose = phones_in(data, "");
  auto approved = phones_in(data, "approved_");
  if (!whose) return unexpected(whose.error());
  if (!approved) return unexpected(approved.error());
  if (whose->size() > 1) {
    return complain("only one of `user_id`, `device_id` and `group_id` may be there");
  }
  Params params{.whose = {}, .approved = std::move(*approved)};
  if (!whose->empty()) params.whose = std::move(whose->front());
  return std::make_unique<GroupPickup>(std::move(params));
}

}  // namespace

flow::ActionCode group_pickup() { return make; }

}  // namespace strowger::actions
