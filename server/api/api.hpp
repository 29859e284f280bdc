// The HTTP side as a function from request to response. Today: health, readiness, metrics. The
// management API under /api/v1 and the web app have their place in handle().
#pragma once

#include "api/http.hpp"
#include "api/metrics.hpp"

#include <functional>

namespace strowger::api {

class Api {
 public:
  struct Status {
    bool ready = false;  // takes new calls
  };

  // Both are asked per request, from the HTTP thread.
  Api(std::function<Status()> status, std::function<Metrics()> metrics)
      : status_(std::move(status)), metrics_(std::move(metrics)) {}

  Response handle(const Request& request) const;

 private:
  std::function<Status()> status_;
  std::function<Metrics()> metrics_;
};

}  // namespace strowger::api
