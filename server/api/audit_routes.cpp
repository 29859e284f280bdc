// The audit log: of an account, and of what belongs to none (users, sessions, tokens).
#include "api/page.hpp"
#include "api/routes.hpp"

#include <charconv>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t scanned_max = 10'000;  // entries per request, when few match a search

json::object as_json(const store::AuditEntry& entry) {
  json::object out{{"id", std::to_string(entry.id)},
                   {"at_ms", entry.at.time_since_epoch().count()},
                   {"who", entry.who},
                   {"action", entry.action},
                   {"target", entry.target}};
  if (!entry.address.empty()) out["address"] = entry.address;
  if (!entry.note.empty()) out["note"] = entry.note;
  return out;
}

bool matches(const store::AuditEntry& entry, const std::string& search) {
  if (search.empty()) return true;
  const auto all = entry.who + "\n" + entry.action + "\n" + entry.target + "\n" + entry.note;
  return lower_case(all).find(search) != std::string::npos;
}

Response entries_of(Visit& visit, std::string_view account) {
  const auto page = page_request(visit.query, true);
  if (!page) return page.error();
  std::int64_t before = 0;
  if (!page->after.empty()) {
    const char* const end = page->after.data() + page->after.size();
    const auto read = std::from_chars(page->after.data(), end, before);
    if (read.ec != std::errc{} || read.ptr != end || before <= 0) {
      return refusal(400, "This cursor was not made here.");
    }
  }
  json::array list;
  std::string next;
  for (std::size_t scanned = 0; list.size() < page->limit && scanned < scanned_max;) {
    const auto some = visit.store.audit(account, before, page->limit);
    if (!some) return refusal(some.error());
    next.clear();
    if (some->empty()) break;
    for (const auto& entry : *some) {
      if (list.size() == page->limit) break;
      before = entry.id;
      if (matches(entry, page->search)) list.push_back(as_json(entry));
    }
    scanned += some->size();
    if (some->size() == page->limit) next = std::to_string(before);
    else if (before != some->back().id) next = std::to_string(before);
    else break;
  }
  return json_response(200, json::object{{"items", std::move(list)}, {"next", next}});
}

}  // namespace

Response list_audit(Visit& visit) { return entries_of(visit, visit.account()); }

Response list_system_audit(Visit& visit) { return entries_of(visit, ""); }

}  // namespace strowger::api
