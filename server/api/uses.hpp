// What callflows refer to: which of them play a sound, run a callflow. Read from their latest and
// their live revisions, and remembered by revision, because a revision never changes.
#pragma once

#include "model/action_catalog.hpp"
#include "store/store.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

struct Reference {
  model::RefTarget target = model::RefTarget::media;
  std::string id;
  std::string block;
  std::string module;
  std::string param;
  std::string pointer;  // of the value

  bool operator==(const Reference&) const = default;
};
using References = std::vector<Reference>;

References references(const model::Callflow& callflow, const model::Catalog& catalog);

struct Use {
  std::string callflow;
  std::string name;  // of the callflow
  Reference what;
  bool live = false;  // in the live revision
};
boost::json::object as_json(const Use& use);

struct LintCount {
  std::size_t errors = 0;
  std::size_t warnings = 0;
};

class Uses {
 public:
  // Of the whole account; a place that is in the latest and in the live revision is told once.
  store::Outcome<std::vector<Use>> all(store::Store& store, const std::string& account,
                                       const model::Catalog& catalog);
  store::Outcome<std::vector<Use>> of(store::Store& store, const std::string& account,
                                      const model::Catalog& catalog, model::RefTarget target,
                                      std::string_view id);
  // Of the latest revision.
  LintCount lint(store::Store& store, const std::string& account,
                 const store::CallflowSummary& callflow, const model::Catalog& catalog);

 private:
  static constexpr std::size_t remembered_max = 20'000;
  using Known = std::shared_ptr<const References>;

  Known read(store::Store& store, const std::string& account, const std::string& id,
             store::Revision revision, const model::Catalog& catalog);

  std::mutex mutex_;
  std::map<std::string, Known, std::less<>> known_;     // by account, callflow, revision
  std::map<std::string, LintCount, std::less<>> lint_;  // of one generation of the store
  std::int64_t lint_generation_ = 0;
};

}  // namespace strowger::api
