// `strowger account …`: tenants and their SIP domains.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/object_commands.hpp"
#include "cli/table.hpp"
#include "model/account_settings.hpp"
#include "model/identifier.hpp"
#include "model/json_reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct AccountOptions : DataOptions {
  model::Account saved;
};

json::object as_json(const model::Account& account) {
  return {{"id", account.id}, {"name", account.name}, {"realm", account.realm}};
}

int list(const AccountOptions& options, Shell& shell) {
  auto store = open_store(options.data, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto accounts = (*store)->accounts();
  if (!accounts) return fail(shell, accounts.error());
  json::array entries;
  Table table({"ID", "NAME", "REALM"});
  for (const auto& account : *accounts) {
    entries.push_back(as_json(account));
    table.add({account.id, account.name, account.realm});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no accounts");
  return exit_ok;
}

int save(const AccountOptions& options, Shell& shell) {
  auto account = options.saved;
  if (!model::is_identifier(account.id)) {
    return fail(shell, Complaint{"an account's id has 1 to 64 characters of A-Z a-z 0-9 _ -"});
  }
  std::ranges::transform(account.realm, account.realm.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  auto store = open_store(options.data, IfMissing::create);
  if (!store) return fail(shell, store.error());
  const auto saved = (*store)->save_account(account);
  if (!saved) return fail(shell, saved.error());
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  if (options.json) shell.out << json::serialize(as_json(account)) << '\n';
  else shell.out << "account " << account.id << " is saved\n";
  return exit_ok;
}

struct SettingOptions : ObjectOptions {};

model::Findings readable(const json::object& settings) {
  const auto read = model::read_account_settings(settings);
  return read ? model::Findings() : read.error();
}

// As the API does: what callers are to hear has to be there.
model::Findings wrong_with(const json::object& settings, std::string_view account,
                           store::Store& store) {
  const auto read = model::read_account_settings(settings);
  if (!read) return read.error();
  return model::missing_media(*read, [&](const std::string& id) {
    return store.media_file(account, id).has_value();
  });
}

// Without NAME=VALUE it only shows them.
int settings(const SettingOptions& options, Shell& shell) {
  const bool changes = !options.settings.empty();
  auto store = open_account(options, changes ? IfMissing::create : IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto text = (*store)->settings(options.account);
  if (!text) return fail(shell, text.error());
  auto changed = with_settings(json::parse(*text).as_object(), options.settings, readable);
  if (!changed) return fail(shell, changed.error());
  if (changes) {
    const auto wrong = wrong_with(*changed, options.account, **store);
    if (model::has_errors(wrong)) return refuse(shell, wrong);
    const auto saved = (*store)->save_settings(options.account, json::serialize(*changed));
    if (!saved) return fail(shell, saved.error());
    if (const auto live = make_live(options); !live) return fail(shell, live.error());
  }
  if (options.json) shell.out << json::serialize(*changed) << '\n';
  else shell.out << model::pretty_json(*changed);
  return exit_ok;
}

}  // namespace

void add_account_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("account", "Tenants, each with its SIP domain");
  group.require_subcommand();
  auto listed = std::make_shared<AccountOptions>();
  auto listing = group.add_subcommand("list", "All accounts");
  add_data_options(listing, *listed);
  listing.callback([&shell, listed] { shell.exit_code = list(*listed, shell); });

  auto options = std::make_shared<AccountOptions>();
  auto saving = group.add_subcommand("save", "Create or change an account");
  saving.add_option("ID", options->saved.id, "Account").required();
  saving.add_option("--name", options->saved.name, "Name for people");
  saving.add_option("--realm", options->saved.realm, "SIP domain whose calls are the account's");
  add_data_options(saving, *options);
  saving.callback([&shell, options] { shell.exit_code = save(*options, shell); });

  auto chosen = std::make_shared<SettingOptions>();
  auto setting = group.add_subcommand("set", "Change an account's settings, or show them");
  setting.add_option("NAME=VALUE", chosen->settings,
                     "country_code=49 outbound_limits.calls_per_hour=100");
  add_data_options(setting, *chosen);
  setting.callback([&shell, chosen] { shell.exit_code = settings(*chosen, shell); });
}

}  // namespace strowger::cli
