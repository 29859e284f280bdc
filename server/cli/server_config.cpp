#include "cli/server_config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

namespace strowger::cli {

namespace {

// What is wrong with a value; nothing when it was taken.
using Refusal = std::optional<std::string>;
using Setting = std::function<Refusal(const toml::node&, ServerConfig&)>;
using Settings = std::map<std::string, Setting, std::less<>>;

Setting whole_number(std::int64_t minimum, std::int64_t maximum,
                     std::function<void(ServerConfig&, std::int64_t)> set) {
  return [=](const toml::node& node, ServerConfig& config) -> Refusal {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < minimum || *value > maximum) {
      return fmt::format("must be a whole number from {} to {}", minimum, maximum);
    }
    set(config, *value);
    return std::nullopt;
  };
}

template <class T>
Setting count(std::int64_t minimum, std::int64_t maximum, T& (*member)(ServerConfig&)) {
  return whole_number(minimum, maximum, [member](ServerConfig& config, std::int64_t value) {
    member(config) = static_cast<T>(value);
  });
}

Setting seconds(std::int64_t maximum, Duration& (*member)(ServerConfig&)) {
  return whole_number(1, maximum, [member](ServerConfig& config, std::int64_t value) {
    member(config) = std::chrono::seconds{value};
  });
}

Setting text(std::function<Refusal(ServerConfig&, const std::string&)> set) {
  return [=](const toml::node& node, ServerConfig& config) -> Refusal {
    const auto value = node.value_exact<std::string>();
    if (!value) return "must be a text in quotation marks";
    return set(config, *value);
  };
}

Setting path(std::filesystem::path& (*member)(ServerConfig&)) {
  return text([member](ServerConfig& config, const std::string& value) -> Refusal {
    member(config) = value;
    return std::nullopt;
  });
}

template <class T>
Setting choice(std::map<std::string, T> choices, T ServerConfig::*member) {
  return text([=](ServerConfig& config, const std::string& value) -> Refusal {
    const auto found = choices.find(value);
    if (found == choices.end()) {
      std::vector<std::string> names;
      for (const auto& [name, chosen] : choices) names.push_back('"' + name + '"');
      return fmt::format("must be one of {}", fmt::join(names, ", "));
    }
    config.*member = found->second;
    return std::nullopt;
  });
}

Refusal set_listen(const toml::node& node, ServerConfig& config) {
  const auto* const list = node.as_array();
  if (!list || list->empty()) return "must be a list like [\"udp:0.0.0.0:5060\"]";
  config.sip.clear();
  for (const auto& entry : *list) {
    const auto value = entry.value_exact<std::string>();
    const auto address = host::SipAddress::parse(value.value_or(""));
    if (!address) return address.error().what;
    config.sip.push_back(*address);
  }
  return std::nullopt;
}

Refusal set_trusted(const toml::node& node, ServerConfig& config) {
  const auto* const list = node.as_array();
  if (!list) return "must be a list like [\"192.0.2.0/24\"], or []";
  config.sources.trusted.clear();
  for (const auto& entry : *list) {
    const auto value = entry.value_exact<std::string>();
    const auto network = IpNetwork::parse(value.value_or(""));
    if (!network) {
      return fmt::format("\"{}\" is no network: write an address, or one with all bits after its "
                         "prefix zero, such as \"192.0.2.0/24\" or \"2001:db8::/32\"",
                         value.value_or(""));
    }
    config.sources.trusted.push_back(*network);
  }
  return std::nullopt;
}

Refusal set_http(ServerConfig& config, const std::string& value) {
  const auto endpoint = Endpoint::parse(value);
  if (!endpoint) return "must be ADDRESS:PORT, for example \"127.0.0.1:8080\"";
  config.http = *endpoint;
  return std::nullopt;
}

Refusal set_hep_to(ServerConfig& config, const std::string& value) {
  config.hep_to = Endpoint::parse(value);
  if (config.hep_to && config.hep_to->port != 0) return std::nullopt;
  return "must be ADDRESS:PORT of the collector, for example \"192.0.2.9:9060\"";
}

Refusal set_hep_password(ServerConfig& config, const std::string& value) {
  if (value.size() > trace::hep_password_bytes_max) {
    return fmt::format("must have at most {} bytes", trace::hep_password_bytes_max);
  }
  config.hep_identity.password = value;
  return std::nullopt;
}

Refusal set_advertised(ServerConfig& config, const std::string& value) {
  config.advertised = IpAddress::parse(value);
  if (config.advertised) return std::nullopt;
  return "must be an IP address, for example \"203.0.113.5\"";
}

Refusal set_rtp_ports(ServerConfig& config, const std::string& value) {
  const auto range = host::PortRange::parse(value);
  if (!range) return range.error().what;
  config.rtp_ports = *range;
  return std::nullopt;
}

Refusal set_codecs(const toml::node& node, ServerConfig& config) {
  constexpr const char* expected = "must be a list of one or more of \"opus\", \"g722\", "
                                   "\"pcmu\", \"pcma\", each once, the preferred one first";
  const auto* const list = node.as_array();
  if (!list || list->empty()) return expected;
  std::vector<media::Codec> codecs;
  for (const auto& entry : *list) {
    const auto codec = media::codec_named(entry.value_exact<std::string>().value_or(""));
    if (!codec || std::ranges::count(codecs, *codec) > 0) return expected;
    codecs.push_back(*codec);
  }
  config.codecs = std::move(codecs);
  return std::nullopt;
}

constexpr std::int64_t day = 86'400;

using C = ServerConfig;

// How long a registration lasts.
Setting expires(std::chrono::seconds sip::RegistrarLimits::*which) {
  return whole_number(10, day, [which](C& config, std::int64_t value) {
    config.registrar.*which = std::chrono::seconds{value};
  });
}

void add_registrar(Settings& all) {
  all["registrar.sha256"] = [](const toml::node& node, C& config) -> Refusal {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    config.digest_sha256 = *value;
    return std::nullopt;
  };
  using Limits = sip::RegistrarLimits;
  all["registrar.expires_min_seconds"] = expires(&Limits::expires_min);
  all["registrar.expires_max_seconds"] = expires(&Limits::expires_max);
  all["registrar.expires_default_seconds"] = expires(&Limits::expires_default);
}

void add_limits(Settings& all) {
  all["limits.calls"] = count<std::size_t>(
      1, 1'000'000, [](C& c) -> auto& { return c.limits.calls_max; });
  all["limits.early_media_seconds"] =
      seconds(3'600, [](C& c) -> auto& { return c.limits.early_media_max; });
  all["limits.unanswered_seconds"] =
      seconds(day, [](C& c) -> auto& { return c.limits.unanswered_max; });
  all["limits.call_seconds"] = seconds(day, [](C& c) -> auto& { return c.limits.call_max; });
  all["limits.prack_wait_seconds"] =
      seconds(32, [](C& c) -> auto& { return c.limits.prack_wait; });
  all["limits.blocks_per_call"] = count<std::size_t>(
      1, 100'000, [](C& c) -> auto& { return c.flow_limits.steps_max; });
  all["limits.callflow_depth"] =
      count<std::size_t>(1, 100, [](C& c) -> auto& { return c.flow_limits.depth_max; });
  all["limits.tcp_connections"] = count<std::size_t>(
      1, 1'000'000, [](C& c) -> auto& { return c.tcp.connections_max; });
  all["limits.tcp_quiet_seconds"] = seconds(day, [](C& c) -> auto& { return c.tcp.quiet; });
  all["limits.tcp_connections_per_address"] = count<std::size_t>(
      1, 1'000'000, [](C& c) -> auto& { return c.tcp.per_address_max; });
  all["limits.http_connections_per_address"] = count<std::size_t>(
      1, 100'000, [](C& c) -> auto& { return c.http_limits.per_address_max; });
  all["limits.messages_per_second"] = count<std::uint32_t>(
      1, 1'000'000, [](C& c) -> auto& { return c.sources.messages_per_second; });
  all["limits.messages_at_once"] = count<std::uint32_t>(
      4, 1'000'000, [](C& c) -> auto& { return c.sources.burst_messages; });
  all["limits.http_connections"] = count<std::size_t>(
      1, 100'000, [](C& c) -> auto& { return c.http_limits.connections_max; });
}

// RFC 4028. Below 90 s nobody may go (§4).
void add_session_timer(Settings& all) {
  all["call.session_expires"] = [](const toml::node& node, C& config) -> Refusal {
    const auto value = node.value_exact<std::int64_t>();
    const bool fits = value && (*value == 0 || (*value >= 90 && *value <= day));
    if (!fits) return "must be 0 (never ask) or 90 to " + std::to_string(day) + " seconds";
    config.limits.session_expires = std::chrono::seconds{*value};
    return std::nullopt;
  };
  all["call.session_expires_min"] = whole_number(90, 3'600, [](C& config, std::int64_t value) {
    config.limits.session_expires_min = std::chrono::seconds{value};
  });
}

void add_hep(Settings& all) {
  all["hep.to"] = text(set_hep_to);
  all["hep.id"] = whole_number(0, 0xffff'ffff, [](C& config, std::int64_t value) {
    config.hep_identity.capture_id = static_cast<std::uint32_t>(value);
  });
  all["hep.password"] = text(set_hep_password);
}

Settings make_settings() {
  Settings all;
  all["data"] = path([](C& c) -> auto& { return c.data; });
  all["shards"] =
      count<std::size_t>(1, host::shards_max, [](C& c) -> auto& { return c.shards; });
  all["drain_seconds"] = whole_number(0, day, [](C& config, std::int64_t value) {
    config.drain = std::chrono::seconds{value};
  });
  all["farewell_seconds"] = whole_number(0, 32, [](C& config, std::int64_t value) {
    config.farewell = std::chrono::seconds{value};
  });
  all["sip.listen"] = set_listen;
  all["sip.cert"] = path([](C& c) -> auto& { return c.sip_tls.certificate; });
  all["sip.key"] = path([](C& c) -> auto& { return c.sip_tls.key; });
  all["sip.ca"] = path([](C& c) -> auto& { return c.sip_authorities; });
  all["sip.advertised"] = text(set_advertised);
  all["http.listen"] = text(set_http);
  all["http.allow_plain"] = [](const toml::node& node, C& config) -> Refusal {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    config.http_allow_plain = *value;
    return std::nullopt;
  };
  all["http.web"] = path([](C& c) -> auto& { return c.web; });
  all["http.cert"] = path([](C& c) -> auto& { return c.http_tls.certificate; });
  all["http.key"] = path([](C& c) -> auto& { return c.http_tls.key; });
  all["media.codecs"] = set_codecs;
  all["media.transcode"] = [](const toml::node& node, C& config) -> Refusal {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    config.transcode = *value;
    return std::nullopt;
  };
  all["media.transcoded_calls"] = count<std::size_t>(
      1, 100'000, [](C& c) -> auto& { return c.transcoded_calls_max; });
  all["rtp.ports"] = text(set_rtp_ports);
  all["inbound.anonymous"] = choice<call::Anonymous>({{"loopback", call::Anonymous::loopback},
                                                      {"any", call::Anonymous::any},
                                                      {"none", call::Anonymous::none}},
                                                     &C::anonymous);
  all["inbound.trusted"] = set_trusted;
  all["records.sync"] = [](const toml::node& node, C& config) -> Refusal {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    config.sync_records = *value;
    return std::nullopt;
  };
  all["log.level"] = choice<host::LogLevel>({{"debug", host::LogLevel::debug},
                                             {"info", host::LogLevel::info},
                                             {"warning", host::LogLevel::warning},
                                             {"error", host::LogLevel::error}},
                                            &C::log_level);
  add_registrar(all);
  add_session_timer(all);
  all["log.format"] = choice<host::LogFormat>({{"text", host::LogFormat::text},
                                               {"json", host::LogFormat::json}},
                                              &C::log_format);
  add_limits(all);
  add_hep(all);
  return all;
}

const Settings& settings() {
  static const Settings all = make_settings();
  return all;
}

std::string known_settings() {
  std::vector<std::string_view> names;
  for (const auto& [name, set] : settings()) names.push_back(name);
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<void, Complaint> read_table(const toml::table& table, const std::string& prefix,
                                   std::string_view name, ServerConfig& config) {
  for (const auto& [key, node] : table) {
    const auto path = prefix + std::string(key.str());
    if (const auto* const inner = node.as_table()) {
      if (auto read = read_table(*inner, path + ".", name, config); !read) return read;
      continue;
    }
    const auto line = node.source().begin.line;
    const auto setting = settings().find(path);
    if (setting == settings().end()) {
      return complain(fmt::format("{}:{}: there is no setting {}; there are {}", name, line, path,
                                  known_settings()));
    }
    if (const auto refusal = setting->second(node, config)) {
      return complain(fmt::format("{}:{}: {}: {}", name, line, path, *refusal));
    }
  }
  return {};
}

}  // namespace

Result<void, Complaint> read_config(std::string_view text, std::string_view name,
                                    ServerConfig& config) {
  try {
    return read_table(toml::parse(text, name), "", name, config);
  } catch (const toml::parse_error& e) {
    return complain(fmt::format("{}:{}: this is not TOML: {}", name, e.source().begin.line,
                                e.description()));
  }
}

Result<void, Complaint> read_config_file(const std::filesystem::path& file, ServerConfig& config) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, ignored)) {
    return complain("can't read the configuration " + file.string());
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return read_config(text, file.string(), config);
}

}  // namespace strowger::cli
