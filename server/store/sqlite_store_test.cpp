#include "store/sqlite_store.hpp"

#include "store/sqlite_schema.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <latch>
#include <string>
#include <thread>
#include <vector>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

TEST(SqliteStore, AFileThatIsNoDatabaseIsAnError) {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "strowger.db") << std::string(4'096, 'x');
  const auto store = open_sqlite(directory.path());
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().kind, ErrorKind::storage);
  EXPECT_NE(store.error().text.find("damaged"), std::string::npos) << store.error().text;
}

TEST(SqliteStore, ANewerFileIsLeftAlone) {
  TemporaryDirectory directory;
  ASSERT_TRUE(open_sqlite(directory.path()).has_value());
  {
    SQLite::Database database((directory.path() / "strowger.db").string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA user_version = " + std::to_string(schema_version() + 1));
  }
  const auto store = open_sqlite(directory.path());
  ASSERT_FALSE(store.has_value());
  EXPECT_NE(store.error().text.find("newer"), std::string::npos) << store.error().text;
}

TEST(SqliteStore, ADirectoryThatCannotBeMadeIsAnError) {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "file") << "x";
  const auto store = open_sqlite(directory.path() / "file" / "data");
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().kind, ErrorKind::storage);
}

TEST(SqliteStore, NewDirectoriesAreForTheOwnerOnly) {
  TemporaryDirectory directory;
  ASSERT_TRUE(open_sqlite(directory.path() / "a").has_value());
  EXPECT_EQ(fs::status(directory.path() / "a").permissions(), fs::perms::owner_all);
}

// Several programs start on the same empty directory at once: one makes the tables, none fails.
TEST(SqliteStore, ManyFirstStartsAtOnce) {
  TemporaryDirectory directory;
  constexpr int programs = 8;
  std::latch together(programs);
  std::vector<std::string> errors(programs);
  std::vector<std::thread> threads;
  for (int i = 0; i < programs; ++i) {
    threads.emplace_back([&, i] {
      together.arrive_and_wait();
      const auto store = open_sqlite(directory.path());
      if (!store) errors[i] = store.error().text;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) EXPECT_EQ(error, "");
}

// Writers at once lose nothing and see each other's revisions.
TEST(SqliteStore, WritersAtOnce) {
  TemporaryDirectory directory;
  ASSERT_TRUE(open_sqlite(directory.path()).has_value());
  const auto callflow = model::parse_callflow(
      R"({"id": "main", "numbers": ["1"], "flow": {"module": "hangup", "data": {}}})");
  constexpr int writers = 4;
  constexpr int saves = 10;
  std::vector<std::string> errors(writers);
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&, i] {
      const auto store = open_sqlite(directory.path());
      for (int n = 0; store && n < saves; ++n) {
        const auto saved = (*store)->save_and_publish("default", *callflow, {});
        if (!saved) errors[i] = saved.error().text;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) EXPECT_EQ(error, "");
  EXPECT_EQ((*open_sqlite(directory.path()))->callflow("default", "main")->latest,
            writers * saves);
}

TEST(SqliteStore, OldRevisionsAreDroppedButNotTheLiveOne) {
  TemporaryDirectory directory;
  const auto store = open_sqlite(directory.path());
  const auto callflow = model::parse_callflow(
      R"({"id": "main", "flow": {"module": "hangup", "data": {}}})");
  ASSERT_TRUE((*store)->save_and_publish("default", *callflow, {}));
  ASSERT_TRUE((*store)->save_draft("default", *callflow, {}));
  {
    // As if thousands had been saved in between.
    SQLite::Database database((directory.path() / "strowger.db").string(), SQLite::OPEN_READWRITE);
    database.exec("UPDATE callflow SET latest = " + std::to_string(revisions_max + 1));
  }
  ASSERT_TRUE((*store)->save_draft("default", *callflow, {}));
  const auto history = (*store)->revisions("default", "main");
  ASSERT_EQ(history->size(), 2U);
  EXPECT_EQ(history->at(0).revision, static_cast<Revision>(revisions_max + 2));
  EXPECT_EQ(history->at(1).revision, 1);
}

}  // namespace
}  // namespace strowger::store
