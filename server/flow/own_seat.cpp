#include "flow/own_seat.hpp"

#include "call/call.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <utility>

namespace strowger::flow {

const model::Seat* calling_seat(Run& run) {
  const auto* const device = run.seats().device(run.call().calling_device());
  return device == nullptr ? nullptr : run.seats().seat(device->owner_id);
}

const model::Seat* seat_meant(Run& run, const std::string& id) {
  if (!id.empty()) {
    const auto* const seat = run.seats().seat(id);
    if (seat == nullptr) run.call().note("nothing is changed: there is no seat " + id);
    return seat;
  }
  if (run.forwarder()) {
    run.call().note("nothing is changed: the seat " + run.forwarder()->seat +
                    " has forwarded the call here");
    return nullptr;
  }
  const auto* const seat = calling_seat(run);
  if (seat == nullptr) {
    run.call().note("nothing is changed: the phone that calls belongs to no seat");
  }
  return seat;
}

void change_seat(Run& run, const model::Seat& seat, const char* member, boost::json::object patch,
                 std::string what) {
  const auto& call = run.call();
  patch["changed_by_call"] =
      boost::json::object{{"call", call.id()},
                          {"from", call.calling_number()},
                          {"at_ms", call.now().wall.time_since_epoch().count()}};
  run.change(model::DocumentChange::Kind::seat, seat.id, {{member, std::move(patch)}},
             "seat " + seat.id + ": " + std::move(what));
}

Task<> announce(Run& run, std::string media) {
  if (media.empty()) co_return;
  call::Call& call = run.call();
  const auto* const sound = run.media(media);
  if (sound == nullptr) {
    call.skip_media(media, "no such media");
    co_return;
  }
  const bool answered = co_await call.answer();
  if (call.over()) co_return;
  if (!answered) {
    call.skip_media(media, "the call has no media");
    co_return;
  }
  co_await call.play(*sound, {.loops = 1, .terminators = {}});
}

}  // namespace strowger::flow
