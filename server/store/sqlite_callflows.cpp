#include "store/sqlite_tables.hpp"

#include "model/identifier.hpp"
#include "model/number_match.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace strowger::store {
namespace {

namespace json = boost::json;

std::string as_json(const std::vector<std::string>& texts) {
  return json::serialize(json::array(texts.begin(), texts.end()));
}

std::vector<std::string> from_json(const std::string& text) {
  std::vector<std::string> texts;
  const json::value parsed = json::parse(text);
  for (const json::value& item : parsed.as_array()) {
    texts.emplace_back(item.as_string().data(), item.as_string().size());
  }
  return texts;
}

constexpr const char* summary_columns =
    "SELECT id, name, latest, published, numbers, patterns, changed_ms FROM callflow "
    "WHERE removed = 0 AND account = ?";

CallflowSummary read_summary(SQLite::Statement& row) {
  return {row.getColumn(0).getString(),
          row.getColumn(1).getString(),
          row.getColumn(2).getInt64(),
          row.getColumn(3).getInt64(),
          from_json(row.getColumn(4).getString()),
          from_json(row.getColumn(5).getString()),
          from_epoch_ms(row.getColumn(6).getInt64())};
}

// Columns: callflow, revision, who, when_ms, note, document.
CallflowRevision read_revision(SQLite::Statement& row) {
  return {row.getColumn(0).getString(),
          row.getColumn(1).getInt64(),
          {row.getColumn(2).getString(), from_epoch_ms(row.getColumn(3).getInt64()),
           row.getColumn(4).getString()},
          row.getColumn(5).getString()};
}

tl::unexpected<Error> no_callflow(std::string_view id) {
  return fail(ErrorKind::not_found, "there is no callflow “" + std::string(id) + "”");
}

tl::unexpected<Error> stale(Revision there) {
  return fail(ErrorKind::stale,
              there == 0 ? "the callflow does not exist yet"
                         : "somebody saved the callflow in the meantime; the latest revision is " +
                               std::to_string(there),
              std::to_string(there));
}

}  // namespace

std::optional<SqliteStore::Head> SqliteStore::head(const std::string& account,
                                                   const std::string& id) {
  auto row = prepare("SELECT latest, published, removed FROM callflow WHERE account = ? AND id = ?",
                     account, id);
  if (!row.executeStep()) return std::nullopt;
  return Head{row.getColumn(0).getInt64(), row.getColumn(1).getInt64(),
              row.getColumn(2).getInt() != 0};
}

Outcome<std::vector<CallflowSummary>> SqliteStore::callflows(std::string_view account) {
  return guarded([&]() -> Outcome<std::vector<CallflowSummary>> {
    std::vector<CallflowSummary> all;
    const std::string sql = std::string(summary_columns) + " ORDER BY name, id";
    auto rows = prepare(sql.c_str(), std::string(account));
    while (rows.executeStep()) all.push_back(read_summary(rows));
    return all;
  });
}

Outcome<CallflowSummary> SqliteStore::callflow(std::string_view account, std::string_view id) {
  return guarded([&]() -> Outcome<CallflowSummary> {
    const std::string sql = std::string(summary_columns) + " AND id = ?";
    auto row = prepare(sql.c_str(), std::string(account), std::string(id));
    if (row.executeStep()) return read_summary(row);
    return no_callflow(id);
  });
}

Outcome<CallflowRevision> SqliteStore::revision(std::string_view account, std::string_view id,
                                                Revision revision) {
  return guarded([&]() -> Outcome<CallflowRevision> {
    // A removed callflow has no latest revision, but call records may still name an old one.
    auto row = prepare(
        "SELECT r.callflow, r.revision, r.who, r.when_ms, r.note, r.document "
        "FROM callflow_revision r JOIN callflow c ON c.account = r.account AND c.id = r.callflow "
        "WHERE r.account = ?1 AND r.callflow = ?2 AND r.revision = CASE ?3 WHEN 0 THEN "
        "CASE c.removed WHEN 0 THEN c.latest END ELSE ?3 END",
        std::string(account), std::string(id), revision);
    if (row.executeStep()) return read_revision(row);
    if (revision == 0) return no_callflow(id);
    return fail(ErrorKind::not_found, "the callflow “" + std::string(id) +
                                          "” has no revision " + std::to_string(revision));
  });
}

Outcome<std::vector<CallflowRevision>> SqliteStore::revisions(std::string_view account,
                                                              std::string_view id) {
  return guarded([&]() -> Outcome<std::vector<CallflowRevision>> {
    const auto there = head(std::string(account), std::string(id));
    if (!there || there->removed) return no_callflow(id);
    std::vector<CallflowRevision> all;
    auto rows = prepare(
        "SELECT callflow, revision, who, when_ms, note, '' FROM callflow_revision "
        "WHERE account = ? AND callflow = ? ORDER BY revision DESC",
        std::string(account), std::string(id));
    while (rows.executeStep()) all.push_back(read_revision(rows));
    return all;
  });
}

Outcome<std::vector<CallflowRevision>> SqliteStore::published(std::string_view account) {
  return guarded([&]() -> Outcome<std::vector<CallflowRevision>> {
    std::vector<CallflowRevision> all;
    auto rows = prepare(
        "SELECT r.callflow, r.revision, r.who, r.when_ms, r.note, r.document "
        "FROM callflow c JOIN callflow_revision r "
        "ON r.account = c.account AND r.callflow = c.id AND r.revision = c.published "
        "WHERE c.account = ? ORDER BY c.id",
        std::string(account));
    while (rows.executeStep()) all.push_back(read_revision(rows));
    return all;
  });
}

Outcome<Revision> SqliteStore::add_revision(const std::string& account,
                                            const model::Callflow& callflow, const Authorship& by,
                                            std::optional<Revision> expected) {
  if (!model::is_identifier(callflow.id)) {
    return fail(ErrorKind::invalid, "a callflow id is 1 to 64 letters, digits, - or _");
  }
  if (!account_exists(account)) {
    return fail(ErrorKind::not_found, "there is no account “" + account + "”");
  }
  const Head before = head(account, callflow.id).value_or(Head{});
  const Revision visible = before.removed ? 0 : before.latest;
  if (expected && *expected != visible) return stale(visible);
  const Revision revision = before.latest + 1;
  prepare(
      "INSERT INTO callflow (account, id, name, latest, numbers, patterns, changed_ms) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, id) DO UPDATE SET "
      "name = excluded.name, latest = excluded.latest, numbers = excluded.numbers, "
      "patterns = excluded.patterns, changed_ms = excluded.changed_ms, removed = 0",
      account, callflow.id, callflow.name, revision, as_json(callflow.numbers),
      as_json(callflow.patterns), epoch_ms(by.when))
      .exec();
  prepare(
      "INSERT INTO callflow_revision (account, callflow, revision, who, when_ms, note, document) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      account, callflow.id, revision, by.who, epoch_ms(by.when), by.note,
      model::serialize(callflow))
      .exec();
  prepare(
      "DELETE FROM callflow_revision WHERE account = ? AND callflow = ? AND revision <= ? "
      "AND revision <> ?",
      account, callflow.id, revision - static_cast<Revision>(revisions_max), before.published)
      .exec();
  return revision;
}

Outcome<void> SqliteStore::claim(const std::string& account, const std::string& id,
                                 const std::vector<std::string>& written, bool is_pattern) {
  for (const std::string& text : written) {
    const std::string number = is_pattern ? text : model::normalized_number(text);
    auto owner = prepare(
        "SELECT n.callflow, c.name FROM number n JOIN callflow c "
        "ON c.account = n.account AND c.id = n.callflow "
        "WHERE n.account = ? AND n.is_pattern = ? AND n.number = ?",
        account, is_pattern ? 1 : 0, number);
    if (owner.executeStep()) {
      const std::string other = owner.getColumn(0).getString();
      if (other == id) continue;  // twice in one document
      return fail(ErrorKind::conflict,
                  (is_pattern ? "the pattern " : "the number ") + text +
                      " belongs to the callflow “" + other + "” (" +
                      owner.getColumn(1).getString() + ")",
                  other);
    }
    prepare("INSERT INTO number (account, is_pattern, number, written, callflow) "
            "VALUES (?, ?, ?, ?, ?)",
            account, is_pattern ? 1 : 0, number, text, id)
        .exec();
  }
  return {};
}

void SqliteStore::release_numbers(const std::string& account, const std::string& id) {
  prepare("DELETE FROM number WHERE account = ? AND callflow = ?", account, id).exec();
}

Outcome<void> SqliteStore::take_live(const std::string& account, const std::string& id,
                                     Revision revision, const model::Callflow& callflow) {
  release_numbers(account, id);
  if (auto claimed = claim(account, id, callflow.numbers, false); !claimed) return claimed;
  if (auto claimed = claim(account, id, callflow.patterns, true); !claimed) return claimed;
  prepare("UPDATE callflow SET published = ? WHERE account = ? AND id = ?", revision, account, id)
      .exec();
  change_configuration();
  return {};
}

Outcome<Revision> SqliteStore::write(const std::string& account, const CallflowWrite& wanted,
                                     const Authorship& by) {
  auto revision = add_revision(account, wanted.callflow, by, wanted.expected);
  if (!revision) return revision;
  change_configuration();
  if (!wanted.publish) return revision;
  auto live = take_live(account, wanted.callflow.id, *revision, wanted.callflow);
  if (!live) return tl::unexpected<Error>(std::move(live.error()));
  return revision;
}

Outcome<Revision> SqliteStore::save_draft(std::string_view account,
                                          const model::Callflow& callflow, const Authorship& by,
                                          std::optional<Revision> expected) {
  return guarded([&]() -> Outcome<Revision> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    auto revision = write(std::string(account), {callflow, expected, false}, by);
    if (revision) transaction.commit();
    return revision;
  });
}

Outcome<Revision> SqliteStore::save_and_publish(std::string_view account,
                                                const model::Callflow& callflow,
                                                const Authorship& by,
                                                std::optional<Revision> expected) {
  return guarded([&]() -> Outcome<Revision> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    auto revision = write(std::string(account), {callflow, expected, true}, by);
    if (revision) transaction.commit();
    return revision;
  });
}

Outcome<void> SqliteStore::publish(std::string_view account_view, std::string_view id_view,
                                   Revision revision, std::optional<Revision> expected) {
  const std::string account(account_view);
  const std::string id(id_view);
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    const auto there = head(account, id);
    if (!there || there->removed) return no_callflow(id);
    if (expected && *expected != there->latest) return stale(there->latest);
    auto text = prepare("SELECT document FROM callflow_revision "
                        "WHERE account = ? AND callflow = ? AND revision = ?",
                        account, id, revision);
    if (!text.executeStep()) {
      return fail(ErrorKind::not_found,
                  "the callflow “" + id + "” has no revision " + std::to_string(revision));
    }
    const auto parsed = model::parse_callflow(text.getColumn(0).getString());
    if (!parsed) {
      return fail(ErrorKind::invalid, "the revision cannot be read: " +
                                          model::one_line(parsed.error().front()));
    }
    text.reset();
    if (auto live = take_live(account, id, revision, *parsed); !live) return live;
    transaction.commit();
    return {};
  });
}

Outcome<void> SqliteStore::unpublish(std::string_view account_view, std::string_view id_view) {
  const std::string account(account_view);
  const std::string id(id_view);
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    const auto there = head(account, id);
    if (!there || there->removed) return no_callflow(id);
    release_numbers(account, id);
    prepare("UPDATE callflow SET published = 0 WHERE account = ? AND id = ?", account, id).exec();
    change_configuration();
    transaction.commit();
    return {};
  });
}

Outcome<void> SqliteStore::drop_callflow(const std::string& account, const std::string& id,
                                         std::optional<Revision> expected) {
  const auto there = head(account, id);
  if (!there || there->removed) return no_callflow(id);
  if (expected && *expected != there->latest) return stale(there->latest);
  release_numbers(account, id);
  prepare("UPDATE callflow SET published = 0, removed = 1 WHERE account = ? AND id = ?", account,
          id)
      .exec();
  change_configuration();
  return {};
}

Outcome<void> SqliteStore::remove_callflow(std::string_view account, std::string_view id,
                                           std::optional<Revision> expected) {
  return guarded([&]() -> Outcome<void> {
    SQLite::Transaction transaction(db(), SQLite::TransactionBehavior::IMMEDIATE);
    auto dropped = drop_callflow(std::string(account), std::string(id), expected);
    if (dropped) transaction.commit();
    return dropped;
  });
}

Outcome<std::vector<NumberOwner>> SqliteStore::numbers(std::string_view account) {
  return guarded([&]() -> Outcome<std::vector<NumberOwner>> {
    std::vector<NumberOwner> all;
    auto rows = prepare("SELECT written, callflow, is_pattern FROM number WHERE account = ? "
                        "ORDER BY is_pattern, number",
                        std::string(account));
    while (rows.executeStep()) {
      all.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                     rows.getColumn(2).getInt() != 0});
    }
    return all;
  });
}

Outcome<std::optional<std::string>> SqliteStore::owner(std::string_view account,
                                                       std::string_view number, bool is_pattern) {
  return guarded([&]() -> Outcome<std::optional<std::string>> {
    auto row = prepare("SELECT callflow FROM number WHERE account = ? AND is_pattern = ? "
                       "AND number = ?",
                       std::string(account), is_pattern ? 1 : 0, std::string(number));
    if (!row.executeStep()) return std::optional<std::string>();
    return std::optional(row.getColumn(0).getString());
  });
}

Outcome<std::optional<std::string>> SqliteStore::number_owner(std::string_view account,
                                                              std::string_view number) {
  return owner(account, model::normalized_number(number), false);
}

Outcome<std::optional<std::string>> SqliteStore::pattern_owner(std::string_view account,
                                                               std::string_view pattern) {
  return owner(account, pattern, true);
}

}  // namespace strowger::store
