"""Lamps: phones watch the calls of a seat of their account (RFC 4235)."""

import contextlib
import time

import digest
import sipp_peer
from cases import seats
from cases.registration import Phone
from judge import expect
from runner import case

LAMP = ("Event", "dialog")
EXTENSION = "201"  # of seat anna
WATCHERS = 6  # each with a Call-ID that may fall to another shard than the call's


@contextlib.contextmanager
def console(server, extension=EXTENSION):
    """SIPp as the keys of bert's phone."""
    address = server.address()
    with sipp_peer.Phone(address, "watches", sipp_peer.free_port(address.host), calls=WATCHERS,
                         options=["-s", extension, "-au", "bert-desk", "-ap", seats.PASSWORD,
                                  "-auth_uri", f"{extension}@{address.literal}:{address.port}",
                                  "-r", "100"]) as keys:
        time.sleep(1.5)  # all are subscribed, and told that nobody talks
        yield keys


def lit(world, shards):
    with seats.office(world, seats.BY_CAUSE, shards=shards) as server, \
            world.caller(server=server) as caller, \
            seats.phone(server, "phone_answers") as desk, console(server) as keys:
        call = caller.invite(seats.NUMBER)
        seats.talk(server, call)
        caller.pump(2.5)
        call.wait_reply(call.bye(), "BYE")
        desk.must_be_content()
        keys.must_be_content()


@case("lamps: sipp's keys see a seat ring, talk and hang up")
def one_shard(world):
    lit(world, 1)


@case("lamps: … also when the call is another shard's")
def two_shards(world):
    lit(world, 2)


def subscribe(phone, user, *headers):
    uri = f"sip:{user}@{phone.caller.address.literal}:{phone.caller.address.port}"
    first = phone.send(LAMP, method="SUBSCRIBE", uri=uri, user=user)
    expect(first.status == 401, f"without credentials: {first.start!r}")
    answer = digest.answer(digest.challenges(first)[0], phone.user, phone.password, "SUBSCRIBE",
                           uri)
    return phone.send(LAMP, ("Authorization", answer), *headers, method="SUBSCRIBE", uri=uri,
                      user=user)


@case("lamps: whom nobody knows can't be watched, nor without a password; OPTIONS says what can be")
def refused(world):
    with seats.office(world, seats.BY_CAUSE) as server, world.caller(server=server) as caller:
        phone = Phone(caller, "bert-desk", seats.PASSWORD)
        reply = subscribe(phone, "999")
        expect(reply.status == 404, f"an unknown number: {reply.start!r}")
        reply = subscribe(phone, EXTENSION, ("Expires", "7"))
        expect((reply.status, reply.get("min-expires")) == (423, "60"), f"{reply.start!r}")
        stranger = Phone(caller, "bert-desk", "wrong-horse-22")
        reply = subscribe(stranger, EXTENSION)
        expect(reply.status == 403, f"a wrong password: {reply.start!r}")
        said = caller.ask("OPTIONS")
        expect("dialog" in said.get("allow-events"), f"Allow-Events: {said.all('allow-events')}")
        expect("SUBSCRIBE" in said.get("allow"), f"Allow: {said.get('allow')}")
