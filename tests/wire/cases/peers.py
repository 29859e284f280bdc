"""Callers that somebody else wrote: SIPp with exact counts, baresip with its own ears."""

import subprocess
import tempfile
import wave

import baresip_peer
import flows
import rtp_ear
import sipp_peer
from judge import expect, text_of
from runner import TONES, case, flow

BUSY = flow(flows.document(flows.number(), flows.response(486, "Busy now")))
TONE = flow(flows.document(flows.number(), flows.response(486, "Busy now", "two-tones")))
# baresip's recorder starts anew with every 183, and ours is repeated after 0.5 s.
SHORT = flow(flows.document(flows.number(), flows.response(486, "Busy now", "short-tones")))
CALLS = 20


def sipp(world, kind, scenario, number, options=(), calls=CALLS):
    """Counts of one SIPp run, every call of which must have succeeded and left one record."""
    address = world.server.address(kind)
    counts, stem = sipp_peer.run(address, scenario, number, calls, options=options)
    records = [r for r in world.server.calls_all() if stem in text_of(r)]
    expect(len(records) == calls, f"{len(records)} records of {calls} calls by sipp")
    return counts


@case("sipp: 486 with its phrase, UDP: every call succeeds, nothing is retransmitted")
def busy(world):
    counts = sipp(world, "udp4", "busy", BUSY)
    expect(counts.retransmissions == 0, f"{counts.retransmissions} retransmissions on loopback")


@case("sipp: 486 without retransmissions of the caller (-nr), and over TCP and IPv6")
def variants(world):
    sipp(world, "udp4", "busy", BUSY, ["-nr"])
    sipp(world, "tcp4", "busy", BUSY)
    if world.has_v6:
        sipp(world, "udp6", "busy", BUSY)


@case("sipp: early media with RTP both ways, then 486, UDP and TCP")
def early(world):
    sipp(world, "udp4", "early", TONE)
    sipp(world, "tcp4", "early", TONE)


@case("sipp: CANCEL during early media, UDP and TCP")
def cancel(world):
    sipp(world, "udp4", "cancel", TONE)
    sipp(world, "tcp4", "cancel", TONE)


@case("sipp: 20 % of all messages lost: every call still succeeds once")
def lossy(world):
    counts = sipp(world, "udp4", "busy", BUSY, ["-lost", "20"], calls=50)
    expect(counts.retransmissions > 0, "nothing was lost; the test tests nothing")


@case("strowger call: shows code and message, records the media, exits by --expect-code")
def own_caller(world):
    address = world.server.address("udp4")
    target = f"sip:{TONE}@{address.literal}:{address.port}"
    with tempfile.TemporaryDirectory(prefix="strowger-call-") as folder:
        wav = f"{folder}/heard.wav"
        done = own_call(world, target, "--record", wav, "--expect-code", "486")
        text = done.stdout.decode() + done.stderr.decode()
        expect(done.returncode == 0, f"exit {done.returncode}: {text[-300:]}")
        expect("<- 183 " in text and "<- 486 Busy now (INVITE)" in text, f"ladder: {text[-500:]}")
        faults = rtp_ear.tone_faults(rtp_ear.read_wav(wav), TONES["two-tones"])
        expect(not faults, "; ".join(faults))
        done = own_call(world, target, "--expect-code", "603")
        expect(done.returncode == 1, f"--expect-code 603 gave exit {done.returncode}")


@case("strowger call: --codec opus and g722 are heard, recorded at their own rate and named in"
      " the record")
def own_caller_wideband(world):
    address = world.server.address("udp4")
    target = f"sip:{TONE}@{address.literal}:{address.port}"
    for codec, rate, name in (("opus", 48000, "opus"), ("g722", 16000, "G722")):
        with tempfile.TemporaryDirectory(prefix="strowger-call-") as folder:
            path = f"{folder}/heard.wav"
            done = own_call(world, target, "--codec", codec, "--record", path, "--from",
                            f"wide-{codec}")
            expect(done.returncode == 0, f"exit {done.returncode}: {done.stdout[-300:]}")
            with wave.open(path) as file:
                expect(file.getframerate() == rate, f"{codec} recorded at {file.getframerate()}")
            faults = rtp_ear.tone_faults(rtp_ear.read_wav(path), TONES["two-tones"])
            expect(not faults, f"{codec}: {'; '.join(faults)}")
        found = [r for r in world.server.calls() if f"wide-{codec}" in text_of(r)]
        record = world.server.record(found[0]["id"])
        expect(record["media"][0].get("codec") == name, f"media in the record: {record['media']}")


def own_call(world, *arguments):
    return subprocess.run([world.server.program, "call", *arguments], capture_output=True,
                          timeout=30, stdin=subprocess.DEVNULL)


def baresip(world, kind, codec="PCMU"):
    heard = baresip_peer.dial(world.server.address(kind), SHORT, 3, codec)
    expect(heard.closed == "486 Busy now", f"baresip was closed with {heard.closed!r}:"
           f" {heard.output[-400:]}")
    spans = [s for s in rtp_ear.tone_spans(heard.pcm, [440, 880]) if s[0]]
    expect([s[0] for s in spans] == [440, 880], f"baresip heard {spans}")
    first, second = (end - start for _, start, end in spans)
    whole, tail = (seconds for _, seconds in TONES["short-tones"])
    expect(abs(first - whole) < 0.04, f"440 Hz lasted {first:.2f} s in baresip")
    # Its jitter buffer keeps up to 160 ms back when the call is closed.
    expect(tail - 0.16 < second <= tail + 0.04, f"880 Hz lasted {second:.2f} s in baresip")


@case("baresip: hears the announcement and shows the code and message, UDP")
def baresip_udp(world):
    baresip(world, "udp4")


@case("baresip: the same through G.722")
def baresip_g722(world):
    baresip(world, "udp4", "G722")


@case("baresip: the same through Opus")
def baresip_opus(world):
    baresip(world, "udp4", "opus")


@case("baresip: the same over TCP and IPv6")
def baresip_tcp(world):
    baresip(world, "tcp4")
    if world.has_v6:
        baresip(world, "udp6")
