"""The caller's transports: one UDP socket, or one TCP connection, plain or in TLS, framed by
Content-Length."""

import re
import socket
import ssl
import time
from dataclasses import dataclass

from rtp_ear import open_socket, receive


@dataclass(frozen=True)
class Address:
    """Where a server listens: transport 'udp', 'tcp' or 'tls', literal host, port."""

    transport: str
    host: str
    port: int

    @property
    def family(self):
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    @property
    def literal(self):
        return bracket(self.host)


def bracket(host):
    return f"[{host}]" if ":" in host else host


class UdpLink:
    transport = "udp"

    def __init__(self, address, local=None):
        """`local` is (host, port) to send from; by default any free port of the loopback."""
        self.address = address
        host, port = local or ("::1" if address.family == socket.AF_INET6 else "127.0.0.1", 0)
        self.socket = open_socket(address.family, host, port)
        self.host, self.port = self.socket.getsockname()[:2]
        self.faults = []

    def fileno(self):
        return self.socket.fileno()

    def send(self, data):
        self.socket.sendto(data, (self.address.host, self.address.port))

    def messages(self):
        """[(bytes, arrival)] of all that waits."""
        out = []
        while got := receive(self.socket):
            data, source, at = got
            if source[1] != self.address.port:
                self.faults.append(f"datagram from a strange port {source}")
            out.append((data, at))
        return out

    def close(self):
        self.socket.close()


class TcpLink:
    transport = "tcp"

    def __init__(self, address):
        self.address = address
        self.socket = socket.create_connection((address.host, address.port), timeout=5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.host, self.port = self.socket.getsockname()[:2]
        self.buffer = b""
        self.closed = False
        self.pongs = 0
        self.faults = []

    def fileno(self):
        return self.socket.fileno()

    def send(self, data):
        self.socket.setblocking(True)
        try:
            self.socket.sendall(data)
        except OSError:
            self.closed = True
        self.socket.setblocking(False)

    def messages(self):
        while not self.closed:
            try:
                chunk = self.socket.recv(65536)
            except (BlockingIOError, ssl.SSLWantReadError):
                break
            except OSError:
                chunk = b""
            if not chunk:
                self.closed = True
            self.buffer += chunk
        return self._frames(time.time())

    def _frames(self, at):
        out = []
        while True:
            while self.buffer.startswith(b"\r\n"):
                self.buffer, self.pongs = self.buffer[2:], self.pongs + 1
            head, gap, rest = self.buffer.partition(b"\r\n\r\n")
            if not gap:
                return out
            match = re.search(rb"(?im)^(?:content-length|l)[ \t]*:[ \t]*(\d+)", head)
            if not match:
                self.faults.append("TCP message without Content-Length (RFC 3261 18.3)")
            size = int(match.group(1)) if match else 0
            if len(rest) < size:
                return out
            cut = len(head) + 4 + size
            out.append((self.buffer[:cut], at))
            self.buffer = self.buffer[cut:]

    def close(self):
        self.socket.close()


class TlsLink(TcpLink):
    transport = "tls"

    def __init__(self, address):
        super().__init__(address)
        context = ssl.create_default_context()
        context.check_hostname = False  # each test signs its own certificate
        context.verify_mode = ssl.CERT_NONE
        self.socket.setblocking(True)
        self.socket = context.wrap_socket(self.socket)
        self.socket.setblocking(False)
        self.certificate = self.socket.getpeercert(binary_form=True)


def connect(address):
    return {"udp": UdpLink, "tcp": TcpLink, "tls": TlsLink}[address.transport](address)
