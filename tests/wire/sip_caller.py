"""A scripted SIP caller that trusts nothing: it builds its messages by hand, reads every answer
with `sip_message.read`, and keeps a list of faults. One Caller = one socket; many Calls on it.

All waiting is done in `Caller.pump`; there are no threads here.
"""

import random
import select
import socket
import string
import time

import offers
import sip_message
from links import bracket, connect
from rtp_ear import Ear

ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO"


class Failure(AssertionError):
    """A broken expectation, said in one line."""


def token(size=12):
    return "".join(random.choices(string.ascii_lowercase + string.digits, k=size))


def wait_for(readable, seconds):
    """select() takes no descriptor above 1,023, and some cases have thousands open."""
    poller = select.poll()
    for one in readable:
        poller.register(one, select.POLLIN)
    poller.poll(1 + int(1000 * seconds))


class Caller:
    def __init__(self, address):
        self.address = address
        self.link = connect(address)
        self.calls = {}
        self.ears = []
        self.replies = []
        self.faults = []
        self.user = "caller"
        self.on_request = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for ear in self.ears:
            ear.close()
        self.link.close()

    def ear(self):
        local = "::1" if self.address.family == socket.AF_INET6 else "127.0.0.1"
        self.ears.append(Ear(self.address.family, local))
        return self.ears[-1]

    def via(self, branch=None):
        host = bracket(self.link.host)
        name = self.link.transport.upper()
        branch = branch or "z9hG4bK" + token()
        return f"SIP/2.0/{name} {host}:{self.link.port};branch={branch};rport"

    @property
    def contact(self):
        tail = ";transport=tcp" if self.link.transport == "tcp" else ""
        return f"<sip:{self.user}@{bracket(self.link.host)}:{self.link.port}{tail}>"

    def uri(self, number):
        return f"sip:{number}@{self.address.literal}:{self.address.port}"

    def send(self, data):
        self.link.send(data)

    def pump(self, seconds, until=None):
        """Serve all sockets for `seconds`, or until `until()` is true. Returns that truth."""
        end = time.monotonic() + seconds
        while True:
            if until and until():
                return True
            left = end - time.monotonic()
            if left <= 0 or getattr(self.link, "closed", False):
                return bool(until and until())
            wait_for([self.link] + [ear.socket for ear in self.ears], min(left, 0.25))
            arrived = self.link.messages()
            for ear in self.ears:  # sound that came before these messages counts as before them
                ear.drain()
            for data, at in arrived:
                self.take(data, at)

    def take(self, data, at):
        if not data.strip(b"\r\n"):
            return
        message, faults = sip_message.read(data, at)
        self.faults += [f"{fault} in {message.start!r}" for fault in faults]
        call = self.calls.get(message.get("call-id"))
        if call:
            call.take(message)
        elif message.status is not None:
            self.replies.append(message)
        else:
            self.faults.append(f"request for no call of ours: {message.start!r}")

    def request(self, method, number="1000", headers=(), body=b"", uri=None, to=None,
                max_forwards=70, call_id=None, cseq=1, branch=None, from_tag=None):
        """(bytes, Message) of a request outside any dialog; not sent."""
        uri = uri or self.uri(number)
        base = [("Via", self.via(branch)), ("Max-Forwards", str(max_forwards)),
                ("From", f"<sip:{self.user}@{bracket(self.link.host)}>;tag={from_tag or token()}"),
                ("To", to or f"<{uri}>"), ("Call-ID", call_id or token(20)),
                ("CSeq", f"{cseq} {method}"), ("Contact", self.contact)]
        if max_forwards is None:
            base = [pair for pair in base if pair[0] != "Max-Forwards"]
        data = sip_message.build(f"{method} {uri} SIP/2.0", base + list(headers), body)
        return data, sip_message.read(data)[0]

    def ask(self, method, number="1000", seconds=3.0, **options):
        """Send a request outside any dialog and return its final answer (checked)."""
        data, request = self.request(method, number, **options)
        self.send(data)
        wanted = request.get("call-id"), request.get("cseq")

        def answers():
            return [r for r in self.replies
                    if (r.get("call-id"), r.get("cseq")) == wanted and r.status >= 200]
        if not self.pump(seconds, answers):
            raise Failure(f"no final answer to {method} within {seconds} s")
        reply = answers()[0]
        self.faults += sip_message.check_reply(request, reply)
        return reply

    def invite(self, number, **options):
        """Start a call; see Call for the options."""
        call = Call(self, number, **options)
        self.calls[call.call_id] = call
        call.start()
        return call


class Call:
    """One INVITE and all that follows.

    sdp       'auto' = PCMU, PCMA and telephone-event on a fresh Ear; None = late offer; or text
    prack     'send', or 'lose' (never sent), or a number n: the first n copies of 183 are ignored
    ack       False = the ACK of a final answer is lost
    """

    def __init__(self, caller, number, sdp="auto", headers=(), prack="send", ack=True,
                 payloads=(0, 8, offers.EVENTS), direction=None, max_forwards=70, uri=None,
                 to=None, from_header=None, content_type="application/sdp", **sdp_options):
        self.caller, self.number = caller, number
        self.prack, self.ack = prack, ack
        self.uri = uri or caller.uri(number)
        self.call_id, self.branch, self.tag = token(20), "z9hG4bK" + token(), token()
        self.cseq = 1
        self.extra = list(headers)
        self.ear = caller.ear()
        host = self.caller.link.host
        self.sdp = sdp
        if sdp == "auto":
            self.sdp = offers.offer(host, self.ear.port, payloads, direction, **sdp_options)
        self.max_forwards, self.to = max_forwards, to or f"<{self.uri}>"
        self.from_header = from_header or f"<sip:{caller.user}@{bracket(host)}>;tag={self.tag}"
        self.content_type = content_type
        self.log = []
        self.sent = {}
        self.responses, self.requests = [], []
        self.faults = []
        self.final = None
        self.answer = None
        self.remote_tag = ""
        self.target = self.uri
        self.routes = []
        self.seen_rseq = []
        self.ignored = 0
        self.started_at = 0.0

    # -- sending

    def headers(self, method, branch=None, cseq=None, to=None):
        rows = [("Via", self.caller.via(branch)), ("Max-Forwards", str(self.max_forwards))]
        rows += [("Route", route) for route in self.routes]
        to = to or (f"<{self.uri}>;tag={self.remote_tag}" if self.remote_tag else self.to)
        return rows + [("From", self.from_header), ("To", to), ("Call-ID", self.call_id),
                       ("CSeq", f"{cseq or self.cseq} {method}")]

    def start(self):
        rows = self.headers("INVITE", self.branch) + [("Contact", self.caller.contact),
                                                      ("Allow", ALLOW)] + self.extra
        body = b""
        if self.sdp is not None:
            rows.append(("Content-Type", self.content_type))
            body = self.sdp
        self.invite_bytes = sip_message.build(f"INVITE {self.uri} SIP/2.0", rows, body)
        self.started_at = time.time()
        self.transmit(self.invite_bytes)

    def transmit(self, data):
        message, _ = sip_message.read(data)
        self.sent[(message.cseq[0], message.method)] = message
        self.log.append((time.time(), ">", message))
        self.caller.send(data)
        return message

    def resend(self):
        """The same INVITE bytes again, as timer A does."""
        self.caller.send(self.invite_bytes)

    def in_dialog(self, method, headers=(), body=b"", cseq=None):
        """Send a new request inside the (early) dialog; returns its CSeq number."""
        if cseq is None:
            self.cseq += 1
            cseq = self.cseq
        rows = self.headers(method, cseq=cseq) + [("Contact", self.caller.contact)]
        self.transmit(sip_message.build(f"{method} {self.target} SIP/2.0",
                                        rows + list(headers), body))
        return cseq

    def cancel(self):
        """CANCEL with the branch of the INVITE (RFC 3261 9.1); returns the moment of sending."""
        rows = self.headers("CANCEL", self.branch, 1, self.to)
        at = time.time()
        self.transmit(sip_message.build(f"CANCEL {self.uri} SIP/2.0", rows))
        return at

    def cancel_reinvite(self, number):
        invite = self.sent[(number, "INVITE")]
        branch = invite.get("via").split("branch=")[1].split(";")[0]
        rows = self.headers("CANCEL", branch, number)
        self.transmit(sip_message.build(f"CANCEL {self.target} SIP/2.0", rows))

    def bye(self, headers=()):
        return self.in_dialog("BYE", headers)

    def offer(self, **options):
        return offers.offer(self.caller.link.host, self.ear.port, **options)

    def update(self, body=None):
        headers = [("Content-Type", "application/sdp")] if body else []
        return self.in_dialog("UPDATE", headers, body or b"")

    def reinvite(self, body):
        return self.in_dialog("INVITE", [("Content-Type", "application/sdp")], body)

    def dial(self, digits, duration_ms=100, pause_ms=80):
        """RFC 4733 digits to the address of the answer, paced in real time."""
        audio = self.answer.audio
        payload_type = audio.payload_of("telephone-event")
        if payload_type is None:
            raise Failure("no telephone-event in the answer")
        target = (audio.host, audio.port)
        for digit in digits:
            stamp = self.ear.timestamp
            for payload, marker in self.ear.digit_packets(digit, duration_ms):
                self.ear.send(target, payload_type, payload, marker, stamp)
                self.caller.pump(0.02)
            self.ear.timestamp += 8 * duration_ms + 480
            for _ in range(pause_ms // 20):
                self.ear.send_silence(target, audio.payloads[0])
                self.caller.pump(0.02)

    # -- receiving

    def take(self, message):
        self.log.append((message.at, "<", message))
        if message.status is None:
            self.take_request(message)
            return
        request = self.sent.get(message.cseq)
        if request is None:
            self.faults.append(f"answer to nothing: {message.start!r} CSeq {message.get('cseq')}")
            return
        self.faults += [f"{fault} in {message.start!r}"
                        for fault in sip_message.check_reply(request, message)]
        self.responses.append(message)
        if message.cseq[1] == "INVITE":
            self.take_invite_answer(request, message)
        elif message.cseq[1] == "UPDATE":
            self.take_description(request, message)

    def take_invite_answer(self, request, message):
        if message.status > 100 and request.cseq[0] == 1:
            if self.remote_tag and message.to_tag != self.remote_tag:
                self.faults.append(f"second To tag {message.to_tag!r}, was {self.remote_tag!r}")
            self.remote_tag = self.remote_tag or message.to_tag
        if message.status < 200:
            self.take_provisional(request, message)
        elif request.cseq[0] == 1:
            self.take_final(request, message)
        else:
            self.take_description(request, message)
            self.acknowledge(request, message)

    def take_provisional(self, request, message):
        if self.final is not None and request.cseq[0] == 1:
            self.faults.append(f"{message.status} after the final answer")
        if message.status == 100:
            return
        if isinstance(self.prack, int) and self.ignored < self.prack:
            self.ignored += 1
            return
        self.learn(message)
        offer_here = self.take_description(request, message)
        rseq = message.get("rseq")
        if rseq and rseq not in self.seen_rseq and self.prack != "lose":
            self.seen_rseq.append(rseq)
            rack = f"{rseq} {message.get('cseq')}"
            headers = [("RAck", rack)]
            if offer_here:
                headers.append(("Content-Type", "application/sdp"))
            self.in_dialog("PRACK", headers, offer_here)

    def take_final(self, request, message):
        if self.final is not None:
            if message.raw != self.final.raw:
                self.faults.append(f"second final answer {message.start!r} after"
                                   f" {self.final.start!r} differs")
        else:
            self.final = message
        answer = b""
        if message.status < 300:
            self.learn(message)
            answer = self.take_description(request, message)
        self.acknowledge(request, message, answer)

    def acknowledge(self, request, message, body=b""):
        if not self.ack:
            return
        number = request.cseq[0]
        if message.status >= 300:
            rows = self.headers("ACK", self.branch_of(request), number, message.get("to"))
            data = sip_message.build(f"ACK {request.uri} SIP/2.0", rows)
        else:
            rows = self.headers("ACK", None, number)
            if body:
                rows.append(("Content-Type", "application/sdp"))
            data = sip_message.build(f"ACK {self.target} SIP/2.0", rows, body)
        self.log.append((time.time(), ">", sip_message.read(data)[0]))
        self.caller.send(data)

    def acknowledge_late(self):
        """The ACK that `ack=False` held back; further ones go out by themselves again."""
        self.ack = True
        self.acknowledge(self.sent[(1, "INVITE")], self.final)

    @staticmethod
    def branch_of(request):
        return request.get("via").split("branch=")[1].split(";")[0]

    def learn(self, message):
        if message.get("contact"):
            self.target = sip_message.uri_in(message.get("contact"))
        lists = sip_message.split_list(",".join(message.all("record-route")))
        self.routes = lists[::-1] or self.routes

    def take_description(self, request, message):
        """Reads SDP in an answer. Returns our answer when theirs was the offer (late offer)."""
        if not message.body or "sdp" not in message.get("content-type"):
            return b""
        if request.body:
            answer, faults = offers.check_answer(request.body.decode(), message.body)
        else:
            answer, faults = offers.read(message.body)
        self.faults += [f"{fault} in {message.start!r}" for fault in faults]
        if answer.audio and answer.audio.port:
            self.answer = answer
        if request.body or not answer.audio:
            return b""
        keep = [p for p in answer.audio.payloads if p in (0, 8)][:1]
        event = answer.audio.payload_of("telephone-event")  # the first one: at 8 kHz
        names = {event: "telephone-event/8000"} if event else {}
        return self.offer(payloads=keep + ([event] if event else []), names=names).encode()

    def take_request(self, message):
        self.requests.append(message)
        if message.from_tag != self.remote_tag or message.to_tag != self.tag:
            self.faults.append(f"{message.start!r}: tags do not fit the dialog")
        if not message.get("via").split("branch=")[-1].startswith("z9hG4bK"):
            self.faults.append(f"{message.start!r}: branch without magic cookie")
        if message.method == "ACK":
            return
        rows = [("Via", via) for via in message.all("via")]
        rows += [("From", message.get("from")), ("To", message.get("to")),
                 ("Call-ID", message.get("call-id")), ("CSeq", message.get("cseq"))]
        self.caller.send(sip_message.build("SIP/2.0 200 OK", rows))

    # -- waiting and judging

    def wait(self, seconds, what, until):
        if not self.caller.pump(seconds, until):
            raise Failure(f"no {what} within {seconds} s; saw {self.ladder()}")

    def wait_final(self, seconds=5.0):
        self.wait(seconds, "final answer", lambda: self.final is not None)
        return self.final

    def wait_status(self, status, seconds=5.0):
        self.wait(seconds, str(status), lambda: self.seen(status))
        return self.seen(status)[0]

    def wait_bye(self, seconds=5.0):
        self.wait(seconds, "BYE", lambda: any(r.method == "BYE" for r in self.requests))
        return next(r for r in self.requests if r.method == "BYE")

    def wait_reply(self, cseq, method, seconds=3.0):
        def found():
            return [r for r in self.responses if r.cseq == (cseq, method) and r.status >= 200]
        self.wait(seconds, f"answer to {method}", found)
        return found()[0]

    def wait_rtp(self, count=1, seconds=5.0):
        self.wait(seconds, f"{count} RTP packets", lambda: len(self.ear.packets) >= count)

    def seen(self, status, method="INVITE"):
        return [r for r in self.responses if r.status == status and r.cseq[1] == method]

    def ladder(self):
        steps = []
        for _, arrow, message in self.log:
            name = message.method or f"{message.status} {message.phrase}"
            steps.append(arrow + name)
        return " ".join(steps)

    def all_faults(self):
        return self.faults + self.caller.faults + self.caller.link.faults + self.ear.faults
