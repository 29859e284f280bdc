#include "call/companion_headers.hpp"

#include "model/response_code.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

// 399: "miscellaneous warning", free text for people (RFC 3261 20.43).
std::string miscellaneous_warning(const Call& call, std::string_view text) {
  return "399 " + call.peer().local.address.uri_text() + " \"" + std::string(text) + "\"";
}

std::string value_for(model::Companion companion, const Call& call) {
  switch (companion) {
    case model::Companion::allow:
      return std::string(sip::allowed_methods);
    case model::Companion::accept:
      return "application/sdp";
    case model::Companion::warning:
      return miscellaneous_warning(call, "refused by the callflow");
    default:
      return {};
  }
}

}  // namespace

void add_companion_headers(Rejection& rejection, const Call& call) {
  const auto* code = model::find_code(rejection.code);
  if (code == nullptr || code->companion == model::Companion::none) return;
  const auto name = model::companion_name(code->companion);
  const auto present = std::ranges::any_of(
      rejection.headers, [&](const auto& header) { return header.first == name; });
  if (present) return;
  auto value = value_for(code->companion, call);
  if (!value.empty()) rejection.headers.emplace_back(std::string(name), std::move(value));
}

}  // namespace strowger::call
