"""Phones ask to be told (RFC 6665) whether messages wait (RFC 3842). Of calls: lamps.py."""

import re

import baresip_peer
import digest
import sipp_peer
from cases.registration import PASSWORD, Phone, server_with
from cases.watched import Trace
from judge import expect
from runner import case
from slow_line import SlowLine

SUMMARY = ("Event", "message-summary")


def subscribe(phone, *headers, user="anna"):
    uri = f"sip:{user}@{phone.caller.address.literal}:{phone.caller.address.port}"
    return phone.send(*headers, method="SUBSCRIBE", uri=uri, user=user)


@case("subscription: sipp phones are challenged, accepted and told that no messages wait")
def told(world):
    with server_with(world) as server:
        for kind in ("udp4", "tcp4"):
            address = server.address(kind)
            sipp_peer.run(address, "subscribes", "anna", calls=3, rate=20,
                          options=["-au", "anna", "-ap", PASSWORD, "-auth_uri",
                                   f"anna@{address.literal}:{address.port}"])


@case("subscription: another event, none, too short a time, and strangers are refused")
def refused(world):
    with server_with(world, "anna", "bert") as server, world.caller(server=server) as caller:
        phone = Phone(caller)
        first = subscribe(phone, SUMMARY)
        expect(first.status == 401, f"without credentials: {first.start!r}")
        for event in ([("Event", "presence")], []):
            other = subscribe(phone, *event, subscriber(phone, first))
            expect(other.status == 489, f"{event} got {other.start!r}")
            expect(other.get("allow-events") == "message-summary, dialog",
                   f"{other.all('allow-events')}")
            first = subscribe(phone, SUMMARY)
        wrong = Phone(caller, password="wrong-horse-22")
        reply = subscribe(wrong, SUMMARY, subscriber(wrong, first))
        expect(reply.status in (401, 403), f"a wrong password: {reply.start!r}")
        reply = subscribe(phone, SUMMARY, ("Expires", "5"), subscriber(phone, first))
        expect((reply.status, reply.get("min-expires")) == (423, "60"), f"{reply.start!r}")
        reply = subscribe(phone, SUMMARY, subscriber(phone, first, "bert"), user="bert")
        expect(reply.status in (401, 403), f"somebody else's messages: {reply.start!r}")


def subscriber(phone, challenged, user="anna"):
    uri = f"sip:{user}@{phone.caller.address.literal}:{phone.caller.address.port}"
    return ("Authorization", digest.answer(digest.challenges(challenged)[0], phone.user,
                                           phone.password, "SUBSCRIBE", uri))


@case("subscription: baresip asks for its mailbox, is told that it is empty, and ends it")
def mailbox(world):
    with server_with(world) as server, SlowLine(server.address("udp4")) as line:
        trace = Trace(server, "--method", "SUBSCRIBE", "--full", "--count", "6")
        said = baresip_peer.watch_mailbox(line.address, "anna", PASSWORD)
        expect("Messages-Waiting: no" in said, f"on the console: {said[-400:]!r}")
        # Without credentials, with them, and the end of it by the address in our Contact.
        text = trace.output()
        starts = re.findall(r"^(?:SUBSCRIBE|SIP/2.0 \d+)", text, re.M)
        expect(starts == ["SUBSCRIBE", "SIP/2.0 401", "SUBSCRIBE", "SIP/2.0 200", "SUBSCRIBE",
                          "SIP/2.0 200"], f"{starts}")
        expires = re.findall(r"^Expires: (\d+)", text, re.M)
        expect((expires[0], expires[-1]) == ("600", "0"), f"Expires {expires}")
        expect(len(set(re.findall(r"^Call-ID: (.*)$", text, re.M))) == 1, "several subscriptions")
        expect(len(line.sent("phone", "SUBSCRIBE")) == 2, "it asked again and again")
