// Records as values, for who has no text of them.
#include "store/store.hpp"

namespace strowger::store {

Outcome<void> Store::upsert_calls(std::span<const model::CallRecord> records) {
  std::vector<std::string> texts;
  texts.reserve(records.size());  // views into them are kept
  std::vector<model::CallRecordText> rows;
  for (const model::CallRecord& record : records) {
    rows.push_back({.account = record.account,
                    .id = record.id,
                    .started_ms = record.started.time_since_epoch().count(),
                    .complete = record.complete,
                    .json = texts.emplace_back(model::to_json(record))});
  }
  return upsert_call_texts(rows);
}

}  // namespace strowger::store
