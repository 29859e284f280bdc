#!/usr/bin/env python3
"""Hours of everything at once, and at rest between: whatever is kept then is a leak.

    tests/wire/soak.py --strowger build/release/strowger [--seconds 7200] [--rounds 12] [--shards 2]

A round is work (calls of every end, registrations, lamps, reloads, the web pages, broken
messages; churn.py), then rest until nothing is remembered. At each rest it prints what the server
holds. Passes if no worker had a trouble, and if at the last rest there is not more memory, not one
descriptor, port, call or subscription more than after the first two rounds.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

import churn
import prometheus
import rtp_ear
from server import Server, ServerError

# A call whose far end is gone has its BYE repeated for 32 s, after 32 s without an ACK.
REST_MAX_S = 150
WARM_ROUNDS = 2
# What the allocator keeps in hand differs from round to round.
MEMORY_SLACK_KB = 4096
HELD = ("calls_active", "sip_remembered", "rtp_port_pairs", "tcp_connections", "trunk_calls",
        "calls_transcoding", "call_records_waiting")
KILO = 1024
WIDTH = 11  # of a column


class Sample:
    """What the server holds at a rest."""

    def __init__(self, server, began):
        self.minutes = (time.monotonic() - began) / 60
        found = prometheus.scrape(server.addresses["http"])
        self.held = {name: int(found[f"strowger_{name}"]) for name in HELD}
        self.finished = int(found["strowger_calls_finished_total"])
        self.messages = int(found["strowger_sip_messages_received_total"])
        self.records = int(found["strowger_call_records_written_total"])
        self.transcoded = int(found["strowger_calls_transcoded_total"])
        self.cpu = server.cpu_seconds()
        self.memory_kb = server.memory_kb()
        self.descriptors = len(os.listdir(f"/proc/{server.process.pid}/fd"))
        self.threads = len(os.listdir(f"/proc/{server.process.pid}/task"))
        self.registrations = len(server.registrations())

    def kept(self):
        return {name: value for name, value in self.held.items() if value}

    def quiet(self):
        return not self.kept() and self.registrations == 0

    def cells(self):
        return {"minutes": f"{self.minutes:.1f}", "calls": self.finished,
                "transcoded": self.transcoded, "messages": self.messages,
                "records": self.records, "memory MB": f"{self.memory_kb / KILO:.1f}",
                "descriptors": self.descriptors, "threads": self.threads,
                "phones": self.registrations, "held": sum(self.held.values()),
                "cpu s": f"{self.cpu:.0f}"}

    def head(self):
        return "  ".join(f"{name:>{WIDTH}}" for name in self.cells())

    def row(self):
        return "  ".join(f"{value:>{WIDTH}}" for value in self.cells().values())


def prepare(program, shards, tones):
    server = Server(program, shards=shards, log_level="info")
    path = tones / f"{churn.TONE}.wav"
    rtp_ear.write_tones(path, [(1000, 0.3)])
    server.add_media(path, churn.TONE)
    for at, behaviour in enumerate(churn.BEHAVIOURS):
        server.must("seat", "add", "--id", behaviour, "--first", behaviour,
                    "--extension", str(201 + at), "--alone")
        server.add_device(behaviour, churn.PASSWORD, "--owner", behaviour)
    for document in churn.documents():
        server.must_import(document)
    return server.start()


def rest(server, began):
    """The first sample that holds nothing, or the last before patience ends."""
    end = time.monotonic() + REST_MAX_S
    while True:
        sample = Sample(server, began)
        if sample.quiet() or time.monotonic() > end:
            return sample
        time.sleep(1)


def work(server, workers, seconds):
    for worker in workers:
        worker.at_work.set()
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.alive():
        time.sleep(0.5)
    for worker in workers:
        worker.at_work.clear()
    if not server.alive():
        raise ServerError(f"the server died: {server.log()[-3000:]}")


def findings(samples, workers):
    """What is wrong, a line each."""
    found = [f"{w.name}: {text}" for w in workers for text in w.troubles]
    found += [f"{w.name} did nothing" for w in workers if not w.done]
    for at, sample in enumerate(samples, 1):
        if not sample.quiet():
            found.append(f"round {at}: at rest {sample.kept()},"
                         f" {sample.registrations} registrations")
    if len(samples) <= WARM_ROUNDS:
        return found + ["too few rounds to tell growth"]
    warm, last = samples[WARM_ROUNDS - 1], samples[-1]
    if last.memory_kb > warm.memory_kb + MEMORY_SLACK_KB:
        found.append(f"memory grew from {warm.memory_kb} to {last.memory_kb} kB")
    for name in ("descriptors", "threads"):
        if getattr(last, name) > getattr(warm, name):
            found.append(f"{name} grew from {getattr(warm, name)} to {getattr(last, name)}")
    return found


def soak(server, seconds, rounds):
    """(samples, workers) after all rounds."""
    began = time.monotonic()
    workers = [kind(server) for kind in churn.WORKERS]
    for worker in workers:
        worker.start()
    samples = []
    print(Sample(server, began).head(), flush=True)
    for at in range(1, rounds + 1):
        left = began + seconds * at / rounds - time.monotonic()
        work(server, workers, max(5.0, left - REST_MAX_S / 2))
        samples.append(rest(server, began))
        print(samples[-1].row(), flush=True)
        if not samples[-1].quiet():
            print(f"    held: {samples[-1].kept()}", flush=True)
    for worker in workers:
        worker.over.set()
    for worker in workers:
        worker.join(30)
    return samples, workers


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strowger", type=Path, required=True, help="the server binary")
    parser.add_argument("--seconds", type=int, default=7200, help="of all (7200)")
    parser.add_argument("--rounds", type=int, default=12, help="of work and rest (12)")
    parser.add_argument("--shards", type=int, default=2, help="of the server (2)")
    options = parser.parse_args()
    tones = Path(tempfile.mkdtemp(prefix="strowger-soak-"))
    server = prepare(options.strowger, options.shards, tones)
    try:
        samples, workers = soak(server, options.seconds, options.rounds)
        found = findings(samples, workers)
        if server.stop(60) != 0:
            found.append(f"its end: {server.died or 'not 0'}")
        found += [text for text in [server.sanitizer_finding()] if text]
    finally:
        server.stop()
        server.remove()
        shutil.rmtree(tones)
    print("done: " + ", ".join(f"{w.done} {w.name}" for w in workers))
    for text in found:
        print(f"FINDING {text}")
    print("soak: " + (f"{len(found)} findings" if found else "nothing leaked, nothing failed"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
