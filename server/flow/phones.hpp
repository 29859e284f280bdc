// The phones of an account as targets of ringing: what a seat, a device or a ring group stands for
// at this moment. Who can't be rung is a target all the same, with the reason, for the record.
#pragma once

#include "call/target.hpp"
#include "model/ring_group.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {
struct Device;
struct Seat;
class SeatDirectory;
}  // namespace strowger::model

namespace strowger::call {
class Call;
}

namespace strowger::flow {

inline constexpr std::size_t targets_max = 50;  // phones that one block rings

class Run;
struct Forwarder;

// Who a phone stands for, in the record of the call.
struct PhoneOwner {
  std::string name;       // "anna/desk"
  std::string party;      // "Anna Berg"
  std::string extension;  // "1001"; "" for none
  std::string device;     // its name; "" when it is not one that is meant
};

class Phones {
 public:
  struct Manner {
    std::chrono::seconds delay{0};
    std::chrono::seconds timeout{20};
    bool can_call_self = false;   // the device that calls is rung, too
    bool ignore_forward = false;  // as by ring groups
    bool by_group = false;        // who forwards direct calls only is rung
    std::string from;             // a whole From value: who is shown instead of the caller
    sip::HeaderList headers;      // on every INVITE
  };

  explicit Phones(Run& run);
  // `chain`: who has sent the call on so far.
  Phones(Run& run, std::vector<std::string> chain);

  void add_seat(std::string_view id, const Manner& manner);
  void add_device(std::string_view id, const Manner& manner);
  void add_group(const model::RingGroup& group, const Manner& manner);
  void add_endpoint(const model::RingEndpoint& endpoint, const Manner& manner);

  // Where `by` sends the call, whose phone said 302.
  void redirect(const std::string& number, const PhoneOwner& owner, const Manner& manner,
                const Forwarder& by);
  void add_loop(const PhoneOwner& owner, std::string why, const Manner& manner);

  // What was added, and nothing is left here. More than targets_max are left out.
  std::vector<call::Target> take();
  bool too_many() const { return too_many_; }

 private:
  void add_phones_of(const model::Seat& seat, const Manner& manner);
  void add_phone(const model::Device& device, const PhoneOwner& owner, const Manner& manner);
  struct Forwarding;
  void forward(const Forwarding& forwarding, const PhoneOwner& owner, const Manner& manner);
  void ring_seat(const std::string& number, const Manner& manner, const Forwarder& by);
  void walk_later(const std::string& number, const PhoneOwner& owner, const Manner& manner,
                  const Forwarder& by);
  void call_outside(const std::string& number, const Manner& manner, const Forwarder& by,
                    bool early_media);
  void add_hopeless(const PhoneOwner& owner, int code, std::string why, const Manner& manner);
  void add(call::Target target, const Manner& manner);

  Run& run_;
  const call::Call& call_;
  const model::SeatDirectory& seats_;
  std::vector<call::Target> targets_;
  std::vector<std::string> chain_;
  int nested_ = 0;
  bool too_many_ = false;
};

}  // namespace strowger::flow
