// `strowger serve`: reads its configuration, runs a Server, and turns signals into what they mean.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/server.hpp"
#include "cli/server_config.hpp"
#include "host/clock.hpp"
#include "host/log.hpp"
#include "host/signals.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <ostream>

namespace strowger::cli {

namespace {

constexpr std::chrono::milliseconds drain_look{20};     // between two looks whether calls are over
constexpr std::chrono::milliseconds last_answers{300};  // for retransmissions of what just ended

struct ServeOptions {
  std::string config;
  std::string data;
  std::optional<std::int64_t> shards;
  std::vector<std::string> sip;
  std::string http;
  std::string sip_cert;
  std::string sip_key;
  std::string http_cert;
  std::string http_key;
  std::string web;
  std::string advertised;
  std::string rtp_ports;
  std::string anonymous;
  std::string hep;
  std::string log_level;
  std::string log_format;
};

// Flags and environment as the TOML they stand for, so that both obey one set of checks.
std::string as_toml(const ServeOptions& options) {
  const auto quoted = [](const std::string& text) {
    return text.find_first_of("'\n\r") == std::string::npos ? "'" + text + "'" : "''";
  };
  std::string toml;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) toml += fmt::format("{} = {}\n", name, quoted(value));
  };
  add("data", options.data);
  if (options.shards) toml += fmt::format("shards = {}\n", *options.shards);
  std::string listen;
  for (const auto& address : options.sip) listen += quoted(address) + ",";
  if (!listen.empty()) toml += fmt::format("sip.listen = [{}]\n", listen);
  add("sip.advertised", options.advertised);
  add("http.listen", options.http);
  add("sip.cert", options.sip_cert);
  add("sip.key", options.sip_key);
  add("http.cert", options.http_cert);
  add("http.key", options.http_key);
  add("http.web", options.web);
  add("rtp.ports", options.rtp_ports);
  add("inbound.anonymous", options.anonymous);
  add("hep.to", options.hep);
  add("log.level", options.log_level);
  add("log.format", options.log_format);
  return toml;
}

Result<ServerConfig, Complaint> read_options(const ServeOptions& options) {
  ServerConfig config;
  if (!options.config.empty()) {
    if (auto read = read_config_file(options.config, config); !read) {
      return unexpected(read.error());
    }
  }
  if (auto read = read_config(as_toml(options), "command line", config); !read) {
    return unexpected(read.error());
  }
  return config;
}

// A call with media has two sockets, and the usual limit of 1,024 descriptors is soon used up:
// takes what the system allows. Connections get a part of it, so that strangers can't starve calls.
void use_all_descriptors(ServerConfig& config) {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return;
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  const auto all = static_cast<std::size_t>(descriptors.rlim_cur);
  config.tcp.connections_max = std::min(config.tcp.connections_max, all / 4);
  config.http_limits.connections_max = std::min(config.http_limits.connections_max, all / 8);
}

void reload(Server& server, const ServeOptions& options) {
  host::log_info("SIGHUP: reading configuration and callflows again");
  const auto config = read_options(options);
  if (config) server.configure(*config);
  else host::log_error(config.error().what + "; the old configuration stays");
  const auto loaded = server.reload();
  if (!loaded) host::log_error(loaded.error().what + "; the old callflows stay");
}

// Until `done`, a second signal to end, or the time is up.
template <class Done>
bool wait_until(const host::Signals& signals, Duration patience, Done done) {
  const auto until = host::monotonic_now() + patience;
  while (!done()) {
    if (signals.wait(drain_look) == host::Signal::end) return false;
    if (host::monotonic_now() >= until) return false;
  }
  return true;
}

void end(Server& server, const host::Signals& signals) {
  host::log_info(fmt::format("ending: no new calls; {} in progress have {} s",
                             server.calls_in_progress(), server.drain_time().count()));
  server.drain();
  const auto all_over = [&] { return server.calls_in_progress() == 0; };
  if (!wait_until(signals, server.drain_time(), all_over)) {
    host::log_warning(fmt::format("ending {} calls that are still in progress",
                                  server.calls_in_progress()));
    server.end_calls();
  }
  // An ACK that was lost comes with our next retransmission, or never: it holds nothing up.
  wait_until(signals, server.farewell_time(), [&] { return server.calls() == 0; });
  wait_until(signals, last_answers, [&] { return server.remembered() == 0; });
}

int serve(const ServeOptions& options, Shell& shell) {
  auto config = read_options(options);
  if (!config) {
    fail(shell, config.error());
    return exit_usage;
  }
  use_all_descriptors(*config);
  const host::Signals signals;
  host::start_log(config->log_level, config->log_format);
  auto server = Server::start(*config);
  if (!server) {
    host::stop_log();
    return fail(shell, server.error());
  }
  if (const auto& password = (*server)->first_password(); !password.empty()) {
    shell.err << "first start: log in as admin with the password " << password
              << "\nit is not shown again" << std::endl;
  }
  shell.out << (*server)->ready_line() << std::endl;
  for (;;) {
    const auto signal = signals.wait();
    if (signal == host::Signal::end) break;
    if (signal == host::Signal::reload) reload(**server, options);
  }
  end(**server, signals);
  server->reset();
  host::log_info("ended");
  host::stop_log();
  return exit_ok;
}

// --sip-cert, which STROWGER_SIP_CERT in the environment stands for as well.
template <class Value>
Option add(const Command& command, const std::string& name, Value& value, const char* type,
           const char* help) {
  auto variable = "STROWGER_" + name;
  std::ranges::transform(variable, variable.begin(), [](char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return command.add_option("--" + name, value, help).envname(variable).type_name(type);
}

}  // namespace

void add_serve_command(Command app, Shell& shell) {
  auto options = std::make_shared<ServeOptions>();
  auto& o = *options;
  auto command = app.add_subcommand("serve", "Run the phone system");
  add(command, "config", o.config, "FILE", "TOML file; flags go before it");
  add(command, "data", o.data, "DIR", "Data directory (default: data)");
  add(command, "shards", o.shards, "1-64",
      "Threads that calls are spread over (default: one per core)");
  add(command, "sip", o.sip, "ADDRESS",
      "udp:ADDRESS:PORT, tcp:… or tls:…, may be repeated; port 0 picks one (default: udp and tcp "
      "on 127.0.0.1:5060)")
      .delimiter(',');
  add(command, "sip-cert", o.sip_cert, "FILE",
      "Certificate of the addresses over TLS, PEM, with its chain");
  add(command, "sip-key", o.sip_key, "FILE", "Key of that certificate, PEM");
  add(command, "http", o.http, "ADDRESS:PORT",
      "Address of the web side (default: 127.0.0.1:8080)");
  add(command, "http-cert", o.http_cert, "FILE",
      "Certificate of the web side, PEM, with its chain: HTTPS instead of HTTP");
  add(command, "http-key", o.http_key, "FILE", "Key of that certificate, PEM");
  add(command, "web", o.web, "DIR",
      "Directory of the web app (default: web beside the program, or ../share/strowger/web)");
  add(command, "advertised", o.advertised, "IP",
      "IP address that callers are told instead of ours, behind NAT");
  add(command, "rtp-ports", o.rtp_ports, "FIRST-LAST",
      "Ports for media, or any (default: 10000-20000)");
  add(command, "anonymous", o.anonymous, "WHO",
      "Who may call without a login: loopback, any, none (default: loopback)");
  add(command, "hep", o.hep, "ADDRESS:PORT",
      "Collector that gets a copy of each SIP message and RTCP packet (HEPv3 by UDP)");
  add(command, "log-level", o.log_level, "LEVEL", "debug, info, warning, error");
  add(command, "log-format", o.log_format, "FORMAT",
      "text, or json: one object a line (default: text)");
  command.callback([&shell, options] { shell.exit_code = serve(*options, shell); });
}

}  // namespace strowger::cli
