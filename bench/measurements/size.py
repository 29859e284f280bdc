"""Does a call cost more when there are more callflows and numbers?"""

from statistics import median

import generator
from goals import table
from servers import Strowger

RATE = 4000
SIZES = [(1, 1), (1_000, 1_000), (100_000, 100_000), (1_000, 1_000_000)]  # callflows, numbers


def measure(bench):
    sizes = SIZES[:2] if bench.quick else SIZES
    costs = {}
    for turn in range(min(bench.rounds, 2)):
        for flows, numbers in sizes:
            bench.note(f"round {turn + 1}: {flows:,} callflows, {numbers:,} numbers")
            with Strowger(bench, bench.filled(flows, numbers)) as server:
                run = generator.call(server, rate=RATE, measure=bench.measure_s,
                                     warm=min(server.warm_s, bench.warm_s),
                                     number=70_000_000, numbers=numbers)
            costs.setdefault((flows, numbers), []).append(run.cpu_us if run.complete else None)
    found = {size: median(known) if (known := [c for c in of if c is not None]) else None
             for size, of in costs.items()}
    table(["callflows", "numbers", "CPU µs/call"],
          [[f"{flows:,}", numbers, cost] for (flows, numbers), cost in found.items()])
    known = [cost for cost in found.values() if cost is not None]
    spread = max(known) / min(known) if len(known) == len(sizes) else None
    # ±15 % around the middle.
    bench.goals.most("CPU per call, dearest × cheapest size", spread, 1.15 / 0.85)
    return {f"{flows} callflows {numbers} numbers": cost
            for (flows, numbers), cost in found.items()}
