#include "store/sqlite_tables.hpp"

namespace strowger::store {
namespace {

constexpr const char* token_columns =
    "SELECT id, hash, user, name, account, role, created_ms, expires_ms, last_used_ms FROM token";

Token read_token(SQLite::Statement& row) {
  Token token;
  token.id = row.getColumn(0).getString();
  token.hash = row.getColumn(1).getString();
  token.user = row.getColumn(2).getString();
  token.name = row.getColumn(3).getString();
  token.account = row.getColumn(4).getString();
  token.role = role_named(row.getColumn(5).getString()).value_or(Role::viewer);
  token.created = from_epoch_ms(row.getColumn(6).getInt64());
  token.expires = from_epoch_ms(row.getColumn(7).getInt64());
  token.last_used = from_epoch_ms(row.getColumn(8).getInt64());
  return token;
}

}  // namespace

Outcome<void> SqliteStore::add_session(const Session& session) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    prepare("INSERT INTO session (hash, user, created_ms, expires_ms) VALUES (?, ?, ?, ?)",
            session.hash, session.user, epoch_ms(session.created), epoch_ms(session.expires))
        .exec();
    prepare("DELETE FROM session WHERE user = ?1 AND hash NOT IN (SELECT hash FROM session "
            "WHERE user = ?1 ORDER BY created_ms DESC LIMIT ?2)",
            session.user, static_cast<std::int64_t>(sessions_per_user_max))
        .exec();
    transaction.commit();
    return {};
  });
}

Outcome<Session> SqliteStore::session(std::string_view hash) {
  return guarded([&]() -> Outcome<Session> {
    auto row = prepare("SELECT hash, user, created_ms, expires_ms FROM session WHERE hash = ?",
                       std::string(hash));
    if (!row.executeStep()) return fail(ErrorKind::not_found, "there is no such session");
    return Session{row.getColumn(0).getString(), row.getColumn(1).getString(),
                   from_epoch_ms(row.getColumn(2).getInt64()),
                   from_epoch_ms(row.getColumn(3).getInt64())};
  });
}

Outcome<void> SqliteStore::extend_session(std::string_view hash, WallTime expires) {
  return guarded([&]() -> Outcome<void> {
    prepare("UPDATE session SET expires_ms = ? WHERE hash = ?", epoch_ms(expires),
            std::string(hash))
        .exec();
    return {};
  });
}

Outcome<void> SqliteStore::remove_session(std::string_view hash) {
  return guarded([&]() -> Outcome<void> {
    prepare("DELETE FROM session WHERE hash = ?", std::string(hash)).exec();
    return {};
  });
}

Outcome<void> SqliteStore::remove_sessions(std::string_view user, std::string_view except) {
  return guarded([&]() -> Outcome<void> {
    prepare("DELETE FROM session WHERE user = ? AND hash <> ?", std::string(user),
            std::string(except))
        .exec();
    return {};
  });
}

Outcome<void> SqliteStore::remove_expired(WallTime now) {
  return guarded([&]() -> Outcome<void> {
    prepare("DELETE FROM session WHERE expires_ms <= ?", epoch_ms(now)).exec();
    prepare("DELETE FROM token WHERE expires_ms <= ?", epoch_ms(now)).exec();
    return {};
  });
}

Outcome<void> SqliteStore::add_token(const Token& token) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    auto count = prepare("SELECT count(*) FROM token WHERE user = ?", token.user);
    count.executeStep();
    if (count.getColumn(0).getInt64() >= static_cast<std::int64_t>(tokens_per_user_max)) {
      return fail(ErrorKind::conflict, "a user has at most " +
                                           std::to_string(tokens_per_user_max) + " tokens");
    }
    count.reset();
    prepare("INSERT INTO token (id, hash, user, name, account, role, created_ms, expires_ms, "
            "last_used_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            token.id, token.hash, token.user, token.name, token.account,
            std::string(role_name(token.role)), epoch_ms(token.created), epoch_ms(token.expires))
        .exec();
    transaction.commit();
    return {};
  });
}

Outcome<Token> SqliteStore::token_by_hash(std::string_view hash) {
  return guarded([&]() -> Outcome<Token> {
    const std::string sql = std::string(token_columns) + " WHERE hash = ?";
    auto row = prepare(sql.c_str(), std::string(hash));
    if (!row.executeStep()) return fail(ErrorKind::not_found, "there is no such token");
    return read_token(row);
  });
}

Outcome<std::vector<Token>> SqliteStore::tokens(std::string_view user) {
  return guarded([&]() -> Outcome<std::vector<Token>> {
    std::vector<Token> all;
    const std::string sql = std::string(token_columns) + " WHERE user = ? ORDER BY created_ms, id";
    auto rows = prepare(sql.c_str(), std::string(user));
    while (rows.executeStep()) all.push_back(read_token(rows));
    return all;
  });
}

Outcome<void> SqliteStore::token_used(std::string_view id, WallTime when) {
  return guarded([&]() -> Outcome<void> {
    prepare("UPDATE token SET last_used_ms = ? WHERE id = ?", epoch_ms(when), std::string(id))
        .exec();
    return {};
  });
}

Outcome<void> SqliteStore::remove_token(std::string_view user, std::string_view id) {
  return guarded([&]() -> Outcome<void> {
    const int removed = prepare("DELETE FROM token WHERE user = ? AND id = ?", std::string(user),
                                std::string(id))
                            .exec();
    if (removed == 0) {
      return fail(ErrorKind::not_found, "there is no token “" + std::string(id) + "”");
    }
    return {};
  });
}

}  // namespace strowger::store
