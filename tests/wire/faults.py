"""What goes wrong around a server, made to order: a full disk, I/O errors, a calendar that jumps.

Each needs a privilege or a tool (root; packages strace and faketime). Where that is missing the
case fails and says so.
"""

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from server import ServerError

DAY_S = 86_400
ATTACH_S = 10.0
FAKETIME = "/usr/lib/*/faketime/libfaketimeMT.so.1"
WRITES = "write,writev,pwrite64,pwritev,fdatasync,fsync,ftruncate"
SEGMENTS_AHEAD = 50  # journal files that the server may begin meanwhile


def must_have(command, package):
    if not shutil.which(command):
        raise ServerError(f"{command} is missing: install the package {package}"
                          " (tools/setup test)")


@contextlib.contextmanager
def small_disk(megabytes):
    """A directory on a file system of its own, which is soon full."""
    place = tempfile.mkdtemp(prefix="strowger-disk-")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "strowger-test",
                           place], capture_output=True, text=True)
    if made.returncode != 0:
        os.rmdir(place)
        raise ServerError(f"can't mount a tmpfs, which takes root: {made.stderr.strip()}")
    try:
        yield Path(place)
    finally:
        subprocess.run(["umount", "--lazy", place], check=False)
        os.rmdir(place)


@contextlib.contextmanager
def filled(folder):
    """No byte more fits on the disk of `folder` while this is open."""
    filler = Path(folder) / "filler"
    with open(filler, "wb", buffering=0) as file:
        size = 1 << 20
        while size >= 1:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
    try:
        yield
    finally:
        filler.unlink()


@contextlib.contextmanager
def io_errors(server):
    """Whatever the running server writes to its journal or its store fails with EIO."""
    must_have("strace", "strace")
    words = ["strace", "-f", "-p", str(server.process.pid), "-o", "/dev/null", "-e",
             f"trace={WRITES}", "-e", f"inject={WRITES}:error=EIO"]
    for path in data_files(server.data):
        words += ["-P", str(path)]
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(words, stdout=said, stderr=said)
        try:
            wait_until(lambda: is_traced(server.process.pid), ATTACH_S,
                       lambda: f"strace can't trace the server: {text_of(said)}")
            yield
        finally:
            running.terminate()
            running.wait(ATTACH_S)


def data_files(data):
    """Those there are, and the journal files that come next."""
    journal = Path(data).resolve() / "journal"
    numbers = [int(name.stem.removeprefix("calls-")) for name in journal.glob("calls-*.log")]
    first = min(numbers, default=1)
    names = [journal / f"calls-{number:08}.log" for number in range(first, first + SEGMENTS_AHEAD)]
    return names + [Path(name) for name in glob.glob(f"{Path(data).resolve()}/*.db*")]


def is_traced(pid):
    """All threads are: new ones follow by themselves."""
    tracers = [Path(task, "status").read_text().split("TracerPid:")[1].split()[0]
               for task in glob.glob(f"/proc/{pid}/task/*")]
    return "0" not in tracers


def text_of(file):
    file.seek(0)
    return file.read()


class Calendar:
    """A wall clock for a server that the test can set; the monotonic clock is left alone."""

    def __init__(self):
        found = glob.glob(FAKETIME)
        if not found:
            raise ServerError("libfaketime is missing: install the package faketime"
                              " (tools/setup test)")
        handle, name = tempfile.mkstemp(prefix="strowger-calendar-")
        os.close(handle)
        self.file = Path(name)
        self.set(0)
        self.variables = {"LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": name,
                          "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                          "DONT_FAKE_MONOTONIC": "1"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.unlink()

    def set(self, days):
        """So many days from now, from now on. Replaced at once: it is read all the time."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{days * DAY_S:+d}\n")
        os.replace(new, self.file)


def wait_until(truth, seconds, complaint):
    """Looks every 20 ms; fails with complaint() after `seconds`."""
    end = time.monotonic() + seconds
    while not truth():
        if time.monotonic() > end:
            raise ServerError(complaint())
        time.sleep(0.02)
