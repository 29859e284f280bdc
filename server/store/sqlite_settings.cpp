#include "store/sqlite_tables.hpp"

#include "model/callflow.hpp"
#include "model/number_match.hpp"

namespace strowger::store {

Outcome<std::string> SqliteStore::settings(std::string_view account) {
  return guarded([&]() -> Outcome<std::string> {
    auto row = prepare("SELECT document FROM account_settings WHERE account = ?",
                       std::string(account));
    return row.executeStep() ? row.getColumn(0).getString() : std::string("{}");
  });
}

Outcome<void> SqliteStore::save_settings(std::string_view account, std::string_view document) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!account_exists(std::string(account))) {
      return fail(ErrorKind::not_found, "there is no account “" + std::string(account) + "”");
    }
    prepare("INSERT INTO account_settings (account, document) VALUES (?, ?) "
            "ON CONFLICT (account) DO UPDATE SET document = excluded.document",
            std::string(account), std::string(document))
        .exec();
    change_configuration();
    transaction.commit();
    return {};
  });
}

Outcome<std::vector<std::string>> SqliteStore::spare_numbers(std::string_view account) {
  return guarded([&]() -> Outcome<std::vector<std::string>> {
    std::vector<std::string> all;
    auto rows = prepare("SELECT written FROM spare_number WHERE account = ? ORDER BY number",
                        std::string(account));
    while (rows.executeStep()) all.push_back(rows.getColumn(0).getString());
    return all;
  });
}

Outcome<void> SqliteStore::check_unused(std::string_view account, std::string_view number) {
  const auto live = number_owner(account, number);
  if (!live) return tl::unexpected<Error>(live.error());
  if (!*live) return {};
  return fail(ErrorKind::conflict,
              std::string(number) + " belongs to the callflow “" + **live + "”", **live);
}

Outcome<void> SqliteStore::add_spare_number(std::string_view account, std::string_view number) {
  return guarded([&]() -> Outcome<void> {
    const std::string normalized = model::normalized_number(number);
    if (!model::is_number(normalized) || normalized == model::no_match_number) {
      return fail(ErrorKind::invalid, "a number has 1 to 36 letters, digits and * # + - . _");
    }
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!account_exists(std::string(account))) {
      return fail(ErrorKind::not_found, "there is no account “" + std::string(account) + "”");
    }
    auto there = prepare("SELECT 1 FROM spare_number WHERE account = ? AND number = ?",
                         std::string(account), normalized);
    if (there.executeStep()) {
      return fail(ErrorKind::conflict, "the account has the number " + std::string(number));
    }
    there.reset();
    if (auto unused = check_unused(account, number); !unused) return unused;
    prepare("INSERT INTO spare_number (account, number, written) VALUES (?, ?, ?)",
            std::string(account), normalized, std::string(number))
        .exec();
    change_configuration();
    transaction.commit();
    return {};
  });
}

Outcome<void> SqliteStore::remove_spare_number(std::string_view account,
                                               std::string_view number) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    if (auto unused = check_unused(account, number); !unused) return unused;
    const int removed = prepare("DELETE FROM spare_number WHERE account = ? AND number = ?",
                                std::string(account), model::normalized_number(number))
                            .exec();
    if (removed == 0) {
      return fail(ErrorKind::not_found,
                  "the account has no spare number " + std::string(number));
    }
    change_configuration();
    transaction.commit();
    return {};
  });
}

}  // namespace strowger::store
