#include "store/sqlite_tables.hpp"

#include "model/identifier.hpp"

namespace strowger::store {
namespace {

constexpr const char* columns =
    "SELECT id, name, system, disabled, must_change, password, last_login_ms FROM user";

User read_row(SQLite::Statement& row) {
  User user;
  user.id = row.getColumn(0).getString();
  user.name = row.getColumn(1).getString();
  user.system = row.getColumn(2).getInt() != 0;
  user.disabled = row.getColumn(3).getInt() != 0;
  user.must_change_password = row.getColumn(4).getInt() != 0;
  user.password_hash = row.getColumn(5).getString();
  user.last_login = from_epoch_ms(row.getColumn(6).getInt64());
  return user;
}

tl::unexpected<Error> no_user(std::string_view id) {
  return fail(ErrorKind::not_found, "there is no user “" + std::string(id) + "”");
}

}  // namespace

void SqliteStore::read_roles(User& user) {
  auto rows = prepare("SELECT account, role FROM user_role WHERE user = ?", user.id);
  while (rows.executeStep()) {
    if (const auto role = role_named(rows.getColumn(1).getString())) {
      user.roles.emplace(rows.getColumn(0).getString(), *role);
    }
  }
}

bool SqliteStore::has_administrator() {
  return prepare("SELECT 1 FROM user WHERE system = 1 AND disabled = 0 AND password <> ''")
      .executeStep();
}

Outcome<std::vector<User>> SqliteStore::users() {
  return guarded([&]() -> Outcome<std::vector<User>> {
    std::vector<User> all;
    const std::string sql = std::string(columns) + " ORDER BY id";
    auto rows = prepare(sql.c_str());
    while (rows.executeStep()) all.push_back(read_row(rows));
    for (User& user : all) read_roles(user);
    return all;
  });
}

Outcome<User> SqliteStore::user(std::string_view id) {
  return guarded([&]() -> Outcome<User> {
    const std::string sql = std::string(columns) + " WHERE id = ?";
    auto row = prepare(sql.c_str(), std::string(id));
    if (!row.executeStep()) return no_user(id);
    User user = read_row(row);
    read_roles(user);
    return user;
  });
}

Outcome<void> SqliteStore::save_user(const User& user) {
  if (!model::is_identifier(user.id)) {
    return fail(ErrorKind::invalid, "a user id is 1 to 64 letters, digits, - or _");
  }
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    const bool had_administrator = has_administrator();
    prepare(
        "INSERT INTO user (id, name, system, disabled, must_change, password, last_login_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
        "system = excluded.system, disabled = excluded.disabled, "
        "must_change = excluded.must_change, password = excluded.password",
        user.id, user.name, user.system ? 1 : 0, user.disabled ? 1 : 0,
        user.must_change_password ? 1 : 0, user.password_hash, epoch_ms(user.last_login))
        .exec();
    prepare("DELETE FROM user_role WHERE user = ?", user.id).exec();
    for (const auto& [account, role] : user.roles) {
      if (!account_exists(account)) {
        return fail(ErrorKind::invalid, "there is no account “" + account + "”");
      }
      prepare("INSERT INTO user_role (user, account, role) VALUES (?, ?, ?)", user.id, account,
              std::string(role_name(role)))
          .exec();
    }
    if (had_administrator && !has_administrator()) {
      return fail(ErrorKind::conflict, "the last system administrator has to stay one");
    }
    transaction.commit();
    return {};
  });
}

Outcome<void> SqliteStore::remove_user(std::string_view id) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    const bool had_administrator = has_administrator();
    if (prepare("DELETE FROM user WHERE id = ?", std::string(id)).exec() == 0) return no_user(id);
    if (had_administrator && !has_administrator()) {
      return fail(ErrorKind::conflict, "the last system administrator has to stay");
    }
    transaction.commit();
    return {};
  });
}

Outcome<void> SqliteStore::logged_in(std::string_view user, WallTime when) {
  return guarded([&]() -> Outcome<void> {
    prepare("UPDATE user SET last_login_ms = ? WHERE id = ?", epoch_ms(when), std::string(user))
        .exec();
    return {};
  });
}

}  // namespace strowger::store
