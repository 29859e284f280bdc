// MESSAGE between the seats of an account (RFC 3428): each goes to all phones of whom it is for,
// and the first that takes it answers for all. Nothing is kept of it, and none is stored.
#pragma once

#include "base/random.hpp"
#include "call/logged.hpp"
#include "sip/location_table.hpp"
#include "sip/subscribers.hpp"
#include "sip/user_agent.hpp"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace strowger::call {

constexpr std::size_t text_copies_max = 20;  // contacts that one MESSAGE goes to

class TextMessages {
 public:
  using Log = std::function<void(LogLevel, std::string)>;
  TextMessages(sip::UserAgent& agent, const sip::LocationTable& locations,
               const sip::Subscribers* subscribers, std::function<std::string()> new_call_id,
               Log log)
      : agent_(agent),
        locations_(locations),
        subscribers_(subscribers),
        new_call_id_(std::move(new_call_id)),
        log_(std::move(log)) {}

  void on(const sip::Paged& event, Now now);
  // False: it is the answer to something else.
  bool on(const sip::Replied& event, Now now);
  // Of one that got its answer, or waited too long for it.
  void over(sip::SessionId session);

 private:
  struct Text {
    std::size_t awaited = 0;
    std::string about;  // for the log
    int code = 0;  // the best refusal so far; 0: no phone has said anything to be passed on
    std::string phrase = {};
  };

  std::vector<const sip::Binding*> places(const sip::Paged& event,
                                          const std::vector<std::string>& devices) const;
  void refuse(sip::SessionId session, const Text& text, Now now);
  void answer(sip::SessionId session, const Text& text, int code, std::string phrase, Now now);

  sip::UserAgent& agent_;
  const sip::LocationTable& locations_;
  const sip::Subscribers* subscribers_;
  std::function<std::string()> new_call_id_;
  Log log_;
  std::unordered_map<sip::SessionId, Text> texts_;
  std::unordered_map<sip::SessionId, sip::SessionId> copies_;  // to the text of each
};

}  // namespace strowger::call
