"""Collectors for HEPv3: one written here from the published document, and Debian's sngrep."""

import shutil
import signal
import socket
import struct
import subprocess
import time
from collections import namedtuple

from sip_caller import Failure

Packet = namedtuple("Packet", "kind transport source destination at capture_id key call_id payload")
SIP, RTCP = 1, 5
TRANSPORTS = {17: "udp", 6: "tcp"}


def decode(data):
    """A Packet of one datagram; Failure says where it breaks the document's rules."""
    if data[:4] != b"HEP3" or struct.unpack_from(">H", data, 4)[0] != len(data):
        raise Failure(f"no HEP3 of {len(data)} bytes: {data[:16]!r}")
    chunks, at = {}, 6
    while at < len(data):
        vendor, kind, length = struct.unpack_from(">HHH", data, at)
        if vendor != 0 or length < 6 or at + length > len(data) or kind in chunks:
            raise Failure(f"chunk {vendor}/{kind} of {length} bytes at {at}")
        chunks[kind] = data[at + 6:at + length]
        at += length
    number = {kind: int.from_bytes(value, "big") for kind, value in chunks.items()}
    v6 = number[1] == 10
    family, first = (socket.AF_INET6, 5) if v6 else (socket.AF_INET, 3)
    host = [socket.inet_ntop(family, chunks[kind]) for kind in (first, first + 1)]
    return Packet(number[0x0b], TRANSPORTS[number[2]], (host[0], number[7]), (host[1], number[8]),
                  number[9] + number[10] / 1e6, number[0x0c], chunks.get(0x0e, b"").decode(),
                  chunks.get(0x11, b"").decode(), chunks.get(0x0f, b""))


class Collector:
    """Takes what comes to a port of its own."""

    def __init__(self):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.sock.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.sock.getsockname()[1]}"
        self.packets = []

    def wait(self, complete, seconds=10):
        """Until complete(packets), or Failure."""
        until = time.monotonic() + seconds
        while not complete(self.packets):
            self.sock.settimeout(max(until - time.monotonic(), 0.01))
            try:
                self.packets.append(decode(self.sock.recv(65535)))
            except TimeoutError:
                starts = [p.payload.split(b"\r\n")[0] for p in self.packets]
                raise Failure(f"the collector got only {len(starts)}: {starts}") from None
        return self.packets

    def close(self):
        self.sock.close()


class Sngrep:
    """sngrep as a collector without a screen; what it understood is in a pcap file."""

    def __init__(self, port, file):
        program = shutil.which("sngrep")
        if not program:
            raise Failure("sngrep is not installed")
        self.file = file
        self.process = subprocess.Popen(
            [program, "-F", "-L", f"udp:127.0.0.1:{port}", "-N", "-q", "-O", str(file)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait_until_it_listens(port)

    def _wait_until_it_listens(self, port):
        wanted = f"0100007F:{port:04X}"
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with open("/proc/net/udp", encoding="ascii") as sockets:
                if any(line.split()[1] == wanted for line in sockets):
                    return
            time.sleep(0.02)
        self.process.kill()
        raise Failure("sngrep does not listen")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)
