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

inline constexpr int forwards_max = 5;      // from seat to seat
inline constexpr std::size_t targets_max = 50;  // phones that one block rings

class Phones {
 public:
  struct Manner {
    std::chrono::seconds delay{0};
    std::chrono::seconds timeout{20};
    bool can_call_self = false;   // the device that calls is rung, too
    bool ignore_forward = false;  // as by ring groups
    sip::HeaderList headers;      // on every INVITE
  };

  Phones(const call::Call& call, const model::SeatDirectory& seats) : call_(call), seats_(seats) {}

  void add_seat(std::string_view id, const Manner& manner);
  void add_device(std::string_view id, const Manner& manner);
  void add_group(const model::RingGroup& group, const Manner& manner);
  void add_endpoint(const model::RingEndpoint& endpoint, const Manner& manner);

  // What was added, and nothing is left here. More than targets_max are left out.
  std::vector<call::Target> take();
  bool too_many() const { return too_many_; }

 private:
  void add_phones_of(const model::Seat& seat, const Manner& manner);
  void add_phone(const model::Device& device, const std::string& name, const Manner& manner);
  void forward(const std::string& number, const std::string& name, const Manner& manner);
  void add_hopeless(const std::string& name, int code, std::string why, const Manner& manner);
  void add(call::Target target, const Manner& manner);

  const call::Call& call_;
  const model::SeatDirectory& seats_;
  std::vector<call::Target> targets_;
  int forwards_ = 0;
  int nested_ = 0;
  bool too_many_ = false;
};

}  // namespace strowger::flow
