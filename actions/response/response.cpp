// Response: ends the whole call with a chosen SIP code and message, after an optional announcement
// that is heard as early media, so that the call stays free of charge. Semantics: docs/response.md.
#include "call/call.hpp"
#include "call/companion_headers.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"
#include "model/reason_phrase.hpp"
#include "model/response_check.hpp"
#include "model/response_code.hpp"

#include <charconv>

namespace strowger::actions {

namespace {

struct Params {
  int code = model::response_code_default;
  std::string phrase;
  std::string media;
  std::optional<int> q850_cause;
  std::vector<std::pair<std::string, std::string>> headers;
};

using Status = Result<void, Complaint>;

Status read_code(const flow::Data& data, Params& params) {
  const auto code = data.integer("code");
  if (!code) return unexpected(code.error());
  const auto value = code->value_or(model::response_code_default);
  if (value < 300 || value > 699 || model::verdict(static_cast<int>(value)) == model::Verdict::no) {
    return complain("SIP code " + std::to_string(value) + " cannot end a call");
  }
  params.code = static_cast<int>(value);
  params.q850_cause = model::q850_cause(params.code);
  return {};
}

Status read_phrase(const flow::Data& data, Params& params) {
  const auto message = data.text("message");
  const auto no_phrase = data.boolean("no_phrase");
  if (!message) return unexpected(message.error());
  if (!no_phrase) return unexpected(no_phrase.error());
  if (no_phrase->value_or(false)) return {};
  // The last gate before the wire: whatever got past the checks at save is made legal here.
  params.phrase = model::repaired_phrase(message->value_or(""));
  if (params.phrase.find_first_not_of(" \t") == std::string::npos) {
    params.phrase = model::default_phrase(params.code);
  }
  return {};
}

Status read_cause(const flow::Data& data, Params& params) {
  if (!data.has("q850_cause")) return {};
  if (const auto text = data.text("q850_cause"); text && *text == "none") {
    params.q850_cause.reset();
    return {};
  }
  const auto cause = data.integer("q850_cause");
  if (!cause || **cause < model::q850_cause_min || **cause > model::q850_cause_max) {
    return complain("`q850_cause` must be 1 to 127, or none");
  }
  params.q850_cause = static_cast<int>(**cause);
  return {};
}

Status read_headers(const flow::Data& data, Params& params) {
  const auto retry_after = data.integer("retry_after");
  const auto targets = data.texts("redirect_to");
  const auto extra = data.text_map("extra_headers");
  if (!retry_after) return unexpected(retry_after.error());
  if (!targets) return unexpected(targets.error());
  if (!extra) return unexpected(extra.error());
  if (*retry_after && model::may_carry_retry_after(params.code)) {
    params.headers.emplace_back("Retry-After", std::to_string(**retry_after));
  }
  const bool redirects = params.code < 400;
  if (redirects && targets->empty()) {
    return complain("SIP code " + std::to_string(params.code) + " needs `redirect_to`");
  }
  if (redirects || params.code == 485) {
    for (const auto& target : *targets) params.headers.emplace_back("Contact", "<" + target + ">");
  }
  for (const auto& [name, value] : *extra) {
    if (model::is_safe_extra_header(name)) params.headers.emplace_back(name, value);
  }
  return {};
}

class Response final : public flow::Runnable {
 public:
  explicit Response(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    if (!params_.media.empty()) co_await announce(run);
    call::Rejection rejection{.code = params_.code,
                              .phrase = params_.phrase,
                              .headers = params_.headers,
                              .q850_cause = params_.q850_cause};
    if (params_.code < 400) rejection.disposition = model::Disposition::redirected;
    call::add_companion_headers(rejection, run.call());
    run.call().reject(std::move(rejection));
    co_return flow::Exit{};
  }

 private:
  // Whatever keeps the caller from hearing it is recorded, and never keeps the code from being
  // sent.
  Task<> announce(flow::Run& run) const {
    call::Call& call = run.call();
    const call::Media* media = run.media(params_.media);
    if (media == nullptr) {
      call.skip_media(params_.media, "no such media");
      co_return;
    }
    const bool heard = co_await call.open_early_media(call::Hearing::one_way);
    if (!heard) {
      call.skip_media(params_.media, call.why_no_early_media());
      co_return;
    }
    co_await call.play(*media, {});
  }

  Params params_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  Params params;
  for (const auto read : {read_code, read_phrase, read_cause, read_headers}) {
    if (auto status = read(data, params); !status) return unexpected(status.error());
  }
  const auto media = data.text("media");
  if (!media) return unexpected(media.error());
  params.media = media->value_or("");
  return std::make_unique<Response>(std::move(params));
}

}  // namespace

flow::ActionCode response() { return make; }

}  // namespace strowger::actions
