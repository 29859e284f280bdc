"""kill -9 under load: every final answer that a caller saw has its record afterwards
(hardening.md 7, row 6)."""

import random
import signal
import time

import flows
from judge import expect, refused
from load import Load
from runner import case

RATE = 300
READY_MAX_S = 5.0  # the aim is 1 s; the note says what was measured


@case("kill -9 under 300 calls/s loses no record and the server is ready again soon", alone=True)
def kill(world):
    numbers = [flows.number() for _ in range(3)]
    documents = [flows.document(numbers[0], flows.response(486, "Busy now")),
                 flows.document(numbers[1], flows.sleep(120, flows.response(480, "Slept"))),
                 flows.document(numbers[2], flows.response(603, "Heard", "blip"))]
    seen, ready = 0, []
    known = set()
    source = random.Random(7)
    with world.private(documents, media=["blip"]) as server:
        server.start()
        for number in range(world.rounds):
            load = Load(server.address(), numbers[:1] * 6 + numbers[1:])
            load.run(RATE, 1.0 + source.random())
            expect(server.alive(), f"the server died by itself: {server.log()[-800:]}")
            server.kill()
            load.serve(0.2)
            load.close()
            expect(len(load.finals) > RATE // 2,
                   f"round {number}: only {len(load.finals)} of {len(load.started)} calls ended")
            known |= set(load.finals)
            seen += len(load.finals)
            server.start()
            ready.append(server.ready_after)
            records = {record["call_id"] for record in server.calls_all()}
            lost = [call_id for call_id in known if call_id not in records]
            expect(not lost, f"round {number}: {len(lost)} of {len(known)} records lost,"
                   f" such as {lost[:3]}")
    slowest = max(ready)
    world.note(f"kill -9: {world.rounds} rounds, {seen} final answers, 0 records lost,"
               f" ready again in {1000 * slowest:.0f} ms at worst")
    expect(slowest < READY_MAX_S, f"ready again only after {slowest:.1f} s")


@case("SIGTERM under calls lets them end and exits 0", alone=True)
def drain(world):
    number = flows.number()
    document = flows.document(number, flows.response(486, "Busy now", "two-tones"))
    with world.private([document], media=["two-tones"]) as server:
        server.start()
        with world.caller(server=server) as caller:
            calls = [caller.invite(number) for _ in range(5)]
            for call in calls:
                call.wait_rtp(5)
            server.process.terminate()
            began = time.monotonic()
            for call in calls:
                final = call.wait_final(10)
                expect(final.status in (486, 503), f"during the drain: {final.start!r}")
            late = caller.invite(number)
            caller.pump(1.0, lambda: late.final is not None)
            status = server.process.wait(15)
            took = time.monotonic() - began
            expect(status == 0, f"exit status {status}")
            world.note(f"SIGTERM with 5 calls in early media: exit after {took:.1f} s")


@case("SIGHUP reloads and harms no call", alone=True)
def hang_up_signal(world):
    number = flows.number()
    document = flows.document(number, flows.response(486, "Busy now", "blip"))
    with world.private([document], media=["blip"]) as server:
        server.start()
        with world.caller(server=server) as caller:
            calls = []
            for _ in range(10):
                calls.append(caller.invite(number))
                caller.pump(0.02)
                server.process.send_signal(signal.SIGHUP)
            for call in calls:
                refused(call, 486, "Busy now")
                expect(call.seen(183), "no early media beside SIGHUP")
        expect(server.stop() == 0, "exit status is not 0")


@case("load: 300 calls/s for 5 s are all refused as configured", alone=True)
def steady(world):
    number = flows.number()
    with world.private([flows.document(number, flows.response(486, "Busy now"))]) as server:
        server.start()
        load = Load(server.address(), [number])
        before = server.memory_kb()
        load.run(RATE, 5.0)
        load.serve(1.5)
        load.close()
        wrong = [f for f in load.finals.values() if f[0] != 486]
        expect(len(load.finals) == len(load.started) and not wrong,
               f"{len(load.finals)} of {len(load.started)} answered, {len(wrong)} wrong")
        waits = sorted(at - load.started[key][1] for key, (_, at, _) in load.finals.items())
        world.note(f"300 calls/s: median {1000 * waits[len(waits) // 2]:.1f} ms, worst"
                   f" {1000 * waits[-1]:.1f} ms, memory +{server.memory_kb() - before} kB")
