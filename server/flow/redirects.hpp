// What is done about the 300, 301 or 302 of a phone: it is followed as far as the phone's seat
// may call. Inside by the account's numbers, outside by its carriers; never to another server.
#pragma once

#include "call/redirection.hpp"
#include "call/target.hpp"
#include "flow/phones.hpp"

#include <string>
#include <vector>

namespace strowger::flow {

class Run;

class Redirects final : public call::Successors {
 public:
  struct Phone {
    std::string device;
    std::string seat;  // "" for none
    PhoneOwner owner;  // for the record
    bool keep_caller_id = true;
  };
  // `chain`: who has sent the call on before. The run outlives its legs' ringing.
  Redirects(Run& run, Phone phone, Phones::Manner manner, std::vector<std::string> chain)
      : run_(run), phone_(std::move(phone)), manner_(std::move(manner)), chain_(std::move(chain)) {}

  std::vector<call::Target> after(call::Leg& refused) override;

 private:
  bool may_be_followed(const call::Redirection& to) const;

  Run& run_;
  Phone phone_;
  Phones::Manner manner_;
  std::vector<std::string> chain_;
};

}  // namespace strowger::flow
