"""The servers side by side: each started fresh on a free loopback port, stopped by its pid."""

import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import process

BUFFER_BYTES = 4 << 20
READY_S = 60.0
SERVER_PORTS = range(20000, 30000)
HERE = Path(__file__).resolve().parent


class ServerError(RuntimeError):
    pass


def free_port():
    """Below those that the kernel gives away by itself: hundreds of callers get theirs from it
    between this and the start of the server."""
    for port in random.sample(SERVER_PORTS, 100):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerError(f"no UDP port is free among 100 of {SERVER_PORTS}")


class Server:
    """`with Floor(bench) as server:` runs it."""

    name = ""
    resident = "Rss"
    warm_s = 5.5  # a finished call is forgotten after 5 s (Timer I): then each call costs its whole

    def __init__(self, bench):
        self.bench = bench
        self.port = free_port()
        self.place = None
        self.running = None

    def command(self):
        raise NotImplementedError

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.spawn()
        try:
            self.wait_until_ready()
        except ServerError:
            self.stop()
            raise

    def prepare(self):
        """What has to lie in `place` before the program starts."""

    def spawn(self):
        """Returns when it began."""
        self.place = Path(tempfile.mkdtemp(prefix=self.name + "-", dir=self.bench.place))
        self.prepare()
        return self.spawn_here()

    def spawn_here(self):
        """In the place that is prepared. Returns when it began."""
        environment = {**os.environ, "STROWGER_ADMIN_PASSWORD": "bench-only-password"}
        began = time.monotonic()
        with open(self.place / "output", "wb") as output:
            self.running = subprocess.Popen([str(word) for word in self.command()], stdout=output,
                                            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                            env=environment)
        return began

    def wait_until_ready(self):
        began = time.monotonic()
        while not self.answers():
            if self.running.poll() is not None or time.monotonic() - began > READY_S:
                raise ServerError(f"{self.name} did not start: {self.output()[-2000:]}")
            time.sleep(0.005)
        self.buffer = process.set_receive_buffer(self.running.pid, self.port, BUFFER_BYTES)

    def answers(self):
        """Does it take calls?"""
        return "ready " in self.output()

    def output(self):
        return (self.place / "output").read_text("utf-8", "replace")

    def stop(self):
        if self.running.poll() is None:
            self.running.terminate()
            try:
                self.running.wait(10)
            except subprocess.TimeoutExpired:
                self.running.kill()
        self.running.wait()
        shutil.rmtree(self.place, ignore_errors=True)

    def alive(self):
        return self.running.poll() is None

    def cpu_ns(self):
        return process.cpu_ns(self.running.pid)

    def memory_kb(self, what=None):
        return process.memory_kb(self.running.pid, what or self.resident)


class Floor(Server):
    name = "floor"
    warm_s = 1.0  # it remembers nothing

    def command(self):
        return [self.bench.tools / "bench_floor", "--port", self.port, "--buffer", BUFFER_BYTES]


class Strowger(Server):
    """With a copy of the data directory `data`: the demo account, unless told otherwise."""

    name = "strowger"

    def __init__(self, bench, data=None, config="", options=()):
        super().__init__(bench)
        self.data, self.config = data or bench.demo_data(), config
        self.options = [*options, *bench.strowger_options]
        self.http_port = free_port()

    def prepare(self):
        shutil.copytree(self.data, self.place / "data")
        # An empty file is refused as one that can't be read.
        (self.place / "bench.toml").write_text(self.config or "# as it is without a file\n")

    def command(self):
        return [self.bench.served, "serve", "--config", self.place / "bench.toml",
                "--data", self.place / "data", "--sip",
                f"udp:127.0.0.1:{self.port}", "--http", f"127.0.0.1:{self.http_port}",
                *self.options]


class StrowgerWithOneShard(Strowger):
    """What the floor and Kamailio have for CPU per call: one that reads the socket."""

    def __init__(self, bench, data=None):
        chosen = "--shards" in bench.strowger_options
        super().__init__(bench, data, options=() if chosen else ("--shards", "1"))


class Kamailio(Server):
    name = "kamailio"
    resident = "Pss"  # its processes share their memory

    def __init__(self, bench, children=1):
        super().__init__(bench)
        self.children = children  # processes that read the socket

    def command(self):
        return ["kamailio", "-f", HERE / "kamailio.cfg", "-DD", "-E", "-x", "fm", "-X", "fm",
                "-b", BUFFER_BYTES, "-m", 3000, "-n", self.children,
                "-l", f"udp:127.0.0.1:{self.port}", "-Y", self.place]

    def answers(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("127.0.0.1", self.port))
            probe.settimeout(0.1)
            me = probe.getsockname()[1]
            probe.send(f"OPTIONS sip:127.0.0.1:{self.port} SIP/2.0\r\n"
                       f"Via: SIP/2.0/UDP 127.0.0.1:{me};branch=z9hG4bKready\r\n"
                       f"From: <sip:bench@127.0.0.1>;tag=1\r\nTo: <sip:127.0.0.1>\r\n"
                       "Call-ID: ready\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n".encode())
            try:
                return bool(probe.recv(2048))
            except (TimeoutError, ConnectionRefusedError):
                return False
