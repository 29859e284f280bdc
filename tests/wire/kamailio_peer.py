"""Debian's Kamailio as carrier and as edge in front of the server."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from sip_caller import Failure

CONFIG = Path(__file__).parent / "kamailio.cfg"
PROGRAM = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


class Kamailio:
    """At `port`, before the server at `server`; what it takes for the outside goes to `far`."""

    def __init__(self, port, server, far):
        if not PROGRAM:
            raise Failure("kamailio is not installed (package kamailio)")
        self.port = port
        self.folder = Path(tempfile.mkdtemp(prefix="strowger-kamailio-"))
        text = CONFIG.read_text()
        for word, value in (("PORT", port), ("SERVER", server), ("FAR", far)):
            text = text.replace(word, str(value))
        (self.folder / "kamailio.cfg").write_text(text)

    def __enter__(self):
        log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(
            [PROGRAM, "-f", str(self.folder / "kamailio.cfg"), "-DD", "-E", "-m", "64", "-M", "8",
             "-Y", str(self.folder), "-P", str(self.folder / "pid")],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        log.close()
        self._wait_until_it_listens()
        return self

    def __exit__(self, *_):
        # Its workers are of its own group, which nobody else is in.
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        return (self.folder / "log").read_text("utf-8", "replace")

    def _wait_until_it_listens(self):
        end = time.monotonic() + 10
        while time.monotonic() < end and self.process.poll() is None:
            with open("/proc/net/udp", encoding="ascii") as sockets:
                if any(line.split()[1].endswith(f":{self.port:04X}") for line in sockets
                       if ":" in line.split()[1]):
                    return
            time.sleep(0.05)
        raise Failure(f"kamailio does not listen: {self.log()[-800:]}")
