#include "sip/paged_message.hpp"

namespace strowger::sip {

void PagedMessage::start() {
  core_.open_server(request_, id_);
  core_.track_connection(id_, request_.source.connection);
  arm(Timer::expiry, message_patience);
}

// RFC 3428 §7: no Contact, as there is no dialog.
bool PagedMessage::answer(const Answer& final) {
  if (phase_ == Phase::ended || final.status < 200 || final.status > 699) return false;
  const auto tag = core_.keys.stateless_tag(*request_.message);
  core_.respond(request_, {.status = final.status,
                           .phrase = final.phrase,
                           .to_tag = tag,
                           .headers = &final.headers});
  end(Ended::Why::rejected);
  return true;
}

void PagedMessage::fire(Timer timer) {
  if (timer != Timer::expiry) return;
  answer({.status = 480, .phrase = "Temporarily Unavailable", .headers = {}, .body = {}});
}

}  // namespace strowger::sip
