"""A carrier at an address of its own: answers INVITEs as it is told, asks for credentials and
judges them, is a registrar. A thread of its own; UDP."""

import re
import select
import socket
import struct
import threading
import time

import digest
import offers
import rtp_ear
import sip_message
from sip_caller import Failure

REALM = "carrier.example"
NONCE = "5ca1ab1e"


class Carrier:
    """`answers`: what each INVITE gets, in turn, the last one again and again: (code, phrase),
    a number of seconds of ringing before it, or None for silence. `login`: (user, password) that
    INVITE and REGISTER have to show."""

    def __init__(self, answers=((486, "Busy Here"),), login=None, proxy=True, host="127.0.0.1",
                 register=200, expires=300, payloads=(0,)):
        self.answers, self.login, self.proxy = list(answers), login, proxy
        self.register, self.expires, self.payloads = register, expires, payloads
        self.sip = rtp_ear.open_socket(socket.AF_INET, host)
        self.rtp = rtp_ear.open_socket(socket.AF_INET, host)
        self.host, self.port = host, self.sip.getsockname()[1]
        self.requests, self.replies, self.faults = [], [], []
        self.answered = 0
        self.sent, self.talks = {}, {}
        self.sequence = 0
        self.running = True
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.running = False
        self.thread.join()
        self.sip.close()
        self.rtp.close()

    @property
    def place(self):
        return f"{self.host}:{self.port}"

    def press(self, digit):
        """RFC 4733, to where the newest INVITE wants its media."""
        audio = offers.read(self.all("INVITE")[-1].body)[0].audio
        event = "0123456789*#ABCD".index(digit)
        for step in (1, 2, 3, 4, 5, 5, 5):
            end = 0x80 if step == 5 else 0
            mark = 0x80 if step == 1 else 0
            self.sequence += 1
            head = struct.pack("!BBHII", 0x80, offers.EVENTS | mark, self.sequence, 1600, 77)
            self.rtp.sendto(head + struct.pack("!BBH", event, end | 10, step * 160),
                            (audio.host, audio.port))
            time.sleep(0.02)

    # -- what came

    def all(self, method):
        return [request for request in self.requests if request.method == method]

    def wait(self, method, count=1, seconds=6.0):
        """The requests of that method, once there are so many."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if len(self.all(method)) >= count:
                return self.all(method)
            time.sleep(0.02)
        raise Failure(f"the carrier at {self.place} got {len(self.all(method))} {method}, not "
                      f"{count}: {[r.start for r in self.requests]}")

    # -- the machine

    def _run(self):
        while self.running:
            if select.select([self.sip], [], [], 0.05)[0]:
                while got := rtp_ear.receive(self.sip):
                    self._take(*got)

    def _take(self, data, source, _):
        message, faults = sip_message.read(data)
        self.faults += faults
        if message.status is not None:
            self.replies.append(message)
            return
        key = (message.get("call-id"), message.get("cseq"))
        if key in self.sent:  # a retransmission
            self._put(self.sent[key], source)
            return
        self.requests.append(message)
        self.peer = source
        if message.method == "ACK":
            return
        if message.method in ("INVITE", "REGISTER") and not self._shown(message):
            self._challenge(message, source)
        elif message.method == "REGISTER":
            self._register(message, source)
        elif message.method == "INVITE":
            self._answer(message, source)
        else:
            self._send(message, source, 200, "OK")

    def _contact(self):
        return f"<sip:carrier@{self.place}>"

    def _header(self):
        return "Proxy-Authorization" if self.proxy else "Authorization"

    def _shown(self, request):
        if not self.login:
            return True
        shown = request.get("authorization" if request.method == "REGISTER"
                            else self._header().lower())
        if not shown:
            return False
        said = {name.lower(): quoted or plain for name, quoted, plain in
                re.findall(r'([A-Za-z]+)=(?:"([^"]*)"|([^\s,]+))', shown)}
        uri = request.start.split()[1]
        ha1 = digest.ALGORITHMS["MD5"](f"{self.login[0]}:{REALM}:{self.login[1]}".encode())
        ha2 = digest.ALGORITHMS["MD5"](f"{request.method}:{uri}".encode())
        wanted = digest.ALGORITHMS["MD5"](
            f"{ha1.hexdigest()}:{NONCE}:{said.get('nc')}:{said.get('cnonce')}:auth:"
            f"{ha2.hexdigest()}".encode()).hexdigest()
        return said.get("response") == wanted and said.get("uri") == uri

    def _challenge(self, request, source):
        registers = request.method == "REGISTER"
        proxy = self.proxy and not registers
        name = "Proxy-Authenticate" if proxy else "WWW-Authenticate"
        value = f'Digest realm="{REALM}", nonce="{NONCE}", algorithm=MD5, qop="auth"'
        self._send(request, source, 407 if proxy else 401, "Prove It", [(name, value)])

    def _register(self, request, source):
        if self.register != 200:
            return self._send(request, source, self.register, "No")
        self._send(request, source, 200, "OK",
                   [("Contact", f"{request.get('contact')};expires={self.expires}")])

    def _answer(self, request, source):
        step = self.answers[min(self.answered, len(self.answers) - 1)]
        self.answered += 1
        if step is None:
            return
        self._send(request, source, 100, "Trying", keep=False)
        code, phrase = step[0], step[1]
        if len(step) > 2:
            self._send(request, source, 180, "Ringing", keep=False)
            time.sleep(step[2])
        body = b""
        if 200 <= code < 300:
            body = offers.offer(self.host, self.rtp.getsockname()[1], self.payloads).encode()
        self._send(request, source, code, phrase, body=body)

    def _send(self, request, source, code, phrase, extra=(), body=b"", keep=True):
        to = request.get("to")
        if code > 100 and not request.to_tag:
            to += ";tag=carrier"
        rows = [("Via", via) for via in request.all("via")]
        rows += [("Record-Route", route) for route in request.all("record-route")]
        rows += [("From", request.get("from")), ("To", to), ("Call-ID", request.get("call-id")),
                 ("CSeq", request.get("cseq"))]
        if 100 < code < 300 and request.method == "INVITE":
            rows.append(("Contact", self._contact()))
        if body:
            rows.append(("Content-Type", "application/sdp"))
        data = sip_message.build(f"SIP/2.0 {code} {phrase}", rows + list(extra), body)
        if keep:
            self.sent[(request.get("call-id"), request.get("cseq"))] = data
        self._put(data, source)

    def _put(self, data, source):
        self.sip.sendto(data, source)
