// What happens if somebody calls: the server's own interpreter in virtual time.
#include "api/callflow_document.hpp"
#include "api/fields.hpp"
#include "api/routes.hpp"

#include "model/identifier.hpp"
#include "model/number_match.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr BodyLimits limits{
    .bytes = model::document_bytes_max + body_bytes_max,
    .depth = 2 * model::block_depth_max + model::data_depth_max + 8,  // a document inside
};
constexpr std::size_t digits_max = 256;
constexpr std::int64_t call_ms_max = 24LL * 3'600 * 1'000;
constexpr const char* default_caller = "+14155550188";

void read_digits(Fields& fields, const json::object& body, SimulationRequest& request) {
  const auto* const value = body.if_contains("digits");
  if (!value) return;
  const auto* const list = value->if_array();
  if (!list || list->size() > digits_max) {
    return fields.complain("digits", "digits has to be a list of at most 256.");
  }
  for (const auto& item : *list) {
    const auto* const entry = item.if_object();
    const auto* const digit = entry ? entry->if_contains("digit") : nullptr;
    const auto* const at = entry ? entry->if_contains("at_ms") : nullptr;
    const bool good = digit && digit->is_string() && digit->as_string().size() == 1 && at &&
                      at->is_int64() && at->as_int64() >= 0 && at->as_int64() <= call_ms_max &&
                      std::string_view("0123456789*#ABCD").find(digit->as_string()[0]) !=
                          std::string_view::npos;
    if (!good) {
      return fields.complain("digits", "A digit is {\"digit\": one of 0-9*#A-D, \"at_ms\": …}.");
    }
    request.digits.emplace_back(at->as_int64(), std::string(digit->as_string()));
  }
}

// The callflow that was named, or that answers the number today.
Answered<std::string> stored_document(Visit& visit, Fields& fields,
                                      const SimulationRequest& request) {
  auto id = fields.text_or("callflow", "", {.chars_max = 64});
  store::Revision revision = fields.integer_or("revision", 0, 1, INT64_MAX);
  if (id.empty()) {
    const auto snapshot = visit.state.services.snapshot();
    const auto& accounts = snapshot->accounts;
    const auto account = std::ranges::find_if(
        accounts, [&](const auto& entry) { return entry->id == visit.account(); });
    const auto match = account == accounts.end()
                           ? std::nullopt
                           : (*account)->numbers.find(request.to, model::CallerKind::external);
    if (!match) return std::string();
    id = match->callflow_id;
    const auto summary = visit.store.callflow(visit.account(), id);
    if (summary) revision = summary->published;
  }
  auto stored = visit.store.revision(visit.account(), id, revision);
  if (!stored) return refused(refusal(stored.error()));
  return std::move(stored->document);
}

}  // namespace

Response simulate(Visit& visit) {
  const auto body = json_body(visit, limits);
  if (!body) return body.error();
  Fields fields(*body);
  SimulationRequest request{.account = visit.account()};
  request.to = fields.text("to", {.chars_min = 1, .chars_max = model::number_chars_max});
  request.from = fields.text_or("from", default_caller, {.chars_max = model::number_chars_max});
  if (fields.has("at_ms")) {
    constexpr std::int64_t far = 32'503'680'000'000;  // the year 3000
    request.at = WallTime(std::chrono::milliseconds(fields.integer_or("at_ms", 0, 0, far)));
  } else {
    request.at = visit.now();
  }
  if (fields.has("hang_up_ms")) {
    request.hang_up_ms = fields.integer_or("hang_up_ms", 0, 0, call_ms_max);
  }
  request.missing_media = fields.texts("missing_media", 1'000, {.chars_min = 1, .chars_max = 64});
  request.phones = fields.text_or("phones", "answer", {});
  if (request.phones != "answer" && request.phones != "busy" && request.phones != "no_answer" &&
      request.phones != "offline") {
    fields.complain("phones", "phones is answer, busy, no_answer or offline.");
  }
  read_digits(fields, *body, request);
  model::Findings findings;
  if (const auto* const document = fields.object("document")) {
    request.document = json::serialize(*document);
  } else if (fields.good()) {
    auto stored = stored_document(visit, fields, request);
    if (!stored) return stored.error();
    request.document = std::move(*stored);
  }
  if (!fields.good()) return fields.refusal();
  if (!request.document.empty()) {
    const auto callflow = parse_document(request.document);
    if (!callflow) return callflow.error();
    findings = lint_of(visit, *callflow);
  }
  auto result = visit.state.services.simulate(request);
  if (!result) return refusal(422, result.error().what);
  (*result)["findings"] = model::findings_json(findings);
  return json_response(200, *result);
}

}  // namespace strowger::api
