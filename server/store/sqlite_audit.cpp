#include "store/sqlite_tables.hpp"

namespace strowger::store {
namespace {

constexpr const char* columns =
    "SELECT sequence, account, at_ms, who, address, action, target, note FROM audit";

AuditEntry read_row(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(),  row.getColumn(1).getString(),
          from_epoch_ms(row.getColumn(2).getInt64()),
          row.getColumn(3).getString(), row.getColumn(4).getString(),
          row.getColumn(5).getString(), row.getColumn(6).getString(),
          row.getColumn(7).getString()};
}

}  // namespace

Outcome<void> SqliteStore::add_audit(const AuditEntry& entry) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    prepare("INSERT INTO audit (account, at_ms, who, address, action, target, note) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            entry.account, epoch_ms(entry.at), entry.who, entry.address, entry.action,
            entry.target, entry.note)
        .exec();
    prepare("DELETE FROM audit WHERE sequence <= ?", db().getLastInsertRowid() - audit_entries_max)
        .exec();
    transaction.commit();
    return {};
  });
}

Outcome<std::vector<AuditEntry>> SqliteStore::audit(std::string_view account,
                                                    std::int64_t before, std::size_t limit) {
  return guarded([&]() -> Outcome<std::vector<AuditEntry>> {
    std::vector<AuditEntry> all;
    const std::string sql = std::string(columns) +
                            " WHERE account = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?";
    auto rows = prepare(sql.c_str(), std::string(account), before == 0 ? INT64_MAX : before,
                        static_cast<std::int64_t>(limit));
    while (rows.executeStep()) all.push_back(read_row(rows));
    return all;
  });
}

Outcome<std::optional<AuditEntry>> SqliteStore::last_audit(std::string_view account,
                                                           std::string_view target) {
  return guarded([&]() -> Outcome<std::optional<AuditEntry>> {
    const std::string sql = std::string(columns) +
                            " WHERE account = ? AND target = ? ORDER BY sequence DESC LIMIT 1";
    auto row = prepare(sql.c_str(), std::string(account), std::string(target));
    if (!row.executeStep()) return std::optional<AuditEntry>();
    return std::optional(read_row(row));
  });
}

}  // namespace strowger::store
