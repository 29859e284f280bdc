#!/usr/bin/env python3
"""make bench: what a call costs, beside a raw-socket floor and Debian's Kamailio.

    bench/run.py [--only response,media,…] [--quick] [--build build/release]

Prints tables, then PASS or FAIL for each goal; exits 1 when a goal is missed. bench/README.md says
how it measures.
"""

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))
from goals import Goals  # noqa: E402
from measurements import (bridge, media, memory, overload, ramp, registrar, response,  # noqa: E402
                          size, start)

MEASUREMENTS = {"response": response, "media": media, "memory": memory, "start": start,
                "size": size, "ramp": ramp, "overload": overload, "bridge": bridge,
                "registrar": registrar}
TMPFS = "/dev/shm"
PROMPT_S = 2


class Bench:
    """What all measurements share."""

    def __init__(self, options):
        build = (ROOT / options.build).resolve()
        self.tools, self.strowger = build / "bench", build / "strowger"
        self.served = (ROOT / options.serve).resolve() if options.serve else self.strowger
        self.strowger_options = options.strowger.split()
        self.quick, self.began = options.quick, time.monotonic()
        self.rounds = 1 if options.quick else options.rounds
        self.warm_s, self.measure_s = (1.5, 2.0) if options.quick else (5.5, 4.0)
        self.goals, self.figures = Goals(), {}
        self.cache = build / "bench-data"
        self.cache.mkdir(exist_ok=True)
        self.place = Path(tempfile.mkdtemp(prefix="run-", dir=self.cache))

    def note(self, text):
        print(f"  {time.monotonic() - self.began:5.0f} s  {text}", file=sys.stderr, flush=True)

    def demo_data(self):
        data = self.place / "demo"
        if not data.exists():
            subprocess.run([ROOT / "tools/demo-data", data], check=True,
                           stdout=subprocess.DEVNULL,
                           env={**os.environ, "STROWGER": str(self.strowger)})
        return data

    def media_data(self):
        """Number 1000 plays two seconds of a tone and answers 480."""
        data = self.place / "media"
        if not data.exists():
            tone = self.place / "tone.wav"
            write_tone(tone, PROMPT_S)
            flow = self.place / "tone.json"
            flow.write_text('{"id":"bench","name":"Bench","numbers":["1000"],"flow":{"id":"refuse",'
                            '"module":"response","data":{"code":480,"media":"tone"},'
                            '"children":{}}}')
            for words in (["media", "add", tone, "--id", "tone"], ["callflow", "import", flow]):
                subprocess.run([self.strowger, *words, "--data", data], check=True,
                               stdout=subprocess.DEVNULL)
        return data

    def filled(self, flows, numbers):
        return self._filled(f"{flows}-callflows-{numbers}-numbers", "--flows", flows, "--numbers",
                            numbers)

    def phones(self, count):
        """Devices that can register."""
        return self._filled(f"{count}-devices", "--devices", count)

    def _filled(self, name, *options):
        """Kept for the next time. Made in memory: a commit for each callflow waits for no disk."""
        data = self.cache / name
        if not data.exists():
            self.note(f"making {name}, once")
            with tempfile.TemporaryDirectory(dir=TMPFS if os.path.isdir(TMPFS) else None) as fast:
                subprocess.run([self.tools / "bench_fill", "--data", f"{fast}/data",
                                *map(str, options)], check=True)
                shutil.move(f"{fast}/data", data)
        return data


def write_tone(path, seconds):
    samples = array("h", (round(8000 * math.sin(2 * math.pi * 440 * n / 8000))
                          for n in range(8000 * seconds)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(samples.tobytes())


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(MEASUREMENTS), metavar="NAMES",
                        help="of " + ", ".join(MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="shows that it works, in two minutes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--build", default="build/release", help="where the programs are")
    parser.add_argument("--serve", metavar="PROGRAM",
                        help="another build of the server, beside the tools of --build")
    parser.add_argument("--strowger", default="", metavar="OPTIONS",
                        help="more options of `strowger serve`, such as '--shards 2'")
    parser.add_argument("--real-time", action="store_true",
                        help="goes before all other work of the machine, where that can't rest")
    options = parser.parse_args()
    options.only = options.only.split(",")
    unknown = set(options.only) - set(MEASUREMENTS)
    if unknown:
        parser.error("no such measurement: " + ", ".join(sorted(unknown)))
    return options


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), "?")
    return (f"{os.cpu_count()} × {model}, Linux {os.uname().release}, load "
            f"{os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")


def main():
    options = read_options()
    if options.real_time:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))  # and all that it starts
    bench = Bench(options)
    print(f"bench: {machine()}{', real-time' if options.real_time else ''}", flush=True)
    try:
        for name in (name for name in MEASUREMENTS if name in options.only):
            print(f"\n== {name}: {MEASUREMENTS[name].__doc__.strip()}\n", flush=True)
            bench.figures[name] = MEASUREMENTS[name].measure(bench)
    finally:
        shutil.rmtree(bench.place, ignore_errors=True)
    bench.goals.write(bench.cache / "result.json", {"machine": machine(), **bench.figures})
    total = len(bench.goals.verdicts)
    print(f"\nbench: {total - bench.goals.failed} of {total} goals met in "
          f"{time.monotonic() - bench.began:.0f} s; figures in {bench.cache / 'result.json'}")
    return 1 if bench.goals.failed else 0


if __name__ == "__main__":
    sys.exit(main())
