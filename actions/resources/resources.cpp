// Account Carrier: calls out by the account's trunks.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/outward.hpp"
#include "flow/run.hpp"
#include "model/response_check.hpp"

#include <utility>

namespace strowger::actions {

namespace {

constexpr std::size_t header_value_bytes_max = 256;

struct Params {
  std::string number;  // "": what was dialled
  std::string ringback;
  flow::Outward way;
};

class Resources final : public flow::Runnable {
 public:
  explicit Resources(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    auto wanted = params_.way;
    wanted.chosen_by_flow = !params_.number.empty();
    wanted.number = wanted.chosen_by_flow ? params_.number : dialled(run.call());
    wanted.ringback = run.media(params_.ringback);
    auto exit = co_await flow::call_out(run, std::move(wanted));
    co_return exit;
  }

 private:
  // Behind a prefix for an outside line, 9(\d+), the captured part is the number.
  static std::string dialled(const call::Call& call) {
    const auto captured = call.variable("capture_group");
    return captured && !captured->empty() ? *captured : call.called_number();
  }

  Params params_;
};

Result<sip::HeaderList, Complaint> read_headers(const flow::Data& data) {
  const auto named = data.text_map("custom_sip_headers");
  if (!named) return unexpected(named.error());
  sip::HeaderList headers;
  for (const auto& [name, value] : *named) {
    if (!model::is_safe_extra_header(name)) {
      return complain("`custom_sip_headers` may not set " + name);
    }
    if (value.size() > header_value_bytes_max) {
      return complain("the value of the header " + name + " is too long");
    }
    headers.emplace_back(name, value);
  }
  return headers;
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto number = data.text("to_did");
  const auto trunks = data.texts("trunks");
  const auto timeout = data.integer("timeout", 1, 300, 60);
  const auto type = data.text("caller_id_type");
  const auto ringback = data.text("ringback");
  const auto silent = data.boolean("ignore_early_media");
  const auto as_it_is = data.boolean("do_not_normalize");
  auto headers = read_headers(data);
  if (!number) return unexpected(number.error());
  if (!trunks) return unexpected(trunks.error());
  if (!timeout) return unexpected(timeout.error());
  if (!type) return unexpected(type.error());
  if (!ringback) return unexpected(ringback.error());
  if (!silent) return unexpected(silent.error());
  if (!as_it_is) return unexpected(as_it_is.error());
  if (!headers) return unexpected(headers.error());
  Params params{.number = number->value_or(""), .ringback = ringback->value_or(""), .way = {}};
  params.way.trunks = *trunks;
  params.way.timeout = std::chrono::seconds{*timeout};
  params.way.caller_id_type = type->value_or("external");
  params.way.early_media = !silent->value_or(false);
  params.way.normalize = !as_it_is->value_or(false);
  params.way.headers = std::move(*headers);
  return std::make_unique<Resources>(std::move(params));
}

}  // namespace

flow::ActionCode resources() { return make; }

}  // namespace strowger::actions
