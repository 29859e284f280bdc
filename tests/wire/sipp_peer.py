"""Runs SIPp as a caller and reads its exact counts."""

import contextlib
import csv
import random
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from sip_caller import Failure, token

SCENARIOS = Path(__file__).parent / "sipp"
PROGRAM_PORTS = range(20100, 32700)


def free_port(host, kind=socket.SOCK_DGRAM):
    """For a program that binds it in a moment: none that the kernel may give to somebody else
    meanwhile (ip_local_port_range), and none of baresip's for RTP."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in random.sample(PROGRAM_PORTS, 100):
        with socket.socket(family, kind) as sock, contextlib.suppress(OSError):
            sock.bind((host, port))
            return port
    raise RuntimeError(f"no port is free at {host} among 100 of {PROGRAM_PORTS}")


def free_media_port(host):
    """SIPp binds this one and the next three: audio and video, each with RTCP."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        first = free_port(host)
        try:
            with contextlib.ExitStack() as held:
                for port in range(first, first + 4):
                    held.enter_context(socket.socket(family, socket.SOCK_DGRAM)).bind((host, port))
            return first
        except (OSError, OverflowError):
            continue


class Counts:
    def __init__(self, row):
        self.created = int(row["TotalCallCreated"])
        self.successful = int(row["SuccessfulCall(C)"])
        self.failed = int(row["FailedCall(C)"])
        self.retransmissions = int(row["Retransmissions(C)"])


def run(address, scenario, number, calls=10, rate=20, options=(), seconds=60):
    """(Counts, stem of the Call-IDs) of `calls` calls; raises Failure when SIPp is missing."""
    program = shutil.which("sipp")
    if not program:
        raise Failure("sipp is not installed (package sip-tester)")
    stem = token(10)
    with tempfile.TemporaryDirectory(prefix="strowger-sipp-") as folder:
        folder = Path(folder)
        (folder / "silence.pcmu").write_bytes(b"\xff" * 8000)
        stats = folder / "stats.csv"
        mode = "t1" if address.transport == "tcp" else "u1"
        command = [program, f"{address.literal}:{address.port}",
                   "-sf", str(SCENARIOS / f"{scenario}.xml"), "-s", number, "-m", str(calls),
                   "-r", str(rate), "-l", str(calls), "-i", address.host, "-t", mode,
                   "-p", str(free_port(address.host)), "-mi", address.host,
                   "-mp", str(free_media_port(address.host)), "-cid_str", f"%u-{stem}",
                   "-nostdin", "-trace_stat", "-stf", str(stats), "-fd", "1", "-trace_err",
                   "-error_file", str(folder / "errors.log"), "-timeout", str(seconds), *options]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds + 20,
                              stdin=subprocess.DEVNULL)
        rows = list(csv.DictReader(stats.open(), delimiter=";")) if stats.exists() else []
        log = folder / "errors.log"
        errors = log.read_text("utf-8", "replace")[:600] if log.exists() else ""
        if not rows:
            raise Failure(f"sipp gave no counts (exit {done.returncode}): {errors}"
                          f"{done.stderr.decode('utf-8', 'replace')[-300:]}")
    counts = Counts(rows[-1])
    if counts.successful != calls or counts.failed or done.returncode != 0:
        raise Failure(f"sipp {scenario}: {counts.successful} of {calls} calls succeeded,"
                      f" {counts.failed} failed, exit {done.returncode}: {errors}")
    return counts, stem


class Phone:
    """SIPp as a phone at `port` that takes one call as `scenario` says; use it as a context.
    `keys`: (name, text) of what stands in the scenario as [name]. `calls`: more than one, and
    `options`: more of SIPp's own."""

    def __init__(self, address, scenario, port, seconds=30, keys=(), calls=1, options=()):
        program = shutil.which("sipp")
        if not program:
            raise Failure("sipp is not installed (package sip-tester)")
        self.scenario, self.seconds = scenario, seconds
        self.folder = tempfile.TemporaryDirectory(prefix="strowger-sipp-")
        command = [program, f"{address.literal}:{address.port}",
                   "-sf", str(SCENARIOS / f"{scenario}.xml"), "-m", str(calls), "-i", address.host,
                   "-p", str(port), "-mi", address.host, "-mp", str(free_media_port(address.host)),
                   "-nostdin", "-trace_err", "-error_file", f"{self.folder.name}/errors.log",
                   "-timeout", str(seconds), "-timeout_error", *options]
        for name, text in keys:
            command += ["-key", name, text]
        self.process = subprocess.Popen(command, cwd=self.folder.name, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait_until_it_listens(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def _wait_until_it_listens(self, port):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with open("/proc/net/udp", encoding="ascii") as sockets:
                if any(line.split()[1].endswith(f":{port:04X}") for line in sockets
                       if ":" in line.split()[1]):
                    return
            time.sleep(0.02)
        self.process.kill()
        raise Failure(f"sipp does not listen at port {port}")

    def must_be_content(self):
        """Its whole scenario went as written."""
        try:
            status = self.process.wait(self.seconds + 5)
        except subprocess.TimeoutExpired:
            raise Failure(f"sipp {self.scenario} does not end") from None
        log = Path(self.folder.name) / "errors.log"
        errors = log.read_text("utf-8", "replace")[:600] if log.exists() else ""
        if status != 0:
            raise Failure(f"sipp {self.scenario} ended with {status}: {errors}")
