// `strowger callflow …`, except import (callflow_import.cpp) and simulate.
#include "cli/callflow_import.hpp"
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/findings.hpp"
#include "cli/table.hpp"
#include "model/callflow.hpp"
#include "model/lint.hpp"
#include "store/lint_context.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct CallflowOptions : DataOptions {
  std::string id;
  std::vector<std::string> files;
  std::string directory;
  store::Revision revision = 0;  // 0: the latest
  bool live = false;
  bool alone = false;
};

std::string name_of(const std::string& id) { return id.empty() ? "the callflow" : id; }

int list(const CallflowOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto callflows = (*store)->callflows(options.account);
  if (!callflows) return fail(shell, callflows.error());
  if (options.json) {
    json::array entries;
    for (const auto& c : *callflows) {
      entries.push_back(json::object{{"id", c.id},
                                     {"name", c.name},
                                     {"numbers", json::value_from(c.numbers)},
                                     {"patterns", json::value_from(c.patterns)},
                                     {"revision", c.latest},
                                     {"published", c.published},
                                     {"changed", utc_time(c.changed)}});
    }
    shell.out << json::serialize(entries) << '\n';
    return exit_ok;
  }
  Table table({"ID", "NAME", "NUMBERS", "REVISION", "LIVE", "CHANGED"});
  for (const auto& c : *callflows) {
    auto numbers = c.numbers;
    numbers.insert(numbers.end(), c.patterns.begin(), c.patterns.end());
    table.add({c.id, c.name, fmt::format("{}", fmt::join(numbers, " ")), std::to_string(c.latest),
               c.published == 0 ? "no" : std::to_string(c.published), local_time(c.changed)});
  }
  table.print(shell.out, "no callflows yet: strowger callflow import FILE");
  return exit_ok;
}

// ---- export

store::Outcome<std::string> document(store::Store& store, const CallflowOptions& options,
                                     const std::string& id) {
  auto revision = options.revision;
  if (options.live) {
    const auto summary = store.callflow(options.account, id);
    if (!summary) return unexpected(summary.error());
    if (summary->published == 0) {
      return store::fail(store::ErrorKind::not_found, "callflow " + id + " is not live");
    }
    revision = summary->published;
  }
  const auto stored = store.revision(options.account, id, revision);
  if (!stored) return unexpected(stored.error());
  const auto callflow = model::parse_callflow(stored->document);
  return callflow ? model::serialize_pretty(*callflow) : stored->document;
}

int export_all(store::Store& store, const CallflowOptions& options, Shell& shell) {
  const auto callflows = store.callflows(options.account);
  if (!callflows) return fail(shell, callflows.error());
  std::vector<std::string> documents;
  for (const auto& c : *callflows) {
    if (options.live && c.published == 0) continue;
    const auto text = document(store, options, c.id);
    if (!text) return fail(shell, text.error());
    documents.push_back(*text);
    if (options.directory.empty()) continue;
    const auto file = std::filesystem::path(options.directory) / (c.id + ".json");
    std::ofstream out(file, std::ios::binary);
    if (!(out << *text << '\n')) return fail(shell, Complaint{"can't write " + file.string()});
    shell.out << file.string() << '\n';
  }
  if (options.directory.empty()) {
    shell.out << fmt::format("[{}]\n", fmt::join(documents, ",\n"));
  }
  return exit_ok;
}

int export_callflows(const CallflowOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  if (!options.directory.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.directory, error);
    if (error) return fail(shell, Complaint{options.directory + ": " + error.message()});
  }
  if (options.id == "all") return export_all(**store, options, shell);
  const auto text = document(**store, options, options.id);
  if (!text) return fail(shell, text.error());
  shell.out << *text << '\n';
  return exit_ok;
}

// ---- lint

struct Linted {
  std::string name;
  model::Findings findings;
};

Linted lint_text(const std::string& name, const std::string& text, const model::Context& context) {
  static const auto catalog = load_catalog();
  const auto callflow = model::parse_callflow(text);
  if (!callflow) return {name, callflow.error()};
  return {name, model::lint(*callflow, catalog, context)};
}

int report(const std::vector<Linted>& all, const CallflowOptions& options, Shell& shell) {
  bool errors = false;
  json::array entries;
  for (const auto& linted : all) {
    errors = errors || model::has_errors(linted.findings);
    entries.push_back(json::object{{"callflow", linted.name},
                                   {"findings", model::findings_json(linted.findings)}});
    if (options.json) continue;
    shell.out << linted.name << ": " << count_findings(linted.findings) << '\n';
    print_findings(shell.out, linted.findings);
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  return errors ? exit_failed : exit_ok;
}

int lint(const CallflowOptions& options, Shell& shell) {
  if (options.files.empty() == options.id.empty()) {
    fail(shell, Complaint{"name files, or a stored callflow with --id"});
    return exit_usage;
  }
  std::error_code ignored;
  const bool in_account =
      !options.alone &&
      std::filesystem::exists(std::filesystem::path(options.data) / "strowger.db", ignored);
  model::ListedContext nobody;
  nobody.knows_references = false;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::LintContext> account;
  if (in_account || !options.id.empty()) {
    auto opened = open_account(options, IfMissing::refuse);
    if (!opened) return fail(shell, opened.error());
    store = std::move(*opened);
    account = std::make_unique<store::LintContext>(*store, options.account);
  }
  const model::Context& context = account ? static_cast<const model::Context&>(*account) : nobody;
  std::vector<Linted> all;
  for (const auto& file : options.files) {
    const auto text = read_input(file, model::document_bytes_max);
    if (!text) return fail(shell, text.error());
    all.push_back(lint_text(file, *text, context));
  }
  if (!options.id.empty()) {
    const auto stored = store->revision(options.account, options.id, options.revision);
    if (!stored) return fail(shell, stored.error());
    all.push_back(lint_text(options.id, stored->document, context));
  }
  return report(all, options, shell);
}

// ---- publish, unpublish, remove

int done(const CallflowOptions& options, Shell& shell, const json::object& what,
         const std::string& sentence) {
  if (options.json) shell.out << json::serialize(what) << '\n';
  else shell.out << sentence << '\n';
  return exit_ok;
}

int publish(const CallflowOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stored = (*store)->revision(options.account, options.id, options.revision);
  if (!stored) return fail(shell, stored.error());
  const store::LintContext context(**store, options.account);
  const auto linted = lint_text(options.id, stored->document, context);
  if (model::has_errors(linted.findings)) {
    fail(shell, Complaint{fmt::format("{} revision {} is not published: {}", options.id,
                                      stored->revision, count_findings(linted.findings))});
    return report({linted}, options, shell);
  }
  const auto published = (*store)->publish(options.account, options.id, stored->revision);
  if (!published) return fail(shell, published.error());
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  return done(options, shell, {{"id", options.id}, {"published", stored->revision}},
              fmt::format("{} revision {} is live", options.id, stored->revision));
}

int unpublish(const CallflowOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto stopped = (*store)->unpublish(options.account, options.id);
  if (!stopped) return fail(shell, stopped.error());
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  return done(options, shell, {{"id", options.id}, {"published", 0}},
              options.id + " is no longer live; its numbers are free");
}

int remove(const CallflowOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto removed = (*store)->remove_callflow(options.account, options.id);
  if (!removed) return fail(shell, removed.error());
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  return done(options, shell, {{"id", options.id}, {"removed", true}},
              name_of(options.id) + " is removed with all its revisions");
}

using Work = int (*)(const CallflowOptions&, Shell&);

struct Added {
  Command command;
  std::shared_ptr<CallflowOptions> options;
};

Added add(Command group, Shell& shell, const char* name, const char* help, Work work) {
  auto options = std::make_shared<CallflowOptions>();
  auto command = group.add_subcommand(name, help);
  add_data_options(command, *options);
  command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
  return {command, std::move(options)};
}

void add_import(Command group, Shell& shell) {
  auto options = std::make_shared<ImportOptions>();
  auto command = group.add_subcommand(
      "import", "Store documents; those without errors are live at once, the others are drafts");
  command.add_option("FILE", options->files, "JSON documents; - for standard input").required();
  command.add_flag("--strict", options->strict, "Store nothing when any of them has errors");
  command.add_flag("--draft", options->draft, "Store only, publish nothing");
  command.add_option("--who", options->who, "Who changes it, for the history")
      .capture_default_str();
  command.add_option("--note", options->note, "Why, for the history");
  add_data_options(command, *options);
  command.callback([&shell, options] { shell.exit_code = import_callflows(*options, shell); });
}

}  // namespace

void add_callflow_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("callflow", "What happens to calls: documents and revisions");
  group.require_subcommand();
  add_import(group, shell);

  const auto exporting = add(group, shell, "export", "Print a document as it was imported",
                             export_callflows);
  exporting.command.add_option("ID", exporting.options->id, "Callflow, or all").required();
  exporting.command.add_option("--revision", exporting.options->revision,
                                "That revision instead of the latest");
  exporting.command.add_flag("--live", exporting.options->live,
                              "The published revision instead of the latest");
  exporting.command.add_option("--to", exporting.options->directory,
                                "With all: write ID.json files into this directory");

  const auto linting = add(group, shell, "lint",
                           "Say what is wrong with documents; exit code 1 on errors", lint);
  linting.command.add_option("FILE", linting.options->files,
                              "JSON documents; - for standard input");
  linting.command.add_option("--id", linting.options->id, "A stored callflow instead");
  linting.command.add_option("--revision", linting.options->revision,
                              "That revision instead of the latest");
  linting.command.add_flag("--alone", linting.options->alone,
                            "Don't look at the account: media, other callflows, numbers");

  add_simulate_command(group, shell);
  add(group, shell, "list", "All callflows of the account", list);

  const auto publishing = add(group, shell, "publish", "Make a stored revision live", publish);
  publishing.command.add_option("ID", publishing.options->id, "Callflow").required();
  publishing.command.add_option("--revision", publishing.options->revision,
                                 "That revision instead of the latest");
  const auto stopping =
      add(group, shell, "unpublish", "Take it off its numbers; revisions stay", unpublish);
  stopping.command.add_option("ID", stopping.options->id, "Callflow").required();
  const auto removing = add(group, shell, "remove", "Delete it with all its revisions", remove);
  removing.command.add_option("ID", removing.options->id, "Callflow").required();
}

}  // namespace strowger::cli
