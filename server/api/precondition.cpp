#include "api/precondition.hpp"

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t tags_max = 16;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

Answered<Precondition> Precondition::of(const Request& request) {
  Precondition wanted;
  const auto none = trimmed(request.header("if-none-match"));
  if (!none.empty() && none != "*") {
    return refused(refusal(400, "If-None-Match is understood as * only, with a write."));
  }
  wanted.create_ = none == "*";
  std::string_view rest = trimmed(request.header("if-match"));
  if (rest == "*") {
    wanted.any_ = true;
    return wanted;
  }
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto tag = trimmed(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    const bool quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
    // A weak tag is legal, and never matches here (§13.1.1).
    if ((!quoted && !tag.starts_with("W/")) || wanted.tags_.size() == tags_max) {
      return refused(refusal(400, "If-Match is an ETag in quotation marks, or *."));
    }
    wanted.tags_.emplace_back(tag);
  }
  return wanted;
}

bool Precondition::holds(const std::optional<std::string>& etag) const {
  if (create_ && etag) return false;
  if (any_) return etag.has_value();
  return tags_.empty() || (etag && std::ranges::find(tags_, *etag) != tags_.end());
}

Response precondition_failed(Visit& visit, const LoggedThing& thing) {
  const auto last = visit.store.last_audit(thing.account, thing.target);
  std::string who = "Somebody";
  json::object more;
  if (last && *last) {
    who = (*last)->who;
    more["current"] = json::object{{"revision", (*last)->id},
                                   {"who", who},
                                   {"when_ms", (*last)->at.time_since_epoch().count()}};
  }
  const auto what = thing.etag ? " changed the " : " deleted the ";
  auto response = refusal(412, who + what + thing.noun + " meanwhile.", std::move(more));
  return thing.etag ? with_etag(std::move(response), *thing.etag) : response;
}

Response precondition_required() {
  return refusal(428, "Send If-Match with the ETag that you have seen, or If-None-Match: * to "
                      "create, so that nobody's work is overwritten.");
}

}  // namespace strowger::api
