#include "api/api_harness.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <fstream>

namespace strowger::api {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

const std::string account = "/api/v1/accounts/default";

class ApiTest : public ApiHarness {
 protected:
  json::object body_of(const Response& response) {
    return json::parse(response.body).as_object();
  }
  Response put(const std::string& who, const std::string& tag, const std::string& name) {
    return ask({who, "PUT", account + "/callflows/a",
                R"({"id": "a", "name": ")" + name + R"(", "numbers": [], "flow": {}})",
                {{tag == "*" ? "if-none-match" : "if-match", tag}}});
  }
};

TEST_F(ApiTest, Probes) {
  const struct {
    const char* method;
    const char* path;
    int status;
    const char* body_has;
  } cases[] = {
      {"GET", "/healthz", 200, "ok"},
      {"HEAD", "/healthz", 200, "ok"},
      {"GET", "/readyz", 200, "ready"},
      {"GET", "/metrics", 200, "strowger_calls_active 0\n"},
      {"POST", "/healthz", 405, "understands GET, HEAD"},
      {"get", "/healthz", 405, "understands"},
      {"GET", "/api/v1", 404, "nothing at this address"},
      {"GET", "/api/v1/nowhere", 404, "nothing at this address"},
      {"GET", "/api/v1/%zz", 404, "nothing at this address"},
      {"PATCH", "/api/v1/session", 405, "POST, GET, DELETE"},
      {"GET", "/api/v1/session?%zz", 400, "query"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.method) + " " + c.path);
    const auto response = ask({"", c.method, c.path});
    EXPECT_EQ(response.status, c.status);
    EXPECT_THAT(response.body, HasSubstr(c.body_has));
  }
}

TEST_F(ApiTest, ResponsesOfTheApiAreNeitherCachedNorShownAsAPage) {
  const auto response = ask({"vic", "GET", "/api/v1/session"});
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_THAT(header(response, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(header(response, "X-Frame-Options"), "DENY");
}

TEST_F(ApiTest, LoginGivesASessionThatEnds) {
  const auto in = ask({"", "POST", "/api/v1/session",
                       R"({"user": "eva", "password": "password of eva"})"});
  ASSERT_EQ(in.status, 200);
  EXPECT_EQ(body_of(in).at("accounts").at(0).at("role").as_string(), "editor");
  const auto set = header(in, "Set-Cookie");
  EXPECT_THAT(set, HasSubstr("; HttpOnly; SameSite=Strict"));
  const auto session = set.substr(0, set.find(';'));
  const auto who = [&] {
    return ask({"", "GET", "/api/v1/session", "", {{"cookie", session}}}).status;
  };
  EXPECT_EQ(who(), 200);
  now_ += session_life - std::chrono::minutes{1};
  EXPECT_EQ(who(), 200);  // which makes it last longer
  now_ += std::chrono::hours{11};
  EXPECT_EQ(who(), 200);
  now_ += session_life + std::chrono::minutes{1};
  EXPECT_EQ(who(), 401);
}

TEST_F(ApiTest, LogoutEndsTheSession) {
  const auto session = session_of("eva");
  EXPECT_EQ(ask({"", "DELETE", "/api/v1/session", "", {{"cookie", session}}}).status, 204);
  EXPECT_EQ(ask({"", "GET", "/api/v1/session", "", {{"cookie", session}}}).status, 401);
}

TEST_F(ApiTest, GuessingIsSlowedDownForThatUserAndSourceOnly) {
  const Ask wrong{"", "POST", "/api/v1/session", R"({"user": "eva", "password": "x"})"};
  const Ask right{"", "POST", "/api/v1/session",
                  R"({"user": "eva", "password": "password of eva"})"};
  for (int i = 0; i < LoginThrottle::free_per_user; ++i) EXPECT_EQ(ask(wrong).status, 401);
  const auto refused = ask(right);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "1");
  EXPECT_EQ(ask({"", "POST", "/api/v1/session",
                 R"({"user": "vic", "password": "password of vic"})"})
                .status,
            200);
  now_ += std::chrono::seconds{2};
  EXPECT_EQ(ask(right).status, 200);
}

TEST_F(ApiTest, TokensDoWhatTheyAreForAndNoMore) {
  const auto made = ask({"eva", "POST", "/api/v1/tokens",
                         R"({"name": "CI", "role": "viewer", "account": "default",
                             "expires_ms": 1800000100000})"});
  ASSERT_EQ(made.status, 201) << made.body;
  const auto secret = std::string(body_of(made).at("secret").as_string());
  const auto with_token = [&](const char* method, const std::string& path) {
    return ask({"", method, path, "", {{"authorization", "Bearer " + secret}, {"origin", ""}}});
  };
  EXPECT_EQ(with_token("GET", account + "/callflows").status, 200);
  EXPECT_EQ(with_token("DELETE", account + "/callflows/a").status, 403);
  EXPECT_EQ(with_token("POST", "/api/v1/tokens").status, 403);
  now_ += std::chrono::seconds{200};
  EXPECT_EQ(with_token("GET", account + "/callflows").status, 401);
}

TEST_F(ApiTest, WritesFromForeignPagesAreRefused) {
  for (const char* origin : {"", "null", "http://evil.example", "http://pbx.example.evil"}) {
    const auto response = ask({"eva", "PUT", account + "/callflows/a", R"({"flow": {}})",
                               {{"origin", origin}, {"if-none-match", "*"}}});
    EXPECT_EQ(response.status, 403) << origin;
  }
}

TEST_F(ApiTest, OverTlsPagesOfThePlainSideAreForeignToo) {
  const auto write = [&](const char* origin, bool tls) {
    return ask({"eva", "PUT", account + "/callflows/a", R"({"flow": {}})",
                {{"origin", origin}, {"if-match", "*"}}, tls}).status;
  };
  EXPECT_EQ(write("http://pbx.example", true), 403);
  EXPECT_EQ(write("https://pbx.example", true), 404);   // taken, but there is no such callflow
  EXPECT_EQ(write("https://pbx.example", false), 404);  // TLS ends at a proxy before us
  EXPECT_EQ(write("ftp://pbx.example", false), 403);
}

TEST_F(ApiTest, OverTlsTheBrowserIsToldToStayThere) {
  const Ask in{"", "POST", "/api/v1/session", R"({"user": "eva", "password": "password of eva"})",
               {{"origin", "https://pbx.example"}}};
  Ask in_over_tls = in;
  in_over_tls.tls = true;
  const auto plain = ask(in);
  const auto over_tls = ask(in_over_tls);
  ASSERT_EQ(over_tls.status, 200);
  EXPECT_THAT(header(over_tls, "Set-Cookie"), HasSubstr("; Secure"));
  EXPECT_EQ(header(over_tls, "Strict-Transport-Security"), "max-age=31536000");
  EXPECT_THAT(header(plain, "Set-Cookie"), testing::Not(HasSubstr("Secure")));
  EXPECT_EQ(header(plain, "Strict-Transport-Security"), "");
}

TEST_F(ApiTest, ALiveCallIsEndedOnceByWhoMay) {
  model::CallRecord call;
  call.id = "c";
  call.account = "default";
  api_.state().live.update(call);
  const auto end = [&](const char* who) {
    return ask({who, "POST", account + "/calls/c/end"}).status;
  };
  EXPECT_EQ(end("vic"), 403);
  EXPECT_EQ(end("eva"), 202);
  EXPECT_THAT(ended_, testing::ElementsAre("c by eva"));
  const auto audit = store_->last_audit("default", "call/c");
  ASSERT_TRUE(audit && *audit);
  EXPECT_EQ((*audit)->who, "eva");
  call.ended = now_;  // refused, but its ACK is not here yet
  api_.state().live.update(call);
  EXPECT_EQ(end("eva"), 409);
  EXPECT_EQ(ended_.size(), 1U);
  call.complete = true;  // and on its way to the store
  api_.state().live.update(call);
  EXPECT_EQ(end("eva"), 409);
  EXPECT_EQ(ask({"eva", "POST", account + "/calls/d/end"}).status, 404);
}

TEST_F(ApiTest, ACallSaysOfWhichLegEachMessageIs) {
  model::CallRecord call;
  call.id = "c";
  call.account = "default";
  call.caller_name = "Lena Fox";
  call.legs = {{.number = 1, .party = "Reception", .extension = "1001", .user_agent = "Phone"}};
  call.ladder = {{.first_line = "INVITE sip:1000@x SIP/2.0"}, {.first_line = "INVITE", .leg = 1}};
  call.talks = {{.at_ms = 5, .ended_ms = 9, .one = 0, .other = 1}};
  ASSERT_TRUE(store_->upsert_calls({&call, 1}));
  const auto shown = body_of(ask({"vic", "GET", account + "/calls/c"}));
  EXPECT_EQ(shown.at("caller_name").as_string(), "Lena Fox");
  EXPECT_EQ(shown.at("legs").at(0).at("party").as_string(), "Reception");
  EXPECT_EQ(shown.at("legs").at(0).at("extension").as_string(), "1001");
  EXPECT_FALSE(shown.at("ladder").at(0).as_object().contains("leg"));
  EXPECT_EQ(shown.at("ladder").at(1).at("leg").as_int64(), 1);
  EXPECT_EQ(shown.at("talks").at(0).at("other").as_int64(), 1);
}

TEST_F(ApiTest, ACallSaysHowItWasTransferred) {
  model::CallRecord call;
  call.id = "c";
  call.account = "default";
  call.transfers = {{.at_ms = 90, .by = 1, .to = "1003", .code = 486, .phrase = "On strike"}};
  ASSERT_TRUE(store_->upsert_calls({&call, 1}));
  const auto shown = body_of(ask({"vic", "GET", account + "/calls/c"})).at("transfers").as_array();
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].at("by").as_int64(), 1);
  EXPECT_EQ(shown[0].at("kind").as_string(), "blind");
  EXPECT_EQ(shown[0].at("to").as_string(), "1003");
  EXPECT_EQ(shown[0].at("code").as_int64(), 486);
}

TEST_F(ApiTest, NobodysSaveIsLost) {
  ASSERT_EQ(put("eva", "*", "First").status, 201);
  ASSERT_EQ(put("boss", "\"1\"", "Second").status, 200);
  const auto late = put("eva", "\"1\"", "Third");
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(body_of(late).at("current").at("who").as_string(), "boss");
  EXPECT_EQ(body_of(late).at("current").at("when_ms").as_int64(), 1'800'000'000'000);
  EXPECT_EQ(header(late, "ETag"), "\"2\"");
  // The same save again, because its answer was lost, is done already.
  EXPECT_EQ(put("boss", "\"1\"", "Second").status, 200);
  EXPECT_EQ(store_->callflow("default", "a")->latest, 2);
  EXPECT_GE(reloads_, 3);
}

TEST_F(ApiTest, CopiesAreNamedAndHaveNoNumbers) {
  ASSERT_EQ(ask({"eva", "POST", account + "/callflows",
                 R"({"id": "a", "name": "Main", "numbers": ["1000"], "flow": {}})"})
                .status,
            201);
  for (const char* name : {"Main copy", "Main copy 2"}) {
    const auto copy = ask({"eva", "POST", account + "/callflows/a/duplicate"});
    ASSERT_EQ(copy.status, 201);
    const auto document = body_of(copy).at("document").as_object();
    EXPECT_EQ(document.at("name").as_string(), name);
    EXPECT_TRUE(document.at("numbers").as_array().empty());
  }
}

TEST_F(ApiTest, ListsComeInPages) {
  for (const char* name : {"b", "A", "c", "a2"}) {
    ASSERT_EQ(ask({"eva", "POST", account + "/callflows",
                   std::string(R"({"name": ")") + name + R"(", "flow": {}})"})
                  .status,
              201);
  }
  std::string names;
  std::string cursor;
  do {
    const auto page = body_of(ask({"vic", "GET", account + "/callflows?limit=1&cursor=" + cursor}));
    for (const auto& item : page.at("items").as_array()) names += item.at("name").as_string();
    cursor = page.at("next").as_string();
  } while (!cursor.empty());
  EXPECT_EQ(names, "Aa2bc");
}

TEST_F(ApiTest, ADeletedSoundIsReplacedInDraftsAndLiveFlows) {
  const std::vector<std::pair<std::string, std::string>> wav = {{"content-type", "audio/wav"}};
  ASSERT_EQ(ask({"eva", "POST", account + "/media?id=m", "RIFF", wav}).status, 201);
  ASSERT_EQ(ask({"eva", "POST", account + "/media?id=n", "RIFX", wav}).status, 201);
  const auto flow = [](const char* code) {
    return std::string(R"({"id": "a", "flow": {"module": "response", "data": {"code": )") + code +
           R"(, "media": "m"}}})";
  };
  ASSERT_EQ(ask({"eva", "POST", account + "/callflows?publish=true", flow("486")}).status, 201);
  ASSERT_EQ(ask({"eva", "PUT", account + "/callflows/a", flow("480"),
                 {{"if-match", "\"1\""}}})
                .status,
            200);
  const Ask replace{"eva", "DELETE", account + "/media/m?replace_with=n", "", {{"if-match", "*"}}};
  ASSERT_EQ(ask(replace).status, 204);
  const auto summary = store_->callflow("default", "a");
  EXPECT_LT(summary->published, summary->latest);
  const auto live = store_->revision("default", "a", summary->published);
  EXPECT_THAT(live->document, HasSubstr(R"("code":486,"media":"n")"));
  const auto draft = store_->revision("default", "a", 0);
  EXPECT_THAT(draft->document, HasSubstr(R"("code":480,"media":"n")"));
}

TEST_F(ApiTest, EveryWriteIsLogged) {
  ASSERT_EQ(put("eva", "*", "First").status, 201);
  const auto log = store_->audit("default", 0, 10);
  ASSERT_EQ(log->size(), 1U);
  EXPECT_EQ(log->front().who, "eva");
  EXPECT_EQ(log->front().address, "192.0.2.1");
  EXPECT_EQ(log->front().action, "callflow.save");
  EXPECT_EQ(log->front().target, "callflow/a");
}

TEST_F(ApiTest, AnAccountsAdminHasNoPowerBeyondIt) {
  ASSERT_TRUE(store_->save_account({"two", "Two", ""}));
  auto eva = *store_->user("eva");
  eva.roles["two"] = store::Role::admin;
  ASSERT_TRUE(store_->save_user(eva));
  EXPECT_EQ(ask({"boss", "PUT", "/api/v1/users/eva/password", R"({"new": "taken over 1"})"}).status,
            403);
  EXPECT_EQ(ask({"boss", "DELETE", "/api/v1/users/eva", "", {{"if-match", "*"}}}).status, 403);
  EXPECT_EQ(ask({"boss", "PUT", "/api/v1/users/vic", R"({"roles": {"two": "viewer"}})",
                 {{"if-match", "*"}}})
                .status,
            403);
}

TEST_F(ApiTest, JsonIsBoundedInDepth) {
  const auto nested = [](int depth) {
    return R"({"x": )" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  const auto path = account + "/settings";
  // Read, but no setting.
  EXPECT_EQ(ask({"boss", "PUT", path, nested(64), {{"if-match", "*"}}}).status, 422);
  EXPECT_EQ(ask({"boss", "PUT", path, nested(65), {{"if-match", "*"}}}).status, 400);
}

TEST_F(ApiTest, ListenersHearWhatTheyMaySee) {
  ASSERT_TRUE(store_->save_account({"two", "Two", ""}));
  const auto heard = ask({"vic", "GET", "/api/v1/events"});
  ASSERT_EQ(heard.status, 200);
  ASSERT_NE(heard.stream, nullptr);
  ASSERT_EQ(put("eva", "*", "First").status, 201);
  api_.state().events.publish({"call.started", "two", now_, {}});
  const auto text = heard.stream->take();
  EXPECT_THAT(*text, HasSubstr("event: callflow.changed\nid: 1\ndata: {\"type\""));
  EXPECT_THAT(*text, Not(HasSubstr("call.started")));
  EXPECT_EQ(*heard.stream->take(), "");
  api_.state().events.publish({"call.started", "default", now_ + session_life, {}});
  EXPECT_EQ(heard.stream->take(), std::nullopt);
}

TEST_F(ApiTest, ListenersThatFallBehindAreToldToLookAgain) {
  const auto slow = ask({"vic", "GET", "/api/v1/events"});
  for (std::size_t i = 0; i <= EventHub::queue_max; ++i) {
    api_.state().events.publish({"call.step", "default", now_, {}});
  }
  const auto text = *slow.stream->take();
  EXPECT_THAT(text, HasSubstr("event: resync"));
  EXPECT_LT(text.size(), 1'000U);
  const auto again = ask({"vic", "GET", "/api/v1/events", "", {{"last-event-id", "999"}}});
  EXPECT_THAT(*again.stream->take(), HasSubstr("id: 1000\n"));
  const auto late = ask({"vic", "GET", "/api/v1/events", "", {{"last-event-id", "77777"}}});
  EXPECT_THAT(*late.stream->take(), HasSubstr("event: resync"));
}

TEST(FirstStart, MakesOneAdministrator) {
  const store::TemporaryDirectory directory;
  Services services;
  services.now = [] { return WallTime{}; };
  services.open_store = [&] { return store::open_sqlite(directory.path()); };
  services.password_cost = PasswordCost::least();
  Api api(std::move(services));
  const auto password = *api.make_first_user("");
  EXPECT_GE(password.size(), 16U);
  EXPECT_EQ(*api.make_first_user(""), "");
  const auto admin = (*store::open_sqlite(directory.path()))->user("admin");
  EXPECT_TRUE(admin->system);
  EXPECT_TRUE(*api.state().passwords.matches(admin->password_hash, password));
}

// ---- the web app

class Web : public ApiHarness {
 protected:
  // The files are there before the API looks.
  Web() : files_(web_.path()) {
    std::filesystem::create_directory(web_.path() / "assets");
    write("index.html", "<html>__CSP_NONCE__</html>");
    write("assets/app-123.js", "code");
    write(".secret", "secret");
    std::ofstream(directory_.path() / "outside.txt") << "outside";
    std::filesystem::create_symlink(directory_.path() / "outside.txt", web_.path() / "link.txt");
  }
  void write(const char* name, const char* text) { std::ofstream(web_.path() / name) << text; }

  WebFiles files_;
};

TEST_F(Web, FilesAndPages) {
  const struct {
    const char* path;
    int status;
    const char* type;
    const char* cache;
  } cases[] = {
      {"/", 200, "text/html; charset=utf-8", "no-cache"},
      {"/callflows/a", 200, "text/html; charset=utf-8", "no-cache"},
      {"/assets/app-123.js", 200, "text/javascript; charset=utf-8",
       "public, max-age=31536000, immutable"},
      {"/assets/gone.js", 404, "application/problem+json", ""},
      {"/../outside.txt", 404, "application/problem+json", ""},
      {"/%2e%2e/outside.txt", 404, "application/problem+json", ""},
      {"/..%2foutside.txt", 404, "application/problem+json", ""},
      {"/assets/..%5c..%5coutside.txt", 404, "application/problem+json", ""},
      {"/assets/%00", 404, "application/problem+json", ""},
      {"//etc/passwd", 404, "application/problem+json", ""},
      {"/.secret", 404, "application/problem+json", ""},
      {"/link.txt", 404, "application/problem+json", ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.path);
    const auto response = files_.answer({.method = "GET", .path = c.path});
    EXPECT_EQ(response.status, c.status);
    EXPECT_EQ(response.type, c.type);
    EXPECT_EQ(header(response, "Cache-Control"), c.cache);
    EXPECT_THAT(response.body, Not(HasSubstr("outside")));
  }
}

TEST_F(Web, EveryPageHasANonceOfItsOwn) {
  const auto first = files_.answer({.method = "GET", .path = "/"});
  const auto second = files_.answer({.method = "GET", .path = "/"});
  EXPECT_NE(first.body, second.body);
  EXPECT_THAT(first.body, Not(HasSubstr("__CSP_NONCE__")));
  const auto nonce = first.body.substr(6, first.body.find("</") - 6);
  EXPECT_THAT(header(first, "Content-Security-Policy"), HasSubstr("'nonce-" + nonce + "'"));
  EXPECT_THAT(header(first, "Content-Security-Policy"), Not(HasSubstr("unsafe")));
}

TEST_F(ApiTest, ACallInProgressIsListedAsItIsNowAndFoundByItsCallId) {
  model::CallRecord call{.id = "c", .account = "default"};
  call.call_id = "7f1c2a90-of-the-caller@192.0.2.10";
  call.phrase = "as it was when the journal was read";
  ASSERT_TRUE(store_->upsert_calls({&call, 1}));
  call.phrase = "as the shard told a moment ago";
  api_.state().live.update(call);
  for (const auto* const query : {"", "?search=7F1C2A90", "?state=live"}) {
    SCOPED_TRACE(query);
    const auto items = body_of(ask({"vic", "GET", account + "/calls" + query})).at("items");
    ASSERT_EQ(items.as_array().size(), 1u);
    EXPECT_EQ(items.at(0).at("phrase").as_string(), call.phrase);
  }
  EXPECT_TRUE(body_of(ask({"vic", "GET", account + "/calls?search=other"})).at("items")
                  .as_array().empty());
}

}  // namespace
}  // namespace strowger::api
