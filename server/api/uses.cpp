#include "api/uses.hpp"

#include "model/lint.hpp"
#include "store/lint_context.hpp"

#include <algorithm>

namespace strowger::api {
namespace {

std::string key_of(const std::string& account, const std::string& id, store::Revision revision) {
  return account + '/' + id + '/' + std::to_string(revision);
}

void add(std::vector<Use>& uses, const store::CallflowSummary& callflow,
         const References& found, bool live) {
  for (const auto& what : found) uses.push_back({callflow.id, callflow.name, what, live});
}

void add_members(const model::Block& block, const std::vector<model::Param>& params,
                 const boost::json::object& members, const std::string& pointer,
                 References& all);

void add_value(const model::Block& block, const model::Param& param,
               const boost::json::value& value, const std::string& pointer, References& all) {
  if (const auto* const object = value.if_object()) {
    add_members(block, param.properties, *object, pointer, all);
  } else if (const auto* const list = value.if_array(); list && !param.items.empty()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      add_value(block, param.items[0], (*list)[i], pointer + "/" + std::to_string(i), all);
    }
  } else if (const auto* const id = value.if_string();
             id && !id->empty() && param.type == model::ParamType::ref) {
    all.push_back({param.to, std::string(*id), block.id, block.module, param.name, pointer});
  }
}

void add_members(const model::Block& block, const std::vector<model::Param>& params,
                 const boost::json::object& members, const std::string& pointer,
                 References& all) {
  for (const auto& param : params) {
    const auto* const value = members.if_contains(param.name);
    if (value == nullptr) continue;
    add_value(block, param, *value, pointer + "/" + model::pointer_token(param.name), all);
  }
}

// Branches that are named after things of the account.
void add_keys(const model::Block& block, const model::Action& action, References& all) {
  if (!action.key_target) return;
  for (const auto& branch : block.children) {
    const bool fixed = std::ranges::any_of(
        action.fixed_keys, [&](const auto& one) { return one.key == branch.key; });
    if (fixed || branch.key == model::default_branch) continue;
    all.push_back(
        {*action.key_target, branch.key, block.id, block.module, "", branch.block.pointer});
  }
}

}  // namespace

References references(const model::Callflow& callflow, const model::Catalog& catalog) {
  References all;
  if (!callflow.root) return all;
  model::for_each_block(*callflow.root, [&](const model::Block& block) {
    const auto* const action = catalog.find(block.module);
    if (!action) return;
    add_members(block, action->params, block.data, block.pointer + "/data", all);
    add_keys(block, *action, all);
  });
  return all;
}

boost::json::object as_json(const Use& use) {
  return {{"callflow", use.callflow},      {"name", use.name},
          {"block", use.what.block},       {"module", use.what.module},
          {"pointer", use.what.pointer},   {"live", use.live}};
}

Uses::Known Uses::read(store::Store& store, const std::string& account, const std::string& id,
                       store::Revision revision, const model::Catalog& catalog) {
  const auto key = key_of(account, id, revision);
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
  }
  const auto stored = store.revision(account, id, revision);
  if (!stored) return std::make_shared<const References>();
  const auto callflow = model::parse_callflow(stored->document);
  auto read = std::make_shared<const References>(callflow ? references(*callflow, catalog)
                                                          : References());
  const std::lock_guard lock(mutex_);
  if (known_.size() >= remembered_max) known_.clear();
  known_[key] = read;
  return read;
}

store::Outcome<std::vector<Use>> Uses::all(store::Store& store, const std::string& account,
                                           const model::Catalog& catalog) {
  const auto callflows = store.callflows(account);
  if (!callflows) return tl::unexpected<store::Error>(callflows.error());
  std::vector<Use> uses;
  for (const auto& callflow : *callflows) {
    const auto latest = read(store, account, callflow.id, callflow.latest, catalog);
    const auto first = uses.size();
    add(uses, callflow, *latest, callflow.published == callflow.latest);
    if (callflow.published == 0 || callflow.published == callflow.latest) continue;
    const auto live = read(store, account, callflow.id, callflow.published, catalog);
    for (const auto& what : *live) {
      const auto same = std::find_if(uses.begin() + static_cast<std::ptrdiff_t>(first), uses.end(),
                                     [&](const Use& use) { return use.what == what; });
      if (same != uses.end()) same->live = true;
      else uses.push_back({callflow.id, callflow.name, what, true});
    }
  }
  return uses;
}

store::Outcome<std::vector<Use>> Uses::of(store::Store& store, const std::string& account,
                                          const model::Catalog& catalog, model::RefTarget target,
                                          std::string_view id) {
  auto uses = all(store, account, catalog);
  if (uses) {
    std::erase_if(*uses, [&](const Use& use) {
      return use.what.target != target || use.what.id != id;
    });
  }
  return uses;
}

LintCount Uses::lint(store::Store& store, const std::string& account,
                     const store::CallflowSummary& callflow, const model::Catalog& catalog) {
  const auto generation = store.generation().value_or(0);
  const auto key = key_of(account, callflow.id, callflow.latest);
  {
    const std::lock_guard lock(mutex_);
    if (lint_generation_ != generation) lint_.clear();
    lint_generation_ = generation;
    if (const auto found = lint_.find(key); found != lint_.end()) return found->second;
  }
  LintCount count;
  const auto stored = store.revision(account, callflow.id, callflow.latest);
  if (const auto parsed = model::parse_callflow(stored ? stored->document : ""); parsed) {
    const store::LintContext context(store, account);
    for (const auto& finding : model::lint(*parsed, catalog, context)) {
      count.errors += finding.severity == model::Severity::error;
      count.warnings += finding.severity == model::Severity::warning;
    }
  }
  const std::lock_guard lock(mutex_);
  if (lint_generation_ == generation) lint_[key] = count;
  return count;
}

}  // namespace strowger::api
