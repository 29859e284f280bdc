// What the contract test asks about trunks, in this order.
#pragma once

#include "api/contract_step.hpp"

namespace strowger::api {

inline constexpr const char* carrier_doc = R"({"id": "carrier", "name": "Carrier",
    "addresses": [{"host": "192.0.2.1"}], "outbound": {"username": "acct7"}})";
inline constexpr const char* flow_by_carrier = R"({"id": "out", "name": "Out",
    "numbers": ["no_match"], "flow": {"module": "user",
      "data": {"id": "ben", "trunk": "carrier"}}})";

inline std::vector<Step> trunk_steps() {
  const std::string trunks = account + "/trunks";
  const std::string carrier = trunks + "/carrier";
  return {
      {{"boss", "POST", trunks, carrier_doc}, 201},
      {{"boss", "POST", trunks, carrier_doc}, 409},
      {{"boss", "POST", trunks, R"({"name": "C", "addresses": [{"host": "a b"}]})"}, 422},
      {{"boss", "PUT", trunks + "/lab", R"({"name": "Lab", "tls": {"verify": false}, "addresses":
          [{"host": "192.0.2.9", "transport": "tls"}]})", create}, 201},
      {{"boss", "DELETE", trunks + "/lab", "", match("*")}, 204},
      {{"vic", "GET", trunks + "?search=carr"}, 200},
      {{"vic", "GET", carrier}, 200},
      {{"vic", "GET", trunks + "/x"}, 404},
      {{"vic", "GET", carrier + "/used-by"}, 200},
      {{"vic", "GET", trunks + "/x/used-by"}, 404},
      {{"boss", "PUT", trunks + "/spare", R"({"name": "Spare"})", create}, 201},
      {{"boss", "PUT", carrier, carrier_doc}, 428},
      {{"boss", "PUT", carrier, carrier_doc, match("\"0\"")}, 412},
      {{"boss", "PUT", carrier, R"({"name": ""})", match("*")}, 422},
      {{"boss", "PUT", carrier, carrier_doc, match("*")}, 200},
      {{"boss", "PUT", carrier + "/password", R"({"password": "s3cret"})"}, 200},
      {{"boss", "PUT", carrier + "/password", "{}"}, 422},
      {{"boss", "PUT", trunks + "/x/password", R"({"password": ""})"}, 404},
      {{"boss", "POST", carrier + "/secret"}, 409},
      {{"boss", "POST", trunks + "/x/secret"}, 404},
      {{"boss", "POST", trunks, R"({"id": "pbx", "name": "PBX", "login": {"username": "site7"}})"},
       201},
      {{"boss", "POST", trunks, R"({"name": "P", "login": {"username": "site7"}})"}, 409},
      {{"boss", "POST", trunks, R"({"name": "P", "login": {"username": "a b"}})"}, 422},
      {{"eva", "POST", trunks + "/pbx/secret"}, 403},
      {{"boss", "POST", trunks + "/pbx/secret"}, 200},
      {{"boss", "DELETE", trunks + "/pbx", "", match("*")}, 204},
      {{"eva", "POST", account + "/callflows", flow_by_carrier}, 201},
      {{"boss", "DELETE", carrier}, 428},
      {{"boss", "DELETE", carrier, "", match("\"0\"")}, 412},
      {{"boss", "DELETE", carrier, "", match("*")}, 409},
      {{"boss", "DELETE", carrier + "?force=perhaps", "", match("*")}, 400},
      {{"boss", "DELETE", carrier + "?replace_with=spare", "", match("*")}, 204},
      {{"boss", "DELETE", carrier, "", match("*")}, 404},
      {{"eva", "DELETE", account + "/callflows/out", "", match("*")}, 204},
  };
}

}  // namespace strowger::api
