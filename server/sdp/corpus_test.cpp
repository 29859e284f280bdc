// Every offer of tests/corpus/sdp, and what becomes of it.
#include "sdp/negotiate.hpp"
#include "sdp/parse.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace strowger::sdp {
namespace {

struct Want {
  std::optional<Refusal> refusal;  // none: answered
  Direction direction = Direction::sendrecv;
};

const std::map<std::string, Want>& wants() {
  static const std::map<std::string, Want> table = {
      {"avpf.sdp", {}},
      {"basic-pcmu.sdp", {}},
      {"dtmf-only.sdp", {Refusal::no_common_codec}},
      {"fqdn.sdp", {Refusal::unreachable_address}},
      {"hold-inactive.sdp", {std::nullopt, Direction::inactive}},
      {"hold-sendonly.sdp", {std::nullopt, Direction::recvonly}},
      {"lf-only.sdp", {}},
      {"no-c.sdp", {Refusal::unreachable_address}},
      {"no-final-crlf.sdp", {}},
      {"port0.sdp", {Refusal::port_zero}},
      {"ptime-200.sdp", {}},
      {"savp-nokey.sdp", {Refusal::srtp_required}},
      {"srtp-sdes.sdp", {}},
      {"two-audio.sdp", {}},
      {"video-first.sdp", {}},
  };
  return table;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void check(const std::filesystem::path& path, const Want& want) {
  SCOPED_TRACE(path.filename().string());
  const auto offered = parse(read(path));
  ASSERT_TRUE(offered.has_value()) << text(offered.error());
  LocalMedia local;
  local.rtp = *Endpoint::parse("198.51.100.7:30000");
  local.secrecy = Secrecy::in_kind;
  const auto result = answer(*offered, local);
  ASSERT_EQ(result.has_value(), !want.refusal.has_value());
  if (want.refusal) {
    EXPECT_EQ(result.error(), *want.refusal) << text(result.error());
    return;
  }
  EXPECT_EQ(result->direction, want.direction);
  EXPECT_EQ(result->codec, pcmu());
  EXPECT_EQ(result->ptime, packet_time);
  EXPECT_EQ(result->local.media.size(), offered->media.size());
  EXPECT_EQ(result->remote_rtp, *Endpoint::parse("192.0.2.1:4000"));
}

TEST(SdpCorpus, EveryOfferBecomesWhatItMust) {
  std::size_t seen = 0;
  const std::filesystem::path folder = STROWGER_SOURCE_DIR "/tests/corpus/sdp";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".sdp") continue;
    const auto want = wants().find(entry.path().filename().string());
    ASSERT_NE(want, wants().end()) << entry.path() << " has no line in the table";
    check(entry.path(), want->second);
    ++seen;
  }
  EXPECT_EQ(seen, wants().size());
}

}  // namespace
}  // namespace strowger::sdp
