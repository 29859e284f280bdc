// Which phones, and trunks that log in, are registered.
#include "api/page.hpp"
#include "api/routes.hpp"

namespace strowger::api {

Response list_registrations(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  std::vector<Item> items;
  for (auto& registration : visit.state.services.registrations(visit.account())) {
    const auto* const trunk = registration.if_contains("trunk");
    const auto name = trunk != nullptr ? trunk->as_string() : registration["device"].as_string();
    const std::string device{std::string_view(name)};
    const std::string contact(std::string_view(registration["contact"].as_string()));
    const std::string agent(std::string_view(registration["user_agent"].as_string()));
    const auto all = lower_case(device + '\n' + contact + '\n' + agent);
    if (all.find(page->search) == std::string::npos) continue;
    items.push_back({device + ' ' + contact, std::move(registration)});
  }
  return page_of(std::move(items), *page);
}

// The phone may register again: whoever shall not is to be disabled.
Response delete_registration(Visit& visit) {
  const auto& device = visit.param("device");
  if (!visit.state.services.unregister(visit.account(), device)) {
    return refusal(404, "It is not registered.");
  }
  visit.audit_target = "registration/" + device;
  return {.status = 204, .type = ""};
}

}  // namespace strowger::api
