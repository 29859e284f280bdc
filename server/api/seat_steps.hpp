// What the contract test asks about seats, devices and ring groups, in this order.
#pragma once

#include "api/contract_step.hpp"

namespace strowger::api {

inline const std::string anna = account + "/seats/anna";
inline const std::string door = account + "/devices/door";
inline const std::string sales = account + "/ring_groups/sales";
inline constexpr const char* anna_doc =
    R"({"id": "anna", "first_name": "Anna", "extension": "201"})";
inline constexpr const char* ben_doc = R"({"id": "ben", "first_name": "Ben", "extension": "202"})";
inline constexpr const char* door_doc = R"({"id": "door", "name": "Door", "device_type": "sip_uri",
    "sip": {"route": "sip:door@192.0.2.7"}})";
inline constexpr const char* desk_doc = R"({"name": "Desk", "sip": {"username": "desk1"}})";
inline constexpr const char* sales_doc = R"({"id": "sales", "name": "Sales",
    "endpoints": [{"endpoint_type": "user", "id": "anna"},
                  {"endpoint_type": "device", "id": "door"}]})";
inline constexpr const char* all_doc = R"({"name": "All",
    "endpoints": [{"endpoint_type": "group", "id": "sales"}]})";

inline std::vector<Step> seat_steps() {
  const std::string seats = account + "/seats";
  return {
      {{"boss", "POST", seats, anna_doc}, 201},
      {{"boss", "POST", seats, anna_doc}, 409},
      {{"boss", "POST", seats, R"({"first_name": "Eve", "extension": "201"})"}, 409},
      {{"boss", "POST", seats, "{}"}, 422},
      {{"boss", "POST", seats + "?seat_only=perhaps", "{}"}, 400},
      {{"boss", "POST", seats + "?seat_only=true", ben_doc}, 201},
      {{"vic", "GET", seats + "?search=ann"}, 200},
      {{"vic", "GET", anna}, 200},
      {{"vic", "GET", seats + "/nobody"}, 404},
      {{"vic", "GET", anna + "/used-by"}, 200},
      {{"vic", "GET", seats + "/nobody/used-by"}, 404},
      {{"vic", "GET", anna + "/softphone"}, 200},
      {{"vic", "GET", seats + "/nobody/softphone"}, 404},
      {{"boss", "PUT", anna, anna_doc}, 428},
      {{"boss", "PUT", anna, anna_doc, match("\"0\"")}, 412},
      {{"boss", "PUT", anna, R"({"id": "eve", "first_name": "Eve"})", match("*")}, 422},
      {{"boss", "PUT", anna, R"({"first_name": "Anna", "extension": "202"})", match("*")}, 409},
      {{"boss", "PUT", anna, anna_doc, match("*")}, 200},
      {{"boss", "PUT", seats + "/cy", R"({"first_name": "Cy"})", create}, 201},
      {{"boss", "DELETE", seats + "/ben", "", {}}, 428},
      {{"boss", "DELETE", seats + "/ben", "", match("\"0\"")}, 412},
      {{"boss", "DELETE", anna, "", match("*")}, 409},
      {{"boss", "DELETE", anna + "?devices=sell", "", match("*")}, 400},
  };
}

inline std::vector<Step> device_steps() {
  const std::string devices = account + "/devices";
  const std::string desk = devices + "/desk";
  return {
      {{"boss", "POST", devices, door_doc}, 201},
      {{"boss", "POST", devices, door_doc}, 409},
      {{"boss", "POST", devices, R"({"name": "D", "owner_id": "nobody"})"}, 422},
      {{"vic", "GET", devices + "?owner=anna&search=anna"}, 200},
      {{"vic", "GET", door}, 200},
      {{"vic", "GET", devices + "/x"}, 404},
      {{"vic", "GET", door + "/used-by"}, 200},
      {{"vic", "GET", devices + "/x/used-by"}, 404},
      {{"vic", "GET", door + "/softphone"}, 200},
      {{"vic", "GET", devices + "/x/softphone"}, 404},
      {{"boss", "PUT", desk, desk_doc, create}, 201},
      {{"boss", "PUT", desk, desk_doc}, 428},
      {{"boss", "PUT", desk, desk_doc, match("\"0\"")}, 412},
      {{"boss", "PUT", desk, desk_doc, match("*")}, 200},
      {{"boss", "PUT", devices + "/desk2", desk_doc, create}, 409},
      {{"boss", "PUT", desk, R"({"name": "Desk"})", match("*")}, 422},
      {{"boss", "POST", desk + "/secret"}, 200},
      {{"boss", "POST", desk + "/secret", R"({"password": "short"})"}, 422},
      {{"boss", "POST", door + "/secret"}, 409},
      {{"boss", "POST", devices + "/x/secret"}, 404},
      {{"boss", "DELETE", desk}, 428},
      {{"boss", "DELETE", desk, "", match("\"0\"")}, 412},
      {{"boss", "DELETE", desk + "?force=perhaps", "", match("*")}, 400},
      {{"boss", "DELETE", desk, "", match("*")}, 204},
      {{"boss", "DELETE", desk, "", match("*")}, 404},
  };
}

inline std::vector<Step> ring_group_steps() {
  const std::string groups = account + "/ring_groups";
  return {
      {{"eva", "POST", groups, sales_doc}, 201},
      {{"eva", "POST", groups, sales_doc}, 409},
      {{"eva", "POST", groups, R"({"name": "G", "endpoints": [{"id": "nobody"}]})"}, 422},
      {{"vic", "GET", groups + "?search=sal"}, 200},
      {{"vic", "GET", sales}, 200},
      {{"vic", "GET", groups + "/x"}, 404},
      {{"vic", "GET", sales + "/used-by"}, 200},
      {{"vic", "GET", groups + "/x/used-by"}, 404},
      {{"eva", "PUT", groups + "/all", all_doc, create}, 201},
      {{"eva", "PUT", sales, sales_doc}, 428},
      {{"eva", "PUT", sales, sales_doc, match("\"0\"")}, 412},
      {{"eva", "PUT", sales, R"({"name": ""})", match("*")}, 422},
      {{"eva", "PUT", sales, sales_doc, match("*")}, 200},
      {{"eva", "DELETE", sales}, 428},
      {{"eva", "DELETE", sales, "", match("\"0\"")}, 412},
      {{"eva", "DELETE", sales, "", match("*")}, 409},
      {{"eva", "DELETE", sales + "?force=perhaps", "", match("*")}, 400},
      {{"boss", "DELETE", door, "", match("*")}, 409},
      {{"boss", "DELETE", anna + "?devices=delete&callflow=delete", "", match("*")}, 409},
      {{"boss", "DELETE", anna + "?devices=delete&callflow=delete&replace_with=ben", "",
        match("*")}, 204},
      {{"eva", "DELETE", groups + "/all", "", match("*")}, 204},
      {{"eva", "DELETE", sales + "?force=true", "", match("*")}, 204},
      {{"eva", "DELETE", sales, "", match("*")}, 404},
      {{"boss", "DELETE", anna, "", match("*")}, 404},
  };
}

}  // namespace strowger::api
