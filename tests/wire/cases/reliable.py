"""Reliable provisional answers, and their loss (RFC 3262; acceptance item 5)."""

import flows
from judge import clean, expect, heard, plainly_refused, refused
from runner import TONES, case, flow

PARTS = TONES["two-tones"]
TONE = flow(flows.document(flows.number(), flows.response(486, "Busy now", "two-tones")))
PLAIN = flow(flows.document(flows.number(), flows.response(486, "Busy now")))
REQUIRED = [("Require", "100rel")]
SUPPORTED = [("Supported", "timer, 100rel, replaces")]


def reliable_once(call):
    """All 183 carry RSeq; copies are identical, new ones count up by one."""
    sequence = []
    for reply in call.seen(183):
        expect(reply.all("rseq"), "a 183 without RSeq although 100rel is in use")
        number = int(reply.get("rseq"))
        if not sequence or sequence[-1][0] != number:
            sequence.append((number, reply.raw))
        expect(sequence[-1][1] == reply.raw, "a repeated reliable 183 differs")
    numbers = [number for number, _ in sequence]
    expect(numbers == list(range(numbers[0], numbers[0] + len(numbers))), f"RSeq {numbers}")


@case("100rel: required and supported both give a reliable 183 and the whole file")
def reliable(world):
    with world.caller() as caller:
        for headers in (REQUIRED, SUPPORTED):
            call = caller.invite(TONE, headers=headers)
            refused(call, 486, "Busy now", 8)
            reliable_once(call)
            heard(call, PARTS)
            expect(call.seen(200, "PRACK"), "the PRACK got no 200")
            expect(len(call.seen(183)) == 1, "the 183 was repeated after its PRACK")


@case("100rel: absent gives a plain 183")
def absent(world):
    with world.caller() as caller:
        call = caller.invite(TONE)
        refused(call, 486, "Busy now", 8)
        for reply in call.seen(183):
            expect(not reply.all("rseq") and "100rel" not in reply.options("require"),
                   "a reliable 183 for a caller without 100rel (RFC 3262 3)")
        heard(call, PARTS)


@case("100rel: required by a caller of a plain refusal changes nothing")
def plain(world):
    with world.caller() as caller:
        plainly_refused(caller.invite(PLAIN, headers=REQUIRED), 486, "Busy now")


@case("100rel: two copies of the 183 are lost; the audio still comes whole")
def progress_lost(world):
    with world.caller() as caller:
        call = caller.invite(TONE, headers=REQUIRED, prack=2)
        refused(call, 486, "Busy now", 12)
        reliable_once(call)
        expect(call.ignored == 2, f"{call.ignored} copies were sent before the PRACK")
        times = [reply.at for reply in call.seen(183)][:3]
        steps = [b - a for a, b in zip(times, times[1:])]
        expect(all(0.4 < step < 1.4 for step in steps), f"copies after {steps} s, expected 0.5, 1")
        heard(call, PARTS)


@case("100rel: the PRACK never comes; the 183 is repeated and the code still goes out")
def prack_lost(world):
    with world.caller() as caller:
        call = caller.invite(TONE, headers=REQUIRED, prack="lose")
        refused(call, 486, "Busy now", 40)
        reliable_once(call)
        expect(len(call.seen(183)) >= 3, f"only {len(call.seen(183))} copies of the 183")
        took = call.final.at - call.started_at
        expect(took >= 1.0, f"the code came after {took:.2f} s without waiting for the PRACK")
        caller.pump(1.5)
        expect(call.responses[-1].status == 486 or not call.seen(183)
               or call.seen(183)[-1].at <= call.final.at, "183 repeated after the final answer")


@case("100rel: a plain 183 is repeated soon, in case it was lost")
def plain_lost(world):
    with world.caller() as caller:
        call = caller.invite(TONE)
        refused(call, 486, "Busy now", 8)
        copies = call.seen(183)
        expect(len(copies) >= 2, "the unreliable 183 was sent only once in 1.5 s of media")
        expect(len({c.body for c in copies}) == 1, "the repeated 183 has another SDP")
        expect(len({c.to_tag for c in copies}) == 1, "the repeated 183 has another To tag")


@case("100rel: a PRACK for nothing gets 481, a repeated one its 200 again")
def wrong_prack(world):
    with world.caller() as caller:
        call = caller.invite(TONE, headers=REQUIRED, prack="lose")
        progress = call.wait_status(183)
        number = call.in_dialog("PRACK", [("RAck", "99999 1 INVITE")])
        reply = call.wait_reply(number, "PRACK")
        expect(reply.status == 481, f"PRACK of an unknown RSeq got {reply.start!r} (RFC 3262 3)")
        right = [("RAck", f"{progress.get('rseq')} {progress.get('cseq')}")]
        reply = call.wait_reply(call.in_dialog("PRACK", right), "PRACK")
        expect(reply.status == 200, f"the right PRACK got {reply.start!r}")
        again = call.wait_reply(call.in_dialog("PRACK", right), "PRACK")
        expect(again.status in (200, 481), f"a second PRACK got {again.start!r}")
        refused(call, 486, "Busy now", 8)
        heard(call, PARTS)


@case("100rel: CANCEL while the 183 waits for its PRACK gives 487")
def cancel_waiting(world):
    with world.caller() as caller:
        call = caller.invite(TONE, headers=REQUIRED, prack="lose")
        call.wait_status(183)
        call.cancel()
        final = call.wait_final()
        expect(final.status == 487, f"{final.start!r}")
        caller.pump(1.2)
        expect(call.seen(183)[-1].at <= final.at + 0.02, "183 repeated after the 487")
        clean(call)
