"""Runs baresip headless as a caller: what it says on its console and what it heard."""

import contextlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import rtp_ear
import sipp_peer
from sip_caller import Failure

MODULES = "/usr/lib/baresip/modules"
CONFIG = """
poll_method epoll
sip_listen {host}:0
call_local_timeout 60
audio_player aufile,{folder}/player.wav
audio_source aufile,{folder}/silence.wav
audio_alert aufile,{folder}/alert.wav
ausrc_srate {rate}
auplay_srate {rate}
ausrc_channels {channels}
auplay_channels {channels}
audio_level no
rtp_timeout 60
module_path {modules}
module g711.so
module g722.so
module opus.so
module srtp.so
module aufile.so
module sndfile.so
snd_path {folder}
module_tmp account.so
module_app menu.so
"""


CONSOLE = """
module_app cons.so
cons_listen 127.0.0.1:{port}
"""
# Without rate and channels baresip looks for 8000/1, finds none, and offers all that it has.
NAMES = {"PCMU": "PCMU/8000/1", "PCMA": "PCMA/8000/1", "G722": "G722/16000/1",
         "opus": "opus/48000/2"}
RATES = {"PCMU": (8000, 1), "G722": (16000, 1), "opus": (48000, 2)}  # and channels


def register(address, user, password, seconds=3):
    """What baresip says on its console while it registers."""
    with tempfile.TemporaryDirectory(prefix="strowger-baresip-") as name:
        account = (f"<sip:{user}@{address.literal}:{address.port};transport={address.transport}>"
                   f";auth_pass={password};regint=60")
        done = subprocess.run(prepared(Path(name), address, account, 0, seconds),
                              capture_output=True, timeout=seconds + 15, stdin=subprocess.DEVNULL)
        return (done.stdout + done.stderr).decode("utf-8", "replace")


def watch_mailbox(address, user, password, seconds=3):
    """What baresip says on its console while it asks whether messages wait. Its module `mwi` is
    broken: once a registration has succeeded within a millisecond of its start it subscribes for
    ever, to everything that it has just subscribed to (its tmr_handler walks the list that it
    appends to). So `address` has to be slower than that: slow_line.py."""
    with tempfile.TemporaryDirectory(prefix="strowger-baresip-") as name:
        account = (f"<sip:{user}@{address.literal}:{address.port};transport={address.transport}>"
                   f";auth_pass={password};regint=60;mwi=yes")
        command = prepared(Path(name), address, account, 0, seconds)
        with (Path(name) / "config").open("a") as config:
            config.write("module_app mwi.so\n")
        try:
            done = subprocess.run(command, capture_output=True, timeout=seconds + 15,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as late:
            raise Failure("baresip did not end") from late
        return (done.stdout + done.stderr).decode("utf-8", "replace")


class Heard:
    def __init__(self, output, pcm, closed):
        self.output, self.pcm, self.closed = output, pcm, closed


def prepared(folder, address, account, says, seconds, codec="PCMU", secret=False, console=0):
    """The command of a baresip with one account, which says a tone (0: silence) and keeps what it
    hears in `folder`. `secret`: by SRTP or not at all. `console`: UDP port that takes commands."""
    program = shutil.which("baresip")
    if not program:
        raise Failure("baresip is not installed (package baresip-core)")
    rate, channels = RATES[codec]
    rtp_ear.write_tones(folder / "silence.wav", [(says, seconds + 2)], rate, channels=channels)
    (folder / "config").write_text(CONFIG.format(host=address.literal, folder=folder,
                                                 modules=MODULES, rate=rate, channels=channels)
                                   + (CONSOLE.format(port=console) if console else ""))
    if secret:
        account += ";mediaenc=srtp-mand"
    (folder / "accounts").write_text(f"{account};audio_codecs={NAMES[codec]}\n")
    family = "-6" if ":" in address.host else "-4"
    return [program, family, "-f", str(folder), "-t", str(seconds)]


def heard_in(folder, output):
    dumps = sorted(folder.glob("dump-*-dec.wav")) or sorted(folder.glob("dump*.wav"))
    pcm = rtp_ear.read_wav(dumps[-1]) if dumps else b""
    closed = re.findall(r"session closed[:,]? *(.*)", output, re.I)
    return Heard(output, pcm, closed[-1].strip() if closed else "")


def dial(address, number, seconds=8, codec="PCMU", says=0, secret=False):
    """A Heard: console text, the decoded audio of the call, the reason it was closed with.
    `codec`, one of RATES, is all that is offered."""
    with tempfile.TemporaryDirectory(prefix="strowger-baresip-") as name:
        folder = Path(name)
        command = prepared(folder, address, f"<sip:wire@{address.literal}>;regint=0", says, seconds,
                           codec, secret)
        target = f"sip:{number}@{address.literal}:{address.port};transport={address.transport}"
        done = subprocess.run([*command, "-e", f"/dial {target}"], capture_output=True,
                              timeout=seconds + 15, stdin=subprocess.DEVNULL)
        return heard_in(folder, (done.stdout + done.stderr).decode("utf-8", "replace"))


class Answering:
    """`with Answering(…) as phone:` a baresip that registers and answers every call, for `seconds`;
    afterwards `phone.heard` is its Heard. `command()` types on its console, and `said()` is what
    that says to who typed last; `contact` is the one whom it writes to."""

    def __init__(self, address, user, password, says, seconds, secret=False, codec="PCMU",
                 contact=None):
        self.place = tempfile.TemporaryDirectory(prefix="strowger-baresip-")
        self.folder, self.seconds, self.heard = Path(self.place.name), seconds, None
        account = (f"<sip:{user}@{address.literal}:{address.port};transport={address.transport}>"
                   f";auth_pass={password};regint=60;answermode=auto")
        self.console = sipp_peer.free_port("127.0.0.1")
        self.typed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.started = prepared(self.folder, address, account, says, seconds, codec, secret,
                                self.console)
        if contact:
            (self.folder / "contacts").write_text(f'"Contact" <{contact}>\n')
            (self.folder / "current_contact").write_text(contact)
            with (self.folder / "config").open("a") as config:
                config.write("module_app contact.so\n")

    def command(self, text):
        self.typed.sendto(text.encode() + b"\n", ("127.0.0.1", self.console))

    def said(self, wanted, seconds=3):
        """All of it, until `wanted` is in it or the time is over."""
        text, end = "", time.monotonic() + seconds
        while wanted not in text and time.monotonic() < end:
            self.typed.settimeout(max(0.01, end - time.monotonic()))
            with contextlib.suppress(TimeoutError):
                text += self.typed.recv(65536).decode("utf-8", "replace")
        return text

    def __enter__(self):
        self.running = subprocess.Popen(self.started, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return self

    def __exit__(self, *_):
        try:
            output = self.running.communicate(timeout=self.seconds + 15)[0]
        except subprocess.TimeoutExpired:
            self.running.kill()
            output = self.running.communicate()[0]
        self.heard = heard_in(self.folder, output.decode("utf-8", "replace"))
        self.typed.close()
        self.place.cleanup()
