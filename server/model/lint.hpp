// Sense in a callflow: what would go wrong when a call runs through it. Pure; knows no storage.
// Errors block publishing. Every finding's code is described in docs/lint.md.
#pragma once

#include "model/action_catalog.hpp"
#include "model/callflow.hpp"
#include "model/finding.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace strowger::model {

// The account around the callflow.
class Context {
 public:
  virtual ~Context() = default;
  // Is there such a thing? nullopt when nobody can say (a file linted by itself): no finding then.
  virtual std::optional<bool> exists(RefTarget target, std::string_view id) const = 0;
  // Is there such a thing, but switched off?
  virtual bool disabled(RefTarget /*target*/, std::string_view /*id*/) const { return false; }
  // To follow sub-flows; nullptr when unknown. Must stay valid while lint runs.
  virtual const Callflow* callflow(std::string_view id) const = 0;
  // Id of the published callflow that owns a number or pattern; nullopt when it is free.
  virtual std::optional<std::string> number_owner(std::string_view number) const = 0;
  virtual std::optional<std::string> pattern_owner(std::string_view pattern) const = 0;
  // Id of the seat that has it; nullopt when no seat has it, or nobody can say.
  virtual std::optional<std::string> seat_with_extension(std::string_view /*extension*/) const {
    return std::nullopt;
  }
  // Ids of the seats whose phones ring where a device, or a ring group, of that id does.
  virtual std::vector<std::string> seats_behind(std::string_view /*id*/) const { return {}; }
};

// A context from lists: for tests, and (left empty with `knows_references` false) for lone files.
struct ListedContext final : Context {
  bool knows_references = true;
  std::set<std::string, std::less<>> media;
  std::set<std::string, std::less<>> menus;
  std::map<std::string, bool, std::less<>> seats;  // id → enabled
  std::map<std::string, bool, std::less<>> devices;
  std::set<std::string, std::less<>> ring_groups;
  std::set<std::string, std::less<>> temporal_rules;
  std::set<std::string, std::less<>> temporal_rule_sets;
  std::set<std::string, std::less<>> trunks;
  std::map<std::string, std::shared_ptr<const Callflow>, std::less<>> callflows;
  std::map<std::string, std::string, std::less<>> number_owners;   // number → callflow id
  std::map<std::string, std::string, std::less<>> pattern_owners;  // pattern → callflow id
  std::map<std::string, std::string, std::less<>> extensions;      // extension → seat id
  std::map<std::string, std::vector<std::string>, std::less<>> rung;  // id → seats behind it

  std::optional<bool> exists(RefTarget target, std::string_view id) const override;
  bool disabled(RefTarget target, std::string_view id) const override;
  const Callflow* callflow(std::string_view id) const override;
  std::optional<std::string> number_owner(std::string_view number) const override;
  std::optional<std::string> pattern_owner(std::string_view pattern) const override;
  std::optional<std::string> seat_with_extension(std::string_view extension) const override;
  std::vector<std::string> seats_behind(std::string_view id) const override;
};

// Errors first, then warnings, then infos; at most findings_max. The import_notes of the callflow
// are included.
Findings lint(const Callflow& callflow, const Catalog& catalog, const Context& context);

}  // namespace strowger::model
