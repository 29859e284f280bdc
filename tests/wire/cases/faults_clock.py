"""The calendar jumps by a day, forth and back: timers are monotonic, so calls do not notice; what
is labelled with a date has the new one (hardening.md 7, row 13)."""

import time

import faults
import flows
from judge import clean, expect, heard, plainly_refused, refused
from runner import TONES, case

CPU_SHARE_MAX = 0.5  # of a core, over all calls: a timer storm takes whole ones


@case("faults: the calendar jumps a day forth and back, and calls do not notice", alone=True)
def jumps(world):
    plain, tone, slow = (flows.number() for _ in range(3))
    documents = [flows.document(plain, flows.response(486, "Busy now")),
                 flows.document(tone, flows.response(486, "Busy now", "two-tones")),
                 flows.document(slow, flows.sleep(1500, flows.response(480, "Slept")))]
    with faults.Calendar() as calendar, world.private(
            documents, media=["two-tones"], variables=calendar.variables) as server:
        server.start()
        with world.caller(server=server) as caller:
            plainly_refused(caller.invite(plain), 486, "Busy now")
            for days in (1, 0, -1):
                jump(world, server, caller, calendar, days, (plain, tone, slow))
        expect(server.stop() == 0, f"exit status is not 0: {server.log()[-400:]}")


def jump(world, server, caller, calendar, days, numbers):
    plain, tone, slow = numbers
    used, began = server.cpu_seconds(), time.monotonic()
    hearing, sleeping = caller.invite(tone), caller.invite(slow)
    unacknowledged = caller.invite(plain, ack=False)
    hearing.wait_rtp(10)
    unacknowledged.wait_final()
    calendar.set(days)
    plainly_refused(caller.invite(plain), 486, "Busy now")
    after = caller.invite(tone)
    refused(hearing, 486, "Busy now", 8)
    heard(hearing, TONES["two-tones"])
    sleeping.wait_final(8)
    slept = sleeping.final.at - sleeping.started_at
    expect(1.4 < slept < 4.0, f"{days:+} days: 1.5 s of sleep took {slept:.1f} s")
    expect(sleeping.final.status == 480, f"{sleeping.final.start!r}")
    clean(sleeping)
    refused(after, 486, "Busy now", 8)
    heard(after, TONES["two-tones"])
    timer_g(unacknowledged, days)
    share = (server.cpu_seconds() - used) / (time.monotonic() - began)
    expect(share < CPU_SHARE_MAX, f"{days:+} days: {share:.2f} of a core, a timer storm?")
    dated(server, after, days)
    world.note(f"calendar {days:+} days: {share:.2f} of a core")


def timer_g(call, days):
    """Its final answer was repeated as if nothing had happened (RFC 3261 17.2.1)."""
    times = [reply.at for reply in call.seen(486)]
    expect(len(times) >= 3, f"{days:+} days: {len(times)} answers without an ACK")
    expect(0.4 < times[1] - times[0] < 1.0, f"timer G after {times[1] - times[0]:.2f} s")
    call.acknowledge_late()
    clean(call)


def dated(server, call, days):
    """A call that began after the jump has the new date."""
    found = [record for record in server.calls() if record["call_id"] == call.call_id]
    expect(found, f"{days:+} days: no record")
    off = (found[0]["started_ms"] / 1000 - time.time()) / faults.DAY_S
    expect(abs(off - days) < 0.1, f"the record is dated {off:+.2f} days off, expected {days:+}")
