#include "cli/server_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using testing::HasSubstr;

TEST(ServerConfig, DefaultsAreSafe) {
  const ServerConfig config;
  for (const auto& address : config.sip) EXPECT_TRUE(address.endpoint.address.is_loopback());
  EXPECT_TRUE(config.http.address.is_loopback());
  EXPECT_EQ(config.anonymous, call::Anonymous::loopback);
  EXPECT_TRUE(config.sources.trusts(IpAddress::loopback_v4()));
}

TEST(ServerConfig, ReadsEverySetting) {
  ServerConfig config;
  const auto read = read_config(R"(
data = "/var/lib/strowger"
shards = 3
drain_seconds = 5
farewell_seconds = 3
[sip]
listen = ["udp:0.0.0.0:5070", "tcp:[::1]:0"]
advertised = "203.0.113.5"
[http]
listen = "[::]:80"
cert = "/etc/pbx.pem"
key = "/etc/pbx.key"
[rtp]
ports = "30000-30999"
[media]
codecs = ["pcma", "G722"]
transcoded_calls = 7
[inbound]
anonymous = "any"
[records]
sync = true
[log]
level = "warning"
format = "json"
[limits]
calls = 5
early_media_seconds = 6
unanswered_seconds = 7
call_seconds = 8
prack_wait_seconds = 9
blocks_per_call = 10
callflow_depth = 11
tcp_connections = 12
tcp_quiet_seconds = 13
http_connections = 14
)",
                                "strowger.toml", config);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(config.data, "/var/lib/strowger");
  EXPECT_EQ(config.shards, 3U);
  EXPECT_EQ(config.codecs, (std::vector{media::Codec::pcma, media::Codec::g722}));
  EXPECT_EQ(config.exchange().codecs, config.codecs);
  EXPECT_EQ(config.exchange().transcoded_calls_max, 7U);
  EXPECT_EQ(config.drain, std::chrono::seconds{5});
  EXPECT_EQ(config.farewell, std::chrono::seconds{3});
  ASSERT_EQ(config.sip.size(), 2U);
  EXPECT_EQ(config.sip[0].text(), "udp:0.0.0.0:5070");
  EXPECT_EQ(config.sip[1].text(), "tcp:[::1]:0");
  EXPECT_EQ(config.advertised->text(), "203.0.113.5");
  EXPECT_EQ(config.http.text(), "[::]:80");
  EXPECT_EQ(config.http_tls, (host::TlsFiles{"/etc/pbx.pem", "/etc/pbx.key"}));
  EXPECT_EQ(config.rtp_ports.first, 30'000);
  EXPECT_EQ(config.anonymous, call::Anonymous::any);
  EXPECT_TRUE(config.sync_records);
  EXPECT_EQ(config.log_level, host::LogLevel::warning);
  EXPECT_EQ(config.exchange().log_from, call::LogLevel::warning);
  EXPECT_EQ(config.log_format, host::LogFormat::json);
  EXPECT_EQ(config.limits.calls_max, 5U);
  EXPECT_EQ(config.limits.early_media_max, std::chrono::seconds{6});
  EXPECT_EQ(config.limits.unanswered_max, std::chrono::seconds{7});
  EXPECT_EQ(config.limits.call_max, std::chrono::seconds{8});
  EXPECT_EQ(config.limits.prack_wait, std::chrono::seconds{9});
  EXPECT_EQ(config.flow_limits.steps_max, 10U);
  EXPECT_EQ(config.flow_limits.depth_max, 11U);
  EXPECT_EQ(config.tcp.connections_max, 12U);
  EXPECT_EQ(config.tcp.quiet, std::chrono::seconds{13});
  EXPECT_EQ(config.http_limits.connections_max, 14U);
}

TEST(ServerConfig, ReadsWhatOneAddressMayDo) {
  ServerConfig config;
  const auto read = read_config(R"(
[inbound]
trusted = ["192.0.2.0/24", "2001:db8::/32"]
[limits]
tcp_connections_per_address = 15
http_connections_per_address = 16
messages_per_second = 17
messages_at_once = 18
)",
                                "strowger.toml", config);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(config.tcp.per_address_max, 15U);
  EXPECT_EQ(config.http_limits.per_address_max, 16U);
  EXPECT_EQ(config.sources.messages_per_second, 17U);
  EXPECT_EQ(config.sources.burst_messages, 18U);
  EXPECT_TRUE(config.sources.trusts(*IpAddress::parse("192.0.2.9")));
  EXPECT_TRUE(config.sources.trusts(*IpAddress::parse("2001:db8::9")));
  EXPECT_FALSE(config.sources.trusts(IpAddress::loopback_v4()));
}

TEST(ServerConfig, CopiesGoToACollector) {
  ServerConfig config;
  EXPECT_FALSE(config.hep());
  const auto read = read_config("[hep]\nto = \"192.0.2.9:9060\"\nid = 2001\npassword = \"secret\"",
                                "strowger.toml", config);
  ASSERT_TRUE(read) << read.error().what;
  ASSERT_TRUE(config.hep());
  EXPECT_EQ(config.hep()->to.text(), "192.0.2.9:9060");
  EXPECT_EQ(config.hep()->identity.capture_id, 2001U);
  EXPECT_EQ(config.hep()->identity.password, "secret");
  const auto long_one = "hep.password = \"" + std::string(257, 'x') + "\"";
  EXPECT_FALSE(read_config(long_one, "strowger.toml", config));
}

TEST(ServerConfig, SessionTimersAreOfHalfAnHourOrAsSaid) {
  ServerConfig config;
  EXPECT_EQ(config.limits.session_expires, std::chrono::minutes{30});
  ASSERT_TRUE(read_config("[call]\nsession_expires = 0\nsession_expires_min = 120", "f", config));
  EXPECT_EQ(config.limits.session_expires, Duration{});
  EXPECT_EQ(config.limits.session_expires_min, std::chrono::seconds{120});
}

TEST(ServerConfig, ComplaintsNameTheLineAndTheRemedy) {
  const struct {
    const char* text;
    const char* line;
    const char* remedy;
  } cases[] = {
      {"data = ", "f.toml:1:", "not TOML"},
      {"\n[sip]\nlisten = \"udp:0.0.0.0:5060\"", "f.toml:3: sip.listen", "list like"},
      {"[sip]\nlisten = []", "f.toml:2:", "list like"},
      {"[sip]\nlisten = [\"udp:localhost:5060\"]", "f.toml:2:", "udp:127.0.0.1:5060"},
      {"[sip]\nlisten = [\"ws:127.0.0.1:5061\"]", "f.toml:2:", "tcp:ADDRESS:PORT"},
      {"[sip]\nlisten = [5060]", "f.toml:2:", "udp:ADDRESS:PORT"},
      {"[sip]\nadvertised = \"me\"", "f.toml:2:", "203.0.113.5"},
      {"[http]\nlisten = 8080", "f.toml:2:", "quotation marks"},
      {"[http]\nlisten = \"8080\"", "f.toml:2:", "127.0.0.1:8080"},
      {"[rtp]\nports = \"20000-10000\"", "f.toml:2:", "10000-20000"},
      {"[rtp]\nports = \"10001-10002\"", "f.toml:2:", "10000-20000"},
      {"[inbound]\nanonymous = \"yes\"", "f.toml:2:", "\"any\", \"loopback\", \"none\""},
      {"[inbound]\ntrusted = \"192.0.2.0/24\"", "f.toml:2:", "a list like"},
      {"[inbound]\ntrusted = [\"192.0.2.1/24\"]", "f.toml:2:", "bits after its prefix zero"},
      {"[limits]\nmessages_per_second = 0", "f.toml:2:", "from 1 to"},
      {"[hep]\nto = \"homer:9060\"", "f.toml:2:", "192.0.2.9:9060"},
      {"[hep]\nto = \"192.0.2.9:0\"", "f.toml:2:", "192.0.2.9:9060"},
      {"[hep]\nid = -1", "f.toml:2:", "from 0 to 4294967295"},
      {"[log]\nformat = \"xml\"", "f.toml:2:", "\"json\", \"text\""},
      {"[call]\nsession_expires = 60", "f.toml:2: call.session_expires", "90 to 86400"},
      {"[records]\nsync = 1", "f.toml:2:", "true or false"},
      {"[limits]\ncalls = 0", "f.toml:2: limits.calls", "from 1 to"},
      {"[limits]\ncall_seconds = 1.5", "f.toml:2:", "whole number"},
      {"shards = 0", "f.toml:1: shards", "from 1 to 64"},
      {"shards = 65", "f.toml:1: shards", "from 1 to 64"},
      {"drain_seconds = -1", "f.toml:1:", "from 0 to"},
      {"\n\ncolour = \"red\"", "f.toml:3:", "there are call.session_expires, call."},
      {"[sip.tls]\ncert = 1", "f.toml:2:", "no setting sip.tls.cert"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    ServerConfig config;
    const auto read = read_config(c.text, "f.toml", config);
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().what, HasSubstr(c.line));
    EXPECT_THAT(read.error().what, HasSubstr(c.remedy));
  }
}

TEST(ServerConfig, MissingFileIsNamed) {
  ServerConfig config;
  const auto read = read_config_file("/nonexistent/strowger.toml", config);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().what, HasSubstr("/nonexistent/strowger.toml"));
  EXPECT_FALSE(read_config_file("/tmp", config));
}

TEST(ServerConfig, AnEmptyFileChangesNothing) {
  ServerConfig config;
  const auto read = read_config_file("/dev/null", config);
  EXPECT_TRUE(read) << read.error().what;
}

TEST(ServerConfig, HowLongRegistrationsLast) {
  ServerConfig config;
  ASSERT_TRUE(read_config("[registrar]\nexpires_min_seconds = 30\nexpires_max_seconds = 900\n"
                          "expires_default_seconds = 600\nsha256 = true\n", "file", config));
  EXPECT_EQ(config.exchange().registrar.expires_min, std::chrono::seconds{30});
  EXPECT_EQ(config.exchange().registrar.expires_max, std::chrono::seconds{900});
  EXPECT_EQ(config.exchange().registrar.expires_default, std::chrono::seconds{600});
  EXPECT_TRUE(config.digest_sha256);
  EXPECT_FALSE(read_config("registrar.expires_min_seconds = 9", "file", config));
}

}  // namespace
}  // namespace strowger::cli
