// Offer and answer (RFC 3264) for one audio stream. Pure: descriptions in, a description out.
#pragma once

#include "base/result.hpp"
#include "sdp/crypto.hpp"
#include "sdp/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sdp {

// The packet time we send and announce. Receivers take any up to 200 ms (RFC 3551 §4.2).
constexpr std::chrono::milliseconds packet_time{20};

// A codec that this system speaks. Below 96 the payload type is static and needs no rtpmap.
struct Codec {
  std::string encoding;  // compared without case, e.g. "PCMU"
  std::uint32_t clock_rate = 8000;
  int channels = 1;
  int payload_type = 0;    // static, or what we use in our own offers
  std::string parameters;  // a=fmtp in our offers and answers; none when empty
  // What we send, bit/s, where the far end may name a maximum (Opus); 0: the codec has one rate.
  std::uint32_t bitrate = 0;

  bool operator==(const Codec&) const = default;
};

Codec pcmu();
Codec pcma();
Codec g722();
Codec opus(std::uint32_t bitrate);  // mono (RFC 7587)

// Whether a stream is encrypted (SRTP, keys by RFC 4568).
enum class Secrecy : std::uint8_t {
  none,      // we have no key: who asks for SRTP is refused
  in_kind,   // as the peer offers; our own offers are plain
  required,  // our offers are SRTP, and plain RTP is refused
};

// Our side of a stream.
struct LocalMedia {
  Endpoint rtp;  // as the peer has to address it
  std::vector<Codec> codecs = {pcmu(), pcma()};
  bool telephone_event = true;
  Direction direction = Direction::sendrecv;  // what we want; sendonly for early media
  bool rtcp_mux = true;                       // we can tell RTCP from RTP on one port
  Secrecy secrecy = Secrecy::none;
  SrtpKey srtp_key{};                         // of what we send; the same for the whole dialog
  std::uint64_t session_id = 0;               // the same for the whole dialog
  std::uint64_t version = 0;                  // of our first description in the dialog

  // Refuse an offer whose writer would not hear us (a=sendonly, a=inactive, c=0.0.0.0).
  bool must_be_heard = false;
  // Our last description in this dialog, as it was sent, alive during the call. When there is one,
  // `version` is ignored: the new one keeps its o= line when nothing else changed, and counts up by
  // one when something did.
  std::string_view previous;
};

enum class Refusal : std::uint8_t {
  no_audio,               // no m=audio line
  port_zero,              // every audio line is disabled
  unsupported_transport,  // neither RTP/AVP nor RTP/AVPF
  srtp_required,          // only SRTP is offered, by keys that we can't use
  srtp_missing,           // plain RTP, where we require SRTP
  unreachable_address,    // no c= line, a host name, or 0.0.0.0 while we must be heard
  no_common_codec,        // telephone-event alone is no codec
  inactive,               // the far end would not hear us while we must be heard
  answer_mismatch,        // an answer that does not fit our offer
};
std::string_view text(Refusal refusal);  // for records: "no codec in common"

// The stream that both sides have agreed on.
struct AgreedStream {
  // 0.0.0.0 or :: is possible while far_end_listens is false: send nothing then.
  Endpoint remote_rtp;
  std::optional<Endpoint> remote_rtcp;  // none when port 65535 leaves no room for it
  Codec codec;                          // one of LocalMedia::codecs
  int payload_type = 0;                 // for `codec`, both ways
  std::optional<int> telephone_event_pt;
  std::uint32_t telephone_event_clock = 8000;  // Hz
  Direction direction = Direction::sendrecv;  // ours
  std::chrono::milliseconds ptime = packet_time;  // what we send
  bool far_end_listens = true;  // the peer receives (told by direction and address)
  bool rtcp_mux = false;
  std::optional<Crypto> crypto;  // SRTP: the peer's key; ours goes with the same suite
  std::size_t media_index = 0;  // which m= section carries the stream
};

struct Negotiated : AgreedStream {
  Session local;                // ours, to be serialized (accept_answer: the offer it belongs to)
};

// Picks the first usable audio section and refuses the others with port 0, in the same order (§6).
// Of the codecs the offerer's first that we speak is taken; not Opus if our packets, made once for
// everybody, exceed its maxaveragebitrate or maxptime. When nothing is usable, the refusal of
// the section that came closest is told.
Result<Negotiated, Refusal> answer(const Session& offer, const LocalMedia& local);

// An offer of one audio section with everything we speak, our preference first, and with
// telephone-events at the clock of each.
Session offer(const LocalMedia& local);

// The peer's answer to a description made by offer().
Result<Negotiated, Refusal> accept_answer(const Session& our_offer, const Session& answer,
                                          const LocalMedia& local);

}  // namespace strowger::sdp
