"""Calls between two with relayed G.711, beside a bare relay and Kamailio with rtpengine."""

from statistics import median

import bridging
from goals import table

TALKING = 200
MANY = 500


def measure(bench):
    talk_s = 4 if bench.quick else 10
    kinds = (bridging.BareRelay, bridging.StrowgerBridge, bridging.KamailioBridge)
    talks, set_ups = {}, {}
    for turn in range(min(bench.rounds, 2)):
        for kind in kinds:
            bench.note(f"round {turn + 1}: {kind.name}, {TALKING} calls talk")
            talks.setdefault(kind.name, []).append(
                bridging.run(kind(bench, TALKING), calls=TALKING, talk=talk_s, rate=50,
                             number=bridging.NUMBER))
        for kind in kinds[1:]:
            bench.note(f"round {turn + 1}: {kind.name}, calls up and down")
            set_ups.setdefault(kind.name, []).append(up_and_down(bench, kind))
    bench.note(f"{MANY} calls")
    many = bridging.run(bridging.StrowgerBridge(bench, MANY), calls=MANY, talk=talk_s, rate=100,
                        number=bridging.NUMBER)
    report(talks, set_ups, many)
    judge(bench.goals, talks, set_ups, many)
    return {"talking": {name: [vars(one) for one in of] for name, of in talks.items()},
            "up_and_down_ms_per_1000": set_ups, "many": vars(many)}


def up_and_down(bench, kind):
    """Milliseconds of CPU for 1,000 calls; None where one failed."""
    calls, warm = (300, 100) if bench.quick else (1500, 500)
    run = bridging.run(kind(bench), calls=calls, warm=warm, rate=100, talk=0,
                       number=bridging.NUMBER)
    connected = run.seen["connected"] == calls and run.seen["ended"] == calls
    return run.cpu_ns / 1e6 / (calls - warm) * 1000 if connected else None


def of_rounds(runs, value):
    """The median of complete rounds; None when there is none."""
    known = [value(run) for run in runs if run.complete]
    return median(known) if known else None


def report(talks, set_ups, many):
    rows = []
    for name, runs in [*talks.items(), (f"strowger, {MANY} calls", [many])]:
        costs = [known for known in set_ups.get(name, []) if known is not None]
        rows.append([name, sum(run.lost for run in runs),
                     of_rounds(runs, lambda run: run.cpu_us_per_packet),
                     *(of_rounds(runs, lambda run, n=n: run.delay_ms(n))
                       for n in ("p50", "p99", "p999")),
                     median(costs) if costs else None,
                     f"{sum(run.complete for run in runs)} of {len(runs)}"])
    table([f"{TALKING} calls", "packets lost", "CPU µs/packet", "delay p50 ms", "p99", "p99.9",
           "CPU ms/1,000 calls up and down", "rounds"], rows)


def judge(goals, talks, set_ups, many):
    cost = {name: of_rounds(runs, lambda run: run.cpu_us_per_packet)
            for name, runs in talks.items()}
    bare, ours, theirs = (cost[name] for name in ("bare relay", "strowger",
                                                  "kamailio+rtpengine"))
    goals.most("CPU per relayed packet, × bare relay", ours and bare and ours / bare, 1.5)
    goals.most("CPU per relayed packet, × rtpengine", ours and theirs and ours / theirs, 0.5)
    goals.most(f"relay delay p99 in ms at {TALKING} calls",
               of_rounds(talks["strowger"], lambda run: run.delay_ms("p99")), 1.5)
    times = {}
    for name, costs in set_ups.items():
        known = [cost for cost in costs if cost is not None]
        times[name] = median(known) if known else None
    both = times["strowger"] and times["kamailio+rtpengine"]
    goals.most("CPU to set up and tear down, × Kamailio + rtpengine",
               both and times["strowger"] / times["kamailio+rtpengine"], 0.5)
    goals.holds(f"{MANY} calls at once, every packet came", many.complete,
                f"{many.seen['connected']} were up, {many.lost} of {many.seen['sent']:,} lost")
    # What one more costs, as in memory.py.
    few = median(run.talking_kb for run in talks["strowger"])
    goals.most("resident kB per bridged call", (many.talking_kb - few) / (MANY - TALKING), 40)
