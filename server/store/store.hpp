// Everything that outlives the process, behind one interface: accounts, callflows as immutable
// revisions, who owns which number, media, call records. SQLite today, PostgreSQL later; the
// contract is store_contract_test.cpp, which every backend runs.
//
// A call changes all or nothing. Errors are values. Not for the call path: calls read a snapshot.
// One Store object is for one thread at a time; several may be open on the same data.
#pragma once

#include "base/time.hpp"
#include "model/account.hpp"
#include "model/call_record.hpp"
#include "model/call_record_text.hpp"
#include "model/callflow.hpp"
#include "model/media_file.hpp"
#include "store/access.hpp"
#include "store/account_change.hpp"
#include "store/error.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::store {

struct CallflowRevision {
  std::string id;
  Revision revision = 0;
  Authorship by;
  std::string document;  // JSON text as model::serialize wrote it
};

struct CallflowSummary {
  std::string id;
  std::string name;
  Revision latest = 0;
  Revision published = 0;  // 0: nothing is live
  std::vector<std::string> numbers;   // of the latest revision
  std::vector<std::string> patterns;  // of the latest revision
  WallTime changed{};
};

struct NumberOwner {
  std::string number;
  std::string callflow_id;
  bool is_pattern = false;
};

struct TrunkPassword {
  std::string text;
  std::string why_not;  // "" unless it can't be read
};

struct CallPage {
  std::vector<model::CallRecord> calls;  // newest first
  std::string next;                      // cursor for the following page; "" at the end
};

inline constexpr std::size_t page_size_max = 1'000;
inline constexpr std::size_t revisions_max = 10'000;  // per callflow; the oldest beyond are dropped

class Store : public AccessStore {
 public:
  // Grows with every change of configuration (not with call records), in every account.
  virtual Outcome<std::int64_t> generation() = 0;

  // --- accounts. A fresh store has `default`. Realms are unique and lower case.
  virtual Outcome<std::vector<model::Account>> accounts() = 0;
  virtual Outcome<model::Account> account(std::string_view id) = 0;
  virtual Outcome<void> save_account(const model::Account& account) = 0;  // creates or replaces

  // --- callflows
  virtual Outcome<std::vector<CallflowSummary>> callflows(std::string_view account) = 0;
  virtual Outcome<CallflowSummary> callflow(std::string_view account, std::string_view id) = 0;
  // revision 0 means the latest.
  virtual Outcome<CallflowRevision> revision(std::string_view account, std::string_view id,
                                             Revision revision) = 0;
  // Newest first; `document` is left empty.
  virtual Outcome<std::vector<CallflowRevision>> revisions(std::string_view account,
                                                           std::string_view id) = 0;
  // Every live document of an account: what a snapshot is built from.
  virtual Outcome<std::vector<CallflowRevision>> published(std::string_view account) = 0;

  // Adds a revision; the live one stays. `callflow.id` must be set. `expected` is the latest
  // revision that the writer has seen (0: there must be none yet); without it the write is
  // unconditional.
  virtual Outcome<Revision> save_draft(std::string_view account, const model::Callflow& callflow,
                                       const Authorship& by,
                                       std::optional<Revision> expected = {}) = 0;
  // Makes a revision live and takes its numbers and patterns. `expected` is the latest revision
  // that the writer has seen. `conflict` when another live callflow owns a number or pattern.
  virtual Outcome<void> publish(std::string_view account, std::string_view id, Revision revision,
                                std::optional<Revision> expected = {}) = 0;
  // save_draft and publish in one step: both happen or neither.
  virtual Outcome<Revision> save_and_publish(std::string_view account,
                                             const model::Callflow& callflow, const Authorship& by,
                                             std::optional<Revision> expected = {}) = 0;
  // Nothing of it is live any more; its numbers are free; revisions stay.
  virtual Outcome<void> unpublish(std::string_view account, std::string_view id) = 0;
  virtual Outcome<void> remove_callflow(std::string_view account, std::string_view id,
                                        std::optional<Revision> expected = {}) = 0;

  // --- numbers of live callflows
  virtual Outcome<std::vector<NumberOwner>> numbers(std::string_view account) = 0;
  virtual Outcome<std::optional<std::string>> number_owner(std::string_view account,
                                                           std::string_view number) = 0;
  virtual Outcome<std::optional<std::string>> pattern_owner(std::string_view account,
                                                            std::string_view pattern) = 0;

  // --- numbers that belong to an account before a callflow has them, and after it gave them back.
  // `conflict` while a live callflow has the number; when adding, also when it is spare already.
  virtual Outcome<std::vector<std::string>> spare_numbers(std::string_view account) = 0;
  virtual Outcome<void> add_spare_number(std::string_view account, std::string_view number) = 0;
  virtual Outcome<void> remove_spare_number(std::string_view account,
                                            std::string_view number) = 0;

  // --- settings of an account: a JSON object as text, "{}" when nothing is set
  virtual Outcome<std::string> settings(std::string_view account) = 0;
  virtual Outcome<void> save_settings(std::string_view account, std::string_view document) = 0;

  // --- media (the rows; samples are in MediaDirectory)
  virtual Outcome<std::vector<model::MediaFile>> media(std::string_view account) = 0;
  virtual Outcome<model::MediaFile> media_file(std::string_view account, std::string_view id) = 0;
  virtual Outcome<void> save_media(std::string_view account, const model::MediaFile& media,
                                   WallTime when) = 0;  // creates or replaces
  virtual Outcome<void> remove_media(std::string_view account, std::string_view id) = 0;
  // Writes the callflows, in order, and removes the media: all of it or nothing.
  virtual Outcome<void> replace_media(std::string_view account, std::string_view id,
                                      std::span<const CallflowWrite> writes,
                                      const Authorship& by) = 0;
  // Is any row of any account left that uses these samples?
  virtual Outcome<bool> content_in_use(std::string_view content_hash) = 0;

  // --- seats, devices, ring groups, trunks: documents by kind, see account_change.hpp
  // By id.
  virtual Outcome<std::vector<StoredObject>> objects(std::string_view account,
                                                     ObjectKind kind) = 0;
  virtual Outcome<StoredObject> object(std::string_view account, ObjectKind kind,
                                       std::string_view id) = 0;
  // Id of the one that has the `unique` text of ObjectWrite; nothing when none has.
  virtual Outcome<std::optional<std::string>> object_with(std::string_view account,
                                                          ObjectKind kind,
                                                          std::string_view unique) = 0;
  // All of it or nothing. `stale` when something is not as expected; `conflict` when another object
  // of the kind has the `unique` text, or another callflow a number.
  virtual Outcome<void> change(std::string_view account, const AccountChange& change,
                               const Authorship& by) = 0;
  // By device id.
  virtual Outcome<std::map<std::string, model::DigestSecret, std::less<>>> device_secrets(
      std::string_view account) = 0;

  // Of what logs in here, by trunk id.
  virtual Outcome<std::map<std::string, model::DigestSecret, std::less<>>> trunk_secrets(
      std::string_view account) = 0;
  // By trunk id. One that can't be read is there, with the reason.
  virtual Outcome<std::map<std::string, TrunkPassword, std::less<>>> trunk_passwords(
      std::string_view account) = 0;

  // --- call records
  // Idempotent by id: a complete record replaces an incomplete one, never the other way round.
  virtual Outcome<void> upsert_call_texts(std::span<const model::CallRecordText> records) = 0;
  Outcome<void> upsert_calls(std::span<const model::CallRecord> records);
  // Newest first. `cursor` is "" or CallPage::next. limit 1..page_size_max.
  virtual Outcome<CallPage> calls(std::string_view account, std::string_view cursor,
                                  std::size_t limit) = 0;
  virtual Outcome<model::CallRecord> call(std::string_view account, std::string_view id) = 0;
};

}  // namespace strowger::store
