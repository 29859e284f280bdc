// The HTTP side as a function from request to response: health, metrics, the management API under
// /api/v1, and the web app. May be asked by several threads at once.
#pragma once

#include "api/http.hpp"
#include "api/services.hpp"
#include "api/web_files.hpp"

#include <memory>
#include <string>

namespace strowger::api {

class Api {
 public:
  explicit Api(Services services);

  // The password of the user `admin`, when there was no user at all and one had to be made; "" when
  // there was. `chosen` is used if it is not empty, else a random one.
  store::Outcome<std::string> make_first_user(const std::string& chosen);

  Response handle(const Request& request);

  // For what the calls do: events, live calls.
  State& state() { return state_; }

 private:
  Response answer(const Request& request);
  Response answer_probe(const Request& request) const;
  Response answer_api(const Request& request, std::string_view path);

  State state_;
  WebFiles web_;
};

}  // namespace strowger::api
