#include "cli/wire_server.hpp"

#include "host/clock.hpp"
#include "model/account.hpp"
#include "model/callflow.hpp"
#include "store/media_directory.hpp"
#include "store/sqlite_store.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace strowger::cli {
namespace {

constexpr std::size_t calls_looked_at = 1'000;

std::string_view chars(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<void, Complaint> save_media(store::Store& store, const std::filesystem::path& data,
                                   const sim::MediaSpec& media) {
  using media::Codec;
  const auto sound = sim::encode(media.stretches, media::every_codec);
  const auto pcmu = chars(sound[Codec::pcmu]);
  const auto hash = store::MediaDirectory(data).keep(pcmu, {.pcmu = pcmu,
                                                            .pcma = chars(sound[Codec::pcma]),
                                                            .g722 = chars(sound[Codec::g722]),
                                                            .opus = chars(sound[Codec::opus])});
  if (!hash) return complain(hash.error().text);
  const auto bytes = static_cast<std::int64_t>(pcmu.size());
  const auto saved = store.save_media(model::default_account_id,
                                      {.id = media.id,
                                       .name = media.id,
                                       .content_hash = *hash,
                                       .duration_ms = bytes / 8,
                                       .source = "tones of a scenario",
                                       .original_bytes = bytes,
                                       .encoded_bytes = bytes},
                                      host::wall_now());
  if (!saved) return complain(saved.error().text);
  return {};
}

// "… tcp:[::1]:34567 …" → the endpoint behind the transport's name, of that family.
std::optional<Endpoint> listed(std::string_view line, std::string_view transport, bool v6) {
  while (true) {
    const std::size_t at = line.find(transport);
    if (at == std::string_view::npos) return std::nullopt;
    line.remove_prefix(at + transport.size());
    const auto endpoint = Endpoint::parse(line.substr(0, line.find_first_of(", \n")));
    if (endpoint && endpoint->address.is_v6() == v6) return endpoint;
  }
}

ServerConfig loopback_config(const std::filesystem::path& data) {
  ServerConfig config;
  config.data = data;
  config.sip.clear();
  std::vector<IpAddress> addresses{IpAddress::loopback_v4()};
  if (has_ipv6_loopback()) addresses.push_back(*IpAddress::parse("::1"));
  for (const IpAddress& address : addresses) {
    config.sip.push_back({sip::Transport::udp, {address, 0}});
    config.sip.push_back({sip::Transport::tcp, {address, 0}});
  }
  config.http.port = 0;
  config.log_level = host::LogLevel::error;
  return config;
}

}  // namespace

bool has_ipv6_loopback() {
  const host::FileDescriptor fd(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  return fd && ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

Result<std::unique_ptr<WireServer>, Complaint> WireServer::start(const sim::Scenario& scenario) {
  std::unique_ptr<WireServer> server(new WireServer);
  std::string directory = (std::filesystem::temp_directory_path() / "strowger-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr)
    return complain("can't make a directory at " + directory);
  server->data_ = directory;
  if (auto filled = server->fill(scenario); !filled) return unexpected(filled.error());
  auto started = Server::start(loopback_config(server->data_));
  if (!started) return unexpected(started.error());
  server->server_ = std::move(*started);
  server->ready_ = server->server_->ready_line();
  return server;
}

WireServer::~WireServer() {
  server_.reset();
  std::error_code ignored;
  if (!data_.empty()) std::filesystem::remove_all(data_, ignored);
}

Result<void, Complaint> WireServer::fill(const sim::Scenario& scenario) {
  auto store = store::open_sqlite(data_);
  if (!store) return complain(store.error().text);
  for (const sim::MediaSpec& media : scenario.media) {
    if (auto saved = save_media(**store, data_, media); !saved) return saved;
  }
  for (const std::string& text : scenario.callflows) {
    const auto callflow = model::parse_callflow(text);
    if (!callflow) return complain(model::one_line(callflow.error().front()));
    const auto saved = (*store)->save_and_publish(model::default_account_id, *callflow,
                                                  {"scenario", host::wall_now(), ""});
    if (!saved) return complain(saved.error().text);
  }
  return {};
}

std::optional<Endpoint> WireServer::endpoint(sip::Transport transport, bool v6) const {
  return listed(ready_, transport == sip::Transport::tcp ? "tcp:" : "udp:", v6);
}

std::optional<model::CallRecord> WireServer::record(const std::string& call_id) const {
  // A finished call's record goes through the journal; that takes a moment.
  constexpr int looks = 60;
  constexpr std::chrono::milliseconds between{50};
  for (int i = 0; i < looks; ++i, std::this_thread::sleep_for(between)) {
    auto store = store::open_sqlite(data_);
    if (!store) continue;
    const auto page = (*store)->calls(model::default_account_id, "", calls_looked_at);
    if (!page) continue;
    for (const model::CallRecord& record : page->calls) {
      if (record.call_id == call_id && record.complete) return record;
    }
  }
  return std::nullopt;
}

}  // namespace strowger::cli
