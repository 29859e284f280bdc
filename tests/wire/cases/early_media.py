"""Media before the code: 183 with SDP, the file heard whole, then the refusal (response.md 6.3;
acceptance items 4, 6, 7, 8)."""

import time

import flows
import offers
from judge import clean, expect, heard, record_of, refused, text_of
from rtp_ear import gaps_ms
from runner import TONES, case, flow
from sip_caller import Failure

PARTS = TONES["two-tones"]
TONE = flow(flows.document(flows.number(), flows.response(486, "Wir sind zu", "two-tones")))
BLIP = flow(flows.document(flows.number(), flows.response(480, "Closed", "blip")))
LONG = flow(flows.document(flows.number(), flows.response(486, "Never sent", "long")))
PLAYED = flow(flows.document(flows.number(), flows.early("lead-in", flows.response(
    404, "Both heard", "blip"))))


def hear_tone(world, caller, **options):
    call = caller.invite(TONE, **options)
    refused(call, 486, "Wir sind zu", 8)
    heard(call, PARTS)
    return call


@case("early media: a file is heard whole between 183 and the code, never a 200 or a 180")
def whole(world):
    with world.caller() as caller:
        call = hear_tone(world, caller)
        progress = call.seen(183)[0]
        expect("application/sdp" in progress.get("content-type"), "183 without SDP type")
        expect(call.answer.audio.direction == "sendonly",
               f"183 says a={call.answer.audio.direction}, expected sendonly")
        expect(call.final.to_tag == progress.to_tag, "183 and 486 have different To tags")


@case("early media: packets come every 20 ms, none more than 30 ms late (best of three calls)",
      alone=True)
def pace(world):
    measured = []
    with world.caller() as caller:
        for _ in range(3):
            measured.append(gaps_ms(hear_tone(world, caller).ear.packets))
    longest, mean = min(measured)
    world.note(f"RTP of one call: longest gap {longest:.1f} ms, mean {mean:.2f} ms")
    expect(longest <= 50, f"gap of {longest:.0f} ms")
    expect(19.5 < mean < 20.5, f"packets every {mean:.2f} ms instead of 20")


@case("early media: each codec, the caller's first usable one, media-level c=, recvonly offer")
def codecs(world):
    shapes = [({"payloads": (8, offers.EVENTS)}, 8), ({"payloads": (0,)}, 0),
              ({"payloads": (8, 0)}, 8), ({"media_level_c": True}, 0),
              ({"direction": "recvonly"}, 0), ({"payloads": (18, 3, 8, 9)}, 8),
              ({"payloads": (18, 9, 8)}, 9), ({"payloads": (9,)}, 9),
              ({"payloads": (96, 0), "names": {96: "opus/48000/2"}}, 96),
              ({"payloads": (96, 9), "names": {96: "opus/48000/2"},
                "extra": ["a=fmtp:96 maxaveragebitrate=8000"]}, 9)]
    with world.caller() as caller:
        calls = [(caller.invite(TONE, **shape), want) for shape, want in shapes]
        for call, want in calls:
            refused(call, 486, "Wir sind zu", 8)
            heard(call, PARTS)
            got = call.ear.packets[0].payload_type
            expect(got == want, f"payload type {got}, first usable of the offer is {want}")


@case("early media: the record tells the media, how long it was heard and the ladder")
def recorded(world):
    with world.caller() as caller:
        call = hear_tone(world, caller)
    record = record_of(world.server, call)
    ladder = [entry["line"] for entry in record["ladder"]]
    for start in ("INVITE ", "SIP/2.0 183 ", "SIP/2.0 486 "):
        expect(any(line.startswith(start) for line in ladder), f"no {start!r} in {ladder}")
    media = record.get("media") or []
    expect(media and media[0]["id"] == "two-tones", f"media in the record: {media}")
    expect(media and abs(media[0].get("sent_ms", 0) - 1500) <= 40, f"media in the record: {media}")


@case("early media: an earlier Media block and the Response share 183, port and To tag")
def two_files(world):
    with world.caller() as caller:
        call = caller.invite(PLAYED)
        refused(call, 404, "Both heard", 8)
        heard(call, TONES["lead-in"] + TONES["blip"])
        expect(len({r.body for r in call.seen(183)}) == 1, "the SDP of the 183s differs")


@case("early media: P-Early-Media is answered when the caller supports it, absent otherwise")
def gate(world):
    with world.caller() as caller:
        call = caller.invite(BLIP, headers=[("P-Early-Media", "supported")])
        refused(call, 480, "Closed")
        got = call.seen(183)[0].get("p-early-media")
        expect(got == "sendonly", f"P-Early-Media {got!r} in the 183, expected sendonly (RFC 5009)")
        call = caller.invite(BLIP)
        refused(call, 480, "Closed")
        expect(not call.seen(183)[0].all("p-early-media"), "P-Early-Media nobody asked for")


@case("early media: CANCEL gives 200 and 487 and the RTP stops within 50 ms")
def cancelled(world):
    with world.caller() as caller:
        calls = []
        for _ in range(5):
            call = caller.invite(LONG)
            call.wait_rtp(20)
            at = call.cancel()
            calls.append((call, at))
            final = call.wait_final()
            expect((final.status, final.phrase) == (487, "Request Terminated"), f"{final.start!r}")
        caller.pump(1.3)
        late = []
        for call, at in calls:
            okay = call.seen(200, "CANCEL")
            expect(okay, f"no 200 to the CANCEL | {call.ladder()}")
            expect(okay[0].to_tag == call.final.to_tag, "200 to CANCEL has another To tag"
                   " (RFC 3261 9.2)")
            late.append(1000 * (call.ear.packets[-1].at - at))
            expect(len(call.seen(487)) == 1, "487 was repeated after its ACK")
            clean(call)
        expect(sorted(late)[2] < 50 and max(late) < 250, f"RTP came until {max(late):.0f} ms"
               f" after the CANCEL, {sorted(late)[2]:.0f} ms in the middle")
    record = record_of(world.server, calls[0][0])
    expect(record["disposition"] == "abandoned", f"record: {text_of(record)[:400]}")


@case("early media: BYE on the early dialog gives 200 and 487")
def early_bye(world):
    with world.caller() as caller:
        call = caller.invite(LONG)
        call.wait_rtp(10)
        at = time.time()
        number = call.bye()
        reply = call.wait_reply(number, "BYE")
        expect(reply.status == 200, f"BYE got {reply.start!r}")
        final = call.wait_final()
        expect(final.status == 487, f"INVITE got {final.start!r} (RFC 3261 15.1.2)")
        caller.pump(0.4)
        late = 1000 * (call.ear.packets[-1].at - at)
        expect(late < 50, f"RTP came until {late:.0f} ms after the BYE")
        clean(call)


@case("early media: CANCEL before the 183, and after the code, are both harmless")
def cancel_races(world):
    with world.caller() as caller:
        call = caller.invite(LONG)
        call.cancel()
        expect(call.wait_final().status == 487, f"{call.final.start!r}")
        done = caller.invite(BLIP)
        refused(done, 480)
        done.cancel()
        caller.pump(0.3)
        okay = done.seen(200, "CANCEL") + done.seen(481, "CANCEL")
        expect(okay, "CANCEL after the code got no answer")
        expect(len(done.seen(480)) == 1, "the code was sent again after the ACK")
        stray = caller.ask("CANCEL", BLIP)
        expect(stray.status == 481, f"CANCEL of nothing got {stray.start!r}")


@case("early media: an UPDATE or re-INVITE during the media never delays the code")
def update_inside(world):
    with world.caller() as caller:
        call = caller.invite(TONE)
        call.wait_rtp(10)
        reply = call.wait_reply(call.update(), "UPDATE")
        expect(reply.status in (200, 491, 500), f"UPDATE without offer got {reply.start!r}")
        number = call.reinvite(call.offer(version=2))
        reply = call.wait_reply(number, "INVITE")
        expect(reply.status == 500 and reply.get("retry-after"), "re-INVITE before the final"
               f" answer got {reply.start!r}, must be 500 with Retry-After (RFC 3261 14.2)")
        call.wait(5, "486", lambda: call.seen(486))
        heard(call, PARTS)
        clean(call)


@case("early media: a strange RTP source neither hears nor disturbs the announcement")
def intruder(world):
    with world.caller() as caller:
        call = caller.invite(TONE)
        call.wait_rtp(5)
        stranger = caller.ear()
        for _ in range(30):
            stranger.send_silence((call.answer.audio.host, call.answer.audio.port))
            caller.pump(0.01)
        refused(call, 486, "Wir sind zu", 8)
        heard(call, PARTS)
        stranger.drain()
        expect(not stranger.packets, f"a stranger got {len(stranger.packets)} RTP packets")


@case("early media: 20 callers at once all hear the whole file")
def crowd(world):
    with world.caller() as caller:
        calls = [caller.invite(TONE) for _ in range(20)]
        for call in calls:
            refused(call, 486, "Wir sind zu", 10)
            heard(call, PARTS)
        ports = {call.answer.audio.port for call in calls}
        expect(len(ports) == len(calls), "two calls shared an RTP port")


@case("early media: the RTP port is given back after the code")
def ports_return(world):
    with world.caller() as caller:
        call = caller.invite(BLIP)
        refused(call, 480)
        before = len(call.ear.packets)
        target = (call.answer.audio.host, call.answer.audio.port)
        for _ in range(10):
            call.ear.send_silence(target)
            caller.pump(0.02)
        if len(call.ear.packets) != before:
            raise Failure("RTP went on after the code")
