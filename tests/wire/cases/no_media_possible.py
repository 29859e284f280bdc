"""Calls that cannot hear early media get the code at once, and the record says why
(response.md 6.2, acceptance item 6)."""

import flows
import offers
from judge import expect, heard, plainly_refused, record_of, refused, text_of
from runner import TONES, case, flow

SOON = 0.5
BLIP = flow(flows.document(flows.number(), flows.response(486, "Busy now", "blip")))
TONE = flow(flows.document(flows.number(), flows.response(486, "Busy now", "two-tones")))
RELIABLE = [("Supported", "100rel")]
UNKNOWN_KEYS = "a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:" + "A" * 64


def coded_soon(world, call):
    """The code within half a second, no 183, and a reason in the record."""
    plainly_refused(call, 486, "Busy now")
    took = call.final.at - call.started_at
    expect(took < SOON, f"the code came after {1000 * took:.0f} ms")
    record = record_of(world.server, call)
    skipped = [m for m in record.get("media", []) if m.get("skipped")]
    notes = [s.get("note") for s in record.get("path", []) if s.get("note")]
    expect(skipped or notes, f"no reason in the record: {text_of(record)[:500]}")


@case("no media: a late offer without 100rel gets the code at once")
def late_offer(world):
    with world.caller() as caller:
        coded_soon(world, caller.invite(BLIP, sdp=None))


@case("no media: no common codec")
def no_codec(world):
    with world.caller() as caller:
        coded_soon(world, caller.invite(BLIP, payloads=(18, 3)))
        names = {96: "AMR/8000"}
        coded_soon(world, caller.invite(BLIP, payloads=(96, offers.EVENTS), names=names))


@case("no media: a=inactive and a=sendonly offers")
def inactive(world):
    with world.caller() as caller:
        coded_soon(world, caller.invite(BLIP, direction="inactive"))
        coded_soon(world, caller.invite(BLIP, direction="sendonly"))


@case("no media: SRTP only, by keys of a suite that is not ours")
def srtp_only(world):
    with world.caller() as caller:
        coded_soon(world, caller.invite(BLIP, profile="RTP/SAVP", extra=[UNKNOWN_KEYS]))


@case("no media: port 0, video only, SDP of another type of body")
def odd_offers(world):
    with world.caller() as caller:
        off = offers.offer("127.0.0.1", 0)
        coded_soon(world, caller.invite(BLIP, sdp=off))
        video = "\r\n".join(["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1",
                             "t=0 0", "m=video 40000 RTP/AVP 96", "a=rtpmap:96 VP8/90000", ""])
        coded_soon(world, caller.invite(BLIP, sdp=video))


@case("no media: a media file that was deleted")
def deleted(world):
    extension = flows.number()
    document = flows.document(extension, flows.response(486, "Busy now", "gone"))
    with world.private(media=["blip"]) as server:
        server.add_media(world.tone("blip"), "gone")
        server.must_import(document)
        status, out, err = server.command("media", "remove", "gone")
        expect(status == 0, f"media remove: {(out + err).strip()[:200]}")
        server.start()
        with world.caller(server=server) as caller:
            call = caller.invite(extension)
            plainly_refused(call, 486, "Busy now")
            took = call.final.at - call.started_at
            expect(took < SOON, f"the code came after {1000 * took:.0f} ms")
            record = record_of(server, call)
            names = [one["id"] for one in record["media"]]
            expect(names == ["gone"], f"media {names}: {text_of(record)[:500]}")


@case("no media: an offer with a usable and an unusable stream still plays")
def audio_and_video(world):
    with world.caller() as caller:
        extra = ["m=video 40002 RTP/AVP 96", "a=rtpmap:96 VP8/90000"]
        call = caller.invite(TONE, extra=extra)
        refused(call, 486, "Busy now", 8)
        heard(call, TONES["two-tones"])
        streams = call.answer.media
        expect(len(streams) == 2 and streams[1].port == 0, "the video stream was not declined")


@case("no media: a late offer with 100rel hears the media after its PRACK")
def late_offer_reliable(world):
    with world.caller() as caller:
        call = caller.invite(TONE, sdp=None, headers=RELIABLE)
        refused(call, 486, "Busy now", 8)
        if call.seen(183):
            expect(call.seen(183)[0].all("rseq"), "183 with an offer must be reliable (RFC 3262 5)")
            heard(call, TONES["two-tones"])
        else:
            expect(False, "no 183 for a late offer with 100rel supported")
