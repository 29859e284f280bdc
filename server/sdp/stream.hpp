// What an m= section of somebody else says, and the parts that every description of ours is made
// of. For this room: negotiate.hpp answers with it, pass_on.hpp relays.
#pragma once

#include "sdp/negotiate.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace strowger::sdp {

constexpr int first_dynamic_payload_type = 96;
constexpr std::string_view telephone_event = "telephone-event";
constexpr std::string_view telephone_event_range = "0-15";  // RFC 4733 §2.4.1: the digits
constexpr std::uint32_t telephone_clock = 8'000;  // Hz
constexpr std::string_view comfort_noise = "CN";

const RtpMap* map_of(const Media& section, int payload_type);  // null: there is none
std::vector<int> payload_types(const Media& section);
// What it names by `payload_type`: those that we speak as we write them, "" for what nobody knows.
Codec codec_of(const Media& section, int payload_type);
// Neither telephone-event nor comfort noise.
bool is_sound(const Codec& codec);
// The codec that its writer likes best.
std::optional<int> first_sound(const Media& section);
const RtpMap* choose_telephone_event(const Media& section, std::uint32_t clock_rate);

std::optional<Refusal> refuse_transport(const Session& session, const Media& section,
                                        const LocalMedia& local);
// Our key, for the peer who has chosen or offered `theirs`.
void add_crypto(Media& section, const LocalMedia& local, const Crypto& theirs);
std::optional<Refusal> refuse_address(const Connection* connection, const LocalMedia& local);
std::optional<Endpoint> rtcp_endpoint(const Media& section, const Endpoint& rtp, bool mux);

// Ours without any section.
Session blank(const LocalMedia& local);
Media refused(const Media& offered);
void stamp_version(Session& ours, std::string_view previous);

}  // namespace strowger::sdp
