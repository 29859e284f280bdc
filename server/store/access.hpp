// Who may use the API, and what they did: users with a role per account, their sessions and bearer
// tokens, the audit log. Secrets are stored as hashes only.
#pragma once

#include "base/time.hpp"
#include "store/error.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::store {

enum class Role : std::uint8_t { viewer = 1, editor = 2, admin = 3 };  // each may all before it
std::string_view role_name(Role role);
std::optional<Role> role_named(std::string_view name);

struct User {
  std::string id;    // model/identifier.hpp; what one logs in with
  std::string name;  // for people
  bool system = false;  // administrator of every account and of the server
  bool disabled = false;
  bool must_change_password = false;
  std::string password_hash;  // as libsodium writes it; "": no password opens this
  std::map<std::string, Role, std::less<>> roles;  // by account id
  WallTime last_login{};  // the epoch: never

  bool operator==(const User&) const = default;
};

struct Session {
  std::string hash;  // SHA-256 of the cookie's value, hex
  std::string user;
  WallTime created{};
  WallTime expires{};
};

struct Token {
  std::string id;
  std::string hash;  // SHA-256 of the secret, hex
  std::string user;
  std::string name;
  std::string account;  // "": every account that the user may see
  Role role = Role::viewer;  // at most this, and at most what the user may
  WallTime created{};
  WallTime expires{};
  WallTime last_used{};  // the epoch: never
};

struct AuditEntry {
  std::int64_t id = 0;  // given by the store, ascending
  std::string account;  // "": the server as a whole
  WallTime at{};
  std::string who;
  std::string address;
  std::string action;  // "callflow.publish"
  std::string target;
  std::string note;
};

inline constexpr std::size_t sessions_per_user_max = 50;  // the oldest beyond are ended
inline constexpr std::size_t tokens_per_user_max = 100;
inline constexpr std::int64_t audit_entries_max = 1'000'000;  // the oldest beyond are dropped

class AccessStore {
 public:
  virtual ~AccessStore() = default;

  virtual Outcome<std::vector<User>> users() = 0;  // by id
  virtual Outcome<User> user(std::string_view id) = 0;
  // Creates or replaces. `conflict` when it would leave no system administrator who can log in.
  virtual Outcome<void> save_user(const User& user) = 0;
  // With sessions and tokens. `conflict` as above.
  virtual Outcome<void> remove_user(std::string_view id) = 0;
  virtual Outcome<void> logged_in(std::string_view user, WallTime when) = 0;

  virtual Outcome<void> add_session(const Session& session) = 0;
  virtual Outcome<Session> session(std::string_view hash) = 0;
  virtual Outcome<void> extend_session(std::string_view hash, WallTime expires) = 0;
  virtual Outcome<void> remove_session(std::string_view hash) = 0;  // a missing one is no error
  // All of the user's but the one whose hash is `except`.
  virtual Outcome<void> remove_sessions(std::string_view user, std::string_view except) = 0;
  virtual Outcome<void> remove_expired(WallTime now) = 0;  // sessions and tokens

  // `conflict` beyond tokens_per_user_max.
  virtual Outcome<void> add_token(const Token& token) = 0;
  virtual Outcome<Token> token_by_hash(std::string_view hash) = 0;
  virtual Outcome<std::vector<Token>> tokens(std::string_view user) = 0;  // by creation
  virtual Outcome<void> token_used(std::string_view id, WallTime when) = 0;
  virtual Outcome<void> remove_token(std::string_view user, std::string_view id) = 0;

  virtual Outcome<void> add_audit(const AuditEntry& entry) = 0;
  // Newest first, ids below `before` (0: from the newest), at most `limit`; of this account only.
  virtual Outcome<std::vector<AuditEntry>> audit(std::string_view account, std::int64_t before,
                                                 std::size_t limit) = 0;
  // Who last changed it.
  virtual Outcome<std::optional<AuditEntry>> last_audit(std::string_view account,
                                                        std::string_view target) = 0;
};

}  // namespace strowger::store
