// What every Store has to do, whatever is behind it. A new backend is one line at the end of the
// file.
#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include "model/callflow.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace strowger::store {
namespace {

// A place with a store in it; open() may be called again, as a restart or a second process would.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::unique_ptr<Store> open() = 0;
};

struct Backend {
  const char* name;
  std::function<std::unique_ptr<Place>()> make;

  friend void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }
};

constexpr auto when = WallTime(std::chrono::milliseconds(1'700'000'000'000));
const Authorship cli{"cli", when, "first"};

model::Callflow flow(const std::string& id, const std::string& numbers,
                     const std::string& patterns = "", const std::string& name = "Name") {
  auto parsed = model::parse_callflow(R"({"id": ")" + id + R"(", "name": ")" + name +
                                      R"(", "numbers": [)" + numbers + R"(], "patterns": [)" +
                                      patterns +
                                      R"(], "flow": {"module": "hangup", "data": {}}})");
  if (!parsed) ADD_FAILURE() << model::one_line(parsed.error().front());
  return std::move(*parsed);
}

class StoreContract : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    place_ = GetParam().make();
    store_ = place_->open();
    ASSERT_NE(store_, nullptr);
  }
  Store& store() { return *store_; }

  // The error of something that has to fail.
  template <class T>
  static Error error_of(const Outcome<T>& outcome) {
    if (!outcome) return outcome.error();
    ADD_FAILURE() << "it succeeded";
    return {};
  }
  std::string owner(const char* number) {
    const auto found = store().number_owner("default", number);
    return found && *found ? **found : "";
  }

  std::unique_ptr<Place> place_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreContract, FreshStoreHasTheDefaultAccount) {
  const auto accounts = store().accounts();
  ASSERT_TRUE(accounts.has_value());
  ASSERT_EQ(accounts->size(), 1U);
  EXPECT_EQ(accounts->at(0).id, model::default_account_id);
  EXPECT_TRUE(store().callflows("default")->empty());
  EXPECT_TRUE(store().media("default")->empty());
  EXPECT_TRUE(store().calls("default", "", 10)->calls.empty());
}

TEST_P(StoreContract, AccountsAreSavedAndRealmsAreUnique) {
  EXPECT_TRUE(store().save_account({"acme", "Acme", "acme.example"}).has_value());
  EXPECT_TRUE(store().save_account({"acme", "Acme Ltd", "acme.example"}).has_value());
  EXPECT_EQ(store().account("acme")->name, "Acme Ltd");
  const Error taken = error_of(store().save_account({"b", "B", "acme.example"}));
  EXPECT_EQ(taken.kind, ErrorKind::conflict);
  EXPECT_EQ(taken.other, "acme");
  EXPECT_EQ(error_of(store().account("b")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().save_account({"a b", "", ""})).kind, ErrorKind::invalid);
  EXPECT_EQ(error_of(store().save_account({"c", "", "UPPER.example"})).kind, ErrorKind::invalid);
  EXPECT_TRUE(store().save_account({"c", "", ""}).has_value());  // several without a realm
  EXPECT_TRUE(store().save_account({"d", "", ""}).has_value());
}

TEST_P(StoreContract, DraftsAreRevisions) {
  EXPECT_EQ(*store().save_draft("default", flow("main", R"("100")"), cli), 1);
  const Authorship second{"eva", when + std::chrono::milliseconds(7), "second"};
  EXPECT_EQ(*store().save_draft("default", flow("main", R"("101")", R"("^2")", "New"), second), 2);
  const auto summary = store().callflow("default", "main");
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->name, "New");
  EXPECT_EQ(summary->latest, 2);
  EXPECT_EQ(summary->published, 0);
  EXPECT_EQ(summary->numbers, (std::vector<std::string>{"101"}));
  EXPECT_EQ(summary->patterns, (std::vector<std::string>{"^2"}));
  EXPECT_EQ(summary->changed, second.when);

  const auto latest = store().revision("default", "main", 0);
  EXPECT_EQ(latest->revision, 2);
  EXPECT_EQ(latest->by.who, "eva");
  EXPECT_EQ(latest->by.note, "second");
  EXPECT_EQ(latest->by.when, second.when);
  EXPECT_EQ(latest->document, model::serialize(flow("main", R"("101")", R"("^2")", "New")));
  EXPECT_EQ(store().revision("default", "main", 1)->document,
            model::serialize(flow("main", R"("100")")));

  const auto history = store().revisions("default", "main");
  ASSERT_EQ(history->size(), 2U);
  EXPECT_EQ(history->at(0).revision, 2);
  EXPECT_EQ(history->at(1).by.note, "first");
  EXPECT_EQ(history->at(1).document, "");
  EXPECT_TRUE(store().published("default")->empty());
  EXPECT_EQ(owner("100"), "");  // a draft takes no number
}

TEST_P(StoreContract, WhatIsNotThere) {
  EXPECT_EQ(error_of(store().callflow("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().revision("default", "x", 0)).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().revision("default", "x", 3)).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().revisions("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().publish("default", "x", 1)).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().unpublish("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().remove_callflow("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().media_file("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().remove_media("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().call("default", "x")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().save_draft("nobody", flow("a", ""), cli)).kind,
            ErrorKind::not_found);
  EXPECT_EQ(error_of(store().save_draft("default", flow("main", ""), cli, 1)).kind,
            ErrorKind::stale);
  model::Callflow nameless = flow("a", "");
  nameless.id = "";
  EXPECT_EQ(error_of(store().save_draft("default", nameless, cli)).kind, ErrorKind::invalid);
}

TEST_P(StoreContract, NoLostUpdate) {
  EXPECT_EQ(*store().save_draft("default", flow("main", ""), cli, 0), 1);
  const Error exists = error_of(store().save_draft("default", flow("main", ""), cli, 0));
  EXPECT_EQ(exists.kind, ErrorKind::stale);
  EXPECT_EQ(exists.other, "1");
  EXPECT_EQ(*store().save_draft("default", flow("main", ""), cli, 1), 2);
  EXPECT_EQ(error_of(store().save_and_publish("default", flow("main", ""), cli, 1)).kind,
            ErrorKind::stale);
  EXPECT_EQ(error_of(store().publish("default", "main", 1, 1)).kind, ErrorKind::stale);
  EXPECT_EQ(error_of(store().remove_callflow("default", "main", 1)).kind, ErrorKind::stale);
  EXPECT_EQ(store().callflow("default", "main")->latest, 2);
}

TEST_P(StoreContract, PublishedRevisionStaysWhileDraftsGoOn) {
  EXPECT_EQ(*store().save_and_publish("default", flow("main", R"("100")"), cli), 1);
  EXPECT_EQ(*store().save_draft("default", flow("main", R"("200")"), cli), 2);
  auto live = store().published("default");
  ASSERT_EQ(live->size(), 1U);
  EXPECT_EQ(live->at(0).revision, 1);
  EXPECT_EQ(owner("100"), "main");
  EXPECT_EQ(owner("200"), "");
  EXPECT_TRUE(store().publish("default", "main", 2, 2).has_value());
  live = store().published("default");
  EXPECT_EQ(live->at(0).revision, 2);
  EXPECT_EQ(owner("100"), "");
  EXPECT_EQ(owner("200"), "main");
  EXPECT_TRUE(store().publish("default", "main", 1).has_value());  // back again
  EXPECT_EQ(owner("100"), "main");
  EXPECT_EQ(error_of(store().publish("default", "main", 3)).kind, ErrorKind::not_found);
  EXPECT_EQ(store().callflow("default", "main")->published, 1);
}

TEST_P(StoreContract, TwoLiveCallflowsNeverShareANumber) {
  ASSERT_TRUE(store().save_and_publish("default", flow("a", R"("100", "101")", R"("^9")"), cli));
  const Error number =
      error_of(store().save_and_publish("default", flow("b", R"("7", "1-01")"), cli));
  EXPECT_EQ(number.kind, ErrorKind::conflict);
  EXPECT_EQ(number.other, "a");
  EXPECT_NE(number.text.find("“a”"), std::string::npos) << number.text;
  // Nothing half-done: not even the draft, nor the number that was free.
  EXPECT_EQ(error_of(store().callflow("default", "b")).kind, ErrorKind::not_found);
  EXPECT_EQ(owner("7"), "");

  EXPECT_EQ(*store().save_draft("default", flow("b", R"("8")", R"("^9")"), cli), 1);
  EXPECT_EQ(error_of(store().publish("default", "b", 1)).other, "a");
  EXPECT_EQ(store().callflow("default", "b")->published, 0);
  EXPECT_EQ(owner("8"), "");

  // Another account is another world.
  ASSERT_TRUE(store().save_account({"acme", "Acme", "acme.example"}));
  EXPECT_TRUE(store().save_and_publish("acme", flow("b", R"("100")", R"("^9")"), cli).has_value());

  ASSERT_TRUE(store().unpublish("default", "a"));
  EXPECT_TRUE(store().publish("default", "b", 1).has_value());
  EXPECT_EQ(owner("8"), "b");
}

TEST_P(StoreContract, NumbersAreListed) {
  ASSERT_TRUE(store().save_and_publish("default", flow("a", R"("100", "1-01", "100")", R"("^9")"),
                                       cli));
  const auto numbers = store().numbers("default");
  ASSERT_EQ(numbers->size(), 3U);
  EXPECT_EQ(numbers->at(0).number, "100");
  EXPECT_EQ(numbers->at(1).number, "1-01");
  EXPECT_TRUE(numbers->at(2).is_pattern);
  EXPECT_EQ(owner("1 01"), "a");
  EXPECT_EQ(**store().pattern_owner("default", "^9"), "a");
  EXPECT_FALSE(store().pattern_owner("default", "100")->has_value());
}

TEST_P(StoreContract, RemovedCallflowsFreeTheirNumbersAndKeepTheirHistory) {
  ASSERT_TRUE(store().save_and_publish("default", flow("main", R"("100")"), cli));
  ASSERT_TRUE(store().remove_callflow("default", "main", 1));
  EXPECT_EQ(error_of(store().callflow("default", "main")).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().revision("default", "main", 0)).kind, ErrorKind::not_found);
  EXPECT_TRUE(store().callflows("default")->empty());
  EXPECT_TRUE(store().published("default")->empty());
  EXPECT_EQ(owner("100"), "");
  // Call records may still point at what ran.
  EXPECT_EQ(store().revision("default", "main", 1)->revision, 1);
  // Coming back never gives a revision number twice.
  EXPECT_EQ(*store().save_draft("default", flow("main", ""), cli, 0), 2);
  EXPECT_EQ(store().callflow("default", "main")->latest, 2);
}

TEST_P(StoreContract, GenerationGrowsWithConfigurationOnly) {
  std::int64_t last = *store().generation();
  const auto grew = [&] {
    const std::int64_t now = *store().generation();
    const bool more = now > last;
    last = now;
    return more;
  };
  EXPECT_FALSE(grew());
  ASSERT_TRUE(store().save_draft("default", flow("main", R"("1")"), cli));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store().publish("default", "main", 1));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store().unpublish("default", "main"));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store().remove_callflow("default", "main"));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store().save_media("default", {.id = "m", .name = "M"}, when));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store().remove_media("default", "m"));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store().save_account({"x", "", ""}));
  EXPECT_TRUE(grew());
  model::CallRecord record;
  record.id = "c";
  record.account = "default";
  ASSERT_TRUE(store().upsert_calls(std::span(&record, 1)));
  EXPECT_FALSE(grew());
  ASSERT_FALSE(store().publish("default", "gone", 1));
  EXPECT_FALSE(grew());
}

TEST_P(StoreContract, MediaIsReplacedEverywhereOrNowhere) {
  ASSERT_TRUE(store().save_media("default", {.id = "m", .name = "M"}, when));
  ASSERT_TRUE(store().save_and_publish("default", flow("a", R"("1")"), cli));
  ASSERT_TRUE(store().save_draft("default", flow("b", R"("2")"), cli));
  std::vector<CallflowWrite> writes = {{flow("a", R"("1")"), 1, true},
                                       {flow("b", R"("2")"), 7, false}};
  const auto generation = *store().generation();
  EXPECT_EQ(error_of(store().replace_media("default", "m", writes, cli)).kind, ErrorKind::stale);
  writes[1].expected = 1;
  EXPECT_EQ(error_of(store().replace_media("default", "gone", writes, cli)).kind,
            ErrorKind::not_found);
  EXPECT_EQ(*store().generation(), generation);
  EXPECT_EQ(store().callflow("default", "a")->published, 1);
  ASSERT_TRUE(store().media_file("default", "m"));

  ASSERT_TRUE(store().replace_media("default", "m", writes, cli));
  EXPECT_EQ(store().callflow("default", "a")->published, 2);
  EXPECT_EQ(store().callflow("default", "b")->latest, 2);
  EXPECT_EQ(store().callflow("default", "b")->published, 0);
  EXPECT_FALSE(store().media_file("default", "m"));
}

TEST_P(StoreContract, MediaRows) {
  const model::MediaFile media{"hello", "Hello", std::string(64, 'a'), 2'400, "wav", 1, 2};
  ASSERT_TRUE(store().save_media("default", media, when));
  EXPECT_EQ(*store().media_file("default", "hello"), media);
  EXPECT_TRUE(*store().content_in_use(media.content_hash));
  model::MediaFile changed = media;
  changed.content_hash = std::string(64, 'b');
  ASSERT_TRUE(store().save_media("default", changed, when));
  EXPECT_EQ(store().media("default")->size(), 1U);
  EXPECT_FALSE(*store().content_in_use(media.content_hash));
  ASSERT_TRUE(store().remove_media("default", "hello"));
  EXPECT_TRUE(store().media("default")->empty());
  EXPECT_EQ(error_of(store().save_media("default", {.id = "../x"}, when)).kind,
            ErrorKind::invalid);
  EXPECT_EQ(error_of(store().save_media("nobody", media, when)).kind, ErrorKind::not_found);
}

model::CallRecord call(const std::string& id, int seconds, bool complete = true) {
  model::CallRecord record;
  record.id = id;
  record.account = "default";
  record.started = when + std::chrono::seconds(seconds);
  record.code = 486;
  record.complete = complete;
  return record;
}

TEST_P(StoreContract, CallRecordsAreIdempotentAndNeverGoBack) {
  std::vector<model::CallRecord> records{call("a", 1, false), call("b", 2)};
  ASSERT_TRUE(store().upsert_calls(records));
  ASSERT_TRUE(store().upsert_calls(records));
  EXPECT_EQ(store().calls("default", "", 10)->calls.size(), 2U);
  model::CallRecord done = call("a", 1);
  done.phrase = "done";
  ASSERT_TRUE(store().upsert_calls(std::span(&done, 1)));
  EXPECT_EQ(*store().call("default", "a"), done);
  ASSERT_TRUE(store().upsert_calls(records));  // the early record again
  EXPECT_EQ(*store().call("default", "a"), done);
  EXPECT_TRUE(store().upsert_calls({}).has_value());
}

TEST_P(StoreContract, CallsArePagedNewestFirst) {
  std::vector<model::CallRecord> records;
  for (int i = 0; i < 25; ++i) records.push_back(call("c" + std::to_string(i), i / 5));
  ASSERT_TRUE(store().upsert_calls(records));
  std::vector<std::string> seen;
  std::string cursor;
  for (int page = 0; page < 4; ++page) {
    const auto found = store().calls("default", cursor, 7);
    ASSERT_TRUE(found.has_value());
    for (const auto& record : found->calls) seen.push_back(record.id);
    cursor = found->next;
    EXPECT_EQ(cursor.empty(), page == 3);
    // A call that comes in meanwhile does not shift the pages.
    const model::CallRecord fresh = call("new" + std::to_string(page), 100 + page);
    ASSERT_TRUE(store().upsert_calls(std::span(&fresh, 1)));
  }
  ASSERT_EQ(seen.size(), 25U);
  for (int i = 0; i < 25; ++i) EXPECT_EQ(seen[i], "c" + std::to_string(24 - i));
  EXPECT_EQ(error_of(store().calls("default", "x", 7)).kind, ErrorKind::invalid);
  EXPECT_EQ(error_of(store().calls("default", "1.2.3", 7)).kind, ErrorKind::invalid);
  EXPECT_EQ(error_of(store().calls("default", "", 0)).kind, ErrorKind::invalid);
  EXPECT_EQ(error_of(store().calls("default", "", page_size_max + 1)).kind, ErrorKind::invalid);
  EXPECT_TRUE(store().calls("other", "", 7)->calls.empty());
}

TEST_P(StoreContract, HostileTextsAreOnlyTexts) {
  const std::string evil = "'; DROP TABLE callflow; --";
  EXPECT_EQ(error_of(store().callflow(evil, evil)).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().call("default", evil)).kind, ErrorKind::not_found);
  EXPECT_FALSE(store().number_owner("default", evil)->has_value());
  const Authorship author{evil, when, std::string("a\0b", 3)};
  ASSERT_TRUE(store().save_draft("default", flow("main", ""), author));
  EXPECT_EQ(store().revision("default", "main", 0)->by.who, evil);
}

ObjectWrite seat_write(const std::string& id, const std::string& extension,
                       std::optional<Revision> expected = {}) {
  return {ObjectKind::seat, id, "{\"id\":\"" + id + "\"}", extension, expected, {}, {}};
}

TEST_P(StoreContract, ObjectsAreKeptByKind) {
  const ObjectWrite device{ObjectKind::device, "a", "{}", "u1", 0,
                           model::DigestSecret{"r", "m", "s"}, {}};
  ASSERT_TRUE(store().change("default", {{}, {}, {seat_write("b", "202"), seat_write("a", "201"),
                                                  device}, {}}, cli));
  const auto seats = store().objects("default", ObjectKind::seat);
  ASSERT_EQ(seats->size(), 2U);
  EXPECT_EQ(seats->at(0).id, "a");
  EXPECT_EQ(seats->at(0).document, R"({"id":"a"})");
  EXPECT_EQ(seats->at(0).changed, when);
  EXPECT_EQ(store().object("default", ObjectKind::device, "a")->document, "{}");
  EXPECT_EQ(store().device_secrets("default")->at("a"), (model::DigestSecret{"r", "m", "s"}));
  EXPECT_EQ(error_of(store().object("default", ObjectKind::ring_group, "a")).kind,
            ErrorKind::not_found);
  EXPECT_TRUE(store().objects("other", ObjectKind::seat)->empty());
}

TEST_P(StoreContract, ASecretStaysUntilAnotherComesOrTheDeviceGoes) {
  const model::DigestSecret secret{"r", "m", "s"};
  const ObjectWrite write{ObjectKind::device, "a", "{}", "u", {}, secret, {}};
  ASSERT_TRUE(store().change("default", {{}, {}, {write}, {}}, cli));
  ASSERT_TRUE(store().change("default", {{}, {}, {{ObjectKind::device, "a", "{}", "u", {}, {}, {}}},
                                         {}}, cli));
  EXPECT_EQ(store().device_secrets("default")->at("a"), secret);
  ASSERT_TRUE(store().change("default", {{{ObjectKind::device, "a", {}}}, {}, {}, {}}, cli));
  EXPECT_TRUE(store().device_secrets("default")->empty());
}

TEST_P(StoreContract, ATrunksPasswordIsReadAgainUntilItIsTakenAway) {
  const auto with = [](std::optional<std::string> password) {
    return AccountChange{
        {}, {}, {{ObjectKind::trunk, "c", "{}", "", {}, {}, std::move(password)}}, {}};
  };
  ASSERT_TRUE(store().change("default", with("s3cret"), cli));
  ASSERT_TRUE(store().change("default", with(std::nullopt), cli));
  EXPECT_EQ(store().trunk_passwords("default")->at("c").text, "s3cret");
  EXPECT_TRUE(store().trunk_passwords("other")->empty());
  ASSERT_TRUE(store().change("default", with(""), cli));
  EXPECT_TRUE(store().trunk_passwords("default")->empty());
  ASSERT_TRUE(store().change("default", with("again"), cli));
  ASSERT_TRUE(store().change("default", {{{ObjectKind::trunk, "c", {}}}, {}, {}, {}}, cli));
  EXPECT_TRUE(store().trunk_passwords("default")->empty());
}

TEST_P(StoreContract, AnObjectNeverComesBackUnderAnOldRevision) {
  ASSERT_TRUE(store().change("default", {{}, {}, {seat_write("a", "201", 0)}, {}}, cli));
  const auto first = store().object("default", ObjectKind::seat, "a")->revision;
  const Error again =
      error_of(store().change("default", {{}, {}, {seat_write("a", "201", 0)}, {}}, cli));
  EXPECT_EQ(again.kind, ErrorKind::stale);
  ASSERT_TRUE(store().change("default", {{}, {}, {seat_write("a", "202", first)}, {}}, cli));
  const Error old = error_of(
      store().change("default", {{{ObjectKind::seat, "a", first}}, {}, {}, {}}, cli));
  EXPECT_EQ(old.kind, ErrorKind::stale);
  ASSERT_TRUE(store().change("default", {{{ObjectKind::seat, "a", {}}}, {}, {}, {}}, cli));
  EXPECT_EQ(error_of(store().change("default", {{{ObjectKind::seat, "a", {}}}, {}, {}, {}},
                                    cli)).kind, ErrorKind::not_found);
  ASSERT_TRUE(store().change("default", {{}, {}, {seat_write("a", "201")}, {}}, cli));
  EXPECT_GT(store().object("default", ObjectKind::seat, "a")->revision, first);
}

TEST_P(StoreContract, ExtensionsAreUniqueAmongSeats) {
  ASSERT_TRUE(store().change("default", {{}, {}, {seat_write("a", "201"), seat_write("x", ""),
                                                  seat_write("y", "")}, {}}, cli));
  const Error taken =
      error_of(store().change("default", {{}, {}, {seat_write("b", "201")}, {}}, cli));
  EXPECT_EQ(taken.kind, ErrorKind::conflict);
  EXPECT_EQ(taken.other, "a");
  EXPECT_EQ(taken.pointer, "/extension");
  const ObjectWrite device{ObjectKind::device, "d", "{}", "201", {}, {}};
  EXPECT_TRUE(store().change("default", {{}, {}, {device}, {}}, cli)) << "another kind";
}

TEST_P(StoreContract, AnAccountHasAtMostSoManyOfAKind) {
  AccountChange change;
  for (std::size_t i = 0; i <= objects_max; ++i) {
    change.objects.push_back(
        {.kind = ObjectKind::device, .id = std::to_string(i), .document = "{}"});
  }
  EXPECT_EQ(error_of(store().change("default", change, cli)).kind, ErrorKind::invalid);
}

TEST_P(StoreContract, AChangeHappensWholeOrNotAtAll) {
  ASSERT_TRUE(store().save_and_publish("default", flow("main", R"("201")"), cli));
  const auto before = *store().generation();
  const Error taken = error_of(store().change(
      "default", {{}, {}, {seat_write("a", "201")}, {{flow("c", R"("201")"), 0, true}}}, cli));
  EXPECT_EQ(taken.kind, ErrorKind::conflict);
  EXPECT_EQ(taken.other, "main");
  EXPECT_TRUE(store().objects("default", ObjectKind::seat)->empty());
  EXPECT_EQ(*store().generation(), before);
  // What is removed gives its number free.
  ASSERT_TRUE(store().change("default", {{}, {{"main", 1}}, {seat_write("a", "201")},
                                         {{flow("c", R"("201")"), 0, true}}}, cli));
  EXPECT_EQ(owner("201"), "c");
  EXPECT_GT(*store().generation(), before);
  EXPECT_EQ(error_of(store().change("nobody", {}, cli)).kind, ErrorKind::not_found);
  EXPECT_EQ(error_of(store().change("default", {{}, {}, {seat_write("a b", "1")}, {}}, cli)).kind,
            ErrorKind::invalid);
}

TEST_P(StoreContract, ASecondOpeningSeesEverything) {
  ASSERT_TRUE(store().save_and_publish("default", flow("main", R"("100")"), cli));
  const auto second = place_->open();
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->published("default")->size(), 1U);
  EXPECT_EQ(*second->generation(), *store().generation());
  ASSERT_TRUE(second->save_draft("default", flow("main", R"("101")"), cli, 1));
  EXPECT_EQ(store().callflow("default", "main")->latest, 2);
  store_.reset();
  store_ = place_->open();
  EXPECT_EQ(store().callflow("default", "main")->latest, 2);
}

class SqlitePlace final : public Place {
 public:
  std::unique_ptr<Store> open() override {
    auto opened = open_sqlite(directory_.path() / "data");
    if (opened) return std::move(*opened);
    ADD_FAILURE() << opened.error().text;
    return nullptr;
  }

 private:
  TemporaryDirectory directory_;
};

INSTANTIATE_TEST_SUITE_P(
    Backends, StoreContract,
    testing::Values(Backend{"Sqlite", [] { return std::make_unique<SqlitePlace>(); }}),
    [](const auto& backend) { return backend.param.name; });

}  // namespace
}  // namespace strowger::store
