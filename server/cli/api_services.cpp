#include "cli/api_services.hpp"

#include "cli/child_process.hpp"
#include "cli/speech.hpp"
#include "flow/action.hpp"
#include "host/clock.hpp"
#include "media/g711.hpp"
#include "media/intake.hpp"
#include "store/sqlite_store.hpp"

#include <span>

namespace strowger::cli {
namespace {

std::string chars(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<api::DecodedSound, api::SoundRefusal> decode(const std::string& file) {
  using Kind = media::DecodeError::Kind;
  const media::Limits limits;
  const auto printed = run_child({"/proc/self/exe", "decode-media"},
                                 std::as_bytes(std::span(file.data(), file.size())));
  if (!printed) {
    return unexpected(api::SoundRefusal{
        .what = "The sound can't be decoded: " + printed.error().what +
                "; the file may be damaged: try to convert it to WAV."});
  }
  const auto outcome = media::parse_outcome(*printed, limits);
  if (!outcome) {
    const auto kind = outcome.error().kind;
    return unexpected(api::SoundRefusal{
        .too_large = kind == Kind::too_large || kind == Kind::too_long,
        .what = outcome.error().what});
  }
  const auto& sound = outcome->sound;
  return api::DecodedSound{.pcmu = chars(sound[media::Codec::pcmu]),
                           .pcma = chars(sound[media::Codec::pcma]),
                           .g722 = chars(sound[media::Codec::g722]),
                           .opus = chars(sound[media::Codec::opus]),
                           .duration_ms = outcome->duration_ms,
                           .source = outcome->source};
}

}  // namespace

api::Services api_services(const std::filesystem::path& data, const std::filesystem::path& web) {
  api::Services services;
  services.now = host::wall_now;
  services.open_store = [data] { return store::open_sqlite(data); };
  services.data = data;
  services.web = web;
  for (const auto& action : actions::all()) {
    services.actions.push_back({action.manifest, action.help});
  }
  services.decode = decode;
  services.voices = voices;
  services.speak = speak;
  services.linear = [](std::string_view pcmu) {
    return media::decode(media::Codec::pcmu, std::as_bytes(std::span(pcmu.data(), pcmu.size())));
  };
  services.simulate = [data](const api::SimulationRequest& request) {
    return simulate_for_api(data, request);
  };
  return services;
}

std::filesystem::path find_web(const std::filesystem::path& given) {
  if (!given.empty()) return given;
  std::error_code error;
  const auto program = std::filesystem::canonical("/proc/self/exe", error).parent_path();
  for (const auto& place : {program / "web", program / ".." / "share" / "strowger" / "web"}) {
    if (std::filesystem::is_regular_file(place / "index.html", error)) return place;
  }
  return {};
}

}  // namespace strowger::cli
