"""Memory and CPU at rest, per remembered transaction, per early-media call, and after a million."""

import time

import generator
from goals import table
from servers import Strowger

IDLE_S = 5.0
LONG_RUN_RATE = 12_000


def measure(bench):
    idle = at_rest(bench)
    remembered = slope(lambda calls: after(bench, calls), 4_000, 20_000)
    few, many = (200, 600) if bench.quick else (500, 1_500)
    media = slope(lambda callers: playing(bench, callers), few, many)
    flat = None if bench.quick else long_run(bench)
    table(["", "value"], [
        ["resident when idle, MB", idle["rss_kb"] / 1024],
        ["proportional (PSS), MB", idle["pss_kb"] / 1024],
        ["CPU when idle, ms per s", idle["cpu_ms_per_s"]],
        ["remembered transaction, kB", remembered],
        ["early-media call, kB", media],
        ["after 1,000,000 calls, MB", flat and flat["end_kb"] / 1024],
        ["after 250,000 calls, MB", flat and flat["quarter_kb"] / 1024]])
    goals = bench.goals
    goals.most("resident MB when idle", idle["rss_kb"] / 1024, 30)
    goals.most("idle CPU in ms per s", idle["cpu_ms_per_s"], 1.0)
    goals.most("kB per remembered transaction", remembered, 0.6)
    goals.most("kB per early-media call", media, 12)
    if flat:
        goals.most("memory after 1,000,000 calls, × that after 250,000",
                   flat["end_kb"] / flat["quarter_kb"], 1.05,
                   f"{flat['repeated_share']:.2%} repeated at {LONG_RUN_RATE:,}/s")
    return {"idle": idle, "remembered_kb": remembered, "media_call_kb": media, "long_run": flat}


def at_rest(bench):
    with Strowger(bench) as server:
        time.sleep(2)
        before = server.cpu_ns()
        time.sleep(IDLE_S)
        return {"rss_kb": server.memory_kb(), "pss_kb": server.memory_kb("Pss"),
                "cpu_ms_per_s": (server.cpu_ns() - before) / 1e6 / IDLE_S}


def slope(size_kb, few, many):
    """What one more costs: constants and what the first ones warm up fall out."""
    return (size_kb(many) - size_kb(few)) / (many - few)


def after(bench, calls):
    """Resident kB while this many finished calls are remembered (5 s each, none is over yet)."""
    with Strowger(bench) as server:
        generator.call(server, warm=0, rate=5000, measure=calls / 5000)
        return server.memory_kb()


def playing(bench, callers):
    with Strowger(bench, bench.media_data()) as server:
        # All are there at the end: the first have not yet heard their two seconds.
        run = generator.call(server, memory=True, warm=0, rate=1000, measure=callers / 1000,
                             linger=8, number=1000, packets=100)
        answered = max(run.answers["codes"].values(), default=0)
        if len(run.answers["codes"]) != 1 or answered != callers:
            raise RuntimeError(f"{callers} callers did not all hear it: {run.answers['codes']};"
                               " is the machine busy?")
        return run.marks["measured"].memory_kb


def long_run(bench):
    with Strowger(bench) as server, generator.Watch(server.memory_kb) as watch:
        run = generator.call(server, warm=0, rate=LONG_RUN_RATE,
                             measure=1_000_000 / LONG_RUN_RATE)
        end = server.memory_kb()
    return {"quarter_kb": watch.seen[len(watch.seen) // 4], "end_kb": end,
            "repeated_share": run.repeated_share}
