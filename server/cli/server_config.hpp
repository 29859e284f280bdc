// Everything `strowger serve` can be told, with its defaults; read from a TOML file. All settings,
// with their units and bounds, are described in docs/configuration.md.
#pragma once

#include "base/endpoint.hpp"
#include "base/result.hpp"
#include "call/exchange.hpp"
#include "call/limits.hpp"
#include "flow/interpreter.hpp"
#include "host/http_server.hpp"
#include "host/log.hpp"
#include "host/port_range.hpp"
#include "host/shards.hpp"
#include "host/sip_address.hpp"
#include "host/tcp_transport.hpp"
#include "host/tls_certificate.hpp"
#include "media/codec.hpp"
#include "trace/hep.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::cli {

struct ServerConfig {
  std::filesystem::path data = "data";
  std::size_t shards = host::shards_by_default();  // threads that calls are spread over
  // Safe by default: only this machine reaches a server that nobody configured.
  std::vector<host::SipAddress> sip{
      {sip::Transport::udp, {IpAddress::loopback_v4(), 5060}},
      {sip::Transport::tcp, {IpAddress::loopback_v4(), 5060}},
  };
  host::TlsFiles sip_tls;  // for those over TLS
  std::filesystem::path sip_authorities;  // who vouches for carriers; "": the system's
  Endpoint http{IpAddress::loopback_v4(), 8080};
  host::TlsFiles http_tls;        // none: plain HTTP
  bool http_allow_plain = false;  // HTTP without TLS beyond this machine
  std::filesystem::path web;      // files of the web app; "": where they are installed
  std::optional<IpAddress> advertised;  // what peers are told instead of our address (NAT)
  host::PortRange rtp_ports;
  call::Anonymous anonymous = call::Anonymous::loopback;
  host::SourceLimits sources;  // of SIP messages
  // That calls may use, in the order of our own offers.
  std::vector<media::Codec> codecs{media::codecs_in_order.begin(), media::codecs_in_order.end()};
  // May ends without a codec in common talk, and how many such calls each shard takes.
  bool transcode = true;
  std::size_t transcoded_calls_max = 100;
  sip::RegistrarLimits registrar;
  bool digest_sha256 = false;  // beside MD5; old phones do not register then
  call::Limits limits;
  flow::FlowLimits flow_limits;
  host::TcpLimits tcp;
  host::HttpLimits http_limits;
  std::chrono::seconds drain{30};  // how long SIGTERM waits for calls to end by themselves
  std::chrono::seconds farewell{2};  // then, for far ends to acknowledge that calls are over
  bool sync_records = false;       // survive a power cut too: fdatasync before each final answer
  host::LogLevel log_level = host::LogLevel::info;
  std::optional<Endpoint> hep_to;    // where copies of SIP and RTCP go; none: nowhere
  trace::HepIdentity hep_identity;
  host::LogFormat log_format = host::LogFormat::text;

  std::optional<host::HepConfig> hep() const {
    if (!hep_to) return std::nullopt;
    return host::HepConfig{*hep_to, hep_identity};
  }
  call::Exchange::Config exchange() const {
    return {.limits = limits,
            .anonymous = anonymous,
            .codecs = codecs,
            .transcoded_calls_max = transcode ? transcoded_calls_max : 0,
            .advertised = advertised,
            .log_from = log_level,
            .registrar = registrar};
  }
};

// Settings that `text` has replace those in `config`. `name` is the file's, for complaints, which
// name the line and what to write instead. After a complaint `config` is not to be used.
Result<void, Complaint> read_config(std::string_view text, std::string_view name,
                                    ServerConfig& config);
Result<void, Complaint> read_config_file(const std::filesystem::path& file, ServerConfig& config);

}  // namespace strowger::cli
