"""A flow is replaced a hundred times while callers keep calling its number (DESIGN law 4)."""

import re
import threading
import time

import flows
import rtp_ear
from judge import clean, expect
from runner import case
from server import ServerError

REVISIONS = 100
IN_FLIGHT = 24
PITCHES = [500, 700, 900, 1100, 1300]
NUMBER = flows.number()


def revision(number):
    """Two media and a message that all tell the revision: pitch number%5, twice."""
    media = f"pitch{number % len(PITCHES)}"
    return flows.document(NUMBER, flows.early(media, flows.sleep(60, flows.response(
        480, f"Revision {number}", media))))


class Publisher(threading.Thread):
    """Imports revision after revision; `live` is the last whose import has returned."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.live, self.trouble = server, 0, ""
        self.done = False

    def run(self):
        try:
            for number in range(1, REVISIONS + 1):
                self.server.must_import(revision(number))
                self.live = number
        except (ServerError, OSError) as error:
            self.trouble = str(error)
        self.done = True


def judge_call(call, live_before):
    """One finished call: message and both media come from one revision, not an old one."""
    final = call.final
    expect(final.status == 480, f"{final.start!r} in the middle of a replacement")
    match = re.match(r"Revision (\d+)\Z", final.phrase)
    expect(match, f"phrase {final.phrase!r}")
    number = int(match.group(1))
    expect(number >= live_before, f"revision {number} after {live_before} was published")
    pitch = PITCHES[number % len(PITCHES)]
    spans = rtp_ear.tone_spans(rtp_ear.decode(call.ear.packets), PITCHES)
    heard = {span[0] for span in spans if span[0]}
    expect(heard == {pitch}, f"revision {number} with media {heard} Hz instead of {pitch}")
    total = sum(end - start for label, start, end in spans if label)
    expect(abs(total - 0.4) < 0.04, f"revision {number}: {total:.2f} s of media instead of 0.40")
    clean(call)
    return number


@case("reload: 100 replacements under calls: each call follows one revision, none is dropped",
      alone=True)
def replacements(world):
    with world.private() as server:
        for index, pitch in enumerate(PITCHES):
            path = world.folder / f"pitch{index}.wav"
            rtp_ear.write_tones(path, [(pitch, 0.2)])
            server.add_media(path, f"pitch{index}")
        server.must_import(revision(0))
        server.start()
        publisher = Publisher(server)
        publisher.start()
        began, seen, total = time.monotonic(), set(), 0
        with world.caller(server=server) as caller:
            open_calls = []
            while (not publisher.done or open_calls) and time.monotonic() - began < 90:
                while len(open_calls) < IN_FLIGHT and not publisher.done:
                    live = publisher.live
                    open_calls.append((caller.invite(NUMBER), live, time.monotonic()))
                caller.pump(0.01)
                for item in [i for i in open_calls if i[0].final]:
                    open_calls.remove(item)
                    seen.add(judge_call(item[0], item[1]))
                    total += 1
                    forget(caller, item[0])
                late = [i for i in open_calls if time.monotonic() - i[2] > 5]
                expect(not late, f"{len(late)} calls got no final answer")
        expect(not publisher.trouble, publisher.trouble)
        expect(publisher.live == REVISIONS, f"only {publisher.live} revisions were published")
        world.note(f"reload: {REVISIONS} revisions in {time.monotonic() - began:.1f} s beside"
                   f" {total} calls, {len(seen)} revisions heard")
        expect(len(server.calls_all()) == total, "records and calls differ in number")


def forget(caller, call):
    """Gives the finished call's socket back; late copies of its answers no longer matter."""
    caller.ears.remove(call.ear)
    call.ear.close()
