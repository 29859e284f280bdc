// `strowger registration …`: which phones are registered with the running server.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/table.hpp"
#include "host/control_socket.hpp"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct RegistrationOptions : DataOptions {
  std::string device;
};

Result<json::object, Complaint> ask(const RegistrationOptions& options, const std::string& what) {
  const auto reply = host::ask_server(options.data, what);
  if (!reply) return complain("no server runs on " + options.data);
  if (!*reply) return unexpected(reply->error());
  return json::parse(**reply).as_object();
}

std::string cell(const json::object& row, const char* member) {
  const auto& text = row.at(member).as_string();
  return {text.data(), text.size()};
}

WallTime time(const json::object& row, const char* member) {
  return WallTime(std::chrono::milliseconds(row.at(member).as_int64()));
}

// As `remove` takes it.
std::string who(const json::object& row) {
  return row.contains("trunk") ? "trunk:" + cell(row, "trunk") : cell(row, "device");
}

std::string round_trip(const json::object& row) {
  const auto* const took = row.at("round_trip_ms").if_int64();
  return took == nullptr ? "" : std::to_string(*took) + " ms";
}

int list(const RegistrationOptions& options, Shell& shell) {
  const auto answer = ask(options, "registrations " + options.account);
  if (!answer) return fail(shell, answer.error());
  const auto& rows = answer->at("items").as_array();
  if (options.json) {
    shell.out << json::serialize(rows) << '\n';
    return exit_ok;
  }
  Table table({"DEVICE OR TRUNK", "CONTACT", "FROM", "SINCE", "UNTIL", "REACHABLE", "RTT",
               "USER AGENT"});
  for (const auto& each : rows) {
    const auto& row = each.as_object();
    table.add({who(row), cell(row, "contact"), cell(row, "source"),
               local_time(time(row, "since_ms")), local_time(time(row, "expires_ms")),
               row.at("reachable").as_bool() ? "yes" : "no", round_trip(row),
               cell(row, "user_agent")});
  }
  table.print(shell.out, "nobody is registered");
  return exit_ok;
}

int remove(const RegistrationOptions& options, Shell& shell) {
  const auto answer = ask(options, "unregister " + options.account + " " + options.device);
  if (!answer) return fail(shell, answer.error());
  shell.out << (options.json ? json::serialize(*answer) : options.device + " is not registered")
            << '\n';
  return exit_ok;
}

}  // namespace

void add_registration_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("registration", "Phones and trunks that are registered");
  group.require_subcommand();
  auto listed = std::make_shared<RegistrationOptions>();
  auto listing = group.add_subcommand("list", "All of the account");
  add_data_options(listing, *listed);
  listing.callback([&shell, listed] { shell.exit_code = list(*listed, shell); });

  auto removed = std::make_shared<RegistrationOptions>();
  auto removing = group.add_subcommand("remove", "Forget where one is, until it registers "
                                                  "again");
  removing.add_option("DEVICE", removed->device, "Device, or trunk:ID, as listed").required();
  add_data_options(removing, *removed);
  removing.callback([&shell, removed] { shell.exit_code = remove(*removed, shell); });
}

}  // namespace strowger::cli
