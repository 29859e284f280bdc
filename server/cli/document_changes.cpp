#include "cli/document_changes.hpp"

#include "host/beside_calls.hpp"
#include "host/clock.hpp"
#include "host/log.hpp"
#include "store/seat_changes.hpp"

#include <boost/json.hpp>

#include <utility>

namespace strowger::cli {

namespace json = boost::json;
using model::DocumentChange;
using store::ObjectKind;

namespace {

constexpr int tries_max = 5;  // somebody else may write the same document at the same time

ObjectKind kind_of(DocumentChange::Kind kind) {
  return kind == DocumentChange::Kind::seat ? ObjectKind::seat : ObjectKind::temporal_rule;
}

// The document as it would be stored; a complaint when that is not what its kind may be.
Result<store::ObjectWrite, Complaint> changed(const store::StoredObject& stored,
                                              const DocumentChange& change) {
  json::error_code error;
  auto document = json::parse(stored.document, error);
  if (error || !document.is_object()) return complain("the document can't be read");
  model::merge_patch(document.get_object(), change.patch);
  if (change.kind == DocumentChange::Kind::seat) {
    auto seat = model::read_seat(std::move(document.get_object()));
    if (!seat) return complain(model::one_line(seat.error().front()));
    seat->assign_id(change.id);
    return store::write_of(*seat, stored.revision);
  }
  auto rule = model::read_temporal_rule(std::move(document.get_object()));
  if (!rule) return complain(model::one_line(rule.error().front()));
  rule->assign_id(change.id);
  return store::write_of(*rule, stored.revision);
}

}  // namespace

Result<void, Complaint> store_document_change(store::Store& store, const DocumentChange& change,
                                              WallTime now) {
  const auto kind = kind_of(change.kind);
  const auto target = std::string(store::kind_name(kind)) + "/" + change.id;
  for (int tried = 1;; ++tried) {
    const auto stored = store.object(change.account, kind, change.id);
    if (!stored) return complain(stored.error().text);
    auto write = changed(*stored, change);
    if (!write) return unexpected(write.error());
    store::AccountChange all;
    all.objects.push_back(std::move(*write));
    const auto done = store.change(change.account, all, {"call", now, target});
    if (done) break;
    const bool again = done.error().kind == store::ErrorKind::stale && tried < tries_max;
    if (!again) return complain(done.error().text);
  }
  const auto logged = store.add_audit({.id = 0,
                                       .account = change.account,
                                       .at = now,
                                       .who = "call",
                                       .address = "",
                                       .action = "call.change",
                                       .target = target,
                                       .note = change.what + " (call " + change.call + " from " +
                                               change.from + ")"});
  if (!logged) return complain("it is stored, but not in the audit log: " + logged.error().text);
  return {};
}

DocumentChanges::DocumentChanges(std::unique_ptr<store::Store> store, Stored stored)
    : store_(std::move(store)), stored_(std::move(stored)), thread_([this] { run(); }) {}

DocumentChanges::~DocumentChanges() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  more_.notify_all();
  thread_.join();
}

void DocumentChanges::want(Change change) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < waiting_max) {
      waiting_.push_back(std::move(change));
      more_.notify_one();
      return;
    }
  }
  host::log_error("too many changes by calls wait for the store; lost: " + change->what);
}

void DocumentChanges::run() {
  host::begin_beside_calls("changes");
  std::unique_lock lock(mutex_);
  while (true) {
    more_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    auto changes = std::exchange(waiting_, {});
    lock.unlock();
    make(std::move(changes));
    lock.lock();
  }
}

void DocumentChanges::make(std::deque<Change> changes) {
  std::vector<Change> made;
  for (auto& change : changes) {
    if (const auto done = store_document_change(*store_, *change, host::wall_now()); !done) {
      host::log_error("call " + change->call + " could not change “" + change->what +
                      "”: " + done.error().what);
    } else {
      made.push_back(std::move(change));
    }
  }
  if (!made.empty()) stored_(made);
}

}  // namespace strowger::cli
