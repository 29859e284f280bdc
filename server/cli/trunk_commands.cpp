// `strowger trunk …`: carriers, which bring calls and take those that leave.
#include "cli/command_line.hpp"
#include "cli/data_directory.hpp"
#include "cli/findings.hpp"
#include "cli/object_commands.hpp"
#include "cli/table.hpp"
#include "store/digest_secret.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;
using store::ObjectKind;

namespace {

struct TrunkOptions : ObjectOptions {
  std::string name;
  std::vector<std::string> hosts;    // "sip.example.net", "192.0.2.1:5070"
  std::vector<std::string> sources;  // "192.0.2.0/24"
  std::string username;
  std::string password;
  std::string login;  // what the other side logs in with here
  bool registers = false;
  bool no_password = false;
};

constexpr const char* password_variable = "STROWGER_TRUNK_PASSWORD";

model::Findings readable(const json::object& document) {
  const auto trunk = model::read_trunk(document);
  return trunk ? model::Findings() : trunk.error();
}

// "host", "host:5070", "[2001:db8::1]:5070".
json::object place_of(const std::string& text) {
  if (const auto endpoint = Endpoint::parse(text)) {
    return {{"host", endpoint->address.text()},
            {"port", static_cast<std::int64_t>(endpoint->port)}};
  }
  const auto colon = text.rfind(':');
  const bool name_and_port = colon != std::string::npos && text.find(':') == colon;
  if (!name_and_port) return {{"host", text}};
  const auto port = text.substr(colon + 1);
  const bool digits = !port.empty() && port.size() <= 5 &&
                      port.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return {{"host", text}};
  return {{"host", text.substr(0, colon)}, {"port", std::stoi(port)}};
}

// The same, with or without "tls:" in front, as in sip.listen.
json::object address_of(const std::string& text) {
  for (const std::string transport : {"udp", "tcp", "tls"}) {
    const auto prefix = transport + ":";
    if (!text.starts_with(prefix)) continue;
    auto address = place_of(text.substr(prefix.size()));
    address["transport"] = transport;
    return address;
  }
  return place_of(text);
}

int list(const TrunkOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto trunks = (*store)->objects(options.account, ObjectKind::trunk);
  if (!trunks) return fail(shell, trunks.error());
  json::array entries;
  Table table({"ID", "NAME", "STATE", "ADDRESSES", "REGISTERS", "LOGIN", "CHANNELS"});
  for (const auto& stored : *trunks) {
    const auto trunk = model::parse_trunk(stored.document);
    if (!trunk) continue;
    json::array hosts;
    std::string text;
    for (const auto& address : trunk->addresses) {
      hosts.emplace_back(address.host);
      text += (text.empty() ? "" : " ") + address.host;
    }
    entries.push_back(json::object{{"id", stored.id},
                                   {"name", trunk->name},
                                   {"enabled", trunk->enabled},
                                   {"addresses", std::move(hosts)},
                                   {"registers", trunk->registration.enabled},
                                   {"login", trunk->login}});
    table.add({stored.id, trunk->name, trunk->enabled ? "on" : "off", text,
               trunk->registration.enabled ? "yes" : "no", trunk->login,
               trunk->channels ? std::to_string(*trunk->channels) : "any"});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no trunks yet: strowger trunk add --name Carrier --host 192.0.2.1");
  return exit_ok;
}

// On the command line everybody on the machine may read it.
std::optional<std::string> password_for(const TrunkOptions& options) {
  if (options.no_password) return "";
  if (!options.password.empty()) return options.password;
  const char* const variable = std::getenv(password_variable);
  return variable ? std::optional<std::string>(variable) : std::nullopt;
}

// Stores the trunk; with a new secret of its login here where `renew` says so.
int save(const TrunkOptions& options, store::Store& store, const model::Trunk& trunk,
         std::optional<store::Revision> expected, std::optional<std::string> password, bool renew,
         Shell& shell) {
  if (password && password->size() > model::trunk_password_chars_max) {
    return fail(shell, Complaint{"the password is longer than 128 characters"});
  }
  auto write = store::write_of(trunk, expected);
  write.password = std::move(password);
  const auto account = store.account(options.account);
  if (!account) return fail(shell, account.error());
  const auto realm = model::digest_realm(account->realm);
  const auto secret = renew ? new_password() : "";
  if (renew) write.secret = store::digest_secret(trunk.login, realm, secret);
  store::AccountChange change;
  change.objects.push_back(std::move(write));
  if (const int code = store_change(options, store, change, shell); code != exit_ok) return code;
  if (options.json) {
    auto document = trunk.document;
    if (renew) {
      document["new_login"] =
          json::object{{"username", trunk.login}, {"realm", realm}, {"secret", secret}};
    }
    shell.out << json::serialize(document) << '\n';
    return exit_ok;
  }
  shell.out << "trunk " << trunk.id << " is saved\n";
  print_findings(shell.err, model::trunk_warnings(trunk));
  if (renew) {
    shell.out << fmt::format(
        "  The other side registers here with this; the password is shown this once:\n"
        "  Username  {}\n  Password  {}\n  Realm     {}\n",
        trunk.login, secret, realm);
  }
  return exit_ok;
}

int add(const TrunkOptions& options, Shell& shell) {
  json::array addresses;
  for (const auto& host : options.hosts) addresses.push_back(address_of(host));
  json::object document{{"id", options.id.empty() ? random_id() : options.id},
                        {"name", options.name},
                        {"addresses", std::move(addresses)}};
  if (!options.sources.empty()) {
    json::array sources;
    for (const auto& source : options.sources) sources.emplace_back(source);
    document["inbound"] = json::object{{"sources", std::move(sources)}};
  }
  if (!options.username.empty()) {
    document["outbound"] = json::object{{"username", options.username}};
  }
  if (!options.login.empty()) document["login"] = json::object{{"username", options.login}};
  if (options.registers) document["registration"] = json::object{{"enabled", true}};
  const auto settled = with_settings(std::move(document), options.settings, readable);
  if (!settled) return fail(shell, settled.error());
  const auto trunk = model::read_trunk(*settled);
  if (!trunk) return refuse(shell, trunk.error());
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  return save(options, **store, *trunk, 0, password_for(options), !trunk->login.empty(), shell);
}

int show_trunk(const TrunkOptions& options, Shell& shell) {
  return show(options, ObjectKind::trunk, shell);
}

// Settings, and a new secret where `renew` says so, or where there is another login.
int save_changed(const TrunkOptions& options, bool renew, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->object(options.account, ObjectKind::trunk, options.id);
  if (!stored) return fail(shell, stored.error());
  const auto before = model::parse_trunk(stored->document);
  if (!before) return refuse(shell, before.error());
  auto document = with_settings(before->document, options.settings, readable);
  if (!document) return fail(shell, document.error());
  auto trunk = model::read_trunk(std::move(*document));
  if (!trunk) return refuse(shell, trunk.error());
  trunk->assign_id(options.id);
  if (renew && trunk->login.empty()) {
    return fail(shell, Complaint{"this trunk does not log in here: set login.username first"});
  }
  const bool fresh = !trunk->login.empty() && (renew || trunk->login != before->login);
  return save(options, **store, *trunk, stored->revision,
              renew ? std::nullopt : password_for(options), fresh, shell);
}

int set(const TrunkOptions& options, Shell& shell) { return save_changed(options, false, shell); }

int secret(const TrunkOptions& options, Shell& shell) { return save_changed(options, true, shell); }

int remove(const TrunkOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto users = users_of(options, **store, ObjectKind::trunk);
  if (!users) return fail(shell, users.error());
  if (!users->empty() && !options.force) {
    return fail(shell, Complaint{fmt::format("these call by it: {}; --force deletes it anyway",
                                             fmt::join(*users, ", "))});
  }
  store::AccountChange change;
  change.removed_objects.push_back({ObjectKind::trunk, options.id, {}});
  if (const int code = store_change(options, **store, change, shell); code != exit_ok) return code;
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", options.id}, {"removed", true}}) << '\n';
  } else {
    shell.out << "trunk " << options.id << " is removed\n";
  }
  return exit_ok;
}

}  // namespace

void add_trunk_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("trunk", "Trunks: carriers to and from the outside");
  group.require_subcommand();
  const auto add_command = [&](const char* name, const char* help,
                               int (*work)(const TrunkOptions&, Shell&), bool with_id) {
    auto options = std::make_shared<TrunkOptions>();
    auto command = group.add_subcommand(name, help);
    if (with_id) command.add_option("ID", options->id, "Trunk").required();
    add_data_options(command, *options);
    command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
    return std::pair(command, options);
  };
  const auto [adding, made] = add_command("add", "A carrier", add, false);
  adding.add_option("--name", made->name, "Name for people").required();
  adding.add_option("--host", made->hosts,
                    "Name or address, with or without :PORT, and tls: or tcp: in front; may be "
                    "repeated");
  adding.add_option("--source", made->sources, "Address or network that its calls come from, too");
  adding.add_option("--username", made->username, "Answers its challenges");
  adding.add_option("--password", made->password,
                    "For that; better by the environment, STROWGER_TRUNK_PASSWORD");
  adding.add_option("--login", made->login,
                    "It registers here, under that name; the password is made and shown once");
  adding.add_flag("--register", made->registers, "Register there");
  adding.add_option("--id", made->id, "What blocks call it (default: random)");
  adding.add_option("--set", made->settings, "Other members: channels=30 outbound.prefix=00");
  add_command("list", "All trunks of the account", list, false);
  add_command("show", "The document of one", show_trunk, true);
  const auto [setting, set_options] =
      add_command("set", "Change members: enabled=false outbound.number_form=national", set, true);
  setting.add_option("NAME=VALUE", set_options->settings, "Members of the document");
  setting.add_option("--password", set_options->password,
                     "Another one; better by the environment, STROWGER_TRUNK_PASSWORD");
  setting.add_flag("--no-password", set_options->no_password, "Forget it");
  add_command("secret", "A new password of its login here; the old one no longer opens anything",
              secret, true);
  const auto [removing, removed] = add_command("remove", "Delete a trunk", remove, true);
  removing.add_flag("--force", removed->force, "Though a callflow still calls by it");
}

}  // namespace strowger::cli
