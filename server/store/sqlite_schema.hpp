// The tables, and how an older file becomes a newer one. PRAGMA user_version counts the steps done.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace strowger::store {

int schema_version();  // what this program writes

// Inside one transaction; throws SQLite::Exception. False when the file is newer than this program.
bool migrate(SQLite::Database& database);

}  // namespace strowger::store
