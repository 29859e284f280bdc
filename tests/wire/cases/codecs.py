"""G.722 and Opus beside PCMU and PCMA: which one a call gets, and data directories of before."""

import time

import flows
import offers
from judge import expect, heard, plainly_refused, refused
from runner import TONES, case

OPUS = {"payloads": (96, 0), "names": {96: "opus/48000/2"}}
G722 = {"payloads": (9, 0)}
WAIT_S = 60.0


def documents():
    return [flows.document(flows.number(), flows.response(486, "Zu", media))
            for media in ("short-tones", "blip")]


def codec_heard(world, server, number, parts, **offer):
    with world.caller(server=server) as caller:
        call = caller.invite(number, **offer)
        refused(call, 486, "Zu", 8)
        heard(call, parts)
        return call.ear.packets[0].payload_type


def wait_for(server, text):
    end = time.monotonic() + WAIT_S
    while text not in server.log():
        expect(time.monotonic() < end, f"the log has no {text!r}: {server.log()[-600:]}")
        time.sleep(0.05)


@case("codecs: sounds of an earlier version are encoded for G.722 and Opus beside the calls, even"
      " when what was uploaded is gone", alone=True)
def old_directory(world):
    known = documents()
    with world.private(known, ["short-tones", "blip"]) as server:
        media = server.data / "media"
        lost = [path for path in media.iterdir() if path.suffix in (".g722", ".opus-frames")]
        expect(len(lost) == 4, f"forms of two sounds: {sorted(p.name for p in media.iterdir())}")
        for path in lost:
            path.unlink()
        originals = sorted(media.glob("*.original"))
        originals[0].unlink()
        originals[1].write_bytes(b"RIFF, but no sound")
        server.start()
        wait_for(server, "2 sounds are being encoded")
        wait_for(server, "every sound is encoded")
        expect(all(path.is_file() for path in lost), "a form is still missing")
        for document, sound in zip(known, ("short-tones", "blip")):
            number = document["numbers"][0]
            for offer, want in ((OPUS, 96), (G722, 9)):
                got = codec_heard(world, server, number, TONES[sound], **offer)
                expect(got == want, f"payload type {got} instead of {want}")


@case("codecs: a form that was damaged on the disk is encoded anew", alone=True)
def damaged(world):
    known = documents()[:1]
    number = known[0]["numbers"][0]
    with world.private(known, ["short-tones"]) as server:
        for path in (server.data / "media").glob("*.opus-frames"):
            path.write_bytes(b"?" * path.stat().st_size)
        server.start()
        wait_for(server, "every sound is encoded")
        expect(codec_heard(world, server, number, TONES["short-tones"], **OPUS) == 96, "not Opus")


@case("codecs: media.codecs chooses them")
def chosen(world):
    known = documents()[:1]
    number = known[0]["numbers"][0]
    config = '[media]\ncodecs = ["g722", "pcma"]\n'
    with world.private(known, ["short-tones"], config=config) as server:
        server.start()
        parts = TONES["short-tones"]
        got = codec_heard(world, server, number, parts, payloads=(0, 8, offers.EVENTS))
        expect(got == 8, f"payload type {got}: PCMU is not in media.codecs")
        expect(codec_heard(world, server, number, parts, payloads=(0, 9, 8)) == 9, "not G.722")
        with world.caller(server=server) as caller:
            plainly_refused(caller.invite(number, payloads=(0,)), 486, "Zu")
