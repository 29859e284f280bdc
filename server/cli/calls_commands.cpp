// `strowger calls …`: who called, which way it went, what they got.
#include "cli/call_record_text.hpp"
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/table.hpp"
#include "host/control_socket.hpp"
#include "store/journal.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct CallsOptions : DataOptions {
  std::string id;
  std::size_t limit = 20;
  std::string cursor;
  bool live = false;
};

// Records that are still in the journal become visible: the running server moves them, or, when
// there is none, this command does.
Result<void, Complaint> flush(const CallsOptions& options, store::Store& store) {
  if (const auto reply = host::ask_server(options.data, "flush")) {
    if (!*reply) return unexpected(reply->error());
    return {};
  }
  auto journal = store::Journal::open(options.data);
  if (!journal) return complain(journal.error().text);
  const auto moved = (*journal)->replay_into(store);
  if (!moved) return complain(moved.error().text);
  return {};
}

std::string length(const model::CallRecord& call) {
  if (!call.ended) return "";
  return fmt::format("{:.1f} s", static_cast<double>((*call.ended - call.started).count()) / 1000);
}

std::string member(const json::value& object, const char* name) {
  const auto* const value = object.is_object() ? object.as_object().if_contains(name) : nullptr;
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::string since(const json::value& call) {
  const auto* const ms = call.as_object().if_contains("started_ms");
  if (!ms || !ms->is_int64()) return "";
  return local_time(WallTime(std::chrono::milliseconds(ms->get_int64())));
}

void print_live(const json::value& answer, std::ostream& out) {
  const auto& calls = answer.at("calls").as_array();
  Table table({"SINCE", "ID", "FROM", "TO", "CALLFLOW", "BLOCK", "DOES"});
  for (const auto& call : calls) {
    table.add({since(call), member(call, "id"), member(call, "from"), member(call, "to"),
               member(call, "callflow"), member(call, "block"), member(call, "module")});
  }
  table.print(out, "no calls in progress");
  const auto all = answer.at("of").to_number<std::size_t>();
  if (all > calls.size()) out << "the newest of " << all << "; --limit shows more\n";
}

// As the server knows them: they are not in the store before their final answer.
int list_live(const CallsOptions& options, Shell& shell) {
  const auto reply = host::ask_server(
      options.data, fmt::format("live {} {}", options.account, options.limit));
  if (!reply) return fail(shell, Complaint{"no server runs on " + options.data});
  if (!*reply) return fail(shell, reply->error());
  const auto answer = json::parse(**reply);
  if (options.json) shell.out << json::serialize(answer) << '\n';
  else print_live(answer, shell.out);
  return exit_ok;
}

int list(const CallsOptions& options, Shell& shell) {
  if (options.live) return list_live(options, shell);
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  if (auto flushed = flush(options, **store); !flushed) return fail(shell, flushed.error());
  const auto page = (*store)->calls(options.account, options.cursor, options.limit);
  if (!page) return fail(shell, page.error());
  if (options.json) {
    json::array entries;
    for (const auto& call : page->calls) entries.push_back(json::parse(model::to_json(call)));
    shell.out << json::serialize(json::object{{"calls", std::move(entries)}, {"next", page->next}})
              << '\n';
    return exit_ok;
  }
  Table table({"STARTED", "ID", "FROM", "TO", "CODE", "PHRASE", "CALLFLOW", "LENGTH"});
  for (const auto& call : page->calls) {
    table.add({local_time(call.started), call.id, call.from, call.to,
               call.code == 0 ? "" : std::to_string(call.code), call.phrase, call.callflow_id,
               length(call)});
  }
  table.print(shell.out, "no calls yet");
  if (!page->next.empty()) shell.out << "older calls: --cursor " << page->next << '\n';
  return exit_ok;
}

int show(const CallsOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  if (auto flushed = flush(options, **store); !flushed) return fail(shell, flushed.error());
  const auto call = (*store)->call(options.account, options.id);
  if (!call) return fail(shell, call.error());
  shell.out << (options.json ? model::to_json(*call) + "\n" : describe(*call));
  return exit_ok;
}

int end(const CallsOptions& options, Shell& shell) {
  const auto reply =
      host::ask_server(options.data, "end " + options.account + " " + options.id);
  if (!reply) return fail(shell, Complaint{"no server runs on " + options.data});
  if (!*reply) return fail(shell, reply->error());
  shell.out << (options.json ? **reply : "the call ends") << '\n';
  return exit_ok;
}

}  // namespace

void add_calls_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("calls", "Calls that came in, with their SIP ladders");
  group.require_subcommand();
  const auto add = [&](const char* name, const char* help,
                       int (*work)(const CallsOptions&, Shell&)) {
    auto options = std::make_shared<CallsOptions>();
    auto command = group.add_subcommand(name, help);
    add_data_options(command, *options);
    command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
    return std::pair(command, options);
  };
  const auto [listing, listed] = add("list", "Newest first", list);
  listing.add_option("--limit", listed->limit, "How many")
      .between(1, store::page_size_max)
      .capture_default_str();
  listing.add_option("--cursor", listed->cursor, "Go on where the last page ended");
  listing.add_flag("--live", listed->live, "Those in progress, and the block that each is in");
  const auto [showing, shown] = add("show", "One call: path, media, ladder", show);
  showing.add_option("ID", shown->id, "Call, as listed").required();
  const auto [ending, ended] = add("end", "End a call in progress: 480 before the answer, else BYE",
                                   end);
  ending.add_option("ID", ended->id, "Call, as the log names it").required();
}

}  // namespace strowger::cli
