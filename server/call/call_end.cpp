// How a call is ended by us: a final response before the answer, BYE after it (spec/response.md
// §6.2, §6.4).
#include "call/call.hpp"
#include "call/leg.hpp"
#include "model/response_code.hpp"
#include "sip/grammar.hpp"

#include <utility>

namespace strowger::call {

namespace {

std::string reason(std::string_view protocol, int cause, std::string_view text) {
  std::string value(protocol);
  value += ";cause=" + std::to_string(cause);
  if (!text.empty()) value += ";text=" + sip::quoted_string(text);
  return value;
}

}  // namespace

Rejection standard_rejection(int code) {
  return {.code = code,
          .phrase = std::string(model::default_phrase(code)),
          .headers = {},
          .q850_cause = model::q850_cause(code)};
}

void Call::reject(Rejection rejection) {
  if (over()) return;
  if (transfer_) return transfer_failed(rejection.code, std::move(rejection.phrase));
  const bool was_answered = answered();
  become_over();
  disarm(Alarm::unanswered);
  disarm(Alarm::call_limit);
  end_media();
  // RFC 6432: a Q.850 Reason may stand in any final response; in a BYE the SIP one joins it (RFC
  // 3326).
  if (was_answered) {
    record_.reasons.push_back(reason("SIP", rejection.code, rejection.phrase));
  }
  if (rejection.q850_cause) {
    record_.reasons.push_back(
        reason("Q.850", *rejection.q850_cause, model::q850_text(*rejection.q850_cause)));
  }
  record_.ended = now_.wall;
  if (was_answered) {
    record_.intended_code = rejection.code;
    store(Stored::meanwhile);
    sip::HeaderList headers;
    for (const auto& value : record_.reasons) headers.emplace_back("Reason", value);
    exchange_.agent_.bye(session_, std::move(headers), now_);
    return;
  }
  record_.code = rejection.code;
  record_.phrase = rejection.phrase;
  record_.disposition = rejection.disposition;
  store(Stored::before_answer);
  for (const auto& value : record_.reasons) rejection.headers.emplace_back("Reason", value);
  exchange_.agent_.reject(session_,
                          {.status = rejection.code,
                           .phrase = std::move(rejection.phrase),
                           .headers = std::move(rejection.headers),
                           .body = {}},
                          now_);
}

// The caller learns what happened, not who did it.
void Call::end(std::string by) {
  if (over()) return;
  drop_transfer(503);
  record_.ended_by = std::move(by);
  if (answered()) return hang_up();
  constexpr int normal_unspecified = 31;  // RFC 3398 7.2.4.1 pairs it with 480
  reject({.code = 480,
          .phrase = "Ended by an operator",
          .headers = {},
          .q850_cause = normal_unspecified});
}

void Call::hang_up(std::vector<std::string> reasons) {
  if (over()) return;
  if (!answered()) {
    reject(standard_rejection(480));
    return;
  }
  if (transfer_) {
    return transfer_failed(480, std::string(model::default_phrase(480)), std::move(reasons));
  }
  become_over();
  disarm(Alarm::call_limit);
  end_media();
  record_.ended = now_.wall;
  constexpr int normal_clearing = 16;
  if (reasons.empty()) {
    reasons.push_back(reason("Q.850", normal_clearing, model::q850_text(normal_clearing)));
  }
  record_.reasons.insert(record_.reasons.end(), reasons.begin(), reasons.end());
  store(Stored::meanwhile);
  exchange_.agent_.bye(session_, reason_headers(reasons), now_);
}

}  // namespace strowger::call
