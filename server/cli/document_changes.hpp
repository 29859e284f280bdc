// Writes what calls want changed into the store, in a thread of its own, so that no call waits for
// the database (docs/decisions/0028-changes-by-calls.md).
#pragma once

#include "base/result.hpp"
#include "model/document_change.hpp"
#include "store/store.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace strowger::cli {

class DocumentChanges {
 public:
  using Change = std::shared_ptr<const model::DocumentChange>;
  using Stored = std::function<void(const std::vector<Change>&)>;
  static constexpr std::size_t waiting_max = 1'000;  // changes; beyond, they are lost and logged

  // `store` is used by nobody else. `stored` is called in the thread, once for all changes that
  // waited: makes them live together, however many calls ask.
  DocumentChanges(std::unique_ptr<store::Store> store, Stored stored);
  // Makes the changes that wait, then ends.
  ~DocumentChanges();
  DocumentChanges(const DocumentChanges&) = delete;
  DocumentChanges& operator=(const DocumentChanges&) = delete;

  // From any thread; does not wait.
  void want(Change change);

 private:
  void run();
  void make(std::deque<Change> changes);

  std::unique_ptr<store::Store> store_;
  Stored stored_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Change> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

// One change: the document is read, changed, held against its model and stored, with a line in the
// audit log. Said why, when it is not.
Result<void, Complaint> store_document_change(store::Store& store,
                                              const model::DocumentChange& change, WallTime now);

}  // namespace strowger::cli
