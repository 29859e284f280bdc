// Seats, devices and ring groups by the API: what is told once, what follows what, what is refused.
#include "api/api_harness.hpp"

#include "model/seat_kit.hpp"
#include "store/digest_secret.hpp"
#include "store/seat_changes.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <cmath>

namespace strowger::api {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

const std::string account = "/api/v1/accounts/default";
constexpr const char* anna =
    R"({"id": "anna", "first_name": "Anna", "last_name": "Berg", "extension": "201"})";

class Seats : public ApiHarness {
 protected:
  json::object told(const Ask& asked, int status) {
    const auto response = ask(asked);
    EXPECT_EQ(response.status, status) << asked.method << " " << asked.path << response.body;
    if (response.body.empty()) return {};
    return json::parse(response.body).as_object();
  }
  json::object add(const std::string& document) {
    return told({"boss", "POST", account + "/seats", document}, 201);
  }
  std::string device_of(const json::object& seat) {
    return std::string(seat.at("new_device").at("id").as_string());
  }
  std::string secret_of(const std::string& device) {
    return store_->device_secrets("default")->at(device).sha256;
  }
};

TEST_F(Seats, OneStepMakesSeatPhoneAndCallflow) {
  const auto seat = add(anna);
  const auto& device = seat.at("new_device").as_object();
  const std::string secret(device.at("secret").as_string());
  const std::string username(device.at("username").as_string());
  EXPECT_EQ(secret_of(device_of(seat)),
            store::digest_secret(username, "strowger", secret).sha256);
  EXPECT_EQ(seat.at("callflow").at("name").as_string(), "Anna Berg");
  EXPECT_EQ(*store_->number_owner("default", "201"),
            std::string(seat.at("callflow").at("id").as_string()));
  EXPECT_EQ(reloads_, 2) << "it is live at once";
}

// 55 letters and digits: 20 of them hold 115 bits.
TEST_F(Seats, ASecretHasAtLeast96Bits) {
  const auto seat = add(anna);
  const std::string secret(seat.at("new_device").at("secret").as_string());
  EXPECT_GE(static_cast<double>(secret.size()) * std::log2(55), 96);
}

TEST_F(Seats, TheSecretIsToldOnce) {
  const auto seat = add(anna);
  const std::string secret(seat.at("new_device").at("secret").as_string());
  const auto device = account + "/devices/" + device_of(seat);
  for (const auto& path : {account + "/seats/anna", account + "/seats/anna/softphone",
                           account + "/seats", device, account + "/devices"}) {
    const auto body = ask({"boss", "GET", path}).body;
    EXPECT_THAT(body, Not(HasSubstr(secret))) << path;
    EXPECT_THAT(body, Not(HasSubstr(secret_of(device_of(seat))))) << path;
  }
  const auto again = told({"boss", "POST", device + "/secret"}, 200);
  EXPECT_NE(again.at("new_device").at("secret").as_string(), secret);
  EXPECT_TRUE(again.at("secret_state").at("current").as_bool());
  const auto audit = store_->audit("default", 1'000, 100);
  ASSERT_TRUE(audit);
  EXPECT_FALSE(audit->empty());
  for (const auto& entry : *audit) {
    EXPECT_THAT(entry.note + entry.target, Not(HasSubstr(secret)));
  }
}

TEST_F(Seats, NothingHalfIsMade) {
  told({"eva", "POST", account + "/callflows?publish=true",
        R"({"id": "main", "numbers": ["201"], "flow": {"module": "response", "data": {}}})"}, 201);
  const auto refused = told({"boss", "POST", account + "/seats", anna}, 409);
  EXPECT_EQ(refused.at("owner").at("id").as_string(), "main");
  EXPECT_TRUE(store_->objects("default", store::ObjectKind::seat)->empty());
  EXPECT_TRUE(store_->objects("default", store::ObjectKind::device)->empty());
  EXPECT_EQ(store_->callflows("default")->size(), 1U);
}

TEST_F(Seats, UnknownMembersStay) {
  told({"boss", "PUT", account + "/seats/k", R"({"first_name": "K", "priv_level": "user",
        "hotdesk": {"id": "7"}})", {{"if-none-match", "*"}}}, 201);
  EXPECT_THAT(ask({"vic", "GET", account + "/seats/k"}).body,
              HasSubstr(R"("priv_level":"user","hotdesk":{"id":"7"})"));
}

TEST_F(Seats, NobodysPhoneHasSettingsToo) {
  told({"boss", "PUT", account + "/devices/door",
        R"({"name": "Door", "sip": {"username": "door"}})", {{"if-none-match", "*"}}}, 201);
  const auto settings = told({"vic", "GET", account + "/devices/door/softphone"}, 200);
  EXPECT_EQ(settings.at("domain").as_string(), "pbx.example");
  EXPECT_EQ(settings.at("servers").as_array().size(), 2U);
  ASSERT_EQ(settings.at("devices").as_array().size(), 1U);
  EXPECT_EQ(settings.at("devices").at(0).at("username").as_string(), "door");
  EXPECT_EQ(ask({"vic", "GET", account + "/devices/gone/softphone"}).status, 404);
}

TEST_F(Seats, ThePhonesSettingsAreThoseToTypeIn) {
  add(anna);
  const auto settings = told({"vic", "GET", account + "/seats/anna/softphone"}, 200);
  EXPECT_EQ(settings.at("domain").as_string(), "pbx.example");
  EXPECT_EQ(settings.at("realm").as_string(), "strowger");
  const auto& servers = settings.at("servers").as_array();
  ASSERT_EQ(servers.size(), 2U);
  EXPECT_EQ(servers[0].at("server").as_string(), "pbx.example") << "0.0.0.0 is no address to type";
  EXPECT_EQ(servers[1].at("server").as_string(), "192.0.2.7");
  EXPECT_EQ(servers[1].at("port").as_int64(), 5061);
  EXPECT_EQ(settings.at("devices").as_array().size(), 1U);
}

TEST_F(Seats, AnotherExtensionTakesTheCallflowAlong) {
  const auto seat = add(anna);
  const auto saved = told({"boss", "PUT", account + "/seats/anna",
                           R"({"first_name": "Anna", "last_name": "Berg", "extension": "211"})",
                           {{"if-match", "*"}}}, 200);
  EXPECT_EQ(saved.at("callflow").at("id"), seat.at("callflow").at("id"));
  EXPECT_TRUE(store_->number_owner("default", "211")->has_value());
  EXPECT_FALSE(store_->number_owner("default", "201")->has_value());
}

TEST_F(Seats, AnExtensionThatSomebodyHasIsToldAtItsMember) {
  add(anna);
  const auto refused = told({"boss", "POST", account + "/seats",
                             R"({"first_name": "Ben", "extension": "201"})"}, 409);
  ASSERT_EQ(refused.at("findings").as_array().size(), 1U);
  const auto& finding = refused.at("findings").at(0);
  EXPECT_EQ(finding.at("code").as_string(), "taken");
  EXPECT_EQ(finding.at("pointer").as_string(), "/extension");
  const std::string text(finding.at("text").as_string());
  EXPECT_TRUE(text.starts_with("The number 201 belongs to the callflow “")) << text;
  EXPECT_TRUE(text.ends_with(", which does not ring this seat.")) << text;
  EXPECT_EQ(refused.at("owner").at("id"),
            told({"eva", "GET", account + "/seats/anna"}, 200).at("callflow").at("id"));
}

TEST_F(Seats, ADeleteSaysWhatBelongsToTheSeatAndWhoRingsIt) {
  const auto seat = add(anna);
  told({"eva", "PUT", account + "/ring_groups/g", R"({"name": "G", "endpoints": [{"id": "anna"}]})",
        {{"if-none-match", "*"}}}, 201);
  const Ask whole{"boss", "DELETE", account + "/seats/anna?devices=delete&callflow=delete", "",
                  {{"if-match", "*"}}};
  const auto asked =
      told({"boss", "DELETE", account + "/seats/anna", "", {{"if-match", "*"}}}, 409);
  EXPECT_EQ(asked.at("devices").as_array().size(), 1U);
  EXPECT_EQ(asked.at("callflow").at("id"), seat.at("callflow").at("id"));
  const auto used = told(whole, 409);
  ASSERT_EQ(used.at("used_by").as_array().size(), 1U) << "its own callflow goes with it";
  EXPECT_EQ(used.at("used_by").as_array()[0].at("ring_group").as_string(), "g");
  auto forced = whole;
  forced.path += "&force=true";
  told(forced, 204);
  EXPECT_TRUE(store_->objects("default", store::ObjectKind::device)->empty());
  EXPECT_TRUE(store_->callflows("default")->empty());
}

TEST_F(Seats, AnotherSeatCanTakeItsPlaceEverywhere) {
  add(anna);
  add(R"({"id": "ben", "first_name": "Ben", "extension": "202"})");
  told({"eva", "PUT", account + "/ring_groups/g", R"({"name": "G", "endpoints": [{"id": "anna"}]})",
        {{"if-none-match", "*"}}}, 201);
  told({"eva", "POST", account + "/callflows?publish=true", R"({"id": "desk", "numbers": ["100"],
        "flow": {"module": "user", "data": {"id": "anna"}}})"}, 201);
  told({"boss", "DELETE",
        account + "/seats/anna?devices=keep&callflow=keep&replace_with=ben", "",
        {{"if-match", "*"}}}, 204);
  const auto group = store_->object("default", store::ObjectKind::ring_group, "g");
  EXPECT_EQ(model::parse_ring_group(group->document)->endpoints[0].id, "ben");
  const auto desk = model::parse_callflow(store_->revision("default", "desk", 0)->document);
  EXPECT_EQ(desk->root->text("id"), "ben");
  EXPECT_EQ(store_->callflow("default", "desk")->published, 2);
  EXPECT_EQ(store_->objects("default", store::ObjectKind::device)->size(), 2U);
}

TEST_F(Seats, AReferenceToNobodyIsAnErrorAndOneToSomebodySwitchedOffAWarning) {
  const std::string flow =
      R"({"id": "f", "numbers": ["1"], "flow": {"module": "user", "data": {"id": "anna"}}})";
  const Ask publish{"eva", "POST", account + "/callflows?publish=true", flow};
  const auto refused = told(publish, 422);
  EXPECT_EQ(refused.at("findings").as_array()[0].at("code").as_string(), "missing-seat");
  EXPECT_EQ(refused.at("findings").as_array()[0].at("pointer").as_string(), "/flow/data/id");
  told({"boss", "PUT", account + "/seats/anna", R"({"first_name": "A", "enabled": false})",
        {{"if-none-match", "*"}}}, 201);
  EXPECT_THAT(ask({"eva", "POST", account + "/lint", flow}).body, HasSubstr("disabled-seat"));
  told(publish, 201);
}

TEST_F(Seats, ACallflowComesWithTheNamesOfWhatItRings) {
  const auto seat = add(anna);
  const std::string callflow(seat.at("callflow").at("id").as_string());
  const auto told_callflow = told({"vic", "GET", account + "/callflows/" + callflow}, 200);
  EXPECT_EQ(told_callflow.at("metadata").at("seat").at("anna").as_string(), "Anna Berg");
}

TEST_F(Seats, AnotherUsernameNeedsAnotherSecret) {
  const auto seat = add(anna);
  const auto device = device_of(seat);
  const auto saved = told({"boss", "PUT", account + "/devices/" + device,
                           R"({"name": "D", "sip": {"username": "other"}})", {{"if-match", "*"}}},
                          200);
  EXPECT_FALSE(saved.at("secret_state").at("set").as_bool());
  const auto mine = told({"boss", "POST", account + "/devices/" + device + "/secret",
                          R"({"password": "twelve chars at least"})"}, 200);
  EXPECT_EQ(mine.at("new_device").at("secret").as_string(), "twelve chars at least");
}

TEST_F(Seats, ASecretOfAnotherDomainIsNotCurrent) {
  const auto device = device_of(add(anna));
  ASSERT_TRUE(store_->save_account({"default", "Default", "pbx.example"}));
  const auto state = told({"vic", "GET", account + "/devices/" + device}, 200);
  EXPECT_TRUE(state.at("secret_state").at("set").as_bool());
  EXPECT_FALSE(state.at("secret_state").at("current").as_bool());
}

TEST_F(Seats, ListsArePagedAndSearched) {
  for (int i = 0; i < 5; ++i) {
    add(R"({"first_name": "Anna )" + std::to_string(i) + R"(", "extension": "30)" +
        std::to_string(i) + "\"}");
  }
  auto page = told({"vic", "GET", account + "/seats?limit=2"}, 200);
  EXPECT_EQ(page.at("items").as_array().size(), 2U);
  EXPECT_EQ(page.at("items").as_array()[0].at("devices").as_int64(), 1);
  EXPECT_EQ(page.at("items").as_array()[0].at("used_by").as_int64(), 1);
  const std::string next(page.at("next").as_string());
  page = told({"vic", "GET", account + "/seats?limit=5&cursor=" + next}, 200);
  EXPECT_EQ(page.at("items").as_array().size(), 3U);
  EXPECT_EQ(page.at("next").as_string(), "");
  page = told({"vic", "GET", account + "/seats?search=303"}, 200);
  EXPECT_EQ(page.at("items").as_array().size(), 1U);
  // A phone is found by whose it is, whatever its own name.
  const std::string seat(page.at("items").as_array()[0].at("id").as_string());
  told({"boss", "POST", account + "/devices",
        R"({"name": "Conservatory", "owner_id": ")" + seat + R"("})"}, 201);
  page = told({"vic", "GET", account + "/devices?search=anna%203"}, 200);
  EXPECT_EQ(page.at("items").as_array().size(), 2U);
  page = told({"vic", "GET", account + "/devices?search=conserv"}, 200);
  EXPECT_EQ(page.at("items").as_array().size(), 1U);
}

TEST_F(Seats, ChangesAreInTheAuditLog) {
  add(anna);
  const auto entries = store_->audit("default", 1'000, 10);
  ASSERT_FALSE(entries->empty());
  EXPECT_EQ(entries->front().action, "seat.create");
  EXPECT_EQ(entries->front().target, "seat/anna");
}

TEST_F(Seats, HostileBodies) {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  const struct {
    const char* what;
    std::string body;
  } cases[] = {
      {"/seats", "null"},
      {"/seats", "[]"},
      {"/seats", "{"},
      {"/seats", "\xff"},
      {"/seats", R"({"first_name": null})"},
      {"/seats", R"({"first_name": []})"},
      {"/seats", R"({"first_name": "\u0000"})"},
      {"/seats", R"({"first_name": "a", "x": )" + deep + "}"},
      {"/seats", R"({"first_name": "a", "first_name": "b"})"},
      {"/seats", R"({"first_name": "a", "extension": "1'; DROP TABLE seat"})"},
      {"/seats", R"({"first_name": "a", "call_forward": {"enabled": true, "number": {}}})"},
      {"/seats", R"({"first_name": "a", "id": "../../etc"})"},
      {"/devices", R"({"name": "d", "sip": []})"},
      {"/devices", R"({"name": "d", "sip": 7})"},
      {"/devices", R"({"name": "d", "device_type": {}})"},
      {"/devices", R"({"name": "d", "sip": {"password": "mine"}})"},
      {"/devices", R"({"name": "d", "sip": {"username": "a\r\nVia: x"}})"},
      {"/devices", R"({"name": "d", "sip": {"ha1": {"md5": "0"}}})"},
      {"/ring_groups", R"({"name": "g", "endpoints": [[]]})"},
      {"/ring_groups", R"({"name": "g", "endpoints": {"0": {}}})"},
      {"/ring_groups", R"({"name": "g", "endpoints": [{"id": 7}]})"},
  };
  for (const auto& c : cases) {
    const auto response = ask({"boss", "POST", account + c.what, c.body});
    EXPECT_TRUE(response.status == 400 || response.status == 422)
        << c.what << " " << c.body << " " << response.status;
    EXPECT_EQ(response.type, "application/problem+json");
  }
  EXPECT_TRUE(store_->objects("default", store::ObjectKind::seat)->empty());
  EXPECT_TRUE(store_->objects("default", store::ObjectKind::device)->empty());
}

}  // namespace
}  // namespace strowger::api
