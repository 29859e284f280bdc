#include "store/sqlite_schema.hpp"

#include <iterator>
#include <string>

namespace strowger::store {
namespace {

// One entry per version; never change one that has been released, add another.
constexpr const char* steps[] = {
    R"sql(
CREATE TABLE configuration (
  only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO configuration VALUES (1, 1);

CREATE TABLE account (
  id    TEXT PRIMARY KEY,
  name  TEXT NOT NULL,
  realm TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX account_realm ON account (realm) WHERE realm <> '';
INSERT INTO account VALUES ('default', 'Default', '');

-- A removed callflow keeps its row, so that its revision numbers are never given twice.
CREATE TABLE callflow (
  account    TEXT NOT NULL REFERENCES account (id),
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  latest     INTEGER NOT NULL,
  published  INTEGER NOT NULL DEFAULT 0,
  removed    INTEGER NOT NULL DEFAULT 0,
  numbers    TEXT NOT NULL,  -- of the latest revision, a JSON array
  patterns   TEXT NOT NULL,
  changed_ms INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE callflow_revision (
  account  TEXT NOT NULL,
  callflow TEXT NOT NULL,
  revision INTEGER NOT NULL,
  who      TEXT NOT NULL,
  when_ms  INTEGER NOT NULL,
  note     TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (account, callflow, revision),
  FOREIGN KEY (account, callflow) REFERENCES callflow (account, id)
) STRICT;

-- Numbers and patterns of live callflows: the primary key is the rule that nobody shares one.
CREATE TABLE number (
  account    TEXT NOT NULL,
  is_pattern INTEGER NOT NULL,
  number     TEXT NOT NULL,  -- without visual separators
  written    TEXT NOT NULL,  -- as the callflow has it
  callflow   TEXT NOT NULL,
  PRIMARY KEY (account, is_pattern, number),
  FOREIGN KEY (account, callflow) REFERENCES callflow (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX number_callflow ON number (account, callflow);

CREATE TABLE media (
  account        TEXT NOT NULL REFERENCES account (id),
  id             TEXT NOT NULL,
  name           TEXT NOT NULL,
  content_hash   TEXT NOT NULL,
  duration_ms    INTEGER NOT NULL,
  source         TEXT NOT NULL,
  original_bytes INTEGER NOT NULL,
  encoded_bytes  INTEGER NOT NULL,
  changed_ms     INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_content ON media (content_hash);

-- No reference to account: a record outlives everything it speaks of.
CREATE TABLE call (
  sequence   INTEGER PRIMARY KEY,
  account    TEXT NOT NULL,
  id         TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  complete   INTEGER NOT NULL,
  record     TEXT NOT NULL,
  UNIQUE (account, id)
) STRICT;
CREATE INDEX call_newest ON call (account, started_ms DESC, sequence DESC);
)sql",
    R"sql(
CREATE TABLE user (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  system        INTEGER NOT NULL,
  disabled      INTEGER NOT NULL,
  must_change   INTEGER NOT NULL,
  password      TEXT NOT NULL,  -- Argon2id hash; empty: nobody logs in with it
  last_login_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user_role (
  user    TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES account (id),
  role    TEXT NOT NULL,
  PRIMARY KEY (user, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  hash       TEXT PRIMARY KEY,
  user       TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user);

CREATE TABLE token (
  id           TEXT PRIMARY KEY,
  hash         TEXT NOT NULL UNIQUE,
  user         TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  name         TEXT NOT NULL,
  account      TEXT NOT NULL,
  role         TEXT NOT NULL,
  created_ms   INTEGER NOT NULL,
  expires_ms   INTEGER NOT NULL,
  last_used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX token_user ON token (user);

-- No references: the log outlives whom and what it speaks of.
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  account  TEXT NOT NULL,
  at_ms    INTEGER NOT NULL,
  who      TEXT NOT NULL,
  address  TEXT NOT NULL,
  action   TEXT NOT NULL,
  target   TEXT NOT NULL,
  note     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_newest ON audit (account, sequence DESC);
CREATE INDEX audit_target ON audit (account, target, sequence DESC);

CREATE TABLE spare_number (
  account TEXT NOT NULL REFERENCES account (id),
  number  TEXT NOT NULL,  -- without visual separators
  written TEXT NOT NULL,
  PRIMARY KEY (account, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_settings (
  account  TEXT PRIMARY KEY REFERENCES account (id),
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- Seats, devices, ring groups: a document each.
CREATE TABLE account_object (
  account     TEXT NOT NULL REFERENCES account (id),
  kind        TEXT NOT NULL,
  id          TEXT NOT NULL,
  revision    INTEGER NOT NULL,  -- the generation that wrote it
  unique_text TEXT NOT NULL,     -- extension of a seat, username of a device; '' for none
  document    TEXT NOT NULL,
  changed_ms  INTEGER NOT NULL,
  PRIMARY KEY (account, kind, id)
) STRICT;
CREATE UNIQUE INDEX account_object_unique ON account_object (account, kind, unique_text)
  WHERE unique_text <> '';

-- H(username:realm:password) by algorithm, never the password.
CREATE TABLE device_secret (
  account TEXT NOT NULL,
  device  TEXT NOT NULL,
  realm   TEXT NOT NULL,
  md5     TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  PRIMARY KEY (account, device)
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- What we answer a carrier's challenges with, encrypted with the key in carrier.key.
CREATE TABLE trunk_password (
  account TEXT NOT NULL,
  trunk   TEXT NOT NULL,
  sealed  BLOB NOT NULL,
  PRIMARY KEY (account, trunk)
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- H(username:realm:password) of what logs in here as a trunk, as in device_secret.
CREATE TABLE trunk_secret (
  account TEXT NOT NULL,
  trunk   TEXT NOT NULL,
  realm   TEXT NOT NULL,
  md5     TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  PRIMARY KEY (account, trunk)
) STRICT, WITHOUT ROWID;
)sql",
};

}  // namespace

int schema_version() { return static_cast<int>(std::size(steps)); }

bool migrate(SQLite::Database& database) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int found = database.execAndGet("PRAGMA user_version").getInt();
  if (found > schema_version()) return false;
  for (int version = found; version < schema_version(); ++version) {
    database.exec(steps[version]);
  }
  if (found < schema_version()) {
    database.exec("PRAGMA user_version = " + std::to_string(schema_version()));
  }
  transaction.commit();
  return true;
}

}  // namespace strowger::store
