// `strowger ring-group …`: phones that ring together, or one after the other.
#include "cli/command_line.hpp"
#include "cli/data_directory.hpp"
#include "cli/object_commands.hpp"
#include "cli/table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;
using store::ObjectKind;

namespace {

struct GroupOptions : ObjectOptions {
  std::string name;
  std::string strategy = "simultaneous";
  std::vector<std::string> members;  // "user:anna"
};

model::Findings readable(const json::object& document) {
  const auto group = model::read_ring_group(document);
  return group ? model::Findings() : group.error();
}

int list(const GroupOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto groups = (*store)->objects(options.account, ObjectKind::ring_group);
  if (!groups) return fail(shell, groups.error());
  json::array entries;
  Table table({"ID", "NAME", "STRATEGY", "MEMBERS"});
  for (const auto& stored : *groups) {
    const auto group = model::parse_ring_group(stored.document);
    if (!group) continue;
    const std::string strategy(model::ring_strategy_name(group->strategy));
    json::array members;
    std::string text;
    for (const auto& endpoint : group->endpoints) {
      const auto member = fmt::format("{}:{}", ring_endpoint_name(endpoint.type), endpoint.id);
      members.emplace_back(member);
      text += (text.empty() ? "" : " ") + member;
    }
    entries.push_back(json::object{{"id", stored.id},
                                   {"name", group->name},
                                   {"strategy", strategy},
                                   {"members", std::move(members)}});
    table.add({stored.id, group->name, strategy, text});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no ring groups yet: strowger ring-group add --name Sales");
  return exit_ok;
}

int save(const GroupOptions& options, store::Store& store, const model::RingGroup& group,
         store::Revision expected, Shell& shell) {
  const auto found = store::check_ring_group(store, options.account, group);
  if (model::has_errors(found)) return refuse(shell, found);
  store::AccountChange change;
  change.objects.push_back(store::write_of(group, expected));
  if (const int code = store_change(options, store, change, shell); code != exit_ok) return code;
  if (options.json) shell.out << serialize(group) << '\n';
  else shell.out << "ring group " << group.id << " is saved\n";
  return exit_ok;
}

int add(const GroupOptions& options, Shell& shell) {
  json::array endpoints;
  for (const auto& member : options.members) {
    const auto colon = member.find(':');
    if (colon == std::string::npos) {
      return fail(shell, Complaint{"“" + member + "” is no member: write user:ID, device:ID or "
                                                  "group:ID"});
    }
    endpoints.push_back(json::object{{"endpoint_type", member.substr(0, colon)},
                                     {"id", member.substr(colon + 1)}});
  }
  json::object document{{"id", options.id.empty() ? random_id() : options.id},
                        {"name", options.name},
                        {"strategy", options.strategy},
                        {"endpoints", std::move(endpoints)}};
  const auto settled = with_settings(std::move(document), options.settings, readable);
  if (!settled) return fail(shell, settled.error());
  const auto group = model::read_ring_group(*settled);
  if (!group) return refuse(shell, group.error());
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  return save(options, **store, *group, 0, shell);
}

int show_group(const GroupOptions& options, Shell& shell) {
  return show(options, ObjectKind::ring_group, shell);
}

int set(const GroupOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->object(options.account, ObjectKind::ring_group, options.id);
  if (!stored) return fail(shell, stored.error());
  const auto before = model::parse_ring_group(stored->document);
  if (!before) return refuse(shell, before.error());
  auto document = with_settings(before->document, options.settings, readable);
  if (!document) return fail(shell, document.error());
  auto group = model::read_ring_group(std::move(*document));
  if (!group) return refuse(shell, group.error());
  group->assign_id(options.id);
  return save(options, **store, *group, stored->revision, shell);
}

int remove(const GroupOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto users = users_of(options, **store, ObjectKind::ring_group);
  if (!users) return fail(shell, users.error());
  if (!users->empty() && !options.force) {
    return fail(shell, Complaint{fmt::format("these ring it: {}; --force deletes it anyway",
                                             fmt::join(*users, ", "))});
  }
  store::AccountChange change;
  change.removed_objects.push_back({ObjectKind::ring_group, options.id, {}});
  if (const int code = store_change(options, **store, change, shell); code != exit_ok) return code;
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", options.id}, {"removed", true}}) << '\n';
  } else {
    shell.out << "ring group " << options.id << " is removed\n";
  }
  return exit_ok;
}

}  // namespace

void add_ring_group_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("ring-group", "Ring groups: phones that ring together");
  group.require_subcommand();
  const auto add_command = [&](const char* name, const char* help,
                               int (*work)(const GroupOptions&, Shell&), bool with_id) {
    auto options = std::make_shared<GroupOptions>();
    auto command = group.add_subcommand(name, help);
    if (with_id) command.add_option("ID", options->id, "Ring group").required();
    add_data_options(command, *options);
    command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
    return std::pair(command, options);
  };
  const auto [adding, made] = add_command("add", "A group of seats, devices and groups", add,
                                          false);
  adding.add_option("--name", made->name, "Name for people").required();
  adding.add_option("--member", made->members, "user:ID, device:ID or group:ID; may be repeated");
  adding.add_option("--strategy", made->strategy, "simultaneous, single or weighted_random");
  adding.add_option("--id", made->id, "What blocks call it (default: random)");
  adding.add_option("--set", made->settings, "Other members: timeout=60 repeats=2");
  add_command("list", "All ring groups of the account", list, false);
  add_command("show", "The document of one", show_group, true);
  const auto [setting, set_options] =
      add_command("set", "Change members: name=Sales strategy=single", set, true);
  setting.add_option("NAME=VALUE", set_options->settings, "Members of the document").required();
  const auto [removing, removed] = add_command("remove", "Delete a ring group", remove, true);
  removing.add_flag("--force", removed->force, "Though something still rings it");
}

}  // namespace strowger::cli
