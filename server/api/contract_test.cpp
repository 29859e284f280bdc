// openapi.json against the route table and against what is really answered: every operation with
// every status that it names, and no other.
#include "api/api_harness.hpp"
#include "api/openapi.hpp"
#include "api/router.hpp"
#include "api/seat_steps.hpp"
#include "api/trunk_steps.hpp"
#include "api/temporal_steps.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <map>
#include <set>

namespace strowger::api {
namespace {

namespace json = boost::json;

const json::object& contract() {
  static const json::value parsed = json::parse(openapi_text());
  return parsed.as_object();
}

std::string lower(std::string_view method) {
  std::string text(method);
  for (char& c : text) c = static_cast<char>(c - 'A' + 'a');
  return text;
}

const json::object* operation(const Route& route) {
  const auto* const path = contract().at("paths").as_object().if_contains(route.pattern);
  return path ? path->as_object().contains(lower(route.method))
                    ? &path->as_object().at(lower(route.method)).as_object()
                    : nullptr
              : nullptr;
}

TEST(Contract, EveryRouteIsDescribedWithItsRole) {
  for (const auto& route : routes()) {
    SCOPED_TRACE(std::string(route.method) + " " + std::string(route.pattern));
    const auto* const described = operation(route);
    ASSERT_NE(described, nullptr);
    const auto* const role = described->if_contains("x-role");
    EXPECT_EQ(role ? std::string_view(role->as_string()) : "", need_name(route.need));
    EXPECT_EQ(described->contains("requestBody"), route.body != Body::none);
  }
}

TEST(Contract, EveryOperationHasARoute) {
  for (const auto& [path, item] : contract().at("paths").as_object()) {
    for (const auto& [method, described] : item.as_object()) {
      if (method == "parameters") continue;
      const bool found = std::ranges::any_of(routes(), [&](const Route& route) {
        return route.pattern == std::string_view(path) &&
               lower(route.method) == std::string_view(method);
      });
      EXPECT_TRUE(found) << method << " " << path;
    }
  }
}

// OpenAPI 3.1: programs that are generated from the contract make a function of each.
TEST(Contract, OperationsHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const auto& [path, item] : contract().at("paths").as_object()) {
    for (const auto& [method, described] : item.as_object()) {
      if (method == "parameters") continue;
      const std::string name(described.as_object().at("operationId").as_string());
      EXPECT_TRUE(names.insert(name).second) << name << " at " << path;
    }
  }
}

// ---- roles

std::string address(std::string_view pattern, const std::string& user) {
  std::string path = "/api/v1" + std::string(pattern);
  const std::map<std::string, std::string> values = {
      {"{account}", "default"}, {"{user}", user}, {"{revision}", "1"}};
  for (auto begin = path.find('{'); begin != std::string::npos; begin = path.find('{')) {
    const auto name = path.substr(begin, path.find('}') - begin + 1);
    const auto value = values.find(name);
    path.replace(begin, name.size(), value == values.end() ? "nosuch" : value->second);
  }
  return path;
}

class Roles : public ApiHarness {};

TEST_F(Roles, EachRoleOnEachRoute) {
  const std::map<std::string, Need> people = {{"admin", Need::system},
                                              {"boss", Need::admin},
                                              {"eva", Need::editor},
                                              {"vic", Need::viewer},
                                              {"out", Need::nobody}};
  for (const auto& route : routes()) {
    if (route.need == Need::nobody) continue;
    const bool in_account = route.pattern.starts_with("/accounts/{");
    for (const auto& [person, level] : people) {
      SCOPED_TRACE(person + " " + std::string(route.method) + " " + std::string(route.pattern));
      const bool own = route.pattern.ends_with("/password");
      const auto path = address(route.pattern, own ? person : "nosuch");
      const int status = ask({person, std::string(route.method), path}).status;
      const auto has = level == Need::nobody && !in_account ? Need::viewer : level;
      if (has >= route.need) EXPECT_THAT(status, testing::Not(testing::AnyOf(401, 403)));
      else EXPECT_EQ(status, 403);
    }
    EXPECT_EQ(ask({"", std::string(route.method), address(route.pattern, "x")}).status, 401);
  }
}

// ---- every status of every operation

constexpr const char* flow_a =
    R"({"id": "a", "name": "A", "numbers": ["1000"], "flow": {"module": "response", "data": {}}})";
constexpr const char* flow_a2 =
    R"({"id": "a", "name": "A", "numbers": ["1000"], "flow": {"module": "response",
        "data": {"code": 480, "media": "m"}}})";
constexpr const char* flow_thief =
    R"({"id": "b", "name": "B", "numbers": ["1000"], "flow": {"module": "response", "data": {}}})";
constexpr const char* flow_wrong =
    R"({"id": "c", "name": "C", "flow": {"module": "response", "data": {"code": 99}}})";
constexpr const char* flow_runs_a =
    R"({"id": "d", "name": "D", "flow": {"module": "callflow", "data": {"id": "a"}}})";

const std::string a = account + "/callflows/a";

const Headers wav = {{"content-type", "audio/wav"}};
const Headers wav_over_any = {{"content-type", "audio/wav"}, {"if-match", "*"}};

std::vector<Step> callflow_steps() {
  return {
      {{"eva", "POST", account + "/callflows", flow_a}, 201},
      {{"eva", "POST", account + "/callflows", flow_a}, 409},
      {{"eva", "POST", account + "/callflows?publish=maybe", flow_a}, 400},
      {{"eva", "POST", account + "/callflows?publish=true", flow_wrong}, 422},
      {{"eva", "PUT", a, flow_a}, 428},
      {{"eva", "PUT", a, flow_a2, create}, 412},
      {{"eva", "PUT", a + "?publish=true&note=first", flow_a, match("\"1\"")}, 200},
      {{"eva", "PUT", account + "/callflows/b?publish=true", flow_thief, create}, 409},
      {{"eva", "PUT", account + "/callflows/b", flow_thief, create}, 201},
      {{"eva", "PUT", account + "/callflows/x", R"({"flow": {}})", match("\"1\"")}, 404},
      {{"eva", "PUT", a, R"({"id": "other", "flow": {}})", match("*")}, 422},
      {{"eva", "PUT", a, R"([1])", match("*")}, 422},
      {{"eva", "PUT", a, std::string(2'000'001, ' '), match("*")}, 413},
      {{"eva", "POST", account + "/callflows", std::string(2'000'001, ' ')}, 413},
      {{"eva", "GET", account + "/callflows?search=100&state=all"}, 200},
      {{"eva", "GET", account + "/callflows?state=odd"}, 400},
      {{"eva", "GET", a}, 200},
      {{"eva", "GET", a + "?revision=published"}, 200},
      {{"eva", "GET", a + "/revisions"}, 200},
      {{"eva", "GET", account + "/callflows/x/revisions"}, 404},
      {{"eva", "GET", a + "/revisions?limit=x"}, 400},
      {{"eva", "GET", a + "/revisions/1"}, 200},
      {{"eva", "GET", a + "/revisions/77"}, 404},
      {{"eva", "GET", a + "/used-by"}, 200},
      {{"eva", "GET", account + "/callflows/x/used-by"}, 404},
      {{"eva", "POST", account + "/callflows/b/publish", "", match("\"1\"")}, 409},
      {{"eva", "POST", a + "/publish", "", {}}, 428},
      {{"eva", "POST", a + "/publish", "", match("\"9\"")}, 412},
      {{"eva", "POST", a + "/publish", R"({"revision": 1})", match("\"1\"")}, 200},
      {{"eva", "PUT", account + "/callflows/c", flow_wrong, create}, 201},
      {{"eva", "POST", account + "/callflows/c/publish", "", match("*")}, 422},
      {{"eva", "POST", a + "/unpublish", "", {}}, 428},
      {{"eva", "POST", a + "/unpublish", "", match("\"9\"")}, 412},
      {{"eva", "POST", a + "/unpublish", "", match("\"1\"")}, 200},
      {{"eva", "POST", a + "/duplicate"}, 201},
      {{"eva", "POST", a + "/duplicate", R"({"revision": "x"})"}, 422},
      {{"eva", "PUT", account + "/callflows/d", flow_runs_a, create}, 201},
      {{"eva", "DELETE", a}, 428},
      {{"eva", "DELETE", a, "", match("\"9\"")}, 412},
      {{"eva", "DELETE", a, "", match("*")}, 409},
      {{"eva", "DELETE", account + "/callflows/b", "", match("*")}, 204},
      {{"eva", "PUT", a, flow_a2, match("\"1\"")}, 200},
      {{"vic", "POST", account + "/lint", flow_wrong}, 200},
      {{"vic", "POST", account + "/lint", std::string(2'000'001, ' ')}, 413},
      {{"vic", "POST", account + "/simulate", R"({"to": "1000", "callflow": "a"})"}, 200},
      {{"vic", "POST", account + "/simulate", R"({"to": "1000", "callflow": "x"})"}, 404},
      {{"vic", "POST", account + "/simulate", R"({"to": 7})"}, 422},
      {{"vic", "POST", account + "/simulate", std::string(2'100'000, ' ')}, 413},
  };
}

std::vector<Step> media_steps() {
  const std::string m = account + "/media/m";
  return {
      {{"eva", "POST", account + "/media?id=m&name=Closed", "RIFF", wav}, 201},
      {{"eva", "POST", account + "/media?id=m&name=Closed", "RIFF", wav}, 409},
      {{"eva", "POST", account + "/media?id=n", "RIFF", wav}, 201},
      {{"eva", "POST", account + "/media", "bad", wav}, 422},
      {{"eva", "POST", account + "/media", "long", wav}, 413},
      {{"eva", "POST", account + "/media?id=a/b", "RIFF", wav}, 400},
      {{"eva", "POST", account + "/media", "<html>", {{"content-type", "text/html"}}}, 415},
      {{"vic", "GET", api + "/speech/voices"}, 200},
      {{"eva", "POST", account + "/media/speech",
        R"({"name": "S", "text": "Hello", "voice": "en-gb"})"}, 201},
      {{"eva", "POST", account + "/media/speech", R"({"name": "S", "text": "Hello"})"}, 422},
      {{"vic", "GET", account + "/media?search=clo"}, 200},
      {{"vic", "GET", m}, 200},
      {{"vic", "GET", m + "/audio.wav"}, 200},
      {{"vic", "GET", m + "/audio.wav", "", {{"range", "bytes=0-9"}}}, 206},
      {{"vic", "GET", m + "/audio.wav", "", {{"range", "bytes=999999-"}}}, 416},
      {{"vic", "GET", m + "/peaks?count=10"}, 200},
      {{"vic", "GET", m + "/peaks?count=0"}, 400},
      {{"vic", "GET", m + "/used-by"}, 200},
      {{"eva", "PUT", m, R"({"name": "New"})"}, 428},
      {{"eva", "PUT", m, R"({"name": "New"})", match("\"x\"")}, 412},
      {{"eva", "PUT", m, R"({"name": ""})", match("*")}, 422},
      {{"eva", "PUT", m, R"({"name": "New"})", match("*")}, 200},
      {{"eva", "PUT", m + "/audio", "", wav}, 400},
      {{"eva", "PUT", m + "/audio", "bad", wav_over_any}, 422},
      {{"eva", "PUT", m + "/audio", "long", wav_over_any}, 413},
      {{"eva", "PUT", m + "/audio", "x", {{"content-type", "text/html"}}}, 415},
      {{"eva", "PUT", m + "/audio", "other",
        {{"content-type", "audio/wav"}, {"if-match", "\"x\""}}}, 412},
      {{"eva", "PUT", m + "/audio", "other", wav_over_any}, 200},
      {{"eva", "PUT", m + "/audio", "other", wav}, 428},
      {{"eva", "PUT", account + "/media/x/audio", "other", wav_over_any}, 404},
      {{"eva", "PUT", account + "/media/x", R"({"name": "New"})", match("*")}, 404},
      {{"eva", "DELETE", m}, 428},
      {{"eva", "DELETE", m, "", match("*")}, 409},
      {{"eva", "DELETE", m, "", match("\"x\"")}, 412},
      {{"eva", "DELETE", m + "?replace_with=n", "", match("*")}, 204},
      {{"eva", "DELETE", m, "", match("*")}, 404},
  };
}

std::vector<Step> number_and_call_steps() {
  return {
      {{"boss", "POST", account + "/numbers", R"({"number": "+14155550100"})"}, 201},
      {{"boss", "POST", account + "/numbers", R"({"number": "+14155550100"})"}, 409},
      {{"boss", "POST", account + "/numbers", R"({"number": "<b>"})"}, 422},
      {{"vic", "GET", account + "/numbers?state=spare"}, 200},
      {{"vic", "GET", account + "/numbers?state=odd"}, 400},
      {{"vic", "GET", account + "/numbers/1000"}, 200},
      {{"vic", "GET", account + "/numbers/77"}, 404},
      {{"eva", "POST", account + "/numbers/free-extension"}, 200},
      {{"eva", "POST", account + "/numbers/free-extension", R"({"from": 1000, "to": 1000})"}, 409},
      {{"eva", "POST", account + "/numbers/free-extension", R"({"from": -1})"}, 422},
      {{"boss", "DELETE", account + "/numbers/1000"}, 409},
      {{"boss", "DELETE", account + "/numbers/+14155550100"}, 204},
      {{"boss", "DELETE", account + "/numbers/+14155550100"}, 404},
      {{"vic", "GET", account + "/calls"}, 200},
      {{"vic", "GET", account + "/calls?cursor=zz"}, 400},
      {{"vic", "GET", account + "/calls/past"}, 200},
      {{"vic", "GET", account + "/calls/x"}, 404},
      {{"eva", "POST", account + "/calls/live/end"}, 202},
      {{"eva", "POST", account + "/calls/past/end"}, 409},
      {{"vic", "GET", account + "/registrations?search=phone"}, 200},
      {{"vic", "GET", account + "/registrations?cursor=x"}, 400},
      {{"eva", "DELETE", account + "/registrations/desk"}, 204},
      {{"eva", "DELETE", account + "/registrations/other"}, 404},
      {{"vic", "GET", api + "/actions"}, 200},
      {{"vic", "GET", api + "/response-codes"}, 200},
      {{"", "GET", api + "/openapi.json"}, 200},
      {{"vic", "GET", api + "/events"}, 200},
      {{"vic", "GET", api + "/events?account=secret"}, 403},
  };
}

std::vector<Step> access_steps() {
  const std::string login = R"({"user": "vic", "password": "password of vic"})";
  const std::string wrong = R"({"user": "vic", "password": "guess"})";
  const std::string user = api + "/users/new";
  const std::string password = api + "/users/vic/password";
  return {
      {{"", "POST", api + "/session", login}, 200},
      {{"", "POST", api + "/session", "{}"}, 400},
      {{"", "POST", api + "/session", login, {{"origin", "http://evil.example"}}}, 403},
      {{"vic", "GET", api + "/session"}, 200},
      {{"vic", "DELETE", api + "/session"}, 204},
      {{"vic", "DELETE", api + "/session", "", {{"origin", "http://evil.example"}}}, 403},
      {{"vic", "GET", api + "/accounts"}, 200},
      {{"vic", "GET", account}, 200},
      {{"admin", "PUT", api + "/accounts/two", R"({"name": "Two", "realm": "two.example"})",
        create}, 201},
      {{"admin", "PUT", api + "/accounts/two", R"({"name": "Two"})", match("*")}, 200},
      {{"admin", "PUT", api + "/accounts/two", R"({"name": "Two"})"}, 428},
      {{"admin", "PUT", api + "/accounts/two", R"({"name": "Two"})", create}, 412},
      {{"admin", "PUT", api + "/accounts/two", R"({"name": 2})", match("*")}, 422},
      {{"admin", "PUT", api + "/accounts/two", R"({"realm": "x.example"})", match("*")}, 200},
      {{"admin", "PUT", api + "/accounts/three", R"({"realm": "x.example"})", create}, 409},
      {{"vic", "GET", account + "/settings"}, 200},
      {{"boss", "PUT", account + "/settings", R"({"early_media_max_s": 60})"}, 428},
      {{"boss", "PUT", account + "/settings", R"({"early_media_max_s": 60})", match("*")}, 200},
      {{"boss", "PUT", account + "/settings", R"({"early_media_max_s": 0})", match("*")}, 422},
      {{"boss", "PUT", account + "/settings", R"({"early_media_max_s": 30})", match("\"x\"")}, 412},
      {{"boss", "GET", account + "/audit?search=SAVE"}, 200},
      {{"boss", "GET", account + "/audit?cursor=x"}, 400},
      {{"admin", "GET", api + "/audit"}, 200},
      {{"admin", "GET", api + "/audit?cursor=x"}, 400},
      {{"boss", "GET", api + "/users"}, 200},
      {{"boss", "GET", api + "/users/vic"}, 200},
      {{"boss", "GET", api + "/users/admin"}, 404},
      {{"admin", "PUT", user, R"({"name": "N", "password": "long enough 1"})"}, 428},
      {{"admin", "PUT", user, R"({"name": "N", "password": "long enough 1"})", create}, 201},
      {{"admin", "PUT", user, R"({"name": "M"})", match("*")}, 200},
      {{"admin", "PUT", user, R"({"name": "M"})", match("\"x\"")}, 412},
      {{"admin", "PUT", user, R"({"password": "short"})", match("*")}, 422},
      {{"boss", "PUT", user, R"({"name": "M", "system": true})", match("*")}, 403},
      {{"admin", "PUT", api + "/users/admin", R"({"name": "A"})", match("*")}, 409},
      {{"admin", "DELETE", user, "", match("\"x\"")}, 412},
      {{"admin", "DELETE", user}, 428},
      {{"admin", "DELETE", user, "", match("*")}, 204},
      {{"admin", "DELETE", user, "", match("*")}, 404},
      {{"admin", "DELETE", api + "/users/admin", "", match("*")}, 409},
      {{"vic", "PUT", password, R"({"current": "guess", "new": "another one 2"})"}, 403},
      {{"vic", "PUT", password, R"({"current": "password of vic", "new": "short"})"}, 422},
      {{"vic", "PUT", password, R"({"current": "password of vic", "new": "another one 2"})"}, 204},
      {{"boss", "PUT", api + "/users/nosuch/password", R"({"new": "another one 2"})"}, 404},
      {{"vic", "GET", api + "/tokens"}, 200},
      {{"vic", "POST", api + "/tokens", R"({"name": "t", "role": "viewer",
        "expires_ms": 1800000001000})"}, 201},
      {{"vic", "POST", api + "/tokens", R"({"name": "t", "role": "admin", "account": "default",
        "expires_ms": 1800000001000})"}, 403},
      {{"vic", "POST", api + "/tokens", R"({"name": "t", "role": "viewer"})"}, 422},
      {{"vic", "DELETE", api + "/tokens/known"}, 204},
      {{"vic", "DELETE", api + "/tokens/known"}, 404},
      {{"", "POST", api + "/session", wrong}, 401},
      {{"", "POST", api + "/session", wrong}, 401},
      {{"", "POST", api + "/session", wrong}, 401},
      {{"", "POST", api + "/session", wrong}, 401},
      {{"", "POST", api + "/session", wrong}, 429},
  };
}

class Statuses : public ApiHarness {
 protected:
  using Told = std::map<std::string, std::set<int>>;  // by "GET /pattern"

  void SetUp() override {
    model::CallRecord call;
    call.account = "default";
    call.id = "past";
    call.complete = true;
    ASSERT_TRUE(store_->upsert_calls({&call, 1}));
    call.id = "live";
    call.complete = false;
    api_.state().live.update(call);
    ASSERT_TRUE(store_->add_token({.id = "known", .hash = "h", .user = "vic", .name = "n",
                                   .expires = now_ + std::chrono::hours{1}}));
  }

  Response note(const Ask& asked) {
    auto response = ask(asked);
    const auto path = asked.path.substr(0, asked.path.find('?')).substr(api.size());
    const auto match = find_route(asked.method, path);
    EXPECT_NE(match.route, nullptr) << asked.path;
    if (match.route) {
      told_[asked.method + " " + std::string(match.route->pattern)].insert(response.status);
    }
    if (response.status >= 400) {
      const auto body = json::parse(response.body).as_object();
      EXPECT_EQ(response.type, "application/problem+json");
      EXPECT_EQ(body.at("status").as_int64(), response.status);
      EXPECT_GT(body.at("detail").as_string().size(), 10U);
    }
    return response;
  }

  void run(const std::vector<Step>& steps) {
    for (const auto& step : steps) {
      const auto response = note(step.ask);
      EXPECT_EQ(response.status, step.status)
          << step.ask.who << " " << step.ask.method << " " << step.ask.path << "\n"
          << step.ask.body.substr(0, 200) << "\n" << response.body;
    }
  }

  // What every operation answers to a stranger, to an outsider, about another account, to a body
  // that can't be read.
  void run_common() {
    for (const auto& route : routes()) {
      const auto path = address(route.pattern, "nosuch");
      const std::string method(route.method);
      if (route.need != Need::nobody) note({"", method, path});
      if (route.need > Need::viewer || route.pattern.starts_with("/accounts/{")) {
        note({"out", method, path});
      } else if (method != "GET" && route.need != Need::nobody) {
        note({"vic", method, path, "", {{"origin", "null"}}});
      }
      if (route.pattern.starts_with("/accounts/{") && route.need != Need::system) {
        auto other = path;
        other.replace(other.find("default"), 7, "nowhere");
        note({"admin", method, other});
      } else if (route.need == Need::admin && route.pattern.find('/', 1) != std::string::npos) {
        note({"admin", method, path});
      }
      if (route.body == Body::json) {
        const auto user = route.need == Need::nobody ? "" : "admin";
        note({user, method, path, "{", {{"if-match", "*"}}});
        note({user, method, path, "x", {{"content-type", "text/plain"}}});
        note({user, method, path, std::string(2'200'000, ' '), {{"if-match", "*"}}});
      }
      if (route.method == "GET" && path.find("nosuch") == std::string::npos) {
        note({"admin", method, path + "?limit=0"});
      }
    }
  }

  Told told_;
};

TEST_F(Statuses, AreThoseOfTheContract) {
  run(callflow_steps());
  run(media_steps());
  run(seat_steps());
  run(device_steps());
  run(ring_group_steps());
  run(trunk_steps());
  run(temporal_steps());
  run(number_and_call_steps());
  run(access_steps());
  run_common();
  for (const auto& route : routes()) {
    const auto name = std::string(route.method) + " " + std::string(route.pattern);
    const auto& told = told_[name];
    std::set<int> described;
    for (const auto& [status, response] : operation(route)->at("responses").as_object()) {
      described.insert(std::stoi(std::string(status)));
    }
    described.erase(503);  // a full house or a broken disk: not made here
    EXPECT_THAT(told, testing::ContainerEq(described)) << name;
  }
}

}  // namespace
}  // namespace strowger::api
