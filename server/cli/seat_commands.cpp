// `strowger seat …`: people with an extension, whose phones ring.
#include "cli/command_line.hpp"
#include "cli/data_directory.hpp"
#include "cli/object_commands.hpp"
#include "cli/table.hpp"
#include "model/identifier.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;
using store::ObjectKind;

namespace {

struct SeatOptions : ObjectOptions {
  std::string first;
  std::string last;
  std::string extension;
  std::string email;
  std::string username;
  std::string password;
  bool alone = false;
  std::string devices;
  std::string callflow;
};

int list(const SeatOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto seats = (*store)->objects(options.account, ObjectKind::seat);
  if (!seats) return fail(shell, seats.error());
  json::array entries;
  Table table({"ID", "NAME", "EXTENSION", "PHONES", ""});
  for (const auto& stored : *seats) {
    const auto seat = model::parse_seat(stored.document);
    if (!seat) continue;
    const auto own = store::devices_of(**store, options.account, stored.id);
    const auto count = own ? own->size() : 0;
    entries.push_back(json::object{{"id", stored.id},
                                   {"name", seat->name()},
                                   {"extension", seat->extension},
                                   {"enabled", seat->enabled},
                                   {"devices", count}});
    table.add({stored.id, seat->name(), seat->extension, std::to_string(count),
               seat->enabled ? "" : "off"});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no seats yet: strowger seat add --first NAME --extension 201");
  return exit_ok;
}

// ---- add

json::object document_of(const SeatOptions& options) {
  json::object document{{"id", options.id.empty() ? random_id() : options.id}};
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) document[name] = value;
  };
  put("first_name", options.first);
  put("last_name", options.last);
  put("extension", options.extension);
  put("email", options.email);
  return document;
}

void print_added(const SeatOptions& options, const store::NewSeat& made,
                 const std::string& domain, Shell& shell) {
  const auto& seat = made.seat;
  if (options.json) {
    json::object out{{"id", seat.id}, {"name", seat.name()}, {"extension", seat.extension}};
    if (!options.alone) {
      out["new_device"] = json::object{{"id", made.device_id},
                                       {"username", made.username},
                                       {"secret", made.password}};
      out["callflow"] = made.callflow_id;
    }
    shell.out << json::serialize(out) << '\n';
    return;
  }
  shell.out << fmt::format("seat {} ({}) is added\n", seat.id, seat.name());
  if (options.alone) return;
  shell.out << fmt::format(
      "  Type into the phone; the password is shown this once:\n"
      "  Server    {}\n  Username  {}\n  Password  {}\n",
      domain, made.username, made.password);
}

int add(const SeatOptions& options, Shell& shell) {
  auto seat = model::read_seat(document_of(options));
  if (!seat) return refuse(shell, seat.error());
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  const store::NewSeat wanted{
      .seat = *seat,
      .device_id = model::is_identifier(options.username) ? options.username : random_id(),
      .username = options.username.empty() ? new_username() : options.username,
      .password = options.password.empty() ? new_password() : options.password,
      .callflow_id = random_id()};
  if (!model::is_sip_username(wanted.username) ||
      wanted.password.size() < model::password_chars_min) {
    return fail(shell, Complaint{fmt::format(
                           "a username has 1 to {} letters, digits and - . _ ~ + *, a password at "
                           "least {} characters",
                           model::sip_username_chars_max, model::password_chars_min)});
  }
  const auto change = options.alone ? store::saving(**store, options.account, *seat, 0)
                                    : store::adding(**store, options.account, wanted);
  if (!change) return fail(shell, change.error());
  if (const int code = store_change(options, **store, *change, shell); code != exit_ok) return code;
  const auto account = (*store)->account(options.account);
  const auto domain = account && !account->realm.empty() ? account->realm
                                                         : "the address of this machine";
  print_added(options, wanted, domain, shell);
  return exit_ok;
}

// ---- show, set

int show_seat(const SeatOptions& options, Shell& shell) {
  return show(options, ObjectKind::seat, shell);
}

int set(const SeatOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->object(options.account, ObjectKind::seat, options.id);
  if (!stored) return fail(shell, stored.error());
  const auto before = model::parse_seat(stored->document);
  if (!before) return refuse(shell, before.error());
  auto document = with_settings(before->document, options.settings, [](const json::object& read) {
    const auto seat = model::read_seat(read);
    return seat ? model::Findings() : seat.error();
  });
  if (!document) return fail(shell, document.error());
  auto seat = model::read_seat(std::move(*document));
  if (!seat) return refuse(shell, seat.error());
  seat->assign_id(options.id);
  const auto change = store::saving(**store, options.account, *seat, stored->revision);
  if (!change) return fail(shell, change.error());
  if (const int code = store_change(options, **store, *change, shell); code != exit_ok) return code;
  if (options.json) return show_seat(options, shell);
  shell.out << "seat " << options.id << " is changed\n";
  return exit_ok;
}

// ---- remove

std::string undecided(const SeatOptions& options, const std::vector<model::Device>& devices,
                      bool has_callflow) {
  std::string text;
  if (!devices.empty() && options.devices.empty()) {
    text += fmt::format("it has {} phone{}: --devices keep or --devices delete", devices.size(),
                        devices.size() == 1 ? "" : "s");
  }
  if (has_callflow && options.callflow.empty()) {
    text += fmt::format("{}it has a callflow of its own: --callflow keep or --callflow delete",
                        text.empty() ? "" : "; ");
  }
  return text;
}

int remove(const SeatOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->object(options.account, ObjectKind::seat, options.id);
  if (!stored) return fail(shell, stored.error());
  const auto devices = store::devices_of(**store, options.account, options.id);
  if (!devices) return fail(shell, devices.error());
  const auto seat = model::parse_seat(stored->document);
  std::string own;
  if (seat) {
    const auto callflow = store::callflow_of(**store, options.account, *seat);
    if (!callflow) return fail(shell, callflow.error());
    if (*callflow) own = (*callflow)->id;
  }
  if (const auto open = undecided(options, *devices, !own.empty()); !open.empty()) {
    return fail(shell, Complaint{open});
  }
  const bool with_callflow = options.callflow == "delete";
  const auto users = users_of(options, **store, ObjectKind::seat, with_callflow ? own : "");
  if (!users) return fail(shell, users.error());
  if (!users->empty() && !options.force) {
    return fail(shell, Complaint{fmt::format("these ring it: {}; --force deletes it anyway",
                                             fmt::join(*users, ", "))});
  }
  const auto change = store::removing(
      **store, options.account,
      {.id = options.id,
       .expected = stored->revision,
       .devices = options.devices == "delete" ? store::Fate::remove : store::Fate::keep,
       .callflow = with_callflow ? store::Fate::remove : store::Fate::keep});
  if (!change) return fail(shell, change.error());
  if (const int code = store_change(options, **store, *change, shell); code != exit_ok) return code;
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", options.id}, {"removed", true}}) << '\n';
  } else {
    shell.out << "seat " << options.id << " is removed\n";
  }
  return exit_ok;
}

}  // namespace

void add_seat_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("seat", "Seats: people with an extension and phones");
  group.require_subcommand();
  const auto add_command = [&](const char* name, const char* help,
                               int (*work)(const SeatOptions&, Shell&), bool with_id) {
    auto options = std::make_shared<SeatOptions>();
    auto command = group.add_subcommand(name, help);
    if (with_id) command.add_option("ID", options->id, "Seat").required();
    add_data_options(command, *options);
    command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
    return std::pair(command, options);
  };
  const auto [adding, made] =
      add_command("add", "A seat with its first phone and the callflow of its extension", add,
                  false);
  adding.add_option("--first", made->first, "First name");
  adding.add_option("--last", made->last, "Last name");
  adding.add_option("--extension", made->extension, "Number inside the account").required();
  adding.add_option("--email", made->email, "Address for messages");
  adding.add_option("--id", made->id, "What blocks call it (default: random)");
  adding.add_option("--username", made->username, "Of the phone (default: random)");
  adding.add_option("--password", made->password, "Of the phone (default: random)");
  adding.add_flag("--alone", made->alone, "No phone and no callflow");
  add_command("list", "All seats of the account", list, false);
  add_command("show", "The document of one", show_seat, true);
  const auto [setting, set_options] =
      add_command("set", "Change members: extension=211 call_forward.enabled=true", set, true);
  setting.add_option("NAME=VALUE", set_options->settings, "Members of the document").required();
  const auto [removing, removed] = add_command("remove", "Delete a seat", remove, true);
  const std::vector<std::string> fates{"keep", "delete"};
  removing.add_option("--devices", removed->devices, "keep or delete its phones").one_of(fates);
  removing.add_option("--callflow", removed->callflow, "keep or delete its own callflow")
      .one_of(fates);
  removing.add_flag("--force", removed->force, "Though something still rings it");
}

}  // namespace strowger::cli
