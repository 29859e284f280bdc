#include "cli/callflow_import.hpp"

#include "cli/data_directory.hpp"
#include "cli/findings.hpp"
#include "host/clock.hpp"
#include "model/callflow.hpp"
#include "model/lint.hpp"
#include "store/lint_context.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct Import {
  std::string file;
  std::optional<model::Callflow> callflow;  // nothing: refused, see findings
  bool named = true;                        // the document has an id of its own
  model::Findings findings;
  store::Revision revision = 0;  // 0: not stored
  bool published = false;
};

// The account as it will be when all files are in, so that their order does not matter.
class BatchContext final : public model::Context {
 public:
  BatchContext(const model::Context& account, const std::vector<Import>& imports)
      : account_(account), imports_(imports) {}

  std::optional<bool> exists(model::RefTarget target, std::string_view id) const override {
    if (target == model::RefTarget::callflow && callflow_here(id) != nullptr) return true;
    return account_.exists(target, id);
  }
  bool disabled(model::RefTarget target, std::string_view id) const override {
    return account_.disabled(target, id);
  }
  const model::Callflow* callflow(std::string_view id) const override {
    const auto* const here = callflow_here(id);
    return here != nullptr ? here : account_.callflow(id);
  }
  std::optional<std::string> number_owner(std::string_view number) const override {
    return account_.number_owner(number);
  }
  std::optional<std::string> pattern_owner(std::string_view pattern) const override {
    return account_.pattern_owner(pattern);
  }
  std::optional<std::string> seat_with_extension(std::string_view extension) const override {
    return account_.seat_with_extension(extension);
  }
  std::vector<std::string> seats_behind(std::string_view id) const override {
    return account_.seats_behind(id);
  }

 private:
  const model::Callflow* callflow_here(std::string_view id) const {
    for (const auto& import : imports_) {
      if (import.callflow && import.callflow->id == id) return &*import.callflow;
    }
    return nullptr;
  }

  const model::Context& account_;
  const std::vector<Import>& imports_;
};

model::Finding trouble(std::string code, std::string text) {
  return {.severity = model::Severity::error, .code = std::move(code), .text = std::move(text)};
}

Import read(const std::string& file) {
  Import import{.file = file};
  const auto text = read_input(file, model::document_bytes_max);
  if (!text) {
    import.findings.push_back(trouble("unreadable", text.error().what));
    return import;
  }
  auto callflow = model::parse_callflow(*text);
  if (!callflow) {
    import.findings = std::move(callflow.error());
    return import;
  }
  import.callflow = std::move(*callflow);
  import.named = !import.callflow->id.empty();
  if (!import.named) import.callflow->assign_id(random_id());
  return import;
}

void store_one(Import& import, const ImportOptions& options, store::Store& store) {
  if (!import.callflow) return;
  const store::Authorship by{
      .who = options.who, .when = host::wall_now(), .note = options.note};
  if (!options.draft && !model::has_errors(import.findings)) {
    const auto saved = store.save_and_publish(options.account, *import.callflow, by);
    if (saved) {
      import.revision = *saved;
      import.published = true;
      return;
    }
    import.findings.push_back(trouble("not-published", saved.error().text));
    if (saved.error().kind == store::ErrorKind::storage) return;
  }
  const auto saved = store.save_draft(options.account, *import.callflow, by);
  if (saved) import.revision = *saved;
  else import.findings.push_back(trouble("not-stored", saved.error().text));
}

void print(const Import& import, std::ostream& out) {
  out << import.file << ": ";
  if (!import.callflow) {
    out << "refused, this is no callflow that can be read:\n";
  } else if (import.revision == 0) {
    out << "not stored:\n";
  } else if (import.published) {
    out << fmt::format("published as {}, revision {}\n", import.callflow->id, import.revision);
  } else {
    out << fmt::format("stored as a draft of {}, revision {}, not live: {}\n",
                       import.callflow->id, import.revision, count_findings(import.findings));
  }
  print_findings(out, import.findings);
  if (import.revision != 0 && !import.named) {
    out << "  the document has no \"id\", so it got a random one; write it into the file to "
           "replace this callflow next time\n";
  }
}

json::object as_json(const Import& import) {
  json::object entry{{"file", import.file}, {"stored", import.revision != 0},
                     {"published", import.published}};
  if (import.callflow) entry["id"] = import.callflow->id;
  if (import.revision != 0) entry["revision"] = import.revision;
  entry["findings"] = model::findings_json(import.findings);
  return entry;
}

void print_all(const std::vector<Import>& imports, const ImportOptions& options, Shell& shell) {
  if (!options.json) {
    for (const auto& import : imports) print(import, shell.out);
    return;
  }
  json::array list;
  for (const auto& import : imports) list.push_back(as_json(import));
  shell.out << json::serialize(list) << '\n';
}

}  // namespace

int import_callflows(const ImportOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  std::vector<Import> imports;
  std::ranges::transform(options.files, std::back_inserter(imports), read);

  const auto catalog = load_catalog();
  const store::LintContext account(**store, options.account);
  const BatchContext context(account, imports);
  for (auto& import : imports) {
    if (import.callflow) import.findings = model::lint(*import.callflow, catalog, context);
  }
  const bool errors = std::ranges::any_of(
      imports, [](const Import& import) { return model::has_errors(import.findings); });
  if (!options.strict || !errors) {
    for (auto& import : imports) store_one(import, options, **store);
  }
  const bool any_stored =
      std::ranges::any_of(imports, [](const Import& import) { return import.revision != 0; });
  const auto live = any_stored ? make_live(options) : Result<void, Complaint>{};
  print_all(imports, options, shell);
  if (!live) return fail(shell, live.error());
  const bool all_stored =
      std::ranges::all_of(imports, [](const Import& import) { return import.revision != 0; });
  const bool clean = !options.strict || std::ranges::none_of(imports, [](const Import& import) {
    return model::has_errors(import.findings);
  });
  return all_stored && clean ? exit_ok : exit_failed;
}

}  // namespace strowger::cli
