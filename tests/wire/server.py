"""Starts the real server on free loopback ports, feeds it through its own commands, stops it."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import prometheus
from links import Address

READY_S = 20.0
PASSWORD = "STROWGER_ADMIN_PASSWORD"
PAGE = 500  # records per `calls list`
LISTEN_V4 = ("udp:127.0.0.1:0", "tcp:127.0.0.1:0")
LISTEN_V6 = ("udp:[::1]:0", "tcp:[::1]:0")
SANITIZER = re.compile(r"(ERROR: AddressSanitizer|runtime error:|ERROR: LeakSanitizer|"
                       r"WARNING: ThreadSanitizer|terminate called|Assertion .* failed).*")


class ServerError(RuntimeError):
    pass


def parse_ready(line):
    """{'udp4': Address, …, 'http': 'host:port'} of a ready line."""
    found = {}
    for part in line.split()[1:]:
        name, _, value = part.partition("=")
        if name == "http":
            found["http"] = value
        if name == "sip":
            for item in value.split(","):
                transport, _, where = item.partition(":")
                host, _, port = where.rpartition(":")
                address = Address(transport, host.strip("[]"), int(port))
                found[transport + ("6" if ":" in address.host else "4")] = address
    return found


class Server:
    def __init__(self, program, listen=LISTEN_V4, config=None, data=None, shards=None,
                 through=(), variables=None, logs=None, log_level="debug"):
        """`through`: words before the command, such as ("prlimit", "--nofile=64");
        `variables`: more of the server's environment; `logs`: a folder, else `data`."""
        self.program = str(Path(program).resolve())
        self.listen, self.config, self.shards = listen, config, shards
        self.through, self.variables = list(through), variables or {}
        self.log_level = log_level
        self.own_data = data is None
        self.data = Path(data or tempfile.mkdtemp(prefix="strowger-wire-"))
        self.logs = Path(logs or self.data)
        self.process = self.log_path = None
        self.addresses = {}
        self.ready_after = None
        self.died = None
        self.cookie = None

    def __enter__(self):
        return self

    def __exit__(self, failure=None, *_):
        self.stop()
        finding = self.sanitizer_finding()
        self.remove()
        if finding and not failure:
            raise ServerError(finding)

    def remove(self):
        if self.own_data:
            shutil.rmtree(self.data, ignore_errors=True)

    # -- life

    def start(self):
        command = [*self.through, self.program, "serve", "--data", str(self.data)]
        if self.config:
            path = self.data / "wire.toml"
            path.write_text(self.config)
            command += ["--config", str(path)]
        for address in self.listen:
            command += ["--sip", address]
        command += ["--http", "127.0.0.1:0", "--log-level", self.log_level]
        if self.shards:
            command += ["--shards", str(self.shards)]
        self.log_path = self.logs / f"serve-{time.monotonic_ns()}.log"
        began = time.monotonic()
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log,
                                            stdin=subprocess.DEVNULL,
                                            env={**environment(), **self.variables})
        self.addresses = parse_ready(self._ready_line(began))
        self.ready_after = time.monotonic() - began
        return self

    def _ready_line(self, began):
        os.set_blocking(self.process.stdout.fileno(), False)
        text = b""
        while time.monotonic() - began < READY_S:
            chunk = self.process.stdout.read()
            text += chunk or b""
            for line in text.decode("utf-8", "replace").splitlines(keepends=True):
                if line.startswith("ready ") and line.endswith("\n"):
                    return line
            if self.process.poll() is not None:
                break
            time.sleep(0.002)
        raise ServerError(f"server not ready (exit {self.process.poll()}): {self.log()[-2000:]}")

    def stop(self, seconds=10.0):
        """SIGTERM, then SIGKILL; returns the exit status, or None when it was not running."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.died = "did not stop on SIGTERM"
        status = self.process.wait()
        self.process.stdout.close()
        self.process = None
        return status

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process = None

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def log(self):
        return self.log_path.read_text("utf-8", "replace") if self.log_path else ""

    def sanitizer_finding(self):
        found = SANITIZER.search(self.log())
        return found.group(0) if found else ""

    def memory_kb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def cpu_seconds(self):
        """Processor time of all its threads so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def get(self, path, seconds=5.0):
        """(status, body) of an HTTP GET on a connection of its own."""
        where = f"http://{self.addresses['http']}{path}"
        with urllib.request.urlopen(where, timeout=seconds) as reply:
            return reply.status, reply.read().decode()

    def metric(self, name):
        """The number of strowger_<name>, labels included."""
        found = prometheus.scrape(self.addresses["http"])
        if f"strowger_{name}" not in found:
            raise ServerError(f"/metrics has no strowger_{name}")
        return int(found[f"strowger_{name}"])

    def address(self, name="udp4"):
        if name not in self.addresses:
            raise ServerError(f"server does not listen on {name}")
        return self.addresses[name]

    def api(self, path):
        """What GET /api/v1<path> says to the first user."""
        where = f"http://{self.addresses['http']}"
        if self.cookie is None:
            body = json.dumps({"user": "admin", "password": environment()[PASSWORD]}).encode()
            headers = {"Origin": where, "Content-Type": "application/json"}
            login = urllib.request.Request(f"{where}/api/v1/session", body, headers)
            with urllib.request.urlopen(login, timeout=15.0) as reply:
                self.cookie = reply.headers["Set-Cookie"].partition(";")[0]
        asked = urllib.request.Request(f"{where}/api/v1{path}", headers={"Cookie": self.cookie})
        with urllib.request.urlopen(asked, timeout=5.0) as reply:
            return json.loads(reply.read())

    # -- commands

    def command(self, *arguments, timeout=30):
        """(exit status, stdout, stderr) of one strowger command on this data directory."""
        done = subprocess.run([self.program, *map(str, arguments), "--data", str(self.data)],
                              capture_output=True, timeout=timeout, env=environment(),
                              stdin=subprocess.DEVNULL)
        return (done.returncode, done.stdout.decode("utf-8", "replace"),
                done.stderr.decode("utf-8", "replace"))

    def must(self, *arguments):
        """What the command prints."""
        status, out, err = self.command(*arguments)
        if status != 0:
            raise ServerError(f"{' '.join(map(str, arguments))} failed ({status}):"
                              f" {(out + err).strip()}")
        return out

    def import_flow(self, document, strict=True):
        """(exit status, all output) of `callflow import`."""
        handle, name = tempfile.mkstemp(suffix=".json", dir=self.data)
        with os.fdopen(handle, "w") as file:
            json.dump(document, file)
        arguments = ["callflow", "import", name] + (["--strict"] if strict else [])
        status, out, err = self.command(*arguments)
        os.unlink(name)
        return status, out + err

    def must_import(self, document):
        status, text = self.import_flow(document)
        if status != 0:
            raise ServerError(f"import of {document.get('id')} failed ({status}): {text.strip()}")

    def add_media(self, path, name):
        status, out, err = self.command("media", "add", path, "--id", name)
        if status != 0:
            raise ServerError(f"media add {name} failed ({status}): {(out + err).strip()}")

    def add_device(self, username, password, *more):
        """A device by that username and id."""
        status, out, err = self.command("device", "add", "--id", username, "--name", username,
                                        "--username", username, "--password", password, *more)
        if status != 0:
            raise ServerError(f"device add {username} failed ({status}): {(out + err).strip()}")

    def registrations(self):
        status, out, err = self.command("registration", "list", "--json")
        if status != 0:
            raise ServerError(f"registration list failed ({status}): {(out + err).strip()}")
        return json.loads(out)

    def calls(self, limit=1000):
        """The newest call records."""
        return self._page(limit, "")[0]

    def calls_all(self):
        """Every call record, page by page."""
        found, cursor = self._page(PAGE, "")
        while cursor:
            more, cursor = self._page(PAGE, cursor)
            found += more
        return found

    def _page(self, limit, cursor):
        more = ["--cursor", cursor] if cursor else []
        status, out, err = self.command("calls", "list", "--json", "--limit", limit, *more)
        if status != 0:
            raise ServerError(f"calls list failed ({status}): {(out + err).strip()}")
        page = json.loads(out)
        return page["calls"], page["next"]

    def live(self):
        """The calls in progress, newest first."""
        status, out, err = self.command("calls", "list", "--live", "--json", "--limit", 1000)
        if status != 0:
            raise ServerError(f"calls list --live failed ({status}): {(out + err).strip()}")
        return json.loads(out)["calls"]

    def record(self, call_id):
        status, out, err = self.command("calls", "show", call_id, "--json")
        if status != 0:
            raise ServerError(f"calls show {call_id} failed ({status}): {(out + err).strip()}")
        return json.loads(out)


def environment():
    kept = {k: v for k, v in os.environ.items() if not k.startswith("STROWGER_")}
    kept.setdefault("ASAN_OPTIONS", "abort_on_error=0:detect_leaks=1:halt_on_error=1")
    kept.setdefault("UBSAN_OPTIONS", "print_stacktrace=1:halt_on_error=1")
    kept[PASSWORD] = "wire-tests-only"
    return kept
