"""Collects the test cases and runs them: quiet ones side by side, heavy ones alone."""

import inspect
import os
import re
import shutil
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import rtp_ear
from server import LISTEN_V4, LISTEN_V6, Server, ServerError
from sip_caller import Caller, Failure

PARALLEL = 8
CASES = []
DOCUMENTS = []
TONES = {  # media id: [(Hz, seconds)]; every shared server has them
    "two-tones": [(440, 1.0), (880, 0.5)],
    "blip": [(1000, 0.3)],
    "long": [(700, 20.0)],
    "lead-in": [(600, 0.4)],
    "short-tones": [(440, 0.25), (880, 0.2)],
}


class Case:
    def __init__(self, name, run, alone, slow):
        self.name, self.run, self.alone, self.slow = name, run, alone, slow
        self.failure = None
        self.trace = ""
        self.seconds = 0.0


def case(text, alone=False, slow=False):
    """Decorator: `text` is the sentence that a failed test prints. A slow one takes more than
    20 s: `make check` runs it, and whoever names it."""
    def keep(function):
        CASES.append(Case(text, function, alone, slow))
        return function
    return keep


def flow(document):
    """Have `document` on the shared server; returns its first number."""
    DOCUMENTS.append(document)
    return document["numbers"][0]


class World:
    """What a case gets: the shared server, tone files, and private servers on request."""

    def __init__(self, program, rounds=3, shards=None):
        self.program, self.rounds, self.shards = Path(program), rounds, shards
        self.folder = Path(tempfile.mkdtemp(prefix="strowger-tones-"))
        self.notes, self.refused = [], []
        self.lock = threading.Lock()
        self.server = None
        self.has_v6 = has_ipv6()
        for name, parts in TONES.items():
            rtp_ear.write_tones(self.tone(name), parts)

    def tone(self, name):
        return self.folder / f"{name}.wav"

    def open_shared(self):
        listen = LISTEN_V4 + (LISTEN_V6 if self.has_v6 else ())
        self.server = Server(self.program, listen, shards=self.shards)
        for name in TONES:
            self.server.add_media(self.tone(name), name)
        for document in DOCUMENTS:
            try:
                self.server.must_import(document)
            except ServerError as error:  # the case that calls it will fail too
                self.refused.append(str(error))
        self.server.start()

    def private(self, documents=(), media=(), **options):
        """A server of its own, not yet started; use it as a context manager."""
        server = Server(self.program, **{"shards": self.shards} | options)
        for name in media:
            server.add_media(self.tone(name), name)
        for document in documents:
            server.must_import(document)
        return server

    def caller(self, kind="udp4", server=None):
        return Caller((server or self.server).address(kind))

    def note(self, text):
        with self.lock:
            self.notes.append(text)

    def close(self):
        """Stops the shared server; returns what is wrong with its end, as text."""
        trouble = ""
        if self.server:
            alive = self.server.alive()
            status = self.server.stop(40)  # calls that a failed case left behind have 30 s
            finding = self.server.sanitizer_finding() if status is not None else ""
            if not alive:
                trouble = f"the shared server died: {self.server.log()[-1500:]}"
            elif self.server.died or status not in (0, -15):
                trouble = f"SIGTERM: {self.server.died or f'exit status {status}'}"
            trouble = finding or trouble
            self.server.remove()
        shutil.rmtree(self.folder, ignore_errors=True)
        return trouble


def has_ipv6():
    import socket
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
            sock.bind(("::1", 0))
        return True
    except OSError:
        return False


def run_one(item, world, verbose):
    began = time.monotonic()
    try:
        item.run(world) if inspect.signature(item.run).parameters else item.run()
    except (Failure, ServerError) as error:
        item.failure = str(error)
    except Exception as error:  # a broken test is a failed test
        item.failure = f"{type(error).__name__}: {error}"
        item.trace = traceback.format_exc()
    item.seconds = time.monotonic() - began
    if verbose:
        word = "FAIL" if item.failure else "ok"
        print(f"{word:4} {item.seconds:6.2f} s  {item.name}", flush=True)
    if item.failure:
        print(f"FAILED {item.name}: {item.failure[:1200]}", flush=True)
        if item.trace and verbose:
            print(item.trace, flush=True)


def select_cases(pattern, slow=False):
    """All but the slow ones, or those whose names match."""
    if not pattern:
        return [item for item in CASES if slow or not item.slow]
    return [item for item in CASES if re.search(pattern, item.name)]


def run_all(world, pattern=None, verbose=False, slow=False):
    """(passed, failed) after running every selected case."""
    chosen = select_cases(pattern, slow)
    try:
        world.open_shared()
    except (ServerError, OSError) as error:
        print(f"FAILED to prepare the shared server: {error}")
        world.close()
        return 0, len(chosen)
    for text in world.refused:
        print(f"FAILED to prepare: {text[:400]}")
    with ThreadPoolExecutor(min(PARALLEL, 4 * (os.cpu_count() or 1))) as pool:
        list(pool.map(lambda item: run_one(item, world, verbose),
                      [item for item in chosen if not item.alone]))
    for item in chosen:
        if item.alone:
            run_one(item, world, verbose)
    failed = sum(1 for item in chosen if item.failure) + len(world.refused)
    trouble = world.close()
    if trouble:
        print(f"FAILED the server's end: {trouble}")
    for note in world.notes:
        print(f"note: {note}")
    passed = sum(1 for item in chosen if not item.failure)
    return passed + (not trouble), failed + bool(trouble)
