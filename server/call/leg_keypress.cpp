// A phone that has answered a forwarded call and is to press a key before the call is theirs.
#include "call/call.hpp"
#include "call/keypress.hpp"
#include "call/leg.hpp"
#include "media/player.hpp"
#include "model/response_code.hpp"

#include <string>
#include <utility>

namespace strowger::call {

namespace {

constexpr int not_answered = 408;  // what it counts as

// RFC 3326: why a call that was answered ends.
constexpr const char* no_key = "SIP;cause=480;text=\"Not accepted by key\"";

}  // namespace

void Leg::ask() {
  state_ = State::asked;
  asked_at_ = call_.now_.instant;
  call_.changed();
  const bool heard = media_->can_play(*target_.question->prompt);
  line().note = heard ? "answered, and is asked to press 1"
                      : "answered, and has to press 1, but can't be asked: no sound in " +
                            std::string(media_->codec_name());
  if (heard) {
    media_->play(target_.question->prompt, media::Player::endless, call_.now_);
    call_.arm(Call::Alarm::media, call_.now_.instant);
  }
  call_.happen(Call::Happening::leg_changed);
}

void Leg::press(char digit) {
  if (!asked()) return;
  if (digit != taking_key) {
    return not_taken(std::string("answered, but pressed ") + digit + " instead of 1");
  }
  media_->stop();
  state_ = State::answered;
  line().note = "took the call by pressing 1";
  call_.changed();
  call_.happen(Call::Happening::leg_changed);
}

// The others ring on, and nothing of it has reached the caller.
void Leg::not_taken(std::string note) {
  timed_out_ = true;
  code_ = not_answered;
  phrase_ = std::string(model::default_phrase(not_answered));
  line().note = std::move(note);
  const std::vector<std::string> reasons{no_key};
  if (exchange_.agent_.bye(session_, reason_headers(reasons), call_.now_)) {
    line().reasons = reasons;
  }
  become_over();
}

}  // namespace strowger::call
