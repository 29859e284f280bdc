// The class behind open_sqlite; its methods lie in sqlite_*.cpp by table. SQLiteCpp throws, this
// room does not: every method runs inside guarded().
#pragma once

#include "store/store.hpp"
#include "store/vault.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace strowger::store {

Error storage_error(const std::exception& exception);

// Runs `body`, an exception becoming a `storage` error.
template <class Body>
auto guarded(const Body& body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::exception& exception) {
    return tl::unexpected<Error>(storage_error(exception));
  }
}

class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<SQLite::Database> database, Vault vault)
      : database_(std::move(database)), vault_(std::move(vault)) {}

  Outcome<std::int64_t> generation() override;

  Outcome<std::vector<model::Account>> accounts() override;
  Outcome<model::Account> account(std::string_view id) override;
  Outcome<void> save_account(const model::Account& account) override;

  Outcome<std::vector<CallflowSummary>> callflows(std::string_view account) override;
  Outcome<CallflowSummary> callflow(std::string_view account, std::string_view id) override;
  Outcome<CallflowRevision> revision(std::string_view account, std::string_view id,
                                     Revision revision) override;
  Outcome<std::vector<CallflowRevision>> revisions(std::string_view account,
                                                   std::string_view id) override;
  Outcome<std::vector<CallflowRevision>> published(std::string_view account) override;
  Outcome<Revision> save_draft(std::string_view account, const model::Callflow& callflow,
                               const Authorship& by, std::optional<Revision> expected) override;
  Outcome<void> publish(std::string_view account, std::string_view id, Revision revision,
                        std::optional<Revision> expected) override;
  Outcome<Revision> save_and_publish(std::string_view account, const model::Callflow& callflow,
                                     const Authorship& by,
                                     std::optional<Revision> expected) override;
  Outcome<void> unpublish(std::string_view account, std::string_view id) override;
  Outcome<void> remove_callflow(std::string_view account, std::string_view id,
                                std::optional<Revision> expected) override;

  Outcome<std::vector<NumberOwner>> numbers(std::string_view account) override;
  Outcome<std::optional<std::string>> number_owner(std::string_view account,
                                                   std::string_view number) override;
  Outcome<std::optional<std::string>> pattern_owner(std::string_view account,
                                                    std::string_view pattern) override;

  Outcome<std::vector<std::string>> spare_numbers(std::string_view account) override;
  Outcome<void> add_spare_number(std::string_view account, std::string_view number) override;
  Outcome<void> remove_spare_number(std::string_view account, std::string_view number) override;
  Outcome<std::string> settings(std::string_view account) override;
  Outcome<void> save_settings(std::string_view account, std::string_view document) override;

  Outcome<std::vector<User>> users() override;
  Outcome<User> user(std::string_view id) override;
  Outcome<void> save_user(const User& user) override;
  Outcome<void> remove_user(std::string_view id) override;
  Outcome<void> logged_in(std::string_view user, WallTime when) override;
  Outcome<void> add_session(const Session& session) override;
  Outcome<Session> session(std::string_view hash) override;
  Outcome<void> extend_session(std::string_view hash, WallTime expires) override;
  Outcome<void> remove_session(std::string_view hash) override;
  Outcome<void> remove_sessions(std::string_view user, std::string_view except) override;
  Outcome<void> remove_expired(WallTime now) override;
  Outcome<void> add_token(const Token& token) override;
  Outcome<Token> token_by_hash(std::string_view hash) override;
  Outcome<std::vector<Token>> tokens(std::string_view user) override;
  Outcome<void> token_used(std::string_view id, WallTime when) override;
  Outcome<void> remove_token(std::string_view user, std::string_view id) override;
  Outcome<void> add_audit(const AuditEntry& entry) override;
  Outcome<std::vector<AuditEntry>> audit(std::string_view account, std::int64_t before,
                                         std::size_t limit) override;
  Outcome<std::optional<AuditEntry>> last_audit(std::string_view account,
                                                std::string_view target) override;

  Outcome<std::vector<model::MediaFile>> media(std::string_view account) override;
  Outcome<model::MediaFile> media_file(std::string_view account, std::string_view id) override;
  Outcome<void> save_media(std::string_view account, const model::MediaFile& media,
                           WallTime when) override;
  Outcome<void> remove_media(std::string_view account, std::string_view id) override;
  Outcome<void> replace_media(std::string_view account, std::string_view id,
                              std::span<const CallflowWrite> writes,
                              const Authorship& by) override;
  Outcome<bool> content_in_use(std::string_view content_hash) override;

  Outcome<std::vector<StoredObject>> objects(std::string_view account, ObjectKind kind) override;
  Outcome<StoredObject> object(std::string_view account, ObjectKind kind,
                               std::string_view id) override;
  Outcome<std::optional<std::string>> object_with(std::string_view account, ObjectKind kind,
                                                  std::string_view unique) override;
  Outcome<void> change(std::string_view account, const AccountChange& change,
                       const Authorship& by) override;
  Outcome<std::map<std::string, model::DigestSecret, std::less<>>> device_secrets(
      std::string_view account) override;
  Outcome<std::map<std::string, model::DigestSecret, std::less<>>> trunk_secrets(
      std::string_view account) override;
  Outcome<std::map<std::string, TrunkPassword, std::less<>>> trunk_passwords(
      std::string_view account) override;

  Outcome<void> upsert_call_texts(std::span<const model::CallRecordText> records) override;
  Outcome<CallPage> calls(std::string_view account, std::string_view cursor,
                          std::size_t limit) override;
  Outcome<model::CallRecord> call(std::string_view account, std::string_view id) override;

 private:
  SQLite::Database& db() { return *database_; }
  // A statement with its first parameters bound.
  template <class... Values>
  SQLite::Statement prepare(const char* sql, const Values&... values) {
    SQLite::Statement statement(*database_, sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    return statement;
  }
  void change_configuration();  // bumps the generation; part of every configuring transaction
  bool account_exists(const std::string& id);
  bool has_administrator();
  void read_roles(User& user);

  // Inside a transaction of the caller.
  struct Head {
    Revision latest = 0;
    Revision published = 0;
    bool removed = false;
  };
  std::optional<Head> head(const std::string& account, const std::string& id);
  Outcome<Revision> add_revision(const std::string& account, const model::Callflow& callflow,
                                 const Authorship& by, std::optional<Revision> expected);
  Outcome<Revision> write(const std::string& account, const CallflowWrite& wanted,
                          const Authorship& by);
  Outcome<void> take_live(const std::string& account, const std::string& id, Revision revision,
                          const model::Callflow& callflow);
  Outcome<void> claim(const std::string& account, const std::string& id,
                      const std::vector<std::string>& written, bool is_pattern);
  Outcome<void> drop_callflow(const std::string& account, const std::string& id,
                              std::optional<Revision> expected);
  Outcome<void> write_object(const std::string& account, const ObjectWrite& wanted,
                             const Authorship& by);
  Outcome<void> keep_password(const std::string& account, const std::string& trunk,
                              const std::string& password);
  Outcome<void> drop_object(const std::string& account, const ObjectRemoval& wanted);
  Outcome<void> check_seen(const std::string& account, ObjectKind kind, const std::string& id,
                           std::optional<Revision> expected);
  Outcome<void> check_unique(const std::string& account, const ObjectWrite& wanted);
  Outcome<void> check_names(const std::string& account, const ObjectWrite& wanted);
  Outcome<void> write_trunk(const std::string& account, const ObjectWrite& wanted,
                            const std::string& login_before);
  Outcome<void> check_count(const std::string& account, const std::vector<ObjectWrite>& written);
  void release_numbers(const std::string& account, const std::string& id);
  Outcome<void> check_unused(std::string_view account, std::string_view number);
  Outcome<std::optional<std::string>> owner(std::string_view account, std::string_view number,
                                            bool is_pattern);

  std::unique_ptr<SQLite::Database> database_;
  Vault vault_;
};

inline std::int64_t epoch_ms(WallTime time) { return time.time_since_epoch().count(); }
inline WallTime from_epoch_ms(std::int64_t ms) {
  return WallTime(std::chrono::milliseconds(ms));
}

}  // namespace strowger::store
