// Offers between two ends that may have no codec in common: with codecs that we can make out of the
// other's, and answers to them in terms of who offered (docs/decisions/0035-transcoding.md). Pure.
#pragma once

#include "sdp/negotiate.hpp"

#include <vector>

namespace strowger::sdp {

// `offer` with those of `ours` that it lacks, after its own, and with telephone-events at their
// clocks where it has some itself. Of an offer in none of them nothing could be made: it stays as
// it is.
void add_codecs(Session& offer, const std::vector<Codec>& ours);

// `offer` with telephone-events, at the clocks of its codecs, where it has none: keys are wanted
// from who answers it, whether or not whoever made it takes any.
void add_events(Session& offer);

// What somebody who made `offer` is answered, when the other end has answered that offer, with
// codecs added to it, by `answer`. What the two share stays as it is. Else it is the first of
// `ours` that was offered; no_common_codec when there is none.
Result<Session, Refusal> answer_in_terms_of(const Session& offer, const Session& answer,
                                            const std::vector<Codec>& ours);

// `said` as far as `answer` to it goes, in the order of the answer: what is spoken from now on.
Session agreed(const Session& said, const Session& answer);

// What packets with a payload type hold, by the description of who hears them.
struct Heard {
  int payload_type = 0;
  Codec codec;
  bool events = false;  // it is telephone-event
};
std::vector<Heard> formats_in(const Session& description);

}  // namespace strowger::sdp
