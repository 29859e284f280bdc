"""Three times the rate that Strowger sustains; and one source that floods beside 50 that call."""

import subprocess

import generator
from goals import table
from measurements import ramp
from servers import Strowger

FLOOD_RATE = 10_000
CALLERS = 50
STRANGER = "127.0.0.2"
ONE_IS_TRUSTED = '[inbound]\ntrusted = ["127.0.0.1"]\n'


def measure(bench):
    capacity = ramp.capacity(bench)
    if capacity == 0:
        bench.goals.holds("overload", False, "no sustainable rate was found")
        return None
    rate = 3 * capacity
    bench.note(f"{rate:,} calls/s, {capacity:,} are sustainable")
    storm = overload(bench, rate)
    bench.note(f"{FLOOD_RATE:,}/s from one source beside {CALLERS} callers")
    others = flood(bench)
    table(["", "value"], [["offered, calls/s", float(rate)],
                          ["answered 486, calls/s", storm["good_per_s"]],
                          ["refused 503, share", storm["refused_share"]],
                          ["503 p99, ms", storm["refusal_p99_ms"]],
                          ["generator late p99, ms", storm["late_p99_ms"]],
                          ["resident at half time, MB", storm["half_mb"]],
                          ["resident at the end, MB", storm["end_mb"]],
                          ["beside a flood: answered, share", others["answered_share"]],
                          ["beside a flood: p99, ms", others["p99_ms"]]])
    judge(bench.goals, storm, others, capacity)
    return {"capacity": capacity, "rate": rate, "storm": storm, "flood": others}


def judge(goals, storm, others, capacity):
    goals.holds("alive after the overload", storm["alive"])
    goals.least("overload: good calls, × capacity", storm["good_per_s"] / capacity, 0.9)
    goals.least("overload: share of the rest that gets 503 with Retry-After",
                storm["retry_after_share"], 0.999)
    goals.most("overload: p99 in ms of a 503", storm["refusal_p99_ms"], 50)
    goals.most("overload: memory at the end, × half time", storm["end_mb"] / storm["half_mb"], 1.1)
    goals.least("beside a flood: share of calls answered", others["answered_share"], 1.0)
    goals.most("beside a flood: p99 in ms", others["p99_ms"], 100)


def overload(bench, rate):
    seconds = 4 if bench.quick else 60
    with Strowger(bench) as server, generator.Watch(server.memory_kb) as watch:
        run = generator.call(server, warm=1, rate=rate, measure=seconds)
        alive = server.alive()
    good = run.code(486)
    rest = run.calls - good
    sizes = watch.seen[:seconds]
    return {"good_per_s": good / seconds, "refused_share": run.code(503) / run.calls,
            "retry_after_share": run.answers["retry_after"] / rest if rest else 1.0,
            "refusal_p99_ms": run.p("p99", "refusal_us") / 1e3 if run.code(503) else None,
            "half_mb": sizes[len(sizes) // 2] / 1024, "end_mb": sizes[-1] / 1024,
            "late_p99_ms": run.p("p99", "late_us") / 1e3, "answers": run.answers, "alive": alive}


def flood(bench):
    seconds = 4 if bench.quick else 10
    with Strowger(bench, config=ONE_IS_TRUSTED) as server:
        storm = {"source": STRANGER, "rate": FLOOD_RATE, "warm": 0, "measure": seconds + 4,
                 "linger": 0}
        with subprocess.Popen(generator.command(bench, server, storm),
                              stdout=subprocess.DEVNULL) as flooding:
            run = generator.call(server, warm=1, rate=CALLERS, ports=CALLERS, measure=seconds)
            flooding.terminate()
    return {"answered_share": run.code(486) / run.calls, "p99_ms": run.p("p99") / 1e3,
            "answers": run.answers}
