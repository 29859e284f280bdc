// `strowger temporal-rule …` and `temporal-rule-set …`: when it is opening time, when a holiday.
#include "base/time_zone.hpp"
#include "cli/command_line.hpp"
#include "cli/data_directory.hpp"
#include "cli/object_commands.hpp"
#include "cli/table.hpp"
#include "host/clock.hpp"
#include "model/account_settings.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;
using model::TemporalRule;
using model::TemporalRuleSet;
using store::ObjectKind;

namespace {

struct TemporalOptions : ObjectOptions {
  std::string name;
  std::string cycle = "weekly";
  std::vector<std::string> rules;  // of a set
  std::string at;
  std::string timezone;
};

template <class Thing>
struct Facts;

template <>
struct Facts<TemporalRule> {
  static constexpr auto kind = ObjectKind::temporal_rule;
  static constexpr auto parse = &model::parse_temporal_rule;
  static constexpr auto read = &model::read_temporal_rule;
  static model::Findings check(store::Store&, const std::string&, const TemporalRule&) {
    return {};
  }
  static json::object document(const TemporalOptions& options) {
    return {{"name", options.name}, {"cycle", options.cycle}};
  }
  static std::string text(const TemporalRule& rule) {
    const auto forced = !rule.enabled ? "" : *rule.enabled ? ", forced on" : ", forced off";
    return std::string(model::temporal_cycle_name(rule.cycle)) + forced;
  }
};

template <>
struct Facts<TemporalRuleSet> {
  static constexpr auto kind = ObjectKind::temporal_rule_set;
  static constexpr auto parse = &model::parse_temporal_rule_set;
  static constexpr auto read = &model::read_temporal_rule_set;
  static model::Findings check(store::Store& store, const std::string& account,
                               const TemporalRuleSet& set) {
    return store::check_temporal_rule_set(store, account, set);
  }
  static json::object document(const TemporalOptions& options) {
    return {{"name", options.name},
            {"temporal_rules", json::array(options.rules.begin(), options.rules.end())}};
  }
  static std::string text(const TemporalRuleSet& set) {
    return fmt::format("{}", fmt::join(set.rules, " "));
  }
};

template <class Thing>
model::Findings readable(const json::object& document) {
  const auto thing = Facts<Thing>::read(document);
  return thing ? model::Findings() : thing.error();
}

template <class Thing>
int list(const TemporalOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto all = (*store)->objects(options.account, Facts<Thing>::kind);
  if (!all) return fail(shell, all.error());
  json::array entries;
  Table table({"ID", "NAME", "WHAT"});
  for (const auto& stored : *all) {
    const auto thing = Facts<Thing>::parse(stored.document);
    if (!thing) continue;
    entries.push_back(json::object(thing->document));
    table.add({stored.id, thing->name, Facts<Thing>::text(*thing)});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, fmt::format("no {}s yet", store::kind_noun(Facts<Thing>::kind)));
  return exit_ok;
}

template <class Thing>
int save(const TemporalOptions& options, store::Store& store, const Thing& thing,
         store::Revision expected, Shell& shell) {
  const auto found = Facts<Thing>::check(store, options.account, thing);
  if (model::has_errors(found)) return refuse(shell, found);
  store::AccountChange change;
  change.objects.push_back(store::write_of(thing, expected));
  if (const int code = store_change(options, store, change, shell); code != exit_ok) return code;
  if (options.json) shell.out << serialize(thing) << '\n';
  else shell.out << fmt::format("{} {} is saved\n", kind_noun(Facts<Thing>::kind), thing.id);
  return exit_ok;
}

template <class Thing>
int add(const TemporalOptions& options, Shell& shell) {
  auto document = Facts<Thing>::document(options);
  document["id"] = options.id.empty() ? random_id() : options.id;
  const auto settled = with_settings(std::move(document), options.settings, readable<Thing>);
  if (!settled) return fail(shell, settled.error());
  const auto thing = Facts<Thing>::read(*settled);
  if (!thing) return refuse(shell, thing.error());
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  return save(options, **store, *thing, 0, shell);
}

template <class Thing>
int show_one(const TemporalOptions& options, Shell& shell) {
  return show(options, Facts<Thing>::kind, shell);
}

template <class Thing>
int set(const TemporalOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->object(options.account, Facts<Thing>::kind, options.id);
  if (!stored) return fail(shell, stored.error());
  const auto before = Facts<Thing>::parse(stored->document);
  if (!before) return refuse(shell, before.error());
  auto document = with_settings(before->document, options.settings, readable<Thing>);
  if (!document) return fail(shell, document.error());
  auto thing = Facts<Thing>::read(std::move(*document));
  if (!thing) return refuse(shell, thing.error());
  thing->assign_id(options.id);
  return save(options, **store, *thing, stored->revision, shell);
}

template <class Thing>
int remove(const TemporalOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto users = users_of(options, **store, Facts<Thing>::kind);
  if (!users) return fail(shell, users.error());
  if (!users->empty() && !options.force) {
    return fail(shell, Complaint{fmt::format("these refer to it: {}; --force deletes it anyway",
                                             fmt::join(*users, ", "))});
  }
  store::AccountChange change;
  change.removed_objects.push_back({Facts<Thing>::kind, options.id, {}});
  if (const int code = store_change(options, **store, change, shell); code != exit_ok) return code;
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", options.id}, {"removed", true}}) << '\n';
  } else {
    shell.out << fmt::format("{} {} is removed\n", kind_noun(Facts<Thing>::kind), options.id);
  }
  return exit_ok;
}

Result<TimeZone, Complaint> zone_of(const TemporalOptions& options, store::Store& store) {
  auto name = options.timezone;
  if (name.empty()) {
    const auto stored = store.settings(options.account);
    if (!stored) return complain(stored.error().text);
    const auto settings = model::read_account_settings(*stored);
    if (settings) name = settings->timezone;
  }
  if (name.empty()) return TimeZone::utc();
  if (const auto zone = TimeZone::named(name)) return *zone;
  return complain("there is no time zone " + name);
}

// What applies now, or at another time on the clock there.
int preview(const TemporalOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto zone = zone_of(options, **store);
  if (!zone) return fail(shell, zone.error());
  const auto time = options.at.empty() ? std::optional(zone->local(host::wall_now()))
                                       : read_local_time(options.at);
  if (!time) return fail(shell, Complaint{"--at wants a time such as 2026-12-24T18:00"});
  const auto all = (*store)->objects(options.account, ObjectKind::temporal_rule);
  if (!all) return fail(shell, all.error());
  json::array entries;
  Table table({"ID", "NAME", "APPLIES"});
  for (const auto& stored : *all) {
    const auto rule = model::parse_temporal_rule(stored.document);
    if (!rule) continue;
    const bool yes = model::applies(*rule, *time, *zone);
    entries.push_back(json::object{{"id", stored.id}, {"name", rule->name}, {"applies", yes}});
    table.add({stored.id, rule->name, yes ? "yes" : "no"});
  }
  if (options.json) {
    shell.out << json::serialize(json::object{{"timezone", zone->name()},
                                              {"at", local_time_text(*time)},
                                              {"rules", std::move(entries)}})
              << '\n';
    return exit_ok;
  }
  shell.out << local_time_text(*time) << ' ' << zone->name() << '\n';
  table.print(shell.out, "no rules yet");
  return exit_ok;
}

using Work = int (*)(const TemporalOptions&, Shell&);

std::pair<Command, std::shared_ptr<TemporalOptions>> add_command(Command group, Shell& shell,
                                                                 const char* name,
                                                                 const char* help, Work work,
                                                                 bool with_id) {
  auto options = std::make_shared<TemporalOptions>();
  auto command = group.add_subcommand(name, help);
  if (with_id) command.add_option("ID", options->id, "What blocks call it").required();
  add_data_options(command, *options);
  command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
  return {command, options};
}

// add, list, show, set, remove.
template <class Thing>
std::pair<Command, std::shared_ptr<TemporalOptions>> add_usual_commands(Command group,
                                                                        Shell& shell) {
  group.require_subcommand();
  const auto made = add_command(group, shell, "add", "Add one", add<Thing>, false);
  made.first.add_option("--name", made.second->name, "Name for people").required();
  made.first.add_option("--id", made.second->id, "What blocks call it (default: random)");
  made.first.add_option("--set", made.second->settings, "Other members of the document");
  add_command(group, shell, "list", "All of the account", list<Thing>, false);
  add_command(group, shell, "show", "The document of one", show_one<Thing>, true);
  const auto [setting, options] =
      add_command(group, shell, "set", "Change members of the document", set<Thing>, true);
  setting.add_option("NAME=VALUE", options->settings, "Members of the document").required();
  const auto [removing, removed] =
      add_command(group, shell, "remove", "Delete one", remove<Thing>, true);
  removing.add_flag("--force", removed->force, "Though something still refers to it");
  return made;
}

}  // namespace

void add_temporal_commands(Command app, Shell& shell) {
  auto rule = app.add_subcommand("temporal-rule", "Time of Day: when it is opening time");
  const auto [adding, made] = add_usual_commands<TemporalRule>(rule, shell);
  adding.add_option("--cycle", made->cycle, "date, daily, weekly, monthly or yearly; then --set, "
                                            "such as --set 'wdays=[\"monday\"]'");
  const auto [asking, asked] =
      add_command(rule, shell, "preview", "Which rules apply, now or at a time", preview, false);
  asking.add_option("--at", asked->at, "On the clock there: 2026-12-24T18:00 (default: now)");
  asking.add_option("--timezone", asked->timezone, "Europe/Berlin (default: the account's)");
  auto sets = app.add_subcommand("temporal-rule-set", "Time of Day: rules that belong together");
  const auto [adding_set, made_set] = add_usual_commands<TemporalRuleSet>(sets, shell);
  adding_set.add_option("--rule", made_set->rules, "The id of a rule; may be repeated");
}

}  // namespace strowger::cli
