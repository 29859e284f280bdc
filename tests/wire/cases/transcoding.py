"""Two phones that have no codec in common: baresips with one codec each; the record says so."""

import time
from concurrent.futures import ThreadPoolExecutor

import baresip_peer
from cases import seats
from judge import expect
from runner import case


def talk(world, kind, callers, phones, **options):
    record = seats.baresip_talks(world, kind, codecs=(callers, phones), **options)
    want = {"caller": callers, "callee": phones}
    expect(record.get("transcoded") == want, f"transcoded: {record.get('transcoded')}")


@case("transcoding: a baresip with PCMU and one with Opus talk and hear each other")
def opus(world):
    talk(world, "udp4", "PCMU", "opus")


@case("transcoding: a baresip with Opus and one with G.722 talk and hear each other")
def wideband(world):
    talk(world, "udp4", "opus", "G722")


@case("transcoding: a baresip with G.722 and one with PCMU, which insists on SRTP, hear each other")
def secret(world):
    talk(world, "udp4", "G722", "PCMU", secret=("phone",))


@case("transcoding: the same codec at both ends is not touched")
def untouched(world):
    record = seats.baresip_talks(world, "udp4", codecs=("opus", "opus"))
    expect("transcoded" not in record, f"transcoded: {record.get('transcoded')}")


@case("transcoding: media.transcode = false, and phones without a common codec get 488")
def forbidden(world):
    with seats.office(world, seats.BY_CAUSE, config="[media]\ntranscode = false\n") as server:
        address = server.address("udp4")
        with baresip_peer.Answering(address, "anna-desk", seats.PASSWORD, 0, 7, codec="opus"):
            until = time.monotonic() + 5
            while not server.registrations() and time.monotonic() < until:
                time.sleep(0.1)
            heard = baresip_peer.dial(address, seats.NUMBER, 3)
        expect(heard.closed.startswith("488"), f"closed with {heard.closed!r}")


@case("transcoding: on hold nobody hears the other, afterwards both do")
def hold(world):
    with seats.office(world, seats.BY_CAUSE) as server:
        address = server.address("udp4")
        with baresip_peer.Answering(address, "anna-desk", seats.PASSWORD, seats.TONES["phone"], 14,
                                    codec="opus") as phone:
            until = time.monotonic() + 5
            while not server.registrations() and time.monotonic() < until:
                time.sleep(0.1)
            with ThreadPoolExecutor(1) as beside:
                dialled = beside.submit(baresip_peer.dial, address, seats.NUMBER, 9,
                                        says=seats.TONES["caller"])
                time.sleep(3.5)
                phone.command("/hold")
                time.sleep(2)
                phone.command("/resume")
                caller = dialled.result()
        record = seats.only_record(server)
        asked = [line for line in record["ladder"] if line.get("leg") == 1 and line["dir"] == "in"
                 and line["line"].startswith("INVITE")]
        expect(len(asked) == 2,
               f"hold and resume: {record['ladder']}: {phone.heard.output[-600:]}")
        for who, heard, tone in (("the caller", caller, "phone"),
                                 ("the phone", phone.heard, "caller")):
            # baresip begins another recording when it is taken from hold.
            spans = seats.rtp_ear.tone_spans(heard.pcm, [seats.TONES[tone]])
            longest = max((end - start for pitch, start, end in spans if pitch), default=0)
            expect(1.5 < longest < 4.5, f"{who} heard {spans}: {heard.output[-600:]}")
        expect(record["transcoded"] == {"caller": "PCMU", "callee": "opus"}, f"{record}")
        expect(server.metric("calls_transcoded_total") == 1, "the metric says otherwise")
