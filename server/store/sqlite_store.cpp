#include "store/sqlite_store.hpp"

#include "store/sqlite_schema.hpp"
#include "store/sqlite_tables.hpp"

#include <sqlite3.h>

#include <chrono>
#include <system_error>
#include <thread>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

Outcome<void> make_directory(const fs::path& directory) {
  std::error_code error;
  if (fs::is_directory(directory, error)) return {};
  if (fs::create_directories(directory, error)) {
    // Calls, callers and announcements are nobody else's business on this machine.
    fs::permissions(directory, fs::perms::owner_all, error);
  }
  if (error) {
    return fail(ErrorKind::storage, "cannot create the data directory " + directory.string() +
                                        ": " + error.message());
  }
  return {};
}

// Whoever opens a database first, or makes it a WAL one, needs it alone for a moment; for that
// moment SQLite answers SQLITE_BUSY at once to some, whatever their busy timeout
// (https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode).
template <class Body>
auto patiently(const Body& body) -> decltype(body()) {
  const auto until = std::chrono::steady_clock::now() + busy_timeout;
  for (;;) {
    try {
      return body();
    } catch (const SQLite::Exception& exception) {
      const bool busy = exception.getErrorCode() == SQLITE_BUSY;
      if (!busy || std::chrono::steady_clock::now() >= until) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::unique_ptr<SQLite::Database> connect(const fs::path& file) {
  auto database = std::make_unique<SQLite::Database>(
      file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
      static_cast<int>(busy_timeout.count()));
  if (database->execAndGet("PRAGMA journal_mode").getString() != "wal") {
    database->exec("PRAGMA journal_mode = WAL");
  }
  // FULL: a saved callflow survives a power cut, and the call journal may be deleted once ingested.
  database->exec("PRAGMA synchronous = FULL");
  database->exec("PRAGMA foreign_keys = ON");
  database->exec("PRAGMA trusted_schema = OFF");
  return database;
}

}  // namespace

Outcome<std::unique_ptr<Store>> open_sqlite(const fs::path& data_directory) {
  return guarded([&]() -> Outcome<std::unique_ptr<Store>> {
    if (auto made = make_directory(data_directory); !made) {
      return tl::unexpected<Error>(std::move(made.error()));
    }
    std::unique_ptr<SQLite::Database> database;
    const bool readable = patiently([&] {
      database = connect(data_directory / "strowger.db");
      return migrate(*database);
    });
    if (!readable) {
      return fail(ErrorKind::storage,
                  "the database was written by a newer version of this program; use that one");
    }
    return std::make_unique<SqliteStore>(std::move(database),
                                         Vault(data_directory / "carrier.key"));
  });
}

Error storage_error(const std::exception& exception) {
  const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&exception);
  if (sqlite == nullptr) return {ErrorKind::storage, exception.what(), ""};
  switch (sqlite->getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::storage, "the database is busy: another program holds it", ""};
    case SQLITE_FULL: return {ErrorKind::storage, "the disk is full", ""};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorKind::storage, "the database file is damaged: " + std::string(sqlite->what()),
              ""};
    default: return {ErrorKind::storage, "database: " + std::string(sqlite->what()), ""};
  }
}

Outcome<std::int64_t> SqliteStore::generation() {
  return guarded([&]() -> Outcome<std::int64_t> {
    return db().execAndGet("SELECT generation FROM configuration").getInt64();
  });
}

void SqliteStore::change_configuration() {
  db().exec("UPDATE configuration SET generation = generation + 1");
}

}  // namespace strowger::store
