#include "cli/object_commands.hpp"

#include "api/passwords.hpp"
#include "api/uses.hpp"
#include "cli/data_directory.hpp"
#include "host/clock.hpp"
#include "model/json_reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <ostream>
#include <set>

namespace strowger::cli {

namespace json = boost::json;
using store::ObjectKind;

namespace {

constexpr std::size_t setting_depth_max = 8;

model::RefTarget target_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::seat: return model::RefTarget::seat;
    case ObjectKind::device: return model::RefTarget::device;
    case ObjectKind::ring_group: return model::RefTarget::ring_group;
    case ObjectKind::temporal_rule: return model::RefTarget::temporal_rule;
    case ObjectKind::temporal_rule_set: return model::RefTarget::temporal_rule_set;
    case ObjectKind::trunk: return model::RefTarget::trunk;
  }
  return model::RefTarget::seat;
}

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> names;
  std::size_t begin = 0;
  for (auto dot = path.find('.'); dot != std::string::npos; dot = path.find('.', begin)) {
    names.push_back(path.substr(begin, dot - begin));
    begin = dot + 1;
  }
  names.push_back(path.substr(begin));
  return names;
}

void put(json::object& document, const std::vector<std::string>& names, const json::value& value) {
  json::object* at = &document;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    auto& inner = (*at)[names[i]];
    if (!inner.is_object()) inner = json::object();
    at = &inner.get_object();
  }
  if (value.is_null()) at->erase(names.back());
  else (*at)[names.back()] = value;
}

json::value read_value(const std::string& text) {
  const bool word = text == "true" || text == "false" || text == "null";
  if (word || text.starts_with('{') || text.starts_with('[')) {
    json::error_code error;
    auto value = json::parse(text, error);
    if (!error) return value;
  }
  return json::string(text);
}

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && !text.empty() ? std::optional(number) : std::nullopt;
}

}  // namespace

int refuse(Shell& shell, const model::Findings& findings) {
  for (const auto& finding : findings) shell.err << "strowger: " << one_line(finding) << '\n';
  return exit_failed;
}

int store_change(const ObjectOptions& options, store::Store& store,
                 const store::AccountChange& change, Shell& shell) {
  const auto done =
      store.change(options.account, change, {.who = "cli", .when = host::wall_now(), .note = ""});
  if (!done) return fail(shell, done.error());
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  return exit_ok;
}

Result<json::object, Complaint> with_settings(json::object document,
                                              const std::vector<std::string>& settings,
                                              const Reads& reads) {
  for (const auto& setting : settings) {
    const auto equals = setting.find('=');
    const auto names = split(setting.substr(0, equals));
    const bool named = std::ranges::none_of(names, [](const auto& name) { return name.empty(); });
    if (equals == std::string::npos || !named || names.size() > setting_depth_max) {
      return complain("“" + setting + "” is no setting: write name=value, or outer.inner=value");
    }
    const auto text = setting.substr(equals + 1);
    auto tried = document;
    put(tried, names, read_value(text));
    const auto number = number_in(text);
    if (number && model::has_errors(reads(tried))) put(tried, names, *number);
    document = std::move(tried);
  }
  return document;
}

int show(const ObjectOptions& options, ObjectKind kind, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->object(options.account, kind, options.id);
  if (!stored) return fail(shell, stored.error());
  json::error_code error;
  const auto document = json::parse(stored->document, error);
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", stored->id},
                                              {"revision", stored->revision},
                                              {"document", document}})
              << '\n';
  } else {
    shell.out << model::pretty_json(document);
  }
  return exit_ok;
}

Result<std::vector<std::string>, Complaint> users_of(const ObjectOptions& options,
                                                     store::Store& store, ObjectKind kind,
                                                     const std::string& except) {
  api::Uses uses;
  const auto callflows =
      uses.of(store, options.account, load_catalog(), target_of(kind), options.id);
  if (!callflows) return complain(callflows.error().text);
  std::set<std::string> users;
  for (const auto& use : *callflows) {
    if (use.callflow != except) users.insert("callflow " + use.callflow);
  }
  const auto members = store::memberships(store, options.account, kind);
  if (!members) return complain(members.error().text);
  for (const auto& [group, index] : *members) {
    if (group.endpoints[index].id == options.id) users.insert("ring group " + group.id);
  }
  if (kind == ObjectKind::temporal_rule) {
    const auto sets = store::sets_with(store, options.account, options.id);
    if (!sets) return complain(sets.error().text);
    for (const auto& set : *sets) users.insert("rule set " + set.id);
  }
  return std::vector<std::string>(users.begin(), users.end());
}

std::string new_username() { return "phone-" + random_id().substr(0, 8); }
std::string new_password() { return api::random_password(); }

}  // namespace strowger::cli
