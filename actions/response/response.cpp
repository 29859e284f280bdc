// Response: ends the whole call with a chosen SIP code and message, after an optional announcement
// that is heard as early media, so that the call stays free of charge. Semantics: docs/response.md.
#include "call/call.hpp"
#include "call/companion_headers.hpp"
#include "flow/bare_response.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"
#include "model/response_check.hpp"

namespace strowger::actions {

namespace {

// What was asked for, as headers beside the status line.
sip::HeaderList headers_of(const model::ResponseSettings& settings) {
  sip::HeaderList headers;
  if (settings.retry_after) {
    headers.emplace_back("Retry-After", std::to_string(*settings.retry_after));
  }
  // RFC 3261 21.3, 21.4.23: only redirections and 485 say where else to call.
  if (settings.code < 400 || settings.code == 485) {
    for (const auto& to : settings.redirect_to) headers.emplace_back("Contact", "<" + to + ">");
  }
  // RFC 8688 §3.2: whom a caller who was taken for a spammer may ask.
  if (!settings.contact.empty()) {
    headers.emplace_back("Call-Info", "<" + settings.contact + ">;purpose=jwscard");
  }
  headers.insert(headers.end(), settings.extra_headers.begin(), settings.extra_headers.end());
  return headers;
}

class Response final : public flow::Runnable {
 public:
  explicit Response(model::ResponseSettings settings) : settings_(std::move(settings)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    if (!settings_.media.empty()) co_await flow::announce(run, settings_.media);
    refuse(run.call());
    co_return flow::Exit{};
  }

 private:
  void refuse(call::Call& call) const {
    call::Rejection rejection{.code = settings_.code,
                              .phrase = settings_.phrase,
                              .headers = headers_of(settings_),
                              .q850_cause = settings_.q850_cause};
    if (settings_.code < 400) rejection.disposition = model::Disposition::redirected;
    call::add_companion_headers(rejection, call);
    call.reject(std::move(rejection));
  }

  model::ResponseSettings settings_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto no_phrase = data.boolean("no_phrase");
  if (!no_phrase) return unexpected(no_phrase.error());
  model::Block block;
  block.data = data.json();
  auto settings = model::read_response(block);
  if (no_phrase->value_or(false)) settings.phrase.clear();
  return std::make_unique<Response>(std::move(settings));
}

}  // namespace

flow::ActionCode response() { return make; }

}  // namespace strowger::actions
