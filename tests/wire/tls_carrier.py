"""The same carrier behind TLS, by Python's own ssl: it shows the certificate that it is given, and
calls over the connection that the server has opened."""

import queue
import select
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import sip_message
from fake_carrier import Carrier
from links import TcpLink
from sip_caller import Failure


class Authority:
    """Signs certificates for a test; `file` is what the server is told to believe."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="strowger-ca-")
        self.file = self._path("ca.pem")
        self._openssl("req", "-x509", *self._key("ca"), "-subj", "/CN=Wire Tests", "-days", "2",
                      "-out", self.file)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def _path(self, name):
        return str(Path(self.folder.name) / name)

    def _key(self, name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                self._path(f"{name}.key"))

    @staticmethod
    def _openssl(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True)

    def sign(self, name, names, days=2):
        """(certificate, key) that say `names`, such as DNS:localhost."""
        request, made = self._path(f"{name}.csr"), self._path(f"{name}.pem")
        self._openssl("req", *self._key(name), "-subj", "/CN=localhost", "-addext",
                      f"subjectAltName={names}", "-out", request)
        self._openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey",
                      self._path("ca.key"), "-days", str(days), "-copy_extensions", "copy",
                      "-out", made)
        return made, self._path(f"{name}.key")

    @property
    def setting(self):
        return f'[sip]\nca = "{self.file}"\n'


class _Link(TcpLink):
    """One that was accepted; no SIP framing of its own is needed beyond TcpLink's."""

    def __init__(self, taken):
        self.socket, self.buffer, self.closed = taken, b"", False
        self.pongs, self.faults = 0, []
        self.socket.setblocking(False)


class TlsCarrier(Carrier):
    """`certificate`: (file, key). `authority`: whose certificates it wants to see; None: none.
    `versions`: the newest TLS that it speaks."""

    def __init__(self, certificate, *arguments, authority=None, newest=None, **options):
        super().__init__(*arguments, **options)
        self.sip.close()
        self.listener = socket.create_server((self.host, 0))
        self.port = self.listener.getsockname()[1]
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*certificate)
        if newest:
            self.context.minimum_version = ssl.TLSVersion.TLSv1
            self.context.maximum_version = newest
            self.context.set_ciphers("ALL:@SECLEVEL=0")
        if authority:
            self.context.load_verify_locations(authority)
            self.context.verify_mode = ssl.CERT_REQUIRED
        self.names = []  # that the server asked for (SNI)
        self.context.sni_callback = lambda _, name, __: self.names.append(name)
        self.links, self.refused, self.shown = [], [], []
        self.opened = 0
        self.orders = queue.SimpleQueue()  # ssl is for one thread at a time: this one's

    def __exit__(self, *_):
        super().__exit__()
        self.listener.close()
        for link in self.links:
            link.close()

    def _contact(self):
        return f"<sip:carrier@{self.place};transport=tls>"

    def hang_up(self):
        """Ends all connections that there are. The server may be back before this returns."""
        done = threading.Event()
        self.orders.put(lambda: self._hang_up(done))
        if not done.wait(5):
            raise Failure("the carrier's thread is busy")

    def _hang_up(self, done):
        while self.links:
            self.links.pop().close()
        done.set()

    def _run(self):
        while self.running:
            while not self.orders.empty():
                self.orders.get()()
            ready = select.select([self.listener, *self.links], [], [], 0.05)[0]
            if self.listener in ready:
                self._accept()
            for link in list(self.links):
                for data, _ in link.messages():
                    self._take(data, link, None)
                if link.closed and link in self.links:
                    self.links.remove(link)

    def _accept(self):
        taken = self.listener.accept()[0]
        self.opened += 1
        taken.settimeout(5)
        try:
            taken = self.context.wrap_socket(taken, server_side=True)
        except (ssl.SSLError, OSError) as error:
            self.refused.append(str(error))
            taken.close()
            return
        self.shown.append(taken.getpeercert())
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.links.append(_Link(taken))

    def _put(self, data, source):
        source.send(data)

    def _say(self, data, link):
        self.orders.put(lambda: link.send(data))

    # -- calls of its own, over the newest connection of the server's

    def invite(self, number, user="4420712345"):
        """Its INVITE; the final answer is in `replies`, and acknowledged."""
        link = self.links[-1]
        here = link.socket.getsockname()[1]
        self.dialled = getattr(self, "dialled", 0) + 1
        call_id = f"inwards-{self.dialled}-{here}"
        rows = [("Via", f"SIP/2.0/TLS {self.place};branch=z9hG4bK{call_id}"),
                ("Max-Forwards", "70"),
                ("From", f"<sip:{user}@carrier.example>;tag=in{self.dialled}"),
                ("To", f"<sip:{number}@{self.host}>"), ("Call-ID", call_id),
                ("CSeq", "1 INVITE"), ("Contact", self._contact())]
        uri = f"sip:{number}@{self.host};transport=tls"
        self._say(sip_message.build(f"INVITE {uri} SIP/2.0", rows), link)
        final = self._final(call_id)
        acknowledged = [(name, value) for name, value in rows if name not in ("To", "CSeq")]
        acknowledged += [("To", final.get("to")), ("CSeq", "1 ACK")]
        self._say(sip_message.build(f"ACK {uri} SIP/2.0", acknowledged), link)
        return final

    def options(self):
        link = self.links[-1]
        call_id = f"options-{time.monotonic_ns()}"
        rows = [("Via", f"SIP/2.0/TLS {self.place};branch=z9hG4bK{call_id}"),
                ("Max-Forwards", "70"), ("From", "<sip:carrier.example>;tag=o"),
                ("To", f"<sip:{self.host}>"), ("Call-ID", call_id), ("CSeq", "1 OPTIONS")]
        self._say(sip_message.build(f"OPTIONS sip:{self.host} SIP/2.0", rows), link)
        return self._final(call_id)

    def _final(self, call_id, seconds=8.0):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for reply in list(self.replies):
                if reply.get("call-id") == call_id and reply.status >= 200:
                    return reply
            time.sleep(0.02)
        raise Failure(f"no answer to {call_id}; replies {[r.start for r in self.replies]}")


class Mute:
    """Takes TCP connections and never says anything."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        return self

    def __exit__(self, *_):
        self.listener.close()
