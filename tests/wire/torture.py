#!/usr/bin/env python3
"""Sends the torture corpus to the real server over UDP and TCP and judges it by expect.tsv.

    tests/wire/torture.py --strowger build/asan/strowger [--only REGEX] [-v]

Each case has an alive check (OPTIONS) behind it, and every reply must be well-formed.
"""

import argparse
import csv
import random
import re
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

import flows
import sip_message
from links import UdpLink, bracket, connect
from server import LISTEN_V4, Server
from sip_caller import Caller, Failure, token

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "sip"
FOLDERS = ("rfc4475", "rfc5118", "extra")
EXTENSION = "1000"
WAIT_S = 0.35    # how long to wait for a first answer where silence is allowed
MUST_S = 3.0     # … where an answer must come


class Item:
    def __init__(self, folder, row):
        self.name = f"{folder}/{row['file']}"
        self.path = CORPUS / folder / row["file"]
        self.best, self.tolerated = tokens(row["best"]), tokens(row["tolerated"])
        self.never, self.answer = tokens(row["never"]), row["answer"]
        self.note = row["note"]


def tokens(text):
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def fits(status, token_text):
    """Whether a status (None = no answer) is meant by a token of expect.tsv."""
    if token_text == "none":
        return status is None
    if status is None:
        return False
    if token_text == "any":
        return True
    if token_text.startswith("!"):
        return not fits(status, token_text[1:])
    if token_text.endswith("xx"):
        return status // 100 == int(token_text[0])
    return status == int(token_text)


def verdict(item, status, stream):
    """'' when the final status is right or tolerated, else the reason."""
    if any(fits(status, t) for t in item.never):
        return f"{status} must never come"
    if status is None:
        if item.answer == "must" and not stream:
            return "no answer, one must come"
        allowed = item.best + item.tolerated
        named = any(t == "none" for t in allowed) or item.answer == "none" or stream
        return "" if named else "no answer"
    if item.answer == "none":
        return f"{status} although nothing may come"
    if any(fits(status, t) for t in item.best + item.tolerated):
        return ""
    return f"{status} is neither in best {item.best} nor in tolerated {item.tolerated}"


def load(pattern=None):
    items = []
    for folder in FOLDERS:
        with open(CORPUS / folder / "expect.tsv", encoding="utf-8") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            items += [Item(folder, row) for row in rows]
    return [i for i in items if not pattern or re.search(pattern, i.name)]


def filled(data, address, link):
    """The placeholders of sip/extra replaced; other files come out unchanged."""
    if b"@LH@" not in data and b"@H@" not in data and b"@BR@" not in data:
        return data
    values = {"H": address.literal, "P": address.port, "LH": bracket(link.host),
              "LP": link.port, "TP": address.transport.upper(), "BR": "z9hG4bK" + token(),
              "CID": token(20), "TAG": token(), "EXT": EXTENSION}
    for name, value in values.items():
        data = data.replace(f"@{name}@".encode(), str(value).encode())
    body = data.lstrip(b"\r\n").partition(b"\r\n\r\n")[2]
    return data.replace(b"@CL@", str(len(body)).encode())


def whole_for_stream(data):
    """Whether the bytes are one complete message on a stream (RFC 3261 18.3)."""
    head, gap, body = data.lstrip(b"\r\n").partition(b"\r\n\r\n")
    match = re.search(rb"(?im)^(?:content-length|l)[ \t]*:[ \t]*(\d+)[ \t]*\r?$", head)
    return bool(gap and match and int(match.group(1)) <= len(body))


def link_for(data, address):
    """A link that hears the answer: without rport it goes to the port in the top Via
    (RFC 3261 18.2.2), which is always free on some address of 127.0.0.0/8."""
    via = re.search(rb"(?im)^(?:via|v)[ \t]*:[^\r\n]*?/[ \t]*\w+[ \t]+([^\r\n]*)", data)
    if address.transport == "tcp" or not via or b"rport" in via.group(1) or b"@LP@" in data:
        return connect(address)
    port = re.match(rb"(?:\[[^\]]*\]|[^;:\s]+)[ \t]*(?::[ \t]*(\d{1,5}))?", via.group(1))
    number = int(port.group(1)) if port and port.group(1) else 5060
    for _ in range(50):
        host = f"127.{random.randrange(1, 255)}.{random.randrange(256)}.{random.randrange(1, 255)}"
        try:
            return UdpLink(address, (host, number if 0 < number < 65536 else 5060))
        except OSError:
            continue
    raise Failure(f"no loopback address with a free port {number}")


class Probe:
    """One message on one fresh link, and what came back."""

    def __init__(self, item, address):
        self.item, self.address = item, address
        self.link = link_for(item.path.read_bytes(), address)
        self.data = filled(item.path.read_bytes(), address, self.link)
        self.request = sip_message.read(self.data.lstrip(b"\r\n"))[0]
        self.finals, self.faults = [], []

    def take(self):
        for data, at in self.link.messages():
            if not data.strip(b"\r\n"):
                self.faults.append("CRLF over UDP was answered")
                continue
            reply, faults = sip_message.read(data, at, echoed=True)
            self.faults += [f"{fault} in {reply.start!r}" for fault in faults]
            if reply.status is None:
                self.faults.append(f"a request came back: {reply.start!r}")
            elif reply.status >= 200:
                self.finals.append(reply)
                self.acknowledge(reply)

    def acknowledge(self, reply):
        if reply.cseq[1] != "INVITE":
            return
        rows = [("Via", self.request.get("via")), ("From", reply.get("from")),
                ("To", reply.get("to")), ("Call-ID", reply.get("call-id")),
                ("CSeq", f"{max(0, reply.cseq[0])} ACK"), ("Max-Forwards", "70")]
        uri = self.request.uri or "sip:x"
        self.link.send(sip_message.build(f"ACK {uri} SIP/2.0", rows))

    def run(self):
        stream = self.address.transport == "tcp"
        must = self.item.answer == "must" and (not stream or whole_for_stream(self.data))
        try:
            self.link.send(self.data)
        except OSError as error:
            self.faults.append(f"cannot send: {error}")
        end = time.monotonic() + (MUST_S if must else WAIT_S)
        while time.monotonic() < end and not self.finals:
            self.take()
            if getattr(self.link, "closed", False):
                break
            time.sleep(0.005)
        time.sleep(0.03)
        self.take()
        self.link.close()

    def trouble(self):
        stream = self.address.transport == "tcp"
        status = self.finals[0].status if self.finals else None
        whole = not stream or whole_for_stream(self.data)
        reason = verdict(self.item, status, stream and (not whole or self.item.answer != "must"))
        if not whole and status in (None, 400):
            reason = ""  # without a right Content-Length nothing is framed (RFC 3261 18.3, 20.14)
        different = {reply.raw for reply in self.finals}
        if not stream and len(different) > 1:
            reason = reason or f"{len(different)} different final answers"
        return "; ".join([r for r in [reason] if r] + self.faults[:3])


def alive(server, address):
    """'' when OPTIONS is still answered with 200."""
    if not server.alive():
        return f"the server died: {server.sanitizer_finding()} {server.log()[-1500:]}"
    try:
        with Caller(address) as caller:
            reply = caller.ask("OPTIONS", EXTENSION)
            return "" if reply.status == 200 else f"OPTIONS then got {reply.start!r}"
    except (Failure, OSError) as error:
        return f"OPTIONS then: {error}"


def run(program, pattern=None, verbose=False):
    """(passed, failed)."""
    score = {"passed": 0, "failed": 0, "best": 0}
    # A server per transport: the corpus has fixed branches, and RFC 3261 17.2.3 matches by those.
    for kind in ("udp4", "tcp4"):
        with Server(program, LISTEN_V4) as server:
            server.must_import(flows.document(EXTENSION, flows.response(486, "Busy here")))
            server.start()
            for item in load(pattern):
                count(score, kind, item, server, verbose)
            status = server.stop(40)
            finding = server.sanitizer_finding() or server.died
            if not finding and status != 0:
                finding = f"exit status {status}"
            if finding:
                score["failed"] += 1
                print(f"FAILED torture {kind}: at the end: {finding} {server.log()[-600:]}")
    total = score["passed"] + score["failed"]
    print(f"torture: {score['best']} of {total} answers were the best ones")
    return score["passed"], score["failed"]


def count(score, kind, item, server, verbose):
    probe = Probe(item, server.address(kind))
    probe.run()
    reason = probe.trouble() or alive(server, server.address(kind))
    status = probe.finals[0].status if probe.finals else None
    score["best"] += any(fits(status, t) for t in item.best)
    score["failed" if reason else "passed"] += 1
    if reason:
        print(f"FAILED torture {kind} {item.name}: {reason[:900]}", flush=True)
    elif verbose:
        print(f"ok   {kind} {item.name}: {status}", flush=True)
    if not server.alive():
        server.stop()
        server.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strowger", type=Path, required=True)
    parser.add_argument("--only", metavar="REGEX")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    passed, failed = run(options.strowger, options.only, options.verbose)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
