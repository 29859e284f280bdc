// The commands on a data directory, as a person runs them: what they print, what they return.
#include "cli/command_for_tests.hpp"

#include "model/call_record.hpp"
#include "store/journal.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace strowger::cli {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* busy = R"({"id": "busy", "name": "Busy", "numbers": ["486"], "x": 1.50,
  "flow": {"module": "response", "data": {"code": 486, "message": "On the phone"}}})";
constexpr const char* broken = R"({"id": "broken", "name": "Broken", "numbers": ["1"],
  "flow": {"module": "response", "data": {"code": 486, "media": "nowhere"}}})";
constexpr const char* outer = R"({"id": "outer", "name": "Outer", "numbers": ["2"],
  "flow": {"module": "callflow", "data": {"id": "busy"}}})";

class DataCommandsTest : public testing::Test {
 protected:
  DataCommandsTest() {
    char name[] = "/tmp/strowger-test-XXXXXX";
    directory_ = mkdtemp(name);
  }
  ~DataCommandsTest() override { std::filesystem::remove_all(directory_); }

  std::string file(const std::string& name, const std::string& text) const {
    const auto path = directory_ / name;
    std::ofstream(path) << text;
    return path.string();
  }
  std::string data() const { return (directory_ / "data").string(); }

  Ran run_in_data(std::vector<std::string> words) const {
    words.insert(words.end(), {"--data", data()});
    return run_plain(words);
  }
  // The output without the directory of this run.
  std::string plain(std::string text) const {
    const auto prefix = directory_.string() + "/";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

  std::filesystem::path directory_;
};

TEST_F(DataCommandsTest, ImportMakesACallflowLive) {
  const auto imported = run_in_data({"callflow", "import", file("busy.json", busy)});
  EXPECT_EQ(imported.code, exit_ok);
  EXPECT_EQ(plain(imported.out), "busy.json: published as busy, revision 1\n");
  EXPECT_EQ(imported.err, "");
  EXPECT_EQ(run_in_data({"number", "list"}).out,
            "NUMBER  CALLFLOW  KIND\n"
            "486     busy      number\n");
  EXPECT_THAT(run_in_data({"callflow", "list"}).out,
              StartsWith("ID    NAME  NUMBERS  REVISION  LIVE  CHANGED\n"
                         "busy  Busy  486      1         1     "));
}

TEST_F(DataCommandsTest, ImportKeepsADocumentWithErrorsAsADraft) {
  const auto imported = run_in_data({"callflow", "import", file("b.json", broken)});
  EXPECT_EQ(imported.code, exit_ok);
  EXPECT_THAT(plain(imported.out),
              StartsWith("b.json: stored as a draft of broken, revision 1, not live: 1 error\n"
                         "  error /flow/data/media [missing-media] "));
  EXPECT_EQ(run_in_data({"number", "list"}).out, "no live callflow has a number, none is spare\n");
}

TEST_F(DataCommandsTest, StrictImportStoresNothingWhenOneFileHasErrors) {
  const auto imported = run_in_data({"callflow", "import", "--strict", file("a.json", busy),
                                     file("b.json", broken)});
  EXPECT_EQ(imported.code, exit_failed);
  EXPECT_THAT(plain(imported.out), HasSubstr("a.json: not stored:\n"));
  EXPECT_THAT(run_in_data({"callflow", "list"}).out, StartsWith("no callflows yet"));
}

TEST_F(DataCommandsTest, ImportRefusesWhatIsNoCallflowAndNamesThePlace) {
  const struct {
    const char* text;
    const char* says;
  } cases[] = {
      {"", "error"},
      {"[]", "error"},
      {R"({"flow": {"module": 5}})", "/flow/module"},
      {R"({"flow": {"module": "response", "data": {}, "children": []}})", "/flow/children"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    const auto imported = run_in_data({"callflow", "import", file("x.json", c.text)});
    EXPECT_EQ(imported.code, exit_failed);
    EXPECT_THAT(plain(imported.out), StartsWith("x.json: refused"));
    EXPECT_THAT(imported.out, HasSubstr(c.says));
  }
  const auto missing = run_in_data({"callflow", "import", "/nonexistent.json"});
  EXPECT_EQ(missing.code, exit_failed);
  EXPECT_THAT(missing.out, HasSubstr("can't read /nonexistent.json"));
  EXPECT_THAT(run_in_data({"callflow", "list"}).out, StartsWith("no callflows yet"));
}

TEST_F(DataCommandsTest, FilesOfOneImportMayReferToEachOther) {
  const auto imported = run_in_data(
      {"callflow", "import", "--strict", file("outer.json", outer), file("busy.json", busy)});
  EXPECT_EQ(imported.code, exit_ok) << imported.out;
}

TEST_F(DataCommandsTest, ImportGivesAnIdAndSaysSo) {
  const auto imported = run_in_data(
      {"callflow", "import", file("n.json", R"({"name": "N", "numbers": [], "flow": {}})")});
  EXPECT_EQ(imported.code, exit_ok);
  EXPECT_THAT(imported.out, HasSubstr("it got a random one"));
}

TEST_F(DataCommandsTest, ImportAsJson) {
  const auto imported = run_in_data({"callflow", "import", "--json", file("a.json", busy)});
  const auto entry = json::parse(imported.out).at(0);
  EXPECT_EQ(entry.at("id").as_string(), "busy");
  EXPECT_EQ(entry.at("published"), json::value(true));
  EXPECT_EQ(entry.at("revision"), json::value(1));
  EXPECT_TRUE(entry.at("findings").as_array().empty());
}

TEST_F(DataCommandsTest, ExportGivesBackTheDocument) {
  run_in_data({"callflow", "import", file("busy.json", busy), file("outer.json", outer)});
  const auto exported = run_in_data({"callflow", "export", "busy"});
  EXPECT_EQ(exported.code, exit_ok);
  auto want = json::parse(busy).as_object();
  auto got = json::parse(exported.out).as_object();
  got.at("flow").as_object().erase("id");  // given on import
  EXPECT_EQ(json::value(got), json::value(want));
  EXPECT_EQ(json::parse(run_in_data({"callflow", "export", "all"}).out).as_array().size(), 2U);

  const auto folder = (directory_ / "out").string();
  EXPECT_EQ(run_in_data({"callflow", "export", "all", "--to", folder}).code, exit_ok);
  EXPECT_TRUE(std::filesystem::exists(directory_ / "out" / "outer.json"));

  const auto missing = run_in_data({"callflow", "export", "nobody"});
  EXPECT_EQ(missing.code, exit_failed);
  EXPECT_THAT(missing.err, StartsWith("strowger: "));
}

TEST_F(DataCommandsTest, LintSaysWhatIsWrong) {
  const auto alone = run_in_data({"callflow", "lint", file("b.json", broken)});
  EXPECT_EQ(alone.code, exit_ok) << alone.out;  // nobody knows which media there are

  run_in_data({"callflow", "import", file("busy.json", busy)});
  const auto in_account = run_in_data({"callflow", "lint", file("b.json", broken)});
  EXPECT_EQ(in_account.code, exit_failed);
  EXPECT_THAT(plain(in_account.out), StartsWith("b.json: 1 error\n  error /flow/data/media"));
  EXPECT_EQ(run_in_data({"callflow", "lint", "--alone", file("b.json", broken)}).code, exit_ok);
  EXPECT_EQ(run_in_data({"callflow", "lint", "--id", "busy"}).out,
            "busy: nothing to complain about\n");
  EXPECT_EQ(run_in_data({"callflow", "lint"}).code, exit_usage);
}

TEST_F(DataCommandsTest, PublishUnpublishRemove) {
  run_in_data({"callflow", "import", "--draft", file("busy.json", busy)});
  EXPECT_EQ(run_in_data({"number", "list"}).out, "no live callflow has a number, none is spare\n");
  EXPECT_EQ(run_in_data({"callflow", "publish", "busy"}).out, "busy revision 1 is live\n");
  EXPECT_THAT(run_in_data({"number", "list"}).out, HasSubstr("486"));
  EXPECT_EQ(run_in_data({"callflow", "unpublish", "busy"}).code, exit_ok);
  EXPECT_EQ(run_in_data({"number", "list"}).out, "no live callflow has a number, none is spare\n");
  EXPECT_EQ(run_in_data({"callflow", "remove", "busy"}).code, exit_ok);
  EXPECT_EQ(run_in_data({"callflow", "publish", "busy"}).code, exit_failed);

  run_in_data({"callflow", "import", file("b.json", broken)});
  const auto refused = run_in_data({"callflow", "publish", "broken"});
  EXPECT_EQ(refused.code, exit_failed);
  EXPECT_THAT(refused.err, HasSubstr("not published: 1 error"));
}

TEST_F(DataCommandsTest, AccountsAreApart) {
  EXPECT_EQ(run_in_data({"account", "save", "acme", "--name", "Acme", "--realm", "Acme.Example"})
                .code,
            exit_ok);
  EXPECT_EQ(run_in_data({"account", "list"}).out,
            "ID       NAME     REALM\n"
            "acme     Acme     acme.example\n"
            "default  Default\n");
  run_in_data({"callflow", "import", "--account", "acme", file("busy.json", busy)});
  EXPECT_THAT(run_in_data({"callflow", "list"}).out, StartsWith("no callflows yet"));
  const auto nobody = run_in_data({"callflow", "list", "--account", "nobody"});
  EXPECT_EQ(nobody.code, exit_failed);
  EXPECT_THAT(nobody.err, HasSubstr("there is no account nobody"));
  EXPECT_EQ(run_in_data({"account", "save", "a b"}).code, exit_failed);
}

TEST_F(DataCommandsTest, NumbersAreSpareUntilACallflowHasThem) {
  EXPECT_EQ(run_in_data({"number", "add", "486"}).out, "486 is spare: a callflow can take it\n");
  EXPECT_EQ(run_in_data({"number", "list"}).out,
            "NUMBER  CALLFLOW  KIND\n"
            "486               spare\n");
  run_in_data({"callflow", "import", file("busy.json", busy)});
  EXPECT_EQ(run_in_data({"number", "list", "--json"}).out,
            "[{\"number\":\"486\",\"callflow\":\"busy\",\"pattern\":false}]\n");
  const auto used = run_in_data({"number", "remove", "486"});
  EXPECT_EQ(used.code, exit_failed);
  EXPECT_THAT(used.err, HasSubstr("486 belongs to the callflow “busy”"));
  run_in_data({"callflow", "unpublish", "busy"});
  EXPECT_EQ(run_in_data({"number", "remove", "486"}).code, exit_ok);
  EXPECT_EQ(run_in_data({"number", "remove", "486"}).code, exit_failed);
  EXPECT_EQ(run_in_data({"number", "add", "no_match"}).code, exit_failed);
}

TEST_F(DataCommandsTest, NoDataIsExplained) {
  for (const char* group : {"callflow", "media", "number", "account", "calls"}) {
    const auto listed = run_in_data({group, "list"});
    EXPECT_EQ(listed.code, exit_failed);
    EXPECT_THAT(listed.err, HasSubstr("there is no data in "));
  }
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(DataCommandsTest, WatchingNeedsAServer) {
  for (const auto& watching : {std::vector<std::string>{"trace"}, {"calls", "list", "--live"}}) {
    const auto refused = run_in_data(watching);
    EXPECT_EQ(refused.code, exit_failed);
    EXPECT_THAT(refused.err, HasSubstr("no server runs on "));
  }
  const auto wrong = run_in_data({"trace", "--address", "localhost"});
  EXPECT_EQ(wrong.code, exit_usage);
  EXPECT_THAT(wrong.err, HasSubstr("IP:PORT"));
}

TEST_F(DataCommandsTest, CallsReadTheJournalWhenNoServerRuns) {
  run_in_data({"callflow", "import", file("busy.json", busy)});
  {
    const auto journal = store::Journal::open(data());
    ASSERT_TRUE(journal) << journal.error().text;
    model::CallRecord record{.id = "c1", .account = "default", .callflow_id = "busy"};
    record.callflow_revision = 1;
    record.callflow_name = "Busy";
    record.from = "sip:evil\x1b[31m@x";
    record.to = "sip:486@x";
    record.started = WallTime{std::chrono::milliseconds{1'000'000}};
    record.ended = record.started + std::chrono::milliseconds{1'234};
    record.code = 486;
    record.phrase = "On the phone";
    record.reasons = {"Q.850;cause=17"};
    record.disposition = model::Disposition::rejected;
    record.path = {{.block_id = "n1", .module = "response", .entered_ms = 2}};
    record.media = {{.media_id = "closed", .sent_ms = 0, .skipped = "no such media"}};
    record.ladder = {{.at_ms = 0, .direction = model::Direction::in,
                      .first_line = "INVITE sip:486@x SIP/2.0", .method = "INVITE", .cseq = 1},
                     {.at_ms = 3, .direction = model::Direction::out,
                      .first_line = "SIP/2.0 486 On the phone", .method = "INVITE", .cseq = 1}};
    record.complete = true;
    ASSERT_TRUE((*journal)->append(std::span(&record, 1)));
  }
  const auto listed = run_in_data({"calls", "list"});
  EXPECT_THAT(listed.out, HasSubstr("sip:evil\\x1b[31m@x"));
  EXPECT_THAT(listed.out, HasSubstr("486   On the phone  busy      1.2 s"));
  EXPECT_EQ(run_in_data({"calls", "show", "c1"}).out,
            "Call      c1\n"
            "From      sip:evil\\x1b[31m@x\n"
            "To        sip:486@x\n"
            "Started   1970-01-01T00:16:40.000Z, over after 1.234 s\n"
            "Callflow  busy \"Busy\", revision 1, account default\n"
            "Result    486 On the phone (rejected)\n"
            "Reason    Q.850;cause=17\n"
            "\n"
            "Path\n"
            "    0.002 s  n1 (response)\n"
            "\n"
            "Media\n"
            "  closed: 0 ms sent in 0 packets; no such media\n"
            "\n"
            "SIP        Caller                Strowger\n"
            "                                 x\n"
            "  0.000 s  │────────────────────▶│  INVITE sip:486@x SIP/2.0\n"
            "  0.003 s  │◀────────────────────│  SIP/2.0 486 On the phone  (1 INVITE)\n");
  EXPECT_EQ(json::parse(run_in_data({"calls", "show", "c1", "--json"}).out).at("code"),
            json::value(486));
  EXPECT_EQ(run_in_data({"calls", "show", "nobody"}).code, exit_failed);
}

TEST_F(DataCommandsTest, EveryActionIsListed) {
  const auto listed = run_plain({"action", "list"});
  EXPECT_THAT(listed.out, HasSubstr("\nresponse "));
  const auto manifests = json::parse(run_plain({"action", "list", "--json"}).out).as_array();
  EXPECT_TRUE(std::ranges::any_of(manifests, [](const json::value& action) {
    return action.at("name").as_string() == "response" && action.at("params").is_object();
  }));
}

TEST_F(DataCommandsTest, HelpAndMistakes) {
  EXPECT_THAT(run_plain({"--version"}).out, StartsWith("strowger 0."));
  EXPECT_THAT(run_plain({"--help"}).out, HasSubstr("First steps:"));
  EXPECT_THAT(run_plain({"callflow", "--help"}).out, Not(HasSubstr("First steps:")));
  EXPECT_THAT(run_plain({"--help"}).out, Not(HasSubstr("decode-media")));
  EXPECT_EQ(run_plain({}).code, exit_usage);
  EXPECT_EQ(run_plain({"callflow", "no-such"}).code, exit_usage);
  EXPECT_EQ(run_plain({"calls", "list", "--limit", "0"}).code, exit_usage);
  EXPECT_EQ(run_plain({"serve", "--sip", "udp:localhost:1"}).code, exit_usage);
}

TEST_F(DataCommandsTest, ASettingNamesOnlySoundsThatAreThere) {
  const auto refused = run_in_data({"account", "set", "default_response.code=486",
                                    "default_response.media=closed"});
  EXPECT_EQ(refused.code, exit_failed);
  EXPECT_THAT(refused.err, HasSubstr("/default_response/media"));
  EXPECT_THAT(refused.err, HasSubstr("There is no media “closed”"));
  EXPECT_EQ(run_in_data({"account", "set"}).out.find("closed"), std::string::npos);
  EXPECT_EQ(run_in_data({"account", "set", "default_response.code=486"}).code, exit_ok);
}

}  // namespace
}  // namespace strowger::cli
