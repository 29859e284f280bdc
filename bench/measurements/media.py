"""Early media: N callers hear a 2 s file at once, against a sender that does nothing else."""

import json
import subprocess
from statistics import median

import generator
from goals import table
from servers import Strowger

PACKETS = 100  # 2 s
INVITES_PER_S = 4000
GAP_GOALS_MS = {200: [("p99", 21.0), ("max", 30.0)], 1000: [("p999", 25.0)]}


def measure(bench):
    counts = [200] if bench.quick else [200, 1000, 3000]
    bare, apart, ours = {}, {}, {}
    for turn in range(min(bench.rounds, 2)):
        for count in counts:
            bench.note(f"round {turn + 1}: {count} callers")
            bare.setdefault(count, []).append(bare_run(bench, count))
            apart.setdefault(count, []).append(bare_run(bench, count, "--own-ports"))
            ours.setdefault(count, []).append(strowger_run(bench, count))
    rows = [row for count in counts for row in (
        ["bare", *figures(bare[count])], ["bare, a port each", *figures(apart[count])],
        ["strowger", *figures(ours[count])])]
    table(["", "callers", "heard all", "packets", "missing", "CPU µs/packet", "gap p50 ms", "p99",
           "p99.9", "max"], rows)
    for count in counts:
        judge(bench.goals, count, ours[count], bare[count])
    return {f"{count} callers": {"bare": bare[count], "bare, a port each": apart[count],
                                 "strowger": ours[count]} for count in counts}


def bare_run(bench, count, *options):
    done = subprocess.run([bench.tools / "bench_rtp", "--streams", str(count), "--packets",
                           str(PACKETS), *options], check=True, capture_output=True, text=True)
    heard = json.loads(done.stdout)
    return {"cpu_us": heard["cpu_ns_per_packet"] / 1e3, **heard["heard"]}


def strowger_run(bench, count):
    """CPU is counted while all hear: from the first packet of the last to the end of the first."""
    with Strowger(bench, bench.media_data()) as server:
        run = generator.call(server, warm=0, rate=INVITES_PER_S, measure=count / INVITES_PER_S,
                             linger=8, number=1000, packets=PACKETS)
    begin, end = run.marks.get("measuring"), run.marks.get("measured")
    cpu_us = None
    if begin and end and end.packets - begin.packets > 10 * count:
        cpu_us = (end.cpu_ns - begin.cpu_ns) / 1e3 / (end.packets - begin.packets)
    return {"cpu_us": cpu_us, "complete": run.complete, **run.answers["heard"]}


def figures(runs):
    known = [run["cpu_us"] for run in runs if run["cpu_us"] is not None]
    return [runs[0]["callers"], min(run["exact"] for run in runs),
            min(run["packets"] for run in runs), max(run["missing"] for run in runs),
            median(known) if known else None,
            *(gap(runs, name) for name in ("p50", "p99", "p999", "max"))]


def gap(runs, name):
    """Milliseconds, median of the rounds."""
    return median((run["gap_us"][name] or 0.0) for run in runs) / 1e3


def judge(goals, count, ours, bare):
    exact = min(run["exact"] for run in ours)
    goals.holds(f"{count} callers hear exactly {PACKETS} packets, none lost", exact == count,
                f"{exact} did")
    for name, limit in GAP_GOALS_MS.get(count, []):
        goals.most(f"gap {name} in ms at {count} callers", gap(ours, name), limit)
    if count == 3000:
        goals.most("no missed tick: gap max in ms at 3000 callers", gap(ours, "max"), 40.0)
    cost = figures(ours)[4]
    goals.most(f"CPU per packet, × bare sender, {count} callers",
               cost and cost / figures(bare)[4], 1.5)
