#include "store/sqlite_tables.hpp"

#include <charconv>

namespace strowger::store {
namespace {

// A place in the list: newer records come before it. Text form "<started ms>.<sequence>".
struct Cursor {
  std::int64_t started_ms = 0;
  std::int64_t sequence = 0;

  std::string text() const { return std::to_string(started_ms) + "." + std::to_string(sequence); }
};

std::optional<Cursor> parse_cursor(std::string_view text) {
  Cursor cursor;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, cursor.started_ms);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, cursor.sequence);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return cursor;
}

constexpr Cursor newest{INT64_MAX, INT64_MAX};

Outcome<model::CallRecord> read_record(const std::string& text) {
  auto record = model::call_record_from_json(text);
  if (!record) return fail(ErrorKind::storage, record.error().what);
  return std::move(*record);
}

}  // namespace

Outcome<void> SqliteStore::upsert_call_texts(std::span<const model::CallRecordText> records) {
  if (records.empty()) return {};
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    auto statement = prepare(
        "INSERT INTO call (account, id, started_ms, complete, record) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (account, id) DO UPDATE SET started_ms = excluded.started_ms, "
        "complete = excluded.complete, record = excluded.record "
        "WHERE excluded.complete >= call.complete");
    std::string text;
    for (const model::CallRecordText& record : records) {
      text.assign(record.json);
      statement.bind(1, std::string(record.account));
      statement.bind(2, std::string(record.id));
      statement.bind(3, record.started_ms);
      statement.bind(4, record.complete ? 1 : 0);
      statement.bindNoCopy(5, text);
      statement.exec();
      statement.reset();
    }
    transaction.commit();
    return {};
  });
}

Outcome<CallPage> SqliteStore::calls(std::string_view account, std::string_view cursor,
                                     std::size_t limit) {
  if (limit == 0 || limit > page_size_max) {
    return fail(ErrorKind::invalid,
                "a page has 1 to " + std::to_string(page_size_max) + " records");
  }
  const auto from = cursor.empty() ? std::optional(newest) : parse_cursor(cursor);
  if (!from) return fail(ErrorKind::invalid, "this cursor was not made here");
  return guarded([&]() -> Outcome<CallPage> {
    auto rows = prepare(
        "SELECT started_ms, sequence, record FROM call "
        "WHERE account = ? AND (started_ms, sequence) < (?, ?) "
        "ORDER BY started_ms DESC, sequence DESC LIMIT ?",
        std::string(account), from->started_ms, from->sequence,
        static_cast<std::int64_t>(limit) + 1);
    CallPage page;
    Cursor last;
    while (rows.executeStep()) {
      if (page.calls.size() == limit) {
        page.next = last.text();
        break;
      }
      auto record = read_record(rows.getColumn(2).getString());
      if (!record) return tl::unexpected<Error>(std::move(record.error()));
      page.calls.push_back(std::move(*record));
      last = {rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64()};
    }
    return page;
  });
}

Outcome<model::CallRecord> SqliteStore::call(std::string_view account, std::string_view id) {
  return guarded([&]() -> Outcome<model::CallRecord> {
    auto row = prepare("SELECT record FROM call WHERE account = ? AND id = ?",
                       std::string(account), std::string(id));
    if (row.executeStep()) return read_record(row.getColumn(0).getString());
    return fail(ErrorKind::not_found, "there is no call “" + std::string(id) + "”");
  });
}

}  // namespace strowger::store
