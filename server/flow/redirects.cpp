#include "flow/redirects.hpp"

#include "call/call.hpp"
#include "call/leg.hpp"
#include "flow/forwarding.hpp"
#include "flow/run.hpp"

namespace strowger::flow {

bool Redirects::may_be_followed(const call::Redirection& to) const {
  return model::is_dialable(to.number) && (to.here || run_.is_realm(to.host));
}

// Of several contacts those that are preferred alike, all at once (RFC 3261 16.7 leaves it to us);
// of the others none, as long as one of these can be followed.
std::vector<call::Target> Redirects::after(call::Leg& refused) {
  if (refused.redirects_to().empty()) return {};
  auto onward = send_on(chain_, {.seat = phone_.seat,
                                 .keep_caller_id = phone_.keep_caller_id,
                                 .chain = {}},
                        "device " + phone_.device);
  Phones phones(run_, chain_);
  std::string numbers;
  std::optional<int> preference;
  for (const auto& to : refused.redirects_to()) {
    if (!may_be_followed(to)) continue;
    if (preference.value_or(to.preference) != to.preference) break;
    preference = to.preference;
    numbers += (numbers.empty() ? "" : ", ") + to.number;
    if (onward.by) phones.redirect(to.number, phone_.owner, manner_, *onward.by);
    else phones.add_loop(phone_.owner, onward.why_not, manner_);
  }
  if (numbers.empty()) {
    refused.note("it redirects the call to no number of ours: not followed");
    return {};
  }
  refused.note("it redirects the call to " + numbers);
  return phones.take();
}

}  // namespace strowger::flow
