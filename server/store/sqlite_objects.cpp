#include "store/sqlite_tables.hpp"

#include "model/identifier.hpp"

#include <array>
#include <set>

namespace strowger::store {
namespace {

constexpr const char* columns =
    "SELECT id, revision, document, changed_ms FROM account_object "
    "WHERE account = ? AND kind = ?";

StoredObject read_row(SQLite::Statement& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getInt64(), row.getColumn(2).getString(),
          from_epoch_ms(row.getColumn(3).getInt64())};
}

std::string name_of(ObjectKind kind) { return std::string(kind_name(kind)); }

tl::unexpected<Error> no_object(ObjectKind kind, std::string_view id) {
  return fail(ErrorKind::not_found, "there is no " + std::string(kind_noun(kind)) + " “" +
                                        std::string(id) + "”");
}

std::string_view unique_noun(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::seat: return "extension";
    case ObjectKind::device: return "username";
    case ObjectKind::trunk: return "login";
    default: return "name";
  }
}

// Where its document says that.
std::string unique_pointer(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::seat: return "/extension";
    case ObjectKind::device: return "/sip/username";
    case ObjectKind::trunk: return "/login/username";
    default: return {};
  }
}

}  // namespace

std::string_view kind_name(ObjectKind kind) {
  constexpr std::array<std::string_view, 6> names = {"seat",          "device",
                                                     "ring_group",    "temporal_rule",
                                                     "temporal_rule_set", "trunk"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string_view kind_noun(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::ring_group: return "ring group";
    case ObjectKind::temporal_rule: return "rule";
    case ObjectKind::temporal_rule_set: return "rule set";
    default: return kind_name(kind);
  }
}

Outcome<std::vector<StoredObject>> SqliteStore::objects(std::string_view account,
                                                        ObjectKind kind) {
  return guarded([&]() -> Outcome<std::vector<StoredObject>> {
    std::vector<StoredObject> all;
    const std::string sql = std::string(columns) + " ORDER BY id";
    auto rows = prepare(sql.c_str(), std::string(account), name_of(kind));
    while (rows.executeStep()) all.push_back(read_row(rows));
    return all;
  });
}

Outcome<StoredObject> SqliteStore::object(std::string_view account, ObjectKind kind,
                                          std::string_view id) {
  return guarded([&]() -> Outcome<StoredObject> {
    const std::string sql = std::string(columns) + " AND id = ?";
    auto row = prepare(sql.c_str(), std::string(account), name_of(kind), std::string(id));
    if (row.executeStep()) return read_row(row);
    return no_object(kind, id);
  });
}

Outcome<std::optional<std::string>> SqliteStore::object_with(std::string_view account,
                                                             ObjectKind kind,
                                                             std::string_view unique) {
  return guarded([&]() -> Outcome<std::optional<std::string>> {
    // The last condition is that of the index.
    auto row = prepare("SELECT id FROM account_object WHERE account = ? AND kind = ? "
                       "AND unique_text = ? AND unique_text <> ''",
                       std::string(account), name_of(kind), std::string(unique));
    if (!row.executeStep()) return std::optional<std::string>();
    return std::optional(row.getColumn(0).getString());
  });
}

namespace {

using Secrets = std::map<std::string, model::DigestSecret, std::less<>>;

// Rows of id, realm and digests.
Secrets read_secrets(SQLite::Statement rows) {
  Secrets all;
  while (rows.executeStep()) {
    all[rows.getColumn(0).getString()] = {rows.getColumn(1).getString(),
                                          rows.getColumn(2).getString(),
                                          rows.getColumn(3).getString()};
  }
  return all;
}

}  // namespace

Outcome<Secrets> SqliteStore::device_secrets(std::string_view account) {
  return guarded([&]() -> Outcome<Secrets> {
    return read_secrets(prepare(
        "SELECT device, realm, md5, sha256 FROM device_secret WHERE account = ?",
        std::string(account)));
  });
}

Outcome<Secrets> SqliteStore::trunk_secrets(std::string_view account) {
  return guarded([&]() -> Outcome<Secrets> {
    return read_secrets(prepare(
        "SELECT trunk, realm, md5, sha256 FROM trunk_secret WHERE account = ?",
        std::string(account)));
  });
}

namespace {

std::string place_of(const std::string& account, const std::string& trunk) {
  return "trunk/" + account + "/" + trunk;
}

}  // namespace

Outcome<std::map<std::string, TrunkPassword, std::less<>>> SqliteStore::trunk_passwords(
    std::string_view account_view) {
  using Passwords = std::map<std::string, TrunkPassword, std::less<>>;
  const std::string account(account_view);
  return guarded([&]() -> Outcome<Passwords> {
    Passwords all;
    auto rows = prepare("SELECT trunk, sealed FROM trunk_password WHERE account = ?", account);
    while (rows.executeStep()) {
      const auto trunk = rows.getColumn(0).getString();
      const auto opened = vault_.open(rows.getColumn(1).getString(), place_of(account, trunk));
      all[trunk] = opened ? TrunkPassword{*opened, ""} : TrunkPassword{"", opened.error().text};
    }
    return all;
  });
}

Outcome<void> SqliteStore::keep_password(const std::string& account, const std::string& trunk,
                                         const std::string& password) {
  if (password.empty()) {
    prepare("DELETE FROM trunk_password WHERE account = ? AND trunk = ?", account, trunk).exec();
    return {};
  }
  const auto sealed = vault_.seal(password, place_of(account, trunk));
  if (!sealed) return tl::unexpected<Error>(sealed.error());
  SQLite::Statement statement(
      db(), "INSERT INTO trunk_password (account, trunk, sealed) VALUES (?, ?, ?) "
            "ON CONFLICT (account, trunk) DO UPDATE SET sealed = excluded.sealed");
  statement.bind(1, account);
  statement.bind(2, trunk);
  statement.bind(3, sealed->data(), static_cast<int>(sealed->size()));
  statement.exec();
  return {};
}

Outcome<void> SqliteStore::check_seen(const std::string& account, ObjectKind kind,
                                      const std::string& id, std::optional<Revision> expected) {
  if (!expected) return {};
  auto row = prepare("SELECT revision FROM account_object WHERE account = ? AND kind = ? "
                     "AND id = ?",
                     account, name_of(kind), id);
  const Revision there = row.executeStep() ? row.getColumn(0).getInt64() : 0;
  if (there == *expected) return {};
  return fail(ErrorKind::stale,
              "somebody changed the " + std::string(kind_noun(kind)) + " in the meantime",
              std::to_string(there));
}

Outcome<void> SqliteStore::check_unique(const std::string& account, const ObjectWrite& wanted) {
  if (wanted.unique.empty()) return {};
  // `<> ''` lets SQLite use the index, which has the same condition.
  auto row = prepare("SELECT id FROM account_object WHERE account = ? AND kind = ? "
                     "AND unique_text = ? AND unique_text <> '' AND id <> ?",
                     account, name_of(wanted.kind), wanted.unique, wanted.id);
  if (!row.executeStep()) return {};
  const auto other = row.getColumn(0).getString();
  return fail(ErrorKind::conflict,
              "the " + std::string(unique_noun(wanted.kind)) + " " + wanted.unique +
                  " belongs to the " + std::string(kind_noun(wanted.kind)) + " “" + other + "”",
              other, unique_pointer(wanted.kind));
}

// A REGISTER names who it is for by one word: what a trunk logs in as, and what seats and phones
// are called, are of one kind.
Outcome<void> SqliteStore::check_names(const std::string& account, const ObjectWrite& wanted) {
  constexpr const char* by_seats_and_phones =
      "SELECT kind, id FROM account_object WHERE account = ? AND kind IN ('seat', 'device') "
      "AND unique_text = ? AND unique_text <> '' "
      "UNION ALL SELECT kind, id FROM account_object WHERE account = ? AND kind = 'seat' "
      "AND id = ?";
  constexpr const char* by_trunks =
      "SELECT kind, id, unique_text FROM account_object WHERE account = ? AND kind = 'trunk' "
      "AND unique_text IN (?, ?) AND unique_text <> ''";
  const auto& name = wanted.unique;
  if (wanted.kind == ObjectKind::trunk && !name.empty()) {
    auto row = prepare(by_seats_and_phones, account, name, account, name);
    if (!row.executeStep()) return {};
    const auto other = row.getColumn(1).getString();
    return fail(ErrorKind::conflict,
                "the login " + name + " belongs to the " + row.getColumn(0).getString() + " “" +
                    other + "”; choose another for the trunk",
                other, unique_pointer(wanted.kind));
  }
  if (wanted.kind != ObjectKind::seat && wanted.kind != ObjectKind::device) return {};
  const bool seat = wanted.kind == ObjectKind::seat;
  auto row = prepare(by_trunks, account, name, seat ? wanted.id : name);
  if (!row.executeStep()) return {};
  const auto other = row.getColumn(1).getString();
  const auto login = row.getColumn(2).getString();
  return fail(ErrorKind::conflict,
              login + " is what the trunk “" + other + "” logs in as; choose another for the " +
                  std::string(kind_noun(wanted.kind)),
              other, login == name ? unique_pointer(wanted.kind) : "/id");
}

Outcome<void> SqliteStore::write_object(const std::string& account, const ObjectWrite& wanted,
                                        const Authorship& by) {
  const std::string noun(kind_noun(wanted.kind));
  if (!model::is_identifier(wanted.id)) {
    return fail(ErrorKind::invalid, "the id of a " + noun + " is 1 to 64 letters, digits, - or _");
  }
  if (auto seen = check_seen(account, wanted.kind, wanted.id, wanted.expected); !seen) return seen;
  if (auto unique = check_unique(account, wanted); !unique) return unique;
  if (auto free = check_names(account, wanted); !free) return free;
  auto before = prepare("SELECT unique_text FROM account_object WHERE account = ? AND kind = ? "
                        "AND id = ?",
                        account, name_of(wanted.kind), wanted.id);
  const std::string unique_before = before.executeStep() ? before.getColumn(0).getString() : "";
  before.reset();
  prepare(
      "INSERT INTO account_object (account, kind, id, revision, unique_text, document, changed_ms) "
      "VALUES (?, ?, ?, (SELECT generation FROM configuration), ?, ?, ?) "
      "ON CONFLICT (account, kind, id) DO UPDATE SET revision = excluded.revision, "
      "unique_text = excluded.unique_text, document = excluded.document, "
      "changed_ms = excluded.changed_ms",
      account, name_of(wanted.kind), wanted.id, wanted.unique, wanted.document, epoch_ms(by.when))
      .exec();
  if (wanted.kind == ObjectKind::trunk) return write_trunk(account, wanted, unique_before);
  if (wanted.kind != ObjectKind::device || !wanted.secret) return {};
  prepare("INSERT INTO device_secret (account, device, realm, md5, sha256) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (account, device) DO UPDATE SET realm = excluded.realm, "
          "md5 = excluded.md5, sha256 = excluded.sha256",
          account, wanted.id, wanted.secret->realm, wanted.secret->md5, wanted.secret->sha256)
      .exec();
  return {};
}

// What is kept beside its document.
Outcome<void> SqliteStore::write_trunk(const std::string& account, const ObjectWrite& wanted,
                                       const std::string& login_before) {
  if (wanted.password) {
    if (auto kept = keep_password(account, wanted.id, *wanted.password); !kept) return kept;
  }
  // H(username:realm:password) is that of one username only.
  if (wanted.secret || wanted.unique != login_before) {
    prepare("DELETE FROM trunk_secret WHERE account = ? AND trunk = ?", account, wanted.id).exec();
  }
  if (!wanted.secret || wanted.secret->empty()) return {};
  prepare("INSERT INTO trunk_secret (account, trunk, realm, md5, sha256) VALUES (?, ?, ?, ?, ?)",
          account, wanted.id, wanted.secret->realm, wanted.secret->md5, wanted.secret->sha256)
      .exec();
  return {};
}

// Once for a whole change: counting reads them all.
Outcome<void> SqliteStore::check_count(const std::string& account,
                                       const std::vector<ObjectWrite>& written) {
  std::set<ObjectKind> kinds;
  for (const auto& wanted : written) kinds.insert(wanted.kind);
  for (const auto kind : kinds) {
    auto count = prepare("SELECT count(*) FROM account_object WHERE account = ? AND kind = ?",
                         account, name_of(kind));
    count.executeStep();
    if (count.getColumn(0).getInt64() <= static_cast<std::int64_t>(objects_max)) continue;
    return fail(ErrorKind::invalid, "an account has at most " + std::to_string(objects_max) +
                                        " objects of the kind " + std::string(kind_noun(kind)));
  }
  return {};
}

Outcome<void> SqliteStore::drop_object(const std::string& account, const ObjectRemoval& wanted) {
  auto there = prepare("SELECT 1 FROM account_object WHERE account = ? AND kind = ? AND id = ?",
                       account, name_of(wanted.kind), wanted.id);
  if (!there.executeStep()) return no_object(wanted.kind, wanted.id);
  there.reset();
  if (auto seen = check_seen(account, wanted.kind, wanted.id, wanted.expected); !seen) return seen;
  if (wanted.kind == ObjectKind::device) {
    prepare("DELETE FROM device_secret WHERE account = ? AND device = ?", account, wanted.id)
        .exec();
  }
  if (wanted.kind == ObjectKind::trunk) {
    if (auto gone = keep_password(account, wanted.id, ""); !gone) return gone;
    prepare("DELETE FROM trunk_secret WHERE account = ? AND trunk = ?", account, wanted.id).exec();
  }
  prepare("DELETE FROM account_object WHERE account = ? AND kind = ? AND id = ?", account,
          name_of(wanted.kind), wanted.id)
      .exec();
  return {};
}

Outcome<void> SqliteStore::change(std::string_view account_view, const AccountChange& change,
                                  const Authorship& by) {
  const std::string account(account_view);
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!account_exists(account)) {
      return fail(ErrorKind::not_found, "there is no account “" + account + "”");
    }
    change_configuration();  // first: its generation becomes the revision of what is written
    for (const auto& wanted : change.removed_objects) {
      if (auto done = drop_object(account, wanted); !done) return done;
    }
    for (const auto& wanted : change.removed_callflows) {
      if (auto done = drop_callflow(account, wanted.id, wanted.expected); !done) return done;
    }
    for (const auto& wanted : change.objects) {
      if (auto done = write_object(account, wanted, by); !done) return done;
    }
    if (auto fits = check_count(account, change.objects); !fits) return fits;
    for (const auto& wanted : change.callflows) {
      auto done = write(account, wanted, by);
      if (!done) return tl::unexpected<Error>(std::move(done.error()));
    }
    transaction.commit();
    return {};
  });
}

}  // namespace strowger::store
