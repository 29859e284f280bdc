"""What a day does to a server, made of threads: calls of every end, phones that come and go,
changed callflows, people at the web pages, and messages that are broken on purpose.

Each worker counts what it did, and keeps what went wrong in `troubles`.
"""

import http.client
import json
import random
import signal
import socket
import threading
import time
from pathlib import Path

import digest
import flows
import offers
import sip_message
from desk_phones import BEHAVIOURS, DeskPhone
from links import TcpLink, UdpLink
from load import Load
from sip_caller import Caller, Failure, token

PASSWORD = "correct-horse-1"
ADMIN = {"user": "admin", "password": "wire-tests-only"}
CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "sip"
TROUBLES_MAX = 20
PLAIN, EARLY, ANSWERED, CHANGED = "1000", "1001", "1002", "1003"
SEAT_NUMBERS = {behaviour: str(1010 + at) for at, behaviour in enumerate(BEHAVIOURS)}
SEAT_CODES = {"busy": 486, "rings": 480}
TONE = "blip"


def documents():
    """The callflows of the soak."""
    yield flows.document(PLAIN, flows.response(486, "Busy now"))
    yield flows.document(EARLY, flows.response(480, "Gone", TONE))
    yield flows.document(ANSWERED, flows.played(TONE, flows.sleep(3000, flows.node("hangup"))))
    yield changed(0)
    for behaviour, number in SEAT_NUMBERS.items():
        ring = flows.node("user", {"id": behaviour, "timeout": 4}, {
            "USER_BUSY": flows.response(486, "On the phone"),
            "_": flows.response(480, "Not here")})
        yield flows.document(number, ring)


def changed(revision):
    return flows.document(CHANGED, flows.response(480, f"Revision {revision}", TONE))


class Worker(threading.Thread):
    """Steps until it is told to rest; told again, it goes on. A failed step is a trouble."""

    PAUSE_S = 0.0

    def __init__(self, server):
        super().__init__(daemon=True, name=type(self).__name__)
        self.server = server
        self.done, self.troubles = 0, []
        self.at_work, self.over = threading.Event(), threading.Event()

    def run(self):
        while not self.over.is_set():
            if not self.at_work.wait(0.2):
                self.rest()
                continue
            try:
                self.step()
                self.done += 1
            except Exception as error:  # whatever it is, a trouble is to be told
                self.trouble(f"{type(error).__name__}: {error}"[:600])
            self.over.wait(random.uniform(0, 2 * self.PAUSE_S))
        self.close()

    def trouble(self, text):
        if len(self.troubles) < TROUBLES_MAX:
            self.troubles.append(text)

    def step(self):
        raise NotImplementedError

    def rest(self):
        """Again and again while the others rest."""

    def close(self):
        """Gives its sockets back."""


class PlainCalls(Worker):
    """Ten calls a second that are refused at once; each must get its code."""

    def step(self):
        load = Load(self.server.address(), [PLAIN])
        try:
            load.run(10, 5)
            load.serve(2)
            lost = len(load.started) - len(load.finals)
            wrong = [final for final in load.finals.values() if final[0] != 486]
            if lost or wrong:
                raise Failure(f"{lost} calls without an answer, {len(wrong)} with a wrong one")
        finally:
            load.close()


class Callers(Worker):
    """Calls with sound, each by a caller of its own, that end in every way there is."""

    PAUSE_S = 0.3

    def step(self):
        ways = [self.patient, self.impatient, self.deaf, self.gone, self.talker, self.reloaded]
        with Caller(self.server.address(random.choice(["udp4", "tcp4"]))) as caller:
            random.choice(ways)(caller)

    def final(self, call, code):
        if call.wait_final(10).status != code:
            raise Failure(f"{call.number}: {call.final.start!r} instead of {code}")

    def patient(self, caller):
        self.final(caller.invite(EARLY), 480)

    def reloaded(self, caller):
        self.final(caller.invite(CHANGED), 480)

    def impatient(self, caller):
        call = caller.invite(EARLY)
        caller.pump(random.uniform(0, 0.4))
        call.cancel()
        if call.wait_final(10).status not in (487, 480):
            raise Failure(f"cancelled: {call.final.start!r}")

    def deaf(self, caller):
        """It never acknowledges."""
        number, code = random.choice([(EARLY, 480), (ANSWERED, 200)])
        self.final(caller.invite(number, ack=False), code)

    def gone(self, caller):
        """It sends an INVITE, and was never there."""
        caller.invite(random.choice([EARLY, PLAIN, ANSWERED]))

    def talker(self, caller):
        call = caller.invite(ANSWERED)
        self.final(call, 200)
        caller.pump(random.uniform(0, 1))
        if random.random() < 0.5:
            call.wait_reply(call.reinvite(call.offer(version=2)), "INVITE", 10)
        call.wait_reply(call.bye(), "BYE", 10)


class SeatCalls(Worker):
    """Calls to the desk phones: rung, answered, held, hung up by either side or by nobody."""

    PAUSE_S = 0.3

    def step(self):
        behaviour = random.choice(BEHAVIOURS)
        with Caller(self.server.address()) as caller:
            call = caller.invite(SEAT_NUMBERS[behaviour])
            if behaviour == "rings" and random.random() < 0.5:
                caller.pump(random.uniform(0, 2))
                call.cancel()
            final = call.wait_final(15)
            wanted = SEAT_CODES.get(behaviour, 200)
            # Its phone may just be between two registrations of another shard.
            if final.status not in (wanted, 480, 487):
                raise Failure(f"{behaviour}: {final.start!r} instead of {wanted}")
            if final.status == 200:
                self.talk(caller, call, behaviour)

    def talk(self, caller, call, behaviour):
        for _ in range(random.randrange(50)):
            call.ear.send_silence((call.answer.audio.host, call.answer.audio.port))
            caller.pump(0.02)
        if behaviour == "hangs_up":
            call.wait_bye(10)
            return
        if behaviour in ("answers", "g722") and random.random() < 0.3:
            hold = call.offer(version=2, direction="sendonly")
            call.wait_reply(call.reinvite(hold), "INVITE", 10)
        call.wait_reply(call.bye(), "BYE", 10)


class Phones(Worker):
    """The desk phones. At rest they answer what still comes, and unregister."""

    def __init__(self, server):
        super().__init__(server)
        self.phones = [DeskPhone(server.address(), b, PASSWORD) for b in BEHAVIOURS]
        self.left = True

    def step(self):
        if self.left:
            self.left = False
            for phone in self.phones:
                phone.register_at = 0.0
        self.serve()

    def rest(self):
        if not self.left:
            self.left = True
            for phone in self.phones:
                phone.leave()
        self.serve()

    def serve(self):
        for phone in self.phones:
            phone.work(self.left)
        time.sleep(0.02)

    def close(self):
        for phone in self.phones:
            phone.close()


class Watchers(Worker):
    """Subscriptions to lamps and to waiting messages: ended, or left by watchers that are gone;
    and text messages to a phone."""

    PAUSE_S = 0.5
    TEXT = [("Content-Type", "text/plain")]

    def step(self):
        with Caller(self.server.address(random.choice(["udp4", "tcp4"]))) as caller:
            caller.user = "answers"
            rows = [("Event", random.choice(["dialog", "message-summary"])), ("Expires", "60")]
            dialog = {"call_id": token(20), "from_tag": token()}
            reply = self.ask(caller, "SUBSCRIBE", rows, **dialog)
            if reply.status == 403 and "Too Many" in reply.phrase:
                return  # those who are gone count until they expire
            if reply.status != 200:
                raise Failure(f"{rows[0]}: {reply.start!r}")
            caller.pump(random.uniform(0, 1))
            if random.random() < 0.9:
                rows[1] = ("Expires", "0")
                self.ask(caller, "SUBSCRIBE", rows, to=reply.get("to"), cseq=3, **dialog)
            reply = self.ask(caller, "MESSAGE", self.TEXT, body=b"hello", call_id=token(20))
            if reply.status not in (200, 480):
                raise Failure(f"MESSAGE: {reply.start!r}")

    def ask(self, caller, method, rows, cseq=1, **options):
        """The final answer after a challenge, if there was one."""
        uri = f"sip:answers@{caller.address.host}:{caller.address.port}"
        first = caller.ask(method, uri=uri, cseq=cseq, headers=rows, **options)
        if first.status != 401:
            return first
        login = digest.answer(digest.challenges(first)[0], "answers", PASSWORD, method, uri)
        return caller.ask(method, uri=uri, cseq=cseq + 1,
                          headers=rows + [("Authorization", login)], **options)


class Publisher(Worker):
    """Changed callflows, sounds added and removed, SIGHUP."""

    PAUSE_S = 3.0

    def step(self):
        self.server.must_import(changed(self.done))
        if self.done % 10 == 0:
            self.server.process.send_signal(signal.SIGHUP)


class WebUsers(Worker):
    """Log in, look at pages, log out or just go away; listen to events for a moment."""

    PAUSE_S = 1.0
    PAGES = ("callflows", "calls", "seats", "media", "calls?live=true", "trunks")

    def step(self):
        host, port = self.server.addresses["http"].rsplit(":", 1)
        web = http.client.HTTPConnection(host, int(port), timeout=20)
        try:
            origin = {"Origin": f"http://{host}:{port}", "Content-Type": "application/json"}
            web.request("POST", "/api/v1/session", json.dumps(ADMIN), origin)
            reply = web.getresponse()
            reply.read()
            if reply.status != 200:
                raise Failure(f"login: {reply.status}")
            origin["Cookie"] = reply.headers["Set-Cookie"].split(";")[0]
            for page in random.sample(self.PAGES, 3):
                self.look(web, f"/api/v1/accounts/default/{page}", origin)
            if random.random() < 0.3:
                self.listen(host, int(port), origin["Cookie"])
            if random.random() < 0.7:
                web.request("DELETE", "/api/v1/session", headers=origin)
                web.getresponse().read()
        finally:
            web.close()

    def look(self, web, path, headers):
        web.request("GET", path, headers=headers)
        reply = web.getresponse()
        reply.read()
        if reply.status >= 500:
            raise Failure(f"{path}: {reply.status}")

    def listen(self, host, port, cookie):
        with socket.create_connection((host, port), timeout=10) as stream:
            stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: {host}:{port}\r\n"
                           f"Cookie: {cookie}\r\n\r\n".encode())
            stream.settimeout(random.uniform(0.1, 3))
            try:
                stream.recv(65536)
            except TimeoutError:
                pass


class Fuzzer(Worker):
    """Messages of the corpus and our own, changed at random: UDP, and TCP that ends anywhere."""

    PAUSE_S = 0.005

    def __init__(self, server):
        super().__init__(server)
        self.udp = UdpLink(server.address(), local=("127.0.0.2", 0))
        self.tcp = None
        self.seeds = [path.read_bytes() for path in sorted(CORPUS.glob("*/*")) if
                      path.suffix in (".dat", ".sip", ".txt", ".bin")][:300]

    def seed(self):
        if self.seeds and random.random() < 0.5:
            return random.choice(self.seeds)
        uri = f"sip:{random.choice([PLAIN, EARLY, ANSWERED])}@127.0.0.1"
        method = random.choice(["INVITE", "INVITE", "OPTIONS", "REGISTER", "BYE", "CANCEL", "ACK",
                                "SUBSCRIBE", "MESSAGE", "REFER", "NOTIFY", "PRACK", "UPDATE"])
        here = f"{self.udp.host}:{self.udp.port}"
        rows = [("Via", f"SIP/2.0/UDP {here};branch=z9hG4bK{token()};rport"),
                ("Max-Forwards", "70"), ("From", f"<sip:f@127.0.0.2>;tag={token()}"),
                ("To", f"<{uri}>"), ("Call-ID", token()), ("CSeq", f"1 {method}"),
                ("Contact", f"<sip:f@{here}>"), ("Event", "dialog"), ("Expires", "60"),
                ("Content-Type", "application/sdp")]
        body = offers.offer("127.0.0.2", 9) if method == "INVITE" else ""
        return sip_message.build(f"{method} {uri} SIP/2.0", rows, body)

    def step(self):
        data = bytearray(self.seed())
        for _ in range(random.choice([0, 1, 1, 2, 4, 16])):
            self.change(data)
        if random.random() < 0.9:
            self.udp.send(bytes(data[:60000]) or b"\r\n")
            self.udp.messages()
        else:
            self.through_tcp(bytes(data))

    @staticmethod
    def change(data):
        if not data:
            return
        at = random.randrange(len(data))
        way = random.randrange(5)
        if way == 0:
            data[at] = random.randrange(256)
        elif way == 1:
            del data[at:at + random.randrange(1, 20)]
        elif way == 2:
            data[at:at] = data[at:at + random.randrange(1, 200)]
        elif way == 3:
            data[at:at] = random.choice([b"\r\n", b"\0", b"\"", b"<", b";", b",", b"%00", b"\xff",
                                         b"99999999999999999999", b"A" * 500])
        else:
            del data[at:]

    def through_tcp(self, data):
        if self.tcp is None or self.tcp.closed or random.random() < 0.2:
            if self.tcp:
                self.tcp.close()
            self.tcp = TcpLink(self.server.address("tcp4"))
        self.tcp.send(data)
        self.tcp.messages()

    def rest(self):
        if self.tcp:
            self.tcp.close()
            self.tcp = None
        self.udp.messages()

    def close(self):
        self.rest()
        self.udp.close()


WORKERS = (PlainCalls, Callers, Callers, SeatCalls, SeatCalls, Phones, Watchers, Publisher,
           WebUsers, Fuzzer)
