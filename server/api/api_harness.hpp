// An API on a store of its own, with users of every role, for tests.
#pragma once

#include "api/api.hpp"
#include "api/gate.hpp"
#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace strowger::api {

inline constexpr const char* sample_manifest = R"({"name": "response", "title": "Response",
  "group": "advanced", "summary": "Ends the call.", "branches": "none", "terminal": true,
  "params": {"code": {"type": "integer", "minimum": 300, "maximum": 699, "default": 486},
             "media": {"type": "ref", "to": "media", "optional": true}}})";
inline constexpr const char* sample_runner = R"({"name": "callflow", "title": "Callflow",
  "group": "basic", "summary": "Goes on elsewhere.", "branches": "one", "runs": "id",
  "params": {"id": {"type": "ref", "to": "callflow"}}})";

inline constexpr const char* sample_ringer = R"({"name": "user", "title": "Seat",
  "group": "basic", "summary": "Rings.", "branches": "one",
  "params": {"id": {"type": "ref", "to": "seat"},
             "trunk": {"type": "ref", "to": "trunk", "optional": true}}})";

// Who asks: an id of a user below, or "" for nobody.
struct Ask {
  std::string who;
  std::string method;
  std::string path;  // with query
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  // instead of the usual ones too
  bool tls = false;
};

class ApiHarness : public testing::Test {
 protected:
  ApiHarness() : api_(services()) {
    store_ = std::move(*store::open_sqlite(directory_.path()));
    add_user("admin", true, {});
    add_user("boss", false, store::Role::admin);
    add_user("eva", false, store::Role::editor);
    add_user("vic", false, store::Role::viewer);
    add_user("out", false, {});
    reload();
  }

  Services services() {
    Services services;
    services.now = [this] { return now_; };
    services.open_store = [this] { return store::open_sqlite(directory_.path()); };
    services.data = directory_.path();
    services.web = web_.path();
    services.actions = {{sample_manifest, "# Response"}, {sample_runner, ""}, {sample_ringer, ""}};
    services.sip_addresses = [] {
      return std::vector<SipAddress>{{"udp", *Endpoint::parse("0.0.0.0:5060")},
                                     {"tcp", *Endpoint::parse("192.0.2.7:5061")}};
    };
    services.reload = [this]() -> Result<void, Complaint> {
      reload();
      return {};
    };
    services.snapshot = [this] { return snapshot_; };
    services.metrics = [] { return Metrics{gauge("strowger_calls_active", "Calls", 0)}; };
    services.decode = [](const std::string& file) -> Result<DecodedSound, SoundRefusal> {
      if (file.starts_with("bad")) return unexpected(SoundRefusal{false, "No sound at all."});
      if (file.starts_with("long")) return unexpected(SoundRefusal{true, "More than 10 minutes."});
      return DecodedSound{.pcmu = std::string(1'600, 'a'),
                          .pcma = std::string(1'600, 'b'),
                          .g722 = std::string(1'600, 'c'),
                          .opus = "frames",
                          .duration_ms = 200,
                          .source = "wav"};
    };
    services.voices = [this]() -> std::optional<std::vector<Voice>> {
      if (!speech_installed_) return std::nullopt;
      return std::vector<Voice>{{"en-gb", "English (Great Britain)", "en-gb"}};
    };
    services.speak = [](const SpeechRequest& wanted) -> Result<std::string, Complaint> {
      if (wanted.text == "loop") return complain("It took longer than 20 s.");
      return wanted.text;
    };
    services.linear = [](std::string_view pcmu) {
      return std::vector<std::int16_t>(pcmu.size(), 16'384);
    };
    services.simulate = [](const SimulationRequest& request)
        -> Result<boost::json::object, Complaint> {
      return boost::json::object{{"to", request.to}, {"code", 486}};
    };
    services.end_call = [this](const std::string& call, const std::string& by) {
      ended_.push_back(call + " by " + by);
      return true;
    };
    services.registrations = [](const std::string&) {
      return std::vector<boost::json::object>{{{"device", "desk"},
                                               {"contact", "sip:anna@192.0.2.9"},
                                               {"user_agent", "Phone 1"}}};
    };
    services.unregister = [](const std::string&, const std::string& device) {
      return device == "desk";
    };
    services.password_cost = PasswordCost::least();
    return services;
  }

  void reload() {
    if (!store_) return;
    auto account = std::make_shared<flow::AccountSnapshot>();
    account->id = "default";
    if (const auto live = store_->published("default")) {
      for (const auto& stored : *live) {
        const auto callflow = model::parse_callflow(stored.document);
        account->numbers.add(stored.id, callflow->numbers, callflow->patterns);
      }
    }
    auto snapshot = std::make_shared<flow::Snapshot>();
    snapshot->accounts.push_back(account);
    snapshot_ = std::move(snapshot);
    ++reloads_;
  }

  void add_user(const std::string& id, bool system, std::optional<store::Role> role) {
    store::User user;
    user.id = id;
    user.name = id;
    user.system = system;
    user.password_hash = *api_.state().passwords.hash("password of " + id);
    if (role) user.roles = {{"default", *role}};
    ASSERT_TRUE(store_->save_user(user));
  }

  // A session's cookie, without the detour of a login.
  std::string session_of(const std::string& user) {
    const auto secret = random_secret();
    const store::Session session{hash_of_secret(secret), user, now_, now_ + session_life};
    EXPECT_TRUE(store_->add_session(session));
    return std::string(session_cookie) + "=" + secret;
  }

  Response ask(const Ask& ask) {
    Request request{.method = ask.method};
    const auto question = ask.path.find('?');
    request.path = ask.path.substr(0, question);
    if (question != std::string::npos) request.query = ask.path.substr(question + 1);
    request.body = ask.body;
    request.source = "192.0.2.1";
    request.tls = ask.tls;
    request.headers = ask.headers;
    const auto usual = [&](const char* name, const std::string& value) {
      if (!request.has_header(name)) request.headers.emplace_back(name, value);
    };
    usual("host", "pbx.example");
    usual("origin", "http://pbx.example");
    if (!ask.body.empty()) usual("content-type", "application/json");
    const std::string session = ask.who.empty() ? "" : session_of(ask.who);
    if (!session.empty()) usual("cookie", session);
    auto response = api_.handle(request);
    const auto secret = session.substr(session.find('=') + 1);
    EXPECT_TRUE(store_->remove_session(hash_of_secret(secret)));
    return response;
  }

  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  store::TemporaryDirectory directory_;
  store::TemporaryDirectory web_;
  WallTime now_{std::chrono::milliseconds(1'800'000'000'000)};
  flow::SnapshotPtr snapshot_;
  int reloads_ = 0;
  bool speech_installed_ = true;
  std::vector<std::string> ended_;  // "CALL by USER"
  std::unique_ptr<store::Store> store_;
  Api api_;
};

}  // namespace strowger::api
