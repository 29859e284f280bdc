#include "flow/bare_response.hpp"

#include "call/call.hpp"
#include "flow/run.hpp"

namespace strowger::flow {

Task<> announce(Run& run, const std::string& id) {
  call::Call& call = run.call();
  const call::Media* media = run.media(id);
  if (media == nullptr) {
    call.skip_media(id, "no such media");
    co_return;
  }
  const bool heard = co_await call.open_early_media(call::Hearing::one_way);
  if (!heard) {
    call.skip_media(id, call.why_no_early_media());
    co_return;
  }
  co_await call.play(*media, {});
}

Task<> respond(Run& run, const model::BareResponse& response, model::Disposition disposition) {
  if (!response.media.empty()) co_await announce(run, response.media);
  auto rejection = call::standard_rejection(response.code);
  rejection.phrase = response.phrase;
  rejection.disposition = disposition;
  run.call().reject(std::move(rejection));
}

}  // namespace strowger::flow
