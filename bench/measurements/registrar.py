"""REGISTER with authentication, beside Kamailio; and 100,000 registrations, over a restart too."""

import json
import subprocess
import time
from statistics import median

import process
from goals import table
from servers import BUFFER_BYTES, HERE, READY_S, Kamailio, ServerError, StrowgerWithOneShard

RATE = 1000
MANY = 100_000
FORGOTTEN_S = 34  # a REGISTER's transaction is remembered for 32 s (Timer J)


class KamailioRegistrar(Kamailio):
    def command(self):
        words = super().command()
        words[words.index("-f") + 1] = HERE / "kamailio_registrar.cfg"
        return words


class StrowgerRegistrar(StrowgerWithOneShard):
    def again(self):
        """Stopped and started with what it kept; returns seconds until it is ready."""
        self.running.terminate()
        self.running.wait(30)
        began = self.spawn_here()
        while not self.answers():
            if self.running.poll() is not None or time.monotonic() - began > READY_S:
                raise ServerError(f"it did not start again: {self.output()[-2000:]}")
            time.sleep(0.002)
        return time.monotonic() - began

    def registered(self):
        done = subprocess.run([self.bench.strowger, "registration", "list", "--json", "--data",
                               self.place / "data"], check=True, capture_output=True, text=True)
        return len(json.loads(done.stdout))


def measure(bench):
    phones, warm = (2_000, 500) if bench.quick else (8_000, 2_000)
    many = 10_000 if bench.quick else MANY
    data = bench.phones(max(phones, many))
    costs = {}
    for turn in range(bench.rounds):
        for kind in (lambda: StrowgerRegistrar(bench, data), lambda: KamailioRegistrar(bench)):
            with kind() as server:
                bench.note(f"round {turn + 1}: {server.name}, {phones} phones register")
                costs.setdefault(server.name, []).append(
                    register(server, rate=RATE, phones=phones, warm=warm))
    bench.note(f"{many:,} phones register, and the server starts again")
    held = hold(bench, data, many)
    table(["", "CPU µs/registration", "p50 µs", "p99", "registered"],
          [[name, median(run["cpu_us"] for run in runs),
            *(median(run["seen"]["time_us"][p] for run in runs) for p in ("p50", "p99")),
            f"{min(run['seen']['registered'] for run in runs)} of {phones - warm}"]
           for name, runs in costs.items()])
    judge(bench.goals, costs, held, many)
    return {"costs": costs, "held": held}


def register(server, **options):
    words = [str(server.bench.tools / "bench_register"), "--port", str(server.port)]
    for name, value in options.items():
        words += ["--" + name, str(value)]
    marks, seen = [], None
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout:
            if line.startswith("{"):
                seen = json.loads(line)
            else:
                marks.append(server.cpu_ns())
    if seen is None or len(marks) != 2:
        raise RuntimeError("bench_register failed")
    if seen["refusal"]:
        server.bench.note(f"{server.name} said {seen['refusal']}")
    done = seen["registered"]
    return {"seen": seen, "cpu_us": (marks[1] - marks[0]) / 1e3 / done if done else float("inf")}


def hold(bench, data, many):
    with StrowgerRegistrar(bench, data) as server:
        before_kb = server.memory_kb()
        register(server, rate=2 * RATE, phones=many, warm=0)
        held = server.registered()
        time.sleep(FORGOTTEN_S)
        resident_kb = server.memory_kb()
        restart_s = server.again()
        process.set_receive_buffer(server.running.pid, server.port, BUFFER_BYTES)
        restored = server.registered()
    with StrowgerRegistrar(bench, data) as server:
        empty_s = server.again()
    return {"before_mb": before_kb / 1024, "held": held, "resident_mb": resident_kb / 1024,
            "restored": restored, "restart_s": restart_s, "restart_without_s": empty_s}


def judge(goals, costs, held, many):
    whole = all(run["seen"]["registered"] == run["seen"]["phones"]
                for runs in costs.values() for run in runs)
    ours, theirs = (median(run["cpu_us"] for run in costs[name])
                    for name in ("strowger", "kamailio"))
    goals.least("registrations per CPU second, × Kamailio", theirs / ours if whole else None, 1.5)
    goals.holds(f"{many:,} registrations are held, and restored",
                held["held"] == held["restored"] == many,
                f"{held['held']:,} held, {held['restored']:,} restored")
    goals.most(f"MB for {many:,} registrations", held["resident_mb"] - held["before_mb"], 150,
               f"{held['resident_mb']:.0f} MB in all: the devices themselves are configuration")
    goals.most("seconds to start with them", held["restart_s"], 2.0,
               f"{held['restart_without_s']:.2f} s without registrations")
