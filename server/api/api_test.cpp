#include "api/api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::api {
namespace {

using testing::HasSubstr;

Api api_that_is(bool ready) {
  return Api([ready] { return Api::Status{ready}; },
             [] {
               Metrics metrics;
               metrics.calls_active = 2;
               metrics.calls_by_code = {{0, 1}, {486, 7}};
               return metrics;
             });
}

struct Case {
  const char* method;
  const char* path;
  bool ready;
  int status;
  const char* body_has;
};

TEST(Api, Answers) {
  const Case cases[] = {
      {"GET", "/healthz", true, 200, "ok"},
      {"HEAD", "/healthz", true, 200, "ok"},
      {"GET", "/healthz", false, 200, "ok"},
      {"GET", "/readyz", true, 200, "ready"},
      {"GET", "/readyz", false, 503, "Draining"},
      {"GET", "/metrics", true, 200, "\nstrowger_calls_active 2\n"},
      {"GET", "/metrics", true, 200, "\nstrowger_calls_total{code=\"486\"} 7\n"},
      {"POST", "/healthz", true, 405, "only be read"},
      {"get", "/healthz", true, 405, "only be read"},
      {"GET", "/healthz/", true, 404, "nothing at this address"},
      {"GET", "/%68ealthz", true, 404, "nothing at this address"},
      {"GET", "/api/v1/accounts", true, 404, "nothing at this address"},
      {"GET", "", true, 404, "nothing at this address"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.method) + " " + c.path);
    const auto response = api_that_is(c.ready).handle({.method = c.method, .path = c.path});
    EXPECT_EQ(response.status, c.status);
    EXPECT_THAT(response.body, HasSubstr(c.body_has));
  }
}

TEST(Api, RefusalsAreProblems) {
  const auto response = api_that_is(true).handle({.method = "GET", .path = "/nowhere"});
  EXPECT_EQ(response.type, "application/problem+json");
  EXPECT_EQ(response.body,
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
            "\"detail\":\"There is nothing at this address.\"}\n");
}

TEST(Api, SaysWhatIsAllowed) {
  const auto response = api_that_is(true).handle({.method = "DELETE", .path = "/metrics"});
  EXPECT_THAT(response.headers, testing::ElementsAre(testing::Pair("Allow", "GET, HEAD")));
}

}  // namespace
}  // namespace strowger::api
