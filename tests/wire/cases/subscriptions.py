"""Phones ask to be told (RFC 6665) whether messages wait (RFC 3842). Of calls: lamps.py."""

import digest
import sipp_peer
from cases.registration import PASSWORD, Phone, server_with
from judge import expect
from runner import case

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
