"""A live call is ended from outside: `strowger calls end`; the record says by whom."""

import time

import flows
from judge import clean, expect, reason_of, text_of
from runner import case, flow

EARLY = flow(flows.document(flows.number(), flows.response(486, "Too late", "long")))
ANSWERED = flow(flows.document(flows.number(), flows.node("answer", {}, {
    "_": flows.sleep(20_000, flows.node("hangup"))})))
PATIENCE_S = 10


def end(world, number):
    """Ends the call of that number by its id in the list of live calls; returns the id."""
    until = time.monotonic() + PATIENCE_S
    while True:  # a call is told to the list a moment after it began
        found = [call for call in world.server.live() if call["to"].startswith(f"sip:{number}@")]
        if found:
            break
        expect(time.monotonic() < until, f"no live call to {number}")
    call_id = found[0]["id"]
    status, out, err = world.server.command("calls", "end", call_id)
    expect(status == 0, f"calls end failed: {out}{err}")
    return call_id


def recorded(world, call_id):
    record = world.server.record(call_id)
    expect(record.get("ended_by") == "command line", f"record: {text_of(record)[:400]}")
    return record


@case("ending: an early call that is ended gets 480 with a Q.850 cause, its media stops")
def early(world):
    with world.caller() as caller:
        call = caller.invite(EARLY)
        call.wait_status(183)
        call.wait_rtp(10)
        call_id = end(world, EARLY)
        final = call.wait_final()
        expect((final.status, final.phrase) == (480, "Ended by an operator"), final.start)
        expect(reason_of(final)["Q.850"].get("cause") == "31", f"{final.all('reason')}")
        heard = len(call.ear.packets)
        caller.pump(0.3)
        expect(len(call.ear.packets) - heard <= 2, "media goes on after the 480")
        clean(call)
        record = recorded(world, call_id)
        expect((record["code"], record["disposition"]) == (480, "rejected"), text_of(record)[:400])


@case("ending: an answered call that is ended gets a BYE; a second time is refused")
def answered(world):
    with world.caller() as caller:
        call = caller.invite(ANSWERED)
        call.wait_status(200)
        caller.pump(0.2)
        call_id = end(world, ANSWERED)
        bye = call.wait_bye()
        expect(reason_of(bye)["Q.850"].get("cause") == "16", f"{bye.all('reason')}")
        clean(call)
        expect(recorded(world, call_id)["disposition"] == "answered", "disposition")
        status, _, err = world.server.command("calls", "end", call_id)
        expect(status == 1 and "in progress" in err, f"{status} {err}")


@case("ending: a lost ACK does not hold up SIGTERM, and the record is complete", alone=True)
def lost_ack(world):
    number = flows.number()
    document = flows.document(number, flows.response(486, "Busy now"))
    with world.private([document]) as server:
        server.start()
        with world.caller(server=server) as caller:
            call = caller.invite(number, ack=False)
            call.wait_final()
            began = time.monotonic()
            status = server.stop(25)  # timer H alone would take 32 s
            took = time.monotonic() - began
        expect(status == 0 and not server.died, f"exit {status}, {server.died}")
        world.note(f"SIGTERM with an ACK that never comes: exit after {took:.1f} s")
        records = server.calls()
        expect(len(records) == 1 and records[0]["complete"], text_of(records)[:400])
