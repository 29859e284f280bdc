#include "store/sqlite_tables.hpp"

#include "model/identifier.hpp"

namespace strowger::store {
namespace {

constexpr const char* columns =
    "SELECT id, name, content_hash, duration_ms, source, original_bytes, encoded_bytes FROM media "
    "WHERE account = ?";

model::MediaFile read_row(SQLite::Statement& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getString(),
          row.getColumn(2).getString(), row.getColumn(3).getInt64(),
          row.getColumn(4).getString(), row.getColumn(5).getInt64(),
          row.getColumn(6).getInt64()};
}

tl::unexpected<Error> no_media(std::string_view id) {
  return fail(ErrorKind::not_found, "there is no media “" + std::string(id) + "”");
}

}  // namespace

Outcome<std::vector<model::MediaFile>> SqliteStore::media(std::string_view account) {
  return guarded([&]() -> Outcome<std::vector<model::MediaFile>> {
    std::vector<model::MediaFile> all;
    const std::string sql = std::string(columns) + " ORDER BY name, id";
    auto rows = prepare(sql.c_str(), std::string(account));
    while (rows.executeStep()) all.push_back(read_row(rows));
    return all;
  });
}

Outcome<model::MediaFile> SqliteStore::media_file(std::string_view account, std::string_view id) {
  return guarded([&]() -> Outcome<model::MediaFile> {
    const std::string sql = std::string(columns) + " AND id = ?";
    auto row = prepare(sql.c_str(), std::string(account), std::string(id));
    if (row.executeStep()) return read_row(row);
    return no_media(id);
  });
}

Outcome<void> SqliteStore::save_media(std::string_view account, const model::MediaFile& media,
                                      WallTime when) {
  if (!model::is_identifier(media.id)) {
    return fail(ErrorKind::invalid, "a media id is 1 to 64 letters, digits, - or _");
  }
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!account_exists(std::string(account))) {
      return fail(ErrorKind::not_found, "there is no account “" + std::string(account) + "”");
    }
    prepare(
        "INSERT INTO media (account, id, name, content_hash, duration_ms, source, original_bytes, "
        "encoded_bytes, changed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, "
        "content_hash = excluded.content_hash, duration_ms = excluded.duration_ms, "
        "source = excluded.source, original_bytes = excluded.original_bytes, "
        "encoded_bytes = excluded.encoded_bytes, changed_ms = excluded.changed_ms",
        std::string(account), media.id, media.name, media.content_hash, media.duration_ms,
        media.source, media.original_bytes, media.encoded_bytes, epoch_ms(when))
        .exec();
    change_configuration();
    transaction.commit();
    return {};
  });
}

Outcome<void> SqliteStore::remove_media(std::string_view account, std::string_view id) {
  return replace_media(account, id, {}, {});
}

Outcome<void> SqliteStore::replace_media(std::string_view account, std::string_view id,
                                         std::span<const CallflowWrite> writes,
                                         const Authorship& by) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const auto& wanted : writes) {
      auto written = write(std::string(account), wanted, by);
      if (!written) return tl::unexpected<Error>(std::move(written.error()));
    }
    const int removed = prepare("DELETE FROM media WHERE account = ? AND id = ?",
                                std::string(account), std::string(id))
                            .exec();
    if (removed == 0) return no_media(id);
    change_configuration();
    transaction.commit();
    return {};
  });
}

Outcome<bool> SqliteStore::content_in_use(std::string_view content_hash) {
  return guarded([&]() -> Outcome<bool> {
    return prepare("SELECT 1 FROM media WHERE content_hash = ?", std::string(content_hash))
        .executeStep();
  });
}

}  // namespace strowger::store
