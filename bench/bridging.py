"""Who carries calls between two: a bare relay, Strowger, Kamailio with rtpengine; and the run of
bench_bridged against one of them."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import process
from servers import HERE, Kamailio, Server, ServerError, Strowger, free_port

NUMBER = 7000
FLOW = {"id": "bridge", "name": "Bridge", "numbers": [str(NUMBER)],
        "flow": {"id": "phone", "module": "device", "data": {"id": "phone"}, "children": {}}}
# For rtpengine: more than 500 calls need; it skips what others hold.
RTP_PORTS = (30000, 39998)


class BareRelay(Server):
    """No signalling: packets alone."""

    name = "bare relay"

    def __init__(self, bench, calls):
        super().__init__(bench)
        self.calls = calls

    def command(self):
        return [self.bench.tools / "bench_relay", "--pairs", self.calls]

    def wait_until_ready(self):
        while not self.output().endswith("\n"):
            if self.running.poll() is not None:
                raise ServerError(f"{self.name} did not start: {self.output()}")

    def go(self, _phone_port):
        self.start()
        return "go " + self.output().removeprefix("ready ").strip()


class StrowgerBridge(Strowger):
    """The phone is a device with a fixed address: what calls cost, not how a phone is found."""

    def __init__(self, bench, _calls=0):
        super().__init__(bench)
        self.phone_port = 0

    def prepare(self):
        super().prepare()
        flow = self.place / "bridge.json"
        flow.write_text(json.dumps(FLOW))
        self._strowger("device", "add", "--id", "phone", "--name", "Phone", "--type", "sip_uri",
                       "--route", f"sip:phone@127.0.0.1:{self.phone_port}")
        self._strowger("callflow", "import", flow)

    def _strowger(self, *words):
        done = subprocess.run([self.bench.strowger, *words, "--data", self.place / "data"],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServerError(f"strowger {' '.join(map(str, words))}: {done.stderr}{done.stdout}")

    def go(self, phone_port):
        self.phone_port = phone_port
        self.start()
        return "go"


class KamailioBridge(Kamailio):
    """With rtpengine in user space: what Debian has."""

    name = "kamailio+rtpengine"

    def __init__(self, bench, _calls=0):
        super().__init__(bench)
        self.phone_port, self.media_port, self.media = 0, free_port(), None

    def prepare(self):
        text = (HERE / "kamailio_bridge.cfg").read_text()
        text = text.replace("RTPENGINE_PORT", str(self.media_port))
        text = text.replace("PHONE_PORT", str(self.phone_port))
        (self.place / "kamailio.cfg").write_text(text)
        low, high = RTP_PORTS
        with open(self.place / "rtpengine", "wb") as output:
            self.media = subprocess.Popen(
                ["rtpengine", "--table=-1", "--interface=127.0.0.1", "--foreground", "--log-stderr",
                 "--log-level=3", f"--listen-ng=127.0.0.1:{self.media_port}",
                 f"--port-min={low}", f"--port-max={high}", f"--config-file={self._no_settings()}"],
                stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def _no_settings(self):
        """Not those of a service on this machine."""
        path = Path(self.place) / "rtpengine.conf"
        path.write_text("[rtpengine]\n")
        return path

    def command(self):
        words = super().command()
        words[words.index("-f") + 1] = self.place / "kamailio.cfg"
        return words

    def answers(self):
        if self.media.poll() is not None:
            raise ServerError("rtpengine did not start: "
                              + (self.place / "rtpengine").read_text("utf-8", "replace")[-1000:])
        return super().answers()

    def stop(self):
        if self.media and self.media.poll() is None:
            self.media.terminate()
            self.media.wait(10)
        super().stop()

    def cpu_ns(self):
        return super().cpu_ns() + process.cpu_ns(self.media.pid)

    def memory_kb(self, what=None):
        return super().memory_kb(what) + process.memory_kb(self.media.pid, "Pss")

    def go(self, phone_port):
        self.phone_port = phone_port
        self.start()
        return "go"


@dataclass
class Talk:
    """What bench_bridged saw, and what the server used between its marks."""

    seen: dict
    cpu_ns: int
    packets: int  # relayed in that time
    talking_kb: int

    @property
    def complete(self):
        """Every call went up and down, every packet came."""
        return (self.seen["connected"] in (0, self.seen["calls"]) and self.lost == 0
                and self.seen["ended"] == self.seen["connected"])

    @property
    def lost(self):
        return self.seen["sent"] - self.seen["heard"]

    @property
    def cpu_us_per_packet(self):
        return self.cpu_ns / 1e3 / self.packets if self.packets else None

    def delay_ms(self, name):
        value = self.seen["delay_us"][name]
        return None if value is None else value / 1e3


def run(server, **options):
    """Options are those of bench_bridged. Starts the server when the phone's port is known."""
    words = [str(server.bench.tools / "bench_bridged"), "--port", str(server.port)]
    for name, value in options.items():
        words += ["--" + name, str(value)]
    marks, seen = {}, None
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as running:
        try:
            line = server.go(int(running.stdout.readline().split()[1]))
            running.stdin.write(line + "\n")
            running.stdin.close()
            for text in running.stdout:
                if text.startswith("{"):
                    seen = json.loads(text)
                    continue
                word, packets = text.split()
                marks[word] = (server.cpu_ns(), int(packets), server.memory_kb())
        finally:
            running.kill()
            if server.running:
                server.stop()
    if seen is None or len(marks) != 2:
        raise RuntimeError(f"bench_bridged failed against {server.name}")
    begin, end = marks["measuring"], marks["measured"]
    return Talk(seen, end[0] - begin[0], end[1] - begin[1], end[2])
