"""A disk that is full, and one that fails: calls go on, their records wait in memory and are
written later, and the operator is told (hardening.md 7, row 12)."""

import time

import faults
import flows
from judge import expect, plainly_refused
from runner import case

CALLS = 40
RECORDS_BACK_S = 10.0
TOLD = "call records can't be written"


@case("faults: a full disk stops no call and loses no record, and the operator is told",
      alone=True)
def full_disk(world):
    number = flows.number()
    document = flows.document(number, flows.response(486, "Busy now"))
    with faults.small_disk(16) as place:
        with world.private([document], data=place, logs=world.folder) as server:
            server.start()
            during(world, server, number, faults.filled(place), "No space left on device")


@case("faults: I/O errors stop no call and lose no record, and the operator is told", alone=True)
def io_error(world):
    number = flows.number()
    document = flows.document(number, flows.response(486, "Busy now"))
    with world.private([document]) as server:
        server.start()
        during(world, server, number, faults.io_errors(server), "Input/output error")


def during(world, server, number, fault, why):
    """Calls before, while and after `fault`."""
    with world.caller(server=server) as caller:
        made = calls(caller, number, CALLS)
        faults.wait_until(lambda: len(records(server)) >= CALLS, RECORDS_BACK_S,
                          lambda: "no records even before the fault")
        with fault:
            made += calls(caller, number, CALLS)
            waiting = server.metric("call_records_waiting")
            expect(waiting > 0, "no record waits in memory")
            lost = server.metric('dropped_total{what="record",reason="no_memory"}')
            expect(lost == 0, "records were lost")
            told = server.log()
            expect(TOLD in told and why in told, f"the log does not tell: {told[-600:]}")
            expect(made[0] in records(server), "`calls list` does not work meanwhile")
            expect(server.get("/readyz")[0] == 200, "/readyz")
        began = time.monotonic()
        made += calls(caller, number, 1)
        faults.wait_until(lambda: set(made) <= records(server), RECORDS_BACK_S,
                          lambda: f"{len(set(made) - records(server))} of {len(made)} records"
                          f" lost | {server.log()[-600:]}")
        expect(server.metric("call_records_waiting") == 0, "records still wait")
        expect("can be written again" in server.log(), "the log does not tell that it is over")
        world.note(f"{why}: {waiting} records waited, all there {time.monotonic() - began:.1f} s"
                   " after it was over")


def calls(caller, number, count):
    """Call-IDs of so many calls, one after the other, each refused as configured."""
    found = []
    for _ in range(count):
        call = caller.invite(number)
        plainly_refused(call, 486, "Busy now")
        found.append(call.call_id)
    return found


def records(server):
    return {record["call_id"] for record in server.calls()}
