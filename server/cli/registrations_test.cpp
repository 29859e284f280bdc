// Registrations outlive the server, in a file that stays small.
#include "cli/registrations.hpp"

#include "api/openapi.hpp"
#include "cli/registration_line.hpp"
#include "store/temporary_directory.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace strowger::cli {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Now start{Instant{} + std::chrono::hours{1}, WallTime{} + std::chrono::hours{500'000}};

sip::Binding binding(const std::string& contact, seconds lasts = seconds{600}) {
  sip::Binding made;
  made.contact = contact;
  made.flow = {.transport = sip::Transport::tcp,
               .local = *Endpoint::parse("192.0.2.1:5060"),
               .remote = *Endpoint::parse("[2001:db8::9]:40000"),
               .connection = 7};
  made.path = {"<sip:edge;lr>"};
  made.q = 500;
  made.instance = "<urn:uuid:1>";
  made.call_id = "one@test";
  made.cseq = 3;
  made.user_agent = "Phone \"1\"\xff";
  made.since = start.wall;
  made.expires = start.wall + lasts;
  made.refreshed = start.instant;
  made.due = start.instant + lasts;
  return made;
}

std::shared_ptr<const sip::LocationChange> bound(const sip::Binding& one,
                                                 std::string aor = "default/desk") {
  return std::make_shared<const sip::LocationChange>(
      sip::LocationChange{.aor = std::move(aor), .bound = {one}, .removed = {}});
}

std::shared_ptr<const sip::LocationChange> removed(const std::string& contact) {
  return std::make_shared<const sip::LocationChange>(sip::LocationChange{
      .aor = "default/desk", .bound = {}, .removed = {{contact, "", 0, start.instant}}});
}

TEST(RegistrationLine, SaysAllButTheConnection) {
  std::string lines;
  append_lines(lines, *bound(binding("sip:anna@[2001:db8::9]:5070;transport=tcp")));
  // Ten minutes later, on a machine whose clock began anew.
  const Now later{Instant{} + seconds{5}, start.wall + seconds{100}};
  const auto read = read_line(lines.substr(0, lines.size() - 1), later);
  ASSERT_TRUE(read);
  auto want = binding("sip:anna@[2001:db8::9]:5070;transport=tcp");
  want.flow.connection = 0;
  want.user_agent = "Phone \"1\"\xEF\xBF\xBD";
  want.refreshed = later.instant;
  want.due = later.instant + seconds{500};
  ASSERT_THAT(read->bound, SizeIs(1));
  EXPECT_EQ(read->bound[0], want);
}

TEST(RegistrationLine, WhatIsNoneIsPassedOver) {
  for (const auto* line : {"", "{", "[]", "{}", R"({"aor": "default/desk"})",
                           R"({"aor": "default/desk", "local": "x", "remote": "y"})"}) {
    EXPECT_FALSE(read_line(line, start)) << line;
  }
}

// What the API and the command line are given, member by member.
TEST(RegistrationLine, IsTheContractsRegistration) {
  auto one = binding("sip:a@192.0.2.9");
  one.round_trip = std::chrono::milliseconds{12};
  const auto row = registration_json("desk", one);
  EXPECT_EQ(row.at("round_trip_ms").as_int64(), 12);
  one.reachable = false;
  one.round_trip.reset();
  EXPECT_FALSE(registration_json("desk", one).at("reachable").as_bool());
  EXPECT_TRUE(registration_json("desk", one).at("round_trip_ms").is_null());
  const auto contract = boost::json::parse(api::openapi_text());
  const auto& schema = contract.at("components").at("schemas").at("Registration");
  std::set<std::string> described;
  for (const auto& [name, what] : schema.at("properties").as_object()) described.emplace(name);
  std::set<std::string> given;
  for (const auto& [name, value] : row) given.emplace(name);
  EXPECT_EQ(given.size(), schema.at("required").as_array().size());
  const auto of_trunk = registration_json("trunk:pbx", one);
  EXPECT_EQ(of_trunk.at("device").as_string(), "");
  EXPECT_EQ(of_trunk.at("trunk").as_string(), "pbx");
  for (const auto& [name, value] : of_trunk) given.emplace(name);
  EXPECT_EQ(given, described);
}

struct RegistrationsTest : testing::Test {
  store::TemporaryDirectory directory;
  std::unique_ptr<Registrations> open(Now now = start) {
    auto opened = Registrations::open(directory.path(), now);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(*opened);
  }
  std::vector<std::string> restored(const Registrations& from) {
    std::vector<std::string> all;
    for (const auto& change : from.restored()) all.push_back(change.bound.at(0).contact);
    std::ranges::sort(all);
    return all;
  }
};

TEST_F(RegistrationsTest, AreThereAfterARestart) {
  {
    const auto registrations = open();
    registrations->changed(bound(binding("sip:a@192.0.2.9")));
    registrations->changed(bound(binding("sip:b@192.0.2.9")));
    registrations->changed(bound(binding("sip:short@192.0.2.9", seconds{60})));
    registrations->changed(removed("sip:a@192.0.2.9"));
  }
  EXPECT_THAT(restored(*open()), ElementsAre("sip:b@192.0.2.9", "sip:short@192.0.2.9"));
  EXPECT_THAT(restored(*open({start.instant, start.wall + seconds{60}})),
              ElementsAre("sip:b@192.0.2.9"));
}

TEST_F(RegistrationsTest, ALineThatACrashCutOffIsLeftOut) {
  open()->changed(bound(binding("sip:a@192.0.2.9")));
  std::ofstream(directory.path() / "registrations.log", std::ios::app) << R"({"aor":"default/d)";
  EXPECT_THAT(restored(*open()), ElementsAre("sip:a@192.0.2.9"));
}

TEST_F(RegistrationsTest, WhetherAPhoneAnswersIsListedButNotKept) {
  auto silent = binding("sip:a@192.0.2.9");
  silent.reachable = false;
  {
    const auto registrations = open();
    registrations->changed(bound(binding("sip:a@192.0.2.9")));
    registrations->changed(std::make_shared<const sip::LocationChange>(
        sip::LocationChange{.aor = "default/desk",
                            .why = sip::LocationChange::Why::probed,
                            .bound = {silent},
                            .removed = {}}));
    while (registrations->list("default").empty() ||
           registrations->list("default")[0].at("reachable").as_bool()) {
      std::this_thread::yield();
    }
  }
  std::ifstream file(directory.path() / "registrations.log");
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  EXPECT_EQ(lines, 1U);
}

TEST_F(RegistrationsTest, TheFileIsWrittenAnewWhenMostOfItIsOld) {
  {
    const auto registrations = open();
    for (std::size_t i = 0; i < 3 * Registrations::old_lines_max; ++i) {
      registrations->changed(bound(binding("sip:a@192.0.2.9")));
    }
  }
  std::ifstream file(directory.path() / "registrations.log");
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  EXPECT_LE(lines, 2 * Registrations::old_lines_max);
}

TEST_F(RegistrationsTest, AreListedByAccountAndToldOf) {
  std::vector<std::string> told;
  auto registrations = open();
  registrations->tell([&](const sip::LocationChange& change) { told.push_back(change.aor); });
  registrations->changed(bound(binding("sip:a@[2001:db8::9]")));
  registrations->changed(bound(binding("sip:b@192.0.2.9"), "other/desk"));
  registrations.reset();
  EXPECT_THAT(told, ElementsAre("default/desk", "other/desk"));
  registrations = open();
  EXPECT_THAT(registrations->list("nobody"), IsEmpty());
  const auto rows = registrations->list("default");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].at("device").as_string(), "desk");
  EXPECT_EQ(rows[0].at("contact").as_string(), "sip:a@[2001:db8::9]");
  EXPECT_TRUE(rows[0].at("reachable").as_bool()) << "a connection can be opened to it";
  EXPECT_THAT(registrations->bindings("other", "desk"), SizeIs(1));
  EXPECT_THAT(registrations->aors(), SizeIs(2));
}

}  // namespace
}  // namespace strowger::cli
