// What the commands ask of the running server, over its control socket.
#include "cli/server.hpp"
#include "trace/filter.hpp"

#include <boost/json.hpp>

#include <charconv>

namespace strowger::cli {

namespace json = boost::json;

namespace {

// "head rest" → head; `text` becomes the rest.
std::string_view take_word(std::string_view& text) {
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

json::object live_json(const model::CallRecord& call) {
  json::object object{{"id", call.id},
                      {"from", call.from},
                      {"to", call.to},
                      {"started_ms", call.started.time_since_epoch().count()},
                      {"callflow", call.callflow_id}};
  if (!call.path.empty()) {
    object["block"] = call.path.back().block_id;
    object["module"] = call.path.back().module;
  }
  return object;
}

}  // namespace

Result<host::ControlReply, Complaint> Server::control(std::string_view what) {
  const auto line = [](Result<std::string, Complaint> done) {
    return done.map([](std::string text) { return host::ControlReply{std::move(text)}; });
  };
  const auto asked = what;
  const auto verb = take_word(what);
  if (verb == "reload") return line(reload());
  if (verb == "flush") {
    shards_->flush();
    if (auto flushed = ingest_->flush(); !flushed) return unexpected(flushed.error());
    return host::ControlReply{"{\"ok\":true}"};
  }
  if (verb == "status") return line(status_json());
  if (verb == "end") return line(end_call(what));
  if (verb == "live") return line(live_calls(what));
  if (verb == "registrations") return line(list_registrations(std::string(what)));
  if (verb == "unregister") return line(unregister(what));
  if (verb == "trace") return trace(what);
  return complain("there is no request \"" + std::string(asked) +
                  "\"; there are reload, flush, status, end ACCOUNT CALL, live ACCOUNT LIMIT, "
                  "registrations ACCOUNT, unregister ACCOUNT DEVICE and trace FILTER");
}

Result<std::string, Complaint> Server::end_call(std::string_view account_and_call) {
  const auto account = take_word(account_and_call);
  const std::string call(account_and_call);
  const auto live = api_->state().live.find(call);
  // The list of live calls is a moment behind the calls themselves.
  if (!live || live->account != account || !shards_->end(call, "command line")) {
    return complain("no call " + call + " is in progress; see `strowger calls list --live`");
  }
  return std::string("{\"ok\":true}");
}

Result<std::string, Complaint> Server::live_calls(std::string_view account_and_limit) const {
  const auto account = take_word(account_and_limit);
  std::size_t limit = 0;
  std::from_chars(account_and_limit.data(), account_and_limit.data() + account_and_limit.size(),
                  limit);
  if (limit == 0 || limit > api::LiveCalls::calls_max) return complain("live ACCOUNT LIMIT");
  const auto all = api_->state().live.of_account(account);
  json::array calls;
  for (const auto& call : all) {
    if (calls.size() == limit) break;
    calls.push_back(live_json(call));
  }
  return json::serialize(
      json::object{{"ok", true}, {"calls", std::move(calls)}, {"of", all.size()}});
}

Result<std::string, Complaint> Server::list_registrations(const std::string& account) const {
  json::array items;
  for (auto& registration : registrations_->list(account)) items.push_back(std::move(registration));
  return json::serialize(json::object{{"ok", true}, {"items", std::move(items)}});
}

Result<std::string, Complaint> Server::unregister(std::string_view account_and_device) {
  const std::string account(take_word(account_and_device));
  const std::string device(account_and_device);
  if (withdraw(account, device)) return std::string("{\"ok\":true}");
  return complain(device + " is not registered; see `strowger registration list`");
}

// A call may be named as `strowger calls` does, too.
Result<host::ControlReply, Complaint> Server::trace(std::string_view text) {
  auto filter = trace::Filter::parse(text);
  if (!filter) return unexpected(filter.error());
  if (!filter->call_id.empty()) {
    const auto live = api_->state().live.find(filter->call_id);
    if (live) filter->call_id = live->call_id;
  }
  if (shards_->trace().full()) return complain("too many commands watch already");
  return host::ControlReply{
      "{\"ok\":true}",
      [this, wanted = std::move(*filter)](host::FileDescriptor connection, std::string greeting) {
        shards_->trace().add(std::move(connection), wanted, std::move(greeting) + '\n');
      }};
}

std::string Server::status_json() const {
  return json::serialize(json::object{{"ok", true},
                                      {"ready", !draining_.load()},
                                      {"calls", calls()},
                                      {"generation", snapshot_.load()->generation}});
}

}  // namespace strowger::cli
