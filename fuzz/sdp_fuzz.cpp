// Session descriptions: whatever is parsed keeps within its limits, survives a round trip, and is
// answered by the laws of RFC 3264. The size of the input chooses one of two more questions.
// Seeds: tests/corpus/sdp
// Rooms: sdp
// Longest: 2048
#include "sdp/codec_match.hpp"
#include "sdp/negotiate.hpp"
#include "sdp/parse.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

using namespace strowger;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_round_trip(const sdp::Session& session) {
  const std::string body = sdp::serialize(session);
  if (body.size() > sdp::body_bytes_max) return;
  const auto again = sdp::parse(body);
  must(again.has_value());
  must(*again == session);
}

void check_answer(const sdp::Session& session, const sdp::Negotiated& result) {
  const auto& ours = result.local.media;
  must(ours.size() == session.media.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    must(ours[i].type == session.media[i].type);
    must((ours[i].port != 0) == (i == result.media_index));
  }
  must(result.payload_type >= 0 && result.payload_type <= sdp::payload_type_max);
  must(result.remote_rtp.port != 0);
  must(!result.far_end_listens || !result.remote_rtp.address.is_unspecified());
  must(result.far_end_listens || !sdp::sends(result.direction));
  must(sdp::parse(sdp::serialize(result.local)).has_value());
}

// Between two ends: with codecs added, and answered as if the other end had taken what was added
// last.
void check_match(const sdp::Session& session) {
  const std::vector<sdp::Codec> ours{sdp::opus(32'000), sdp::g722(), sdp::pcmu(), sdp::pcma()};
  auto offer = session;
  sdp::add_codecs(offer, ours);
  must(offer.media.size() == session.media.size());
  auto answer = offer;
  for (auto& section : answer.media) std::ranges::reverse(section.formats);
  const auto told = sdp::answer_in_terms_of(session, answer, ours);
  if (!told) return;
  (void)sdp::formats_in(*told);
  must(sdp::agreed(session, *told).media.size() == session.media.size());
  const auto body = sdp::serialize(*told);
  must(body.size() > sdp::body_bytes_max || sdp::parse(body).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto session = sdp::parse(body);
  if (!session) {
    (void)sdp::text(session.error());
    return 0;
  }
  must(session->media.size() <= sdp::media_lines_max);
  check_round_trip(*session);
  check_match(*session);

  sdp::LocalMedia local;
  local.rtp = *Endpoint::parse("198.51.100.7:30000");
  if (const auto result = sdp::answer(*session, local)) check_answer(*session, *result);
  if (size % 2 == 0) {
    (void)sdp::accept_answer(sdp::offer(local), *session, local);
    return 0;
  }
  local.must_be_heard = true;
  if (const auto result = sdp::answer(*session, local)) must(result->far_end_listens);
  return 0;
}
