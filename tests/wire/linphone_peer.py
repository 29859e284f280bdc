"""Runs linphonec, a softphone with a stack of its own, by its console: it registers, calls, holds,
transfers, says a tone and keeps what it hears."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import rtp_ear
import sipp_peer
from sip_caller import Failure

PATIENCE_S = 15
# Explicit ports: of several phones on one machine each wants 5060 otherwise.
CONFIG = """
[sip]
sip_port={udp}
sip_tcp_port={tcp}
sip_tls_port={tls}
verify_server_certs=0
verify_server_cn=0
media_encryption={encryption}
media_encryption_mandatory={mandatory}
[rtp]
audio_rtp_port={rtp}
[sound]
ec=0
[video]
enabled=0
automatically_initiate=0
"""

# What it has, and would otherwise offer.
CODECS = (("opus", 48000, 2), ("speex", 16000, 1), ("speex", 8000, 1), ("PCMU", 8000, 1),
          ("PCMA", 8000, 1), ("GSM", 8000, 1), ("G722", 8000, 1), ("G729", 8000, 1),
          ("speex", 32000, 1), ("L16", 44100, 2), ("L16", 44100, 1),
          *((f"{kind}G726-{rate}", 8000, 1) for kind in ("", "AAL2-") for rate in (16, 24, 32, 40)))


def only(codec):
    """The part of its configuration that leaves it one codec; "" for None."""
    if codec is None:
        return ""
    return "".join(f"[audio_codec_{at}]\nmime={name}\nrate={rate}\nchannels={channels}\n"
                   f"enabled={int(name == codec)}\n"
                   for at, (name, rate, channels) in enumerate(CODECS))


class Linphone:
    """`with Linphone(address, user, password, says) as phone:` registered when it begins. `codec`:
    the only one that it has, such as "G722"; None: all that it comes with."""

    def __init__(self, address, user, password, says, answers=False, secret=False, codec=None):
        program = shutil.which("linphonec")
        if not program:
            raise Failure("linphonec is not installed (package linphone-cli)")
        self.address, self.user, self.password = address, user, password
        self.place = tempfile.TemporaryDirectory(prefix="strowger-linphone-")
        self.folder = Path(self.place.name)
        (self.folder / ".local/share/linphone").mkdir(parents=True)
        rtp_ear.write_tones(self.folder / "says.wav", [(says, 60)], 8000)
        ports = {name: 0 for name in ("udp", "tcp", "tls")}
        ports[address.transport] = sipp_peer.free_port(address.host)
        (self.folder / "linphonerc").write_text(CONFIG.format(
            encryption="srtp" if secret else "none", mandatory=int(secret),
            rtp=sipp_peer.free_port(address.host) & ~1, **ports) + only(codec))
        self.command = [program, "-c", str(self.folder / "linphonerc"), "-d", "0"]
        if answers:
            self.command.append("-a")

    def __enter__(self):
        self.console = open(self.folder / "console", "wb")
        self.running = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=self.console,
                                        stderr=subprocess.STDOUT,
                                        env={**os.environ, "HOME": str(self.folder)})
        self.say("soundcard use files", f"play {self.folder}/says.wav",
                 f"record {self.folder}/heard.wav")
        at = f"{self.address.literal}:{self.address.port}"
        self.say(f"register sip:{self.user}@{at} <sip:{at};transport={self.address.transport}> "
                 f"{self.password}")
        return self

    def __exit__(self, *_):
        try:
            self.say("terminate all", "quit")
            self.running.communicate(timeout=PATIENCE_S)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self.running.kill()
            self.running.communicate()
        self.console.close()
        self.output = self.said()
        heard = self.folder / "heard.wav"
        self.pcm = rtp_ear.read_wav(heard) if heard.exists() else b""
        self.place.cleanup()

    def say(self, *commands):
        """The console reads a line only when it has done with the one before."""
        for command in commands:
            self.running.stdin.write(command.encode() + b"\n")
            self.running.stdin.flush()
            time.sleep(0.3)

    def said(self):
        return (self.folder / "console").read_text("utf-8", "replace")

    def wait(self, pattern, times=1):
        until = time.monotonic() + PATIENCE_S
        while len(re.findall(pattern, self.said())) < times:
            if time.monotonic() > until:
                raise Failure(f"{self.user} never said {pattern!r}: {self.said()[-1500:]}")
            time.sleep(0.05)

    def call(self, number):
        self.say(f"call {self.uri(number)}")

    def uri(self, number):
        return (f"sip:{number}@{self.address.literal}:{self.address.port}"
                f";transport={self.address.transport}")
