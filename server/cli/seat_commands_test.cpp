// `strowger seat`, `device` and `ring-group`, as a person runs them: what they print and return.
#include "cli/command_for_tests.hpp"

#include "store/digest_secret.hpp"
#include "store/sqlite_store.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace strowger::cli {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class SeatCommands : public CommandTest {
 protected:
  Ran anna() const {
    return command({"seat", "add", "--first", "Anna", "--last", "Berg", "--extension", "201",
                    "--id", "anna", "--username", "phone1", "--password", "correct horse"});
  }
};

TEST_F(SeatCommands, AddPrintsWhatToTypeIntoAPhone) {
  const auto added = anna();
  EXPECT_EQ(added.code, exit_ok) << added.err;
  EXPECT_EQ(added.out,
            "seat anna (Anna Berg) is added\n"
            "  Type into the phone; the password is shown this once:\n"
            "  Server    the address of this machine\n"
            "  Username  phone1\n"
            "  Password  correct horse\n");
  EXPECT_EQ(command({"seat", "list"}).out,
            "ID    NAME       EXTENSION  PHONES\n"
            "anna  Anna Berg  201        1\n");
  EXPECT_THAT(command({"number", "list"}).out, HasSubstr("201     "));
  const auto store = std::move(*store::open_sqlite(directory_.path()));
  EXPECT_EQ(store->device_secrets("default")->at("phone1"),
            store::digest_secret("phone1", "strowger", "correct horse"));
}

TEST_F(SeatCommands, SecretsAreRandomUnlessChosen) {
  const auto one = json::parse(command({"seat", "add", "--first", "A", "--extension", "1",
                                        "--json"}).out);
  const auto two = json::parse(command({"seat", "add", "--first", "B", "--extension", "2",
                                        "--json"}).out);
  EXPECT_NE(one.at("new_device").at("secret"), two.at("new_device").at("secret"));
  EXPECT_EQ(one.at("new_device").at("secret").as_string().size(), 20U);
  const auto weak = command({"seat", "add", "--first", "C", "--extension", "3", "--password", "x"});
  EXPECT_EQ(weak.code, exit_failed);
  EXPECT_THAT(weak.err, HasSubstr("at least 12"));
}

TEST_F(SeatCommands, AnExtensionBelongsToOne) {
  anna();
  const auto second = command({"seat", "add", "--first", "Eve", "--extension", "201"});
  EXPECT_EQ(second.code, exit_failed);
  EXPECT_THAT(second.err, HasSubstr("201 belongs to the callflow"));
}

TEST_F(SeatCommands, SetChangesMembers) {
  anna();
  const auto set = command({"seat", "set", "anna", "extension=211", "ring_timeout_s=45",
                            "call_forward.enabled=true", "call_forward.number=+49170123",
                            "email=anna@example.com"});
  EXPECT_EQ(set.code, exit_ok) << set.err;
  const auto shown = command({"seat", "show", "anna"}).out;
  EXPECT_THAT(shown, HasSubstr("\"extension\": \"211\""));
  EXPECT_THAT(shown, HasSubstr("\"ring_timeout_s\": 45"));
  EXPECT_THAT(shown, HasSubstr("\"number\": \"+49170123\""));
  EXPECT_THAT(command({"number", "list"}).out, HasSubstr("211     "));
  EXPECT_EQ(command({"seat", "set", "anna", "email=null"}).code, exit_ok);
  EXPECT_THAT(command({"seat", "show", "anna"}).out, Not(HasSubstr("email")));
  const auto wrong = command({"seat", "set", "anna", "email=nobody"});
  EXPECT_EQ(wrong.code, exit_failed);
  EXPECT_THAT(wrong.err, HasSubstr("/email"));
  EXPECT_THAT(command({"seat", "set", "anna", "email"}).err, HasSubstr("name=value"));
}

TEST_F(SeatCommands, RemoveAsksWhatBecomesOfTheRest) {
  anna();
  const auto asked = command({"seat", "remove", "anna"});
  EXPECT_EQ(asked.code, exit_failed);
  EXPECT_THAT(asked.err, HasSubstr("--devices keep or --devices delete"));
  EXPECT_THAT(asked.err, HasSubstr("--callflow keep or --callflow delete"));
  EXPECT_EQ(command({"ring-group", "add", "--name", "Sales", "--id", "sales", "--member",
                     "user:anna"}).code, exit_ok);
  const std::vector<std::string> whole{"seat",   "remove",     "anna",  "--devices",
                                       "delete", "--callflow", "delete"};
  EXPECT_THAT(command(whole).err, HasSubstr("ring group sales"));
  auto forced = whole;
  forced.emplace_back("--force");
  EXPECT_EQ(command(forced).code, exit_ok);
  EXPECT_THAT(command({"seat", "list"}).out, HasSubstr("no seats yet"));
  EXPECT_THAT(command({"device", "list"}).out, HasSubstr("no devices yet"));
  EXPECT_THAT(command({"number", "list"}).out, HasSubstr("no live callflow has a number"));
}

TEST_F(SeatCommands, DevicesComeAndGo) {
  const auto door = command({"device", "add", "--name", "Door", "--id", "door", "--type",
                             "sip_uri", "--route", "sip:door@192.0.2.7"});
  EXPECT_EQ(door.code, exit_ok) << door.err;
  EXPECT_EQ(door.out, "device door is saved\n");
  const auto desk = command({"device", "add", "--name", "Desk", "--id", "desk", "--username",
                             "desk1"});
  EXPECT_THAT(desk.out, HasSubstr("  Username  desk1\n  Password  "));
  EXPECT_EQ(command({"device", "set", "desk", "enabled=false"}).out, "device desk is saved\n");
  EXPECT_THAT(command({"device", "list"}).out, HasSubstr("desk1     "));
  EXPECT_THAT(command({"device", "secret", "desk", "--password", "correct horse"}).out,
              HasSubstr("correct horse"));
  EXPECT_EQ(command({"device", "secret", "door"}).code, exit_failed);
  EXPECT_THAT(command({"device", "add", "--name", "X", "--owner", "nobody"}).err,
              HasSubstr("missing-seat"));
  EXPECT_EQ(command({"device", "remove", "door"}).code, exit_ok);
  EXPECT_EQ(command({"device", "remove", "door"}).code, exit_failed);
}

TEST_F(SeatCommands, RingGroupsNameTheirMembers) {
  anna();
  const auto made = command({"ring-group", "add", "--name", "Sales", "--id", "sales", "--member",
                             "user:anna", "--member", "device:phone1", "--set", "timeout=60"});
  EXPECT_EQ(made.code, exit_ok) << made.err;
  EXPECT_THAT(command({"ring-group", "list"}).out, HasSubstr("user:anna device:phone1"));
  EXPECT_THAT(command({"ring-group", "show", "sales"}).out, HasSubstr("\"timeout\": 60"));
  EXPECT_EQ(command({"ring-group", "set", "sales", "strategy=single"}).code, exit_ok);
  EXPECT_THAT(command({"ring-group", "set", "sales", "strategy=loud"}).err,
              HasSubstr("/strategy"));
  EXPECT_THAT(command({"ring-group", "add", "--name", "X", "--member", "user:nobody"}).err,
              HasSubstr("missing-seat"));
  EXPECT_THAT(command({"ring-group", "add", "--name", "X", "--member", "anna"}).err,
              HasSubstr("write user:ID"));
  EXPECT_EQ(command({"ring-group", "remove", "sales"}).code, exit_ok);
}

TEST_F(SeatCommands, ASimulatedCallRingsTheirPhones) {
  anna();
  const auto file = directory_.path() / "flow.json";
  std::ofstream(file) << R"({"name": "Ring", "numbers": ["900"], "flow": {"module": "user",
      "data": {"id": "anna", "timeout": 10}, "children": {"USER_BUSY": {"module": "response",
      "data": {"code": 486, "message": "On the phone"}}}}})";
  const auto simulate = [&](const char* phones) {
    return command({"callflow", "simulate", file.string(), "--phones", phones}).out;
  };
  EXPECT_THAT(simulate("answer"), HasSubstr("1 Anna Berg\n"));
  EXPECT_THAT(simulate("answer"), HasSubstr("≈≈≈│  they talk, "));
  EXPECT_THAT(simulate("busy"), HasSubstr("SIP/2.0 486 Busy Here"));
  EXPECT_THAT(simulate("busy"), HasSubstr("<- 486 On the phone"));
  EXPECT_THAT(simulate("no_answer"), HasSubstr("CANCEL sip:"));
  EXPECT_THAT(simulate("offline"), Not(HasSubstr("1 Anna Berg\n")));
  EXPECT_EQ(command({"callflow", "simulate", file.string(), "--phones", "asleep"}).code,
            exit_usage);
}

}  // namespace
}  // namespace strowger::cli
