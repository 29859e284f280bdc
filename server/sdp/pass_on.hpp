// Descriptions between the two ends of a bridge: what one end says goes on to the other with our
// address and port in it, so that they agree on a codec by themselves (RFC 3264), and we only have
// to relay the packets. Pure: descriptions in, a description out.
#pragma once

#include "sdp/negotiate.hpp"

namespace strowger::sdp {

// Of `theirs` goes on: the first audio section that can be relayed, with its payload types in their
// order, also those of codecs that we do not speak. Every other section gets port 0, in its place.
// `ours`: where we are reached by the other end, and our last description to it.
// `answering`: the offer of the other end that this answers; nothing when it is an offer itself.
Result<Session, Refusal> pass_on(const Session& theirs, const LocalMedia& ours,
                                 const Session* answering = nullptr);

// Where the writer of a description wants its packets, and what it calls them. `codec` is its first
// one, known to us or not; `local` is left empty. RTCP has a port of its own: a relay keeps it so.
Result<AgreedStream, Refusal> read_stream(const Session& theirs, const LocalMedia& ours);

// Whoever wrote it wants to talk and to listen again (RFC 3264 §8.4).
void take_from_hold(Session& session);

// `ours`, without the payload types that are not among the two: what an end that has agreed with us
// already can be promised to.
Session narrowed(const Session& ours, int payload_type, std::optional<int> telephone_event_pt);

}  // namespace strowger::sdp
