// `strowger device …`: phones and what else rings.
#include "cli/command_line.hpp"
#include "cli/data_directory.hpp"
#include "cli/object_commands.hpp"
#include "cli/table.hpp"
#include "store/digest_secret.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;
using store::ObjectKind;

namespace {

struct DeviceOptions : ObjectOptions {
  std::string name;
  std::string owner;
  std::string type = "softphone";
  std::string username;
  std::string password;
  std::string route;
};

model::Findings readable(const json::object& document) {
  const auto device = model::read_device(document);
  return device ? model::Findings() : device.error();
}

int list(const DeviceOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto devices = (*store)->objects(options.account, ObjectKind::device);
  if (!devices) return fail(shell, devices.error());
  json::array entries;
  Table table({"ID", "NAME", "TYPE", "USERNAME", "SEAT", ""});
  for (const auto& stored : *devices) {
    const auto device = model::parse_device(stored.document);
    if (!device) continue;
    const std::string type(model::device_type_name(device->type));
    entries.push_back(json::object{{"id", stored.id},
                                   {"name", device->name},
                                   {"device_type", type},
                                   {"username", device->username},
                                   {"owner_id", device->owner_id},
                                   {"enabled", device->enabled}});
    table.add({stored.id, device->name, type, device->username, device->owner_id,
               device->enabled ? "" : "off"});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no devices yet: strowger seat add makes one with its seat");
  return exit_ok;
}

// A password that somebody chose, or a new one.
Result<std::string, Complaint> wanted_password(const DeviceOptions& options) {
  if (options.password.empty()) return new_password();
  if (options.password.size() >= model::password_chars_min &&
      options.password.size() <= model::password_chars_max) {
    return options.password;
  }
  return complain(fmt::format("a password has {} to {} characters", model::password_chars_min,
                              model::password_chars_max));
}

// Stores the device; with a new secret if it registers and `with_secret`.
int save(const DeviceOptions& options, store::Store& store, const model::Device& device,
         std::optional<store::Revision> expected, bool with_secret, Shell& shell) {
  if (const auto found = store::check_device(store, options.account, device);
      model::has_errors(found)) {
    return refuse(shell, found);
  }
  auto write = store::write_of(device, expected);
  const auto account = store.account(options.account);
  if (!account) return fail(shell, account.error());
  json::object out{{"id", device.id}, {"username", device.username}};
  std::string lines;
  if (with_secret && model::registers(device.type)) {
    const auto password = wanted_password(options);
    if (!password) return fail(shell, password.error());
    const auto realm = model::digest_realm(account->realm);
    write.secret = store::digest_secret(device.username, realm, *password);
    out["secret"] = *password;
    lines = fmt::format(
        "  Type into the phone; the password is shown this once:\n"
        "  Username  {}\n  Password  {}\n",
        device.username, *password);
  }
  store::AccountChange change;
  change.objects.push_back(std::move(write));
  if (const int code = store_change(options, store, change, shell); code != exit_ok) return code;
  if (options.json) shell.out << json::serialize(out) << '\n';
  else shell.out << "device " << device.id << " is saved\n" << lines;
  return exit_ok;
}

int add(const DeviceOptions& options, Shell& shell) {
  const bool registers = options.type == "softphone" || options.type == "sip_device";
  json::object sip;
  if (registers) sip["username"] = options.username.empty() ? new_username() : options.username;
  if (!options.route.empty()) sip["route"] = options.route;
  json::object document{{"id", options.id.empty() ? random_id() : options.id},
                        {"name", options.name},
                        {"device_type", options.type},
                        {"sip", std::move(sip)}};
  if (!options.owner.empty()) document["owner_id"] = options.owner;
  const auto settled = with_settings(std::move(document), options.settings, readable);
  if (!settled) return fail(shell, settled.error());
  const auto device = model::read_device(*settled);
  if (!device) return refuse(shell, device.error());
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  return save(options, **store, *device, 0, true, shell);
}

struct Stored {
  std::unique_ptr<store::Store> store;
  model::Device device;
  store::Revision revision = 0;
};

// Nothing after a complaint.
std::optional<Stored> find(const DeviceOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) {
    fail(shell, store.error());
    return std::nullopt;
  }
  const auto stored = (*store)->object(options.account, ObjectKind::device, options.id);
  if (!stored) {
    fail(shell, stored.error());
    return std::nullopt;
  }
  auto device = model::parse_device(stored->document);
  if (!device) {
    refuse(shell, device.error());
    return std::nullopt;
  }
  return Stored{std::move(*store), std::move(*device), stored->revision};
}

int show_device(const DeviceOptions& options, Shell& shell) {
  return show(options, ObjectKind::device, shell);
}

int set(const DeviceOptions& options, Shell& shell) {
  const auto there = find(options, shell);
  if (!there) return exit_failed;
  auto document = with_settings(there->device.document, options.settings, readable);
  if (!document) return fail(shell, document.error());
  auto device = model::read_device(std::move(*document));
  if (!device) return refuse(shell, device.error());
  device->assign_id(options.id);
  // A secret is that of one username only: another one comes with it.
  const bool renamed = device->username != there->device.username;
  return save(options, *there->store, *device, there->revision, renamed, shell);
}

int secret(const DeviceOptions& options, Shell& shell) {
  const auto there = find(options, shell);
  if (!there) return exit_failed;
  if (!model::registers(there->device.type)) {
    return fail(shell, Complaint{"this device does not register, so it has no password"});
  }
  return save(options, *there->store, there->device, there->revision, true, shell);
}

int remove(const DeviceOptions& options, Shell& shell) {
  const auto there = find(options, shell);
  if (!there) return exit_failed;
  const auto users = users_of(options, *there->store, ObjectKind::device);
  if (!users) return fail(shell, users.error());
  if (!users->empty() && !options.force) {
    return fail(shell, Complaint{fmt::format("these ring it: {}; --force deletes it anyway",
                                             fmt::join(*users, ", "))});
  }
  store::AccountChange change;
  change.removed_objects.push_back({ObjectKind::device, options.id, there->revision});
  if (const int code = store_change(options, *there->store, change, shell); code != exit_ok) {
    return code;
  }
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", options.id}, {"removed", true}}) << '\n';
  } else {
    shell.out << "device " << options.id << " is removed\n";
  }
  return exit_ok;
}

}  // namespace

void add_device_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("device", "Devices: phones and what else rings");
  group.require_subcommand();
  const auto add_command = [&](const char* name, const char* help,
                               int (*work)(const DeviceOptions&, Shell&), bool with_id) {
    auto options = std::make_shared<DeviceOptions>();
    auto command = group.add_subcommand(name, help);
    if (with_id) command.add_option("ID", options->id, "Device").required();
    add_data_options(command, *options);
    command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
    return std::pair(command, options);
  };
  const auto [adding, made] = add_command("add", "A device, with a password if it registers", add,
                                          false);
  adding.add_option("--name", made->name, "Name for people").required();
  adding.add_option("--owner", made->owner, "The seat it belongs to");
  adding.add_option("--type", made->type,
                     "sip_device, softphone, sip_uri, landline or cellphone");
  adding.add_option("--username", made->username, "To register with (default: random)");
  adding.add_option("--password", made->password, "To register with (default: random)");
  adding.add_option("--route", made->route, "SIP address of a sip_uri");
  adding.add_option("--id", made->id, "What blocks call it (default: random)");
  adding.add_option("--set", made->settings, "Other members: call_forward.enabled=true");
  add_command("list", "All devices of the account", list, false);
  add_command("show", "The document of one", show_device, true);
  const auto [setting, set_options] =
      add_command("set", "Change members: name=Desk enabled=false", set, true);
  setting.add_option("NAME=VALUE", set_options->settings, "Members of the document").required();
  const auto [renewing, renewed] =
      add_command("secret", "A new password; the old one no longer opens anything", secret, true);
  renewing.add_option("--password", renewed->password, "One that the phone has already");
  const auto [removing, removed] = add_command("remove", "Delete a device", remove, true);
  removing.add_flag("--force", removed->force, "Though something still rings it");
}

}  // namespace strowger::cli
