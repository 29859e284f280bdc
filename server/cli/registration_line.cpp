#include "cli/registration_line.hpp"

#include "model/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <limits>

namespace strowger::cli {

namespace json = boost::json;

namespace {

constexpr std::array transports{sip::Transport::udp, sip::Transport::tcp, sip::Transport::tls,
                                sip::Transport::ws, sip::Transport::wss};

std::int64_t milliseconds_of(WallTime time) { return time.time_since_epoch().count(); }

// The texts of a phone may be anything; a line of JSON is UTF-8.
std::string readable(std::string_view text) {
  return model::utf8_repaired(text, std::numeric_limits<std::size_t>::max());
}

json::object line_of(const std::string& aor, const sip::Binding& binding) {
  json::array path;
  for (const auto& hop : binding.path) path.emplace_back(readable(hop));
  return {{"aor", aor},
          {"contact", readable(binding.contact)},
          {"transport", sip::uri_name(binding.flow.transport)},
          {"local", binding.flow.local.text()},
          {"remote", binding.flow.remote.text()},
          {"path", std::move(path)},
          {"q", binding.q},
          {"instance", readable(binding.instance)},
          {"reg_id", binding.reg_id},
          {"call_id", readable(binding.call_id)},
          {"cseq", binding.cseq},
          {"user_agent", readable(binding.user_agent)},
          {"since_ms", milliseconds_of(binding.since)},
          {"expires_ms", milliseconds_of(binding.expires)}};
}

class Reader {
 public:
  explicit Reader(const json::object& object) : object_(object) {}

  std::string text(const char* name) const {
    const auto* const value = object_.if_contains(name);
    if (!value || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
  }
  std::int64_t number(const char* name) const {
    const auto* const value = object_.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
  }
  WallTime time(const char* name) const {
    return WallTime(std::chrono::milliseconds(number(name)));
  }
  std::vector<std::string> texts(const char* name) const {
    std::vector<std::string> all;
    const auto* const value = object_.if_contains(name);
    if (!value || !value->is_array()) return all;
    for (const auto& one : value->get_array()) {
      if (one.is_string()) all.emplace_back(one.get_string().data(), one.get_string().size());
    }
    return all;
  }

 private:
  const json::object& object_;
};

std::optional<sip::Peer> read_flow(const Reader& line) {
  const auto local = Endpoint::parse(line.text("local"));
  const auto remote = Endpoint::parse(line.text("remote"));
  if (!local || !remote) return std::nullopt;
  const auto named = line.text("transport");
  for (const auto transport : transports) {
    if (named == sip::uri_name(transport)) return sip::Peer{transport, *local, *remote, 0};
  }
  return std::nullopt;
}

std::optional<sip::Binding> read_binding(const Reader& line, Now now) {
  const auto flow = read_flow(line);
  if (!flow) return std::nullopt;
  sip::Binding binding;
  binding.contact = line.text("contact");
  binding.flow = *flow;
  binding.path = line.texts("path");
  binding.q = static_cast<int>(line.number("q"));
  binding.instance = line.text("instance");
  binding.reg_id = static_cast<std::uint32_t>(line.number("reg_id"));
  binding.call_id = line.text("call_id");
  binding.cseq = static_cast<std::uint32_t>(line.number("cseq"));
  binding.user_agent = line.text("user_agent");
  binding.since = line.time("since_ms");
  binding.expires = line.time("expires_ms");
  binding.refreshed = now.instant;
  binding.due = now.instant + (binding.expires - now.wall);
  return binding;
}

}  // namespace

void append_lines(std::string& out, const sip::LocationChange& change) {
  for (const auto& removed : change.removed) {
    out += json::serialize(json::object{{"aor", change.aor},
                                        {"removed", readable(removed.contact)},
                                        {"instance", readable(removed.instance)},
                                        {"reg_id", removed.reg_id}});
    out += '\n';
  }
  for (const auto& binding : change.bound) {
    out += json::serialize(line_of(change.aor, binding));
    out += '\n';
  }
}

std::optional<sip::LocationChange> read_line(std::string_view text, Now now) {
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const Reader line(value.get_object());
  sip::LocationChange change{.aor = line.text("aor"), .bound = {}, .removed = {}};
  if (change.aor.empty()) return std::nullopt;
  if (value.get_object().contains("removed")) {
    change.removed.push_back({line.text("removed"), line.text("instance"),
                              static_cast<std::uint32_t>(line.number("reg_id")), now.instant});
    return change;
  }
  auto binding = read_binding(line, now);
  if (!binding) return std::nullopt;
  change.bound.push_back(std::move(*binding));
  return change;
}

json::object registrant_json(std::string_view record) {
  if (!record.starts_with(sip::trunk_in_record)) return {{"device", record}};
  return {{"device", ""}, {"trunk", record.substr(sip::trunk_in_record.size())}};
}

json::object registration_json(std::string_view record, const sip::Binding& binding) {
  json::value round_trip;  // null: it was not asked, or has not answered
  if (binding.round_trip) round_trip = binding.round_trip->count();
  auto row = registrant_json(record);
  row["contact"] = readable(binding.contact);
  row["transport"] = sip::uri_name(binding.flow.transport);
  row["source"] = binding.flow.remote.text();
  row["user_agent"] = readable(binding.user_agent);
  row["since_ms"] = milliseconds_of(binding.since);
  row["expires_ms"] = milliseconds_of(binding.expires);
  row["reachable"] = binding.reachable && sip::next_hop(binding).has_value();
  row["round_trip_ms"] = std::move(round_trip);
  return row;
}

}  // namespace strowger::cli
