"""The highest rate at which fewer than 0.1 % of messages are sent twice, and what comes above."""

import os

import generator
from goals import table
from servers import Kamailio, Strowger

RATES = [4_000, 8_000, 12_000, 16_000, 20_000, 24_000, 28_000, 32_000]
REPEATED_MAX = 0.001
GOAL_RATE = 20_000


def measure(bench):
    rates = RATES[::4][:2] if bench.quick else RATES
    found = {"strowger": climb(bench, Strowger, rates)}
    if not bench.quick:
        found["kamailio"] = climb(bench, kamailio_on_every_core, rates)
    for name, steps in found.items():
        table([f"{name}, calls/s", "answered", "503", "repeated %", "p50 ms", "p99 ms",
               "503 p99 ms", "CPU cores", "MB"],
              [step_row(rate, step) for rate, step in steps.items()])
    goals = bench.goals
    ours = found["strowger"]
    best = highest(ours)
    goals.least("calls/s with < 0.1 % repeated", best, GOAL_RATE)
    at_goal = ours.get(GOAL_RATE)
    p99 = at_goal["p99_ms"] if at_goal and sound(at_goal) else None
    goals.most(f"p99 in ms at {GOAL_RATE:,}/s", p99, 8.0)
    above = [step for rate, step in ours.items() if rate > best]
    if above:
        goals.least("above that: share of calls that get 486 or 503",
                    min(step["answered"] + step["refused"] for step in above), 0.99)
    return {name: {"highest": highest(steps), "steps": steps} for name, steps in found.items()}


def kamailio_on_every_core(bench):
    return Kamailio(bench, children=os.cpu_count())


def climb(bench, start, rates):
    """Two steps beyond the limit show how it behaves there."""
    steps = {}
    for rate in rates:
        steps[rate] = one(bench, start(bench), rate)
        if sum(not sound(step) for step in steps.values()) == 2:
            break
    return steps


def one(bench, server, rate):
    bench.note(f"{server.name} at {rate:,}/s")
    with server:
        run = generator.call(server, memory=True, rate=rate, warm=1 if bench.quick else 3,
                             measure=2 if bench.quick else 3)
        alive = server.alive()
    return {"answered": run.code(486) / run.calls, "refused": run.code(503) / run.calls,
            "repeated": run.repeated_share, "cores": run.cores, "alive": alive,
            "p50_ms": run.p("p50") / 1e3, "p99_ms": run.p("p99") / 1e3,
            "refusal_p99_ms": run.p("p99", "refusal_us") / 1e3 if run.code(503) else None,
            "mb": run.marks["measured"].memory_kb / 1024}


def sound(step):
    return step["repeated"] < REPEATED_MAX and step["answered"] == 1.0


def highest(steps):
    best = 0
    for rate, step in steps.items():
        if not sound(step):
            break
        best = rate
    return best


def step_row(rate, step):
    return [f"{rate:,}", step["answered"], step["refused"], 100 * step["repeated"],
            step["p50_ms"], step["p99_ms"], step["refusal_p99_ms"], step["cores"], step["mb"]]


def capacity(bench):
    """What Strowger sustains here, for measurements that build on it."""
    known = bench.figures.get("ramp")
    if known:
        return known["strowger"]["highest"]
    return highest(climb(bench, Strowger, RATES))
