// What the contract test asks about rules and rule sets of Time of Day, in this order.
#pragma once

#include "api/contract_step.hpp"

namespace strowger::api {

inline constexpr const char* office_doc = R"({"id": "office", "name": "Office", "cycle": "weekly",
    "wdays": ["monday"], "time_window_start": 32400, "time_window_stop": 61200})";
inline constexpr const char* holidays_doc = R"({"id": "holidays", "name": "Holidays",
    "temporal_rules": ["office"]})";

inline std::vector<Step> temporal_steps() {
  const std::string rules = account + "/temporal_rules";
  const std::string sets = account + "/temporal_rule_sets";
  const std::string office = rules + "/office";
  const std::string holidays = sets + "/holidays";
  return {
      {{"eva", "POST", rules, office_doc}, 201},
      {{"eva", "POST", rules, office_doc}, 409},
      {{"eva", "POST", rules, R"({"name": "R", "cycle": "weekly"})"}, 422},
      {{"vic", "GET", rules + "?search=off"}, 200},
      {{"vic", "GET", office}, 200},
      {{"vic", "GET", rules + "/x"}, 404},
      {{"eva", "PUT", office, office_doc}, 428},
      {{"eva", "PUT", office, office_doc, match("\"0\"")}, 412},
      {{"eva", "PUT", office, R"({"name": ""})", match("*")}, 422},
      {{"eva", "PUT", office, office_doc, match("*")}, 200},
      {{"eva", "PUT", rules + "/day", R"({"name": "Day", "cycle": "daily"})", create}, 201},
      {{"eva", "POST", sets, holidays_doc}, 201},
      {{"eva", "POST", sets, holidays_doc}, 409},
      {{"eva", "POST", sets, R"({"name": "S", "temporal_rules": ["nothing"]})"}, 422},
      {{"vic", "GET", sets + "?search=hol"}, 200},
      {{"vic", "GET", holidays}, 200},
      {{"vic", "GET", sets + "/x"}, 404},
      {{"eva", "PUT", holidays, holidays_doc}, 428},
      {{"eva", "PUT", holidays, holidays_doc, match("\"0\"")}, 412},
      {{"eva", "PUT", holidays, R"({"name": ""})", match("*")}, 422},
      {{"eva", "PUT", holidays, holidays_doc, match("*")}, 200},
      {{"eva", "PUT", sets + "/other", R"({"name": "Other"})", create}, 201},
      {{"vic", "GET", office + "/used-by"}, 200},
      {{"vic", "GET", rules + "/x/used-by"}, 404},
      {{"vic", "GET", holidays + "/used-by"}, 200},
      {{"vic", "GET", sets + "/x/used-by"}, 404},
      {{"vic", "GET", account + "/temporal_preview?at=2026-11-30T12:00&timezone=Europe/Berlin"},
       200},
      {{"vic", "GET", account + "/temporal_preview?at=noon"}, 400},
      {{"vic", "GET", account + "/temporal_preview?timezone=Europe/Atlantis"}, 400},
      {{"vic", "GET", account + "/time_zones"}, 200},
      {{"eva", "DELETE", office}, 428},
      {{"eva", "DELETE", office, "", match("\"0\"")}, 412},
      {{"eva", "DELETE", office, "", match("*")}, 409},
      {{"eva", "DELETE", office + "?force=perhaps", "", match("*")}, 400},
      {{"eva", "DELETE", office + "?force=true", "", match("*")}, 204},
      {{"eva", "DELETE", office, "", match("*")}, 404},
      {{"eva", "DELETE", holidays}, 428},
      {{"eva", "DELETE", holidays, "", match("\"0\"")}, 412},
      {{"eva", "DELETE", holidays + "?force=perhaps", "", match("*")}, 400},
      {{"eva", "DELETE", holidays + "?replace_with=holidays", "", match("*")}, 409},
      {{"eva", "DELETE", holidays, "", match("*")}, 204},
      {{"eva", "DELETE", holidays, "", match("*")}, 404},
  };
}

}  // namespace strowger::api
