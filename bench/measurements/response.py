"""A Response call, INVITE → 100 → 486 → ACK, by floor, Strowger and Kamailio in turns."""

from itertools import product
from statistics import median

import generator
from goals import table
from servers import Floor, Kamailio, StrowgerWithOneShard

MANY_PORTS = 64
P99_MS = {1000: 1.0, 4000: 5.0}


def measure(bench):
    rates = [1000, 4000]
    ports = [1] if bench.quick else [1, MANY_PORTS]
    runs = {}
    for turn in range(bench.rounds):
        for kind in (Floor, StrowgerWithOneShard, Kamailio):
            with kind(bench) as server:
                bench.note(f"round {turn + 1}: {server.name}, buffer {server.buffer >> 10} KiB")
                for rate, count in product(rates, ports):
                    run = generator.call(server, rate=rate, ports=count, measure=bench.measure_s,
                                         warm=min(server.warm_s, bench.warm_s))
                    runs.setdefault((server.name, rate, count), []).append(run)
    report(runs)
    for rate, count in product(rates, ports):
        judge(bench.goals, runs, rate, count)
    return {f"{name} {rate}/s {count} ports": summary(of)
            for (name, rate, count), of in runs.items()}


def summary(runs):
    """Medians of the rounds in which nothing was repeated; None when there is no such round."""
    good = [run for run in runs if run.complete]
    if not good:
        return None
    return {"cpu_us": median(run.cpu_us for run in good), "rounds": len(good),
            **{name: median(run.p(name) for run in good) for name in ("p50", "p99", "p999", "max")},
            "late_p99": median(run.p("p99", "late_us") for run in good)}


def report(runs):
    rows = []
    for (name, rate, ports), of in sorted(runs.items(), key=lambda item: item[0][1:]):
        found = summary(of) or {}
        floor = summary(runs["floor", rate, ports]) or {}
        ratio = found["cpu_us"] / floor["cpu_us"] if found and floor else None
        rows.append([f"{rate}/s from {ports} ports, {name}", found.get("cpu_us"), ratio,
                     *(found.get(key) for key in ("p50", "p99", "p999", "max", "late_p99")),
                     f"{found.get('rounds', 0)} of {len(of)}"])
    table(["", "CPU µs/call", "× floor", "p50 µs", "p99", "p99.9", "max", "generator late p99",
           "rounds"], rows)


def judge(goals, runs, rate, ports):
    where = f"at {rate:,}/s from {ports} port{'s' if ports > 1 else ''}"
    found = {name: summary(runs[name, rate, ports]) for name in ("floor", "strowger", "kamailio")}

    def ratio(other):
        both = found["strowger"] and found[other]
        return found["strowger"]["cpu_us"] / found[other]["cpu_us"] if both else None

    goals.most(f"CPU per Response call, × floor, {where}", ratio("floor"), 2.0)
    goals.most(f"CPU per Response call, × Kamailio, {where}", ratio("kamailio"), 0.7)
    p99 = found["strowger"] and found["strowger"]["p99"] / 1e3
    goals.most(f"p99 answer time in ms {where}", p99, P99_MS[rate])
