// The media of one call: its SDP negotiation, one RTP stream out, one in, and what is being played.
#pragma once
