"""Runs bench_load against a server, and takes the server's CPU time at the edges of its counted
part."""

import json
import subprocess
import threading
from dataclasses import dataclass, field


@dataclass
class Run:
    """What one run of the generator saw; times in microseconds."""

    answers: dict
    cpu_us: float = 0.0  # of the server, per counted call
    cores: float = 0.0   # that the server kept busy
    marks: dict = field(default_factory=dict)

    @property
    def calls(self):
        return self.answers["calls"]

    @property
    def repeated_share(self):
        repeated = self.answers["invites_repeated"] + self.answers["finals_repeated"]
        return repeated / self.calls

    @property
    def complete(self):
        """Every call was answered and nothing had to be sent twice."""
        return self.repeated_share == 0 and self.answers["unanswered"] == 0

    def code(self, status):
        return self.answers["codes"].get(str(status), 0)

    def p(self, name, what="answer_us"):
        value = self.answers[what][name]
        return float("inf") if value is None else value


@dataclass
class Mark:
    """The server at one moment."""

    cpu_ns: int
    packets: int  # heard by all callers so far
    memory_kb: int


def command(bench, server, options):
    words = [bench.tools / "bench_load", "--port", server.port]
    for name, value in options.items():
        words += ["--" + name, value]
    return [str(word) for word in words]


def call(server, memory=False, **options):
    """Options are those of bench_load. With `memory` the marks have the server's resident size."""
    options.setdefault("warm", server.warm_s)
    with subprocess.Popen(command(server.bench, server, options), stdout=subprocess.PIPE,
                          text=True) as running:
        marks = {}
        answers = None
        for line in running.stdout:
            if line.startswith("{"):
                answers = json.loads(line)
                continue
            word, packets = line.split()
            marks[word] = Mark(server.cpu_ns(), int(packets),
                               server.memory_kb() if memory else 0)
    if answers is None:
        raise RuntimeError("the load generator failed")
    run = Run(answers, marks=marks)
    if len(marks) == 2 and run.calls:
        run.cpu_us = (marks["measured"].cpu_ns - marks["measuring"].cpu_ns) / 1e3 / run.calls
        run.cores = run.cpu_us * options.get("rate", 0) / 1e6
    return run


class Watch(threading.Thread):
    """Takes `look()` every second while it is open."""

    def __init__(self, look):
        super().__init__(daemon=True)
        self.look, self.seen, self.over = look, [], threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def run(self):
        while not self.over.wait(1.0):
            self.seen.append(self.look())
