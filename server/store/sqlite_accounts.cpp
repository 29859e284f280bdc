#include "store/sqlite_tables.hpp"

#include "model/identifier.hpp"

#include <algorithm>

namespace strowger::store {
namespace {

constexpr std::size_t realm_bytes_max = 253;  // a domain name
constexpr std::size_t account_name_bytes_max = 512;

model::Account read_row(SQLite::Statement& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getString(),
          row.getColumn(2).getString()};
}

bool is_realm(std::string_view text) {
  return text.size() <= realm_bytes_max && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                  c == ':' || c == '[' || c == ']';
         });
}

}  // namespace

bool SqliteStore::account_exists(const std::string& id) {
  return prepare("SELECT 1 FROM account WHERE id = ?", id).executeStep();
}

Outcome<std::vector<model::Account>> SqliteStore::accounts() {
  return guarded([&]() -> Outcome<std::vector<model::Account>> {
    std::vector<model::Account> all;
    auto rows = prepare("SELECT id, name, realm FROM account ORDER BY id");
    while (rows.executeStep()) all.push_back(read_row(rows));
    return all;
  });
}

Outcome<model::Account> SqliteStore::account(std::string_view id) {
  return guarded([&]() -> Outcome<model::Account> {
    auto row = prepare("SELECT id, name, realm FROM account WHERE id = ?", std::string(id));
    if (row.executeStep()) return read_row(row);
    return fail(ErrorKind::not_found, "there is no account “" + std::string(id) + "”");
  });
}

Outcome<void> SqliteStore::save_account(const model::Account& account) {
  if (!model::is_identifier(account.id)) {
    return fail(ErrorKind::invalid, "an account id is 1 to 64 letters, digits, - or _");
  }
  if (!is_realm(account.realm) || account.name.size() > account_name_bytes_max) {
    return fail(ErrorKind::invalid, "a realm is a domain name in lower case");
  }
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    auto other = prepare("SELECT id FROM account WHERE realm = ? AND realm <> '' AND id <> ?",
                         account.realm, account.id);
    if (other.executeStep()) {
      const std::string owner = other.getColumn(0).getString();
      return fail(ErrorKind::conflict,
                  "the realm " + account.realm + " belongs to the account “" + owner + "”",
                  owner);
    }
    prepare(
        "INSERT INTO account (id, name, realm) VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, realm = excluded.realm",
        account.id, account.name, account.realm)
        .exec();
    change_configuration();
    transaction.commit();
    return {};
  });
}

}  // namespace strowger::store
