// Calls, live and past.
#include "api/page.hpp"
#include "api/routes.hpp"

#include "model/call_record.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t scanned_max = 5'000;  // records per request, when few match

struct Filter {
  std::string search;
  std::string callflow;
  bool ended_only = false;

  bool takes(const model::CallRecord& call) const {
    if (!callflow.empty() && call.callflow_id != callflow) return false;
    if (ended_only && !call.complete) return false;
    if (search.empty()) return true;
    const auto all = call.from + '\n' + call.to + '\n' + call.callflow_name + '\n' +
                     std::to_string(call.code) + ' ' + call.phrase + '\n' + call.call_id;
    return lower_case(all).find(search) != std::string::npos;
  }
};

json::value as_json(const model::CallRecord& call) {
  json::error_code error;
  return json::parse(model::to_json(call), error);
}

// A record that the journal has not brought yet is known live.
const model::CallRecord& newest(const model::CallRecord& stored,
                                const std::optional<model::CallRecord>& live) {
  return live && !stored.complete ? *live : stored;
}

Response live_calls(Visit& visit, const Filter& filter, const PageRequest& page) {
  json::array list;
  for (const auto& call : visit.state.live.of_account(visit.account())) {
    if (list.size() == page.limit) break;
    if (filter.takes(call)) list.push_back(as_json(call));
  }
  return json_response(200, json::object{{"items", std::move(list)}, {"next", ""}});
}

}  // namespace

Response list_calls(Visit& visit) {
  const auto page = page_request(visit.query, true);
  if (!page) return page.error();
  const auto state = visit.asked("state");
  if (!state.empty() && state != "all" && state != "live" && state != "ended") {
    return refusal(400, "state is all, live or ended.");
  }
  const Filter filter{page->search, visit.asked("callflow"), state == "ended"};
  if (state == "live") return live_calls(visit, filter, *page);
  json::array list;
  auto cursor = page->after;
  for (std::size_t scanned = 0; list.size() < page->limit && scanned < scanned_max;) {
    // One page of the store never holds more than what is still wanted, so its cursor is ours.
    const auto wanted = page->limit - list.size();
    const auto some = visit.store.calls(visit.account(), cursor, wanted);
    if (!some) {
      if (some.error().kind == store::ErrorKind::invalid) return refusal(400, some.error().text);
      return refusal(some.error());
    }
    for (const auto& call : some->calls) {
      const auto live = visit.state.live.find(call.id);
      const auto& known = newest(call, live);
      if (filter.takes(known)) list.push_back(as_json(known));
    }
    scanned += std::max<std::size_t>(some->calls.size(), 1);
    cursor = some->next;
    if (cursor.empty()) break;
  }
  return json_response(200, json::object{{"items", std::move(list)}, {"next", cursor}});
}

Response get_call(Visit& visit) {
  const auto& id = visit.param("call");
  const auto live = visit.state.live.find(id);
  const auto stored = visit.store.call(visit.account(), id);
  if (stored) return json_response(200, as_json(newest(*stored, live)));
  if (live && live->account == visit.account()) return json_response(200, as_json(*live));
  return refusal(stored.error());
}

Response end_call(Visit& visit) {
  const auto& id = visit.param("call");
  const auto live = visit.state.live.find(id);
  const bool known = live && live->account == visit.account();
  if (known && !live->ended && visit.state.services.end_call(id, visit.who.user.id)) {
    visit.audit_target = "call/" + id;
    return {.status = 202, .type = ""};
  }
  if (!known && !visit.state.live.ended_lately(visit.account(), id)) {
    const auto stored = visit.store.call(visit.account(), id);
    if (!stored) return refusal(stored.error());
  }
  return refusal(409, "The call has already ended.");
}

}  // namespace strowger::api
