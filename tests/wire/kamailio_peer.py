"""Debian's Kamailio as carrier, as edge in front of the server, and as PBX that logs in at it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from sip_caller import Failure

CONFIG = Path(__file__).parent / "kamailio.cfg"
UAC = Path(__file__).parent / "kamailio_uac.cfg"
# What db_text reads; Debian's has the same columns (/usr/share/kamailio/dbtext/kamailio/uacreg).
UACREG = ("id(int,auto) l_uuid(string) l_username(string) l_domain(string) r_username(string) "
          "r_domain(string) realm(string) auth_username(string) auth_password(string) "
          "auth_ha1(string,null) auth_proxy(string) expires(int) flags(int) reg_delay(int) "
          "contact_addr(string,null) socket(string,null)")
PROGRAM = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


class Kamailio:
    """At `port`, before the server at `server`; what it takes for the outside goes to `far`.
    `words`: more that its configuration is filled in with."""

    def __init__(self, port, server, far, config=CONFIG, **words):
        if not PROGRAM:
            raise Failure("kamailio is not installed (package kamailio)")
        self.port = port
        self.folder = Path(tempfile.mkdtemp(prefix="strowger-kamailio-"))
        text = config.read_text()
        filled = {"PORT": port, "SERVER": server, "FAR": far, "FOLDER": self.folder} | words
        for word, value in filled.items():
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


class KamailioPbx(Kamailio):
    """Registers at the server as `user` with its module uac; behind it is `far`."""

    def __init__(self, port, server, far, user, secret, realm):
        super().__init__(port, server, far, UAC, USER=user, SECRET=secret, REALM=realm)
        (self.folder / "version").write_text(
            "table_name(string) table_version(int)\nuacreg:5\n")
        row = ("1", "strowger", user, "127.0.0.1", user, "127.0.0.1", realm, user, secret, "",
               f"sip\\:127.0.0.1\\:{server}", "60", "0", "0", "", "")
        (self.folder / "uacreg").write_text(f"{UACREG}\n{':'.join(row)}\n")
