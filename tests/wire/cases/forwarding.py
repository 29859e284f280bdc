"""Calls that a seat forwards or its phone, SIPp, redirects (RFC 3261 21.3): inside by the account's
numbers, outside by its carriers, as far as that seat may call; never to somebody else's server."""

import contextlib
import time

import flows
import offers
import rtp_ear
from cases import seats, trunks
from fake_carrier import Carrier
from judge import clean, expect
from runner import case

OUTSIDE = "03012345678"
RINGS = flows.document("1000", flows.node("user", {"id": "anna", "timeout": 5}, {
    "OUTGOING_CALL_BARRED": flows.response(480, "Not there"),
    "302": flows.response(480, "Moved")}))
NIGHT = flows.document("3000", flows.response(480, "Closed"))


@contextlib.contextmanager
def office(world, *documents, **options):
    """Callers whom nobody knows reach the seat anna, and a carrier takes her calls."""
    with trunks.office(world, *(documents or (RINGS,)), **options) as server, \
            Carrier([(200, "OK", 0.2)]) as carrier:
        trunks.add_trunk(server, "out", carrier, "--source", "127.0.0.1")
        server.start()
        yield server, carrier


def here(server, number):
    address = server.address()
    return f"sip:{number}@{address.literal}:{address.port}"


def talks_outside(call, carrier):
    final = call.wait_final(8)
    expect(final.status == 200, f"{final.start!r} | {call.ladder()}")
    invite = carrier.wait("INVITE")[0]
    expect(invite.get("to").startswith("<sip:+493012345678@"), f"To {invite.get('to')!r}")
    carrier.wait("ACK")
    cseq = call.bye()
    expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
    carrier.wait("BYE")
    expect(not carrier.faults, f"{carrier.faults}")
    return invite


@case("forwarding: a seat's calls go outside by its carrier, and the caller is shown there")
def outside(world):
    with office(world) as (server, carrier), world.caller(server=server) as caller:
        server.must("seat", "set", "anna",
                    f'call_forward={{"enabled":true,"number":"{OUTSIDE}",'
                    '"require_keypress":false}')
        caller.user = "4420712345"
        call = caller.invite("1000")
        invite = talks_outside(call, carrier)
        expect("sip:4420712345@" in invite.get("from"), f"From {invite.get('from')!r}")
        clean(call)
        record = trunks.last_record(server)
        expect((record["code"], record["legs"][0]["name"]) == (200, "trunk out"), f"{record}")


@case("forwarding: a seat without the right forwards nobody outside")
def barred(world):
    with office(world, outbound="[]") as (server, carrier), \
            world.caller(server=server) as caller:
        server.must("seat", "set", "anna",
                    f'call_forward={{"enabled":true,"number":"{OUTSIDE}"}}')
        trunks.says(caller.invite("1000"), 480, "Not there")
        expect(not carrier.all("INVITE"), f"{carrier.requests}")


@contextlib.contextmanager
def asked(world):
    """The seat's calls go outside, where somebody picks up and is asked to press 1."""
    keyed = Carrier([(200, "OK", 0.2)], payloads=(0, offers.EVENTS))
    with trunks.office(world, RINGS) as server, keyed as carrier:
        trunks.add_trunk(server, "out", carrier, "--source", "127.0.0.1")
        server.start()
        server.must("seat", "set", "anna",
                    f'call_forward={{"enabled":true,"number":"{OUTSIDE}"}}')
        with world.caller(server=server) as caller:
            call = caller.invite("1000")
            carrier.wait("ACK")
            caller.pump(1.5)
            expect(call.final is None, f"answered before the key | {call.ladder()}")
            expect(not call.ear.packets, "heard something before the key")
            yield server, carrier, caller, call


def rtp_of(carrier):
    packets = []
    while got := rtp_ear.receive(carrier.rtp):
        packets.append(rtp_ear.Packet(got[0], got[1], got[2]))
    return [packet for packet in packets if packet.payload_type == 0]


@case("forwarding: who answers outside presses 1, by RFC 4733, and then has the call")
def keypress(world):
    with asked(world) as (server, carrier, caller, call):
        question = rtp_of(carrier)
        expect(len(question) > 50, f"{len(question)} packets of a question")
        carrier.press("1")
        final = call.wait_final(4)
        expect(final.status == 200, f"{final.start!r} | {call.ladder()}")
        caller.pump(0.5)
        target = (call.answer.audio.host, call.answer.audio.port)
        for _ in range(10):
            call.ear.send_silence(target)
            caller.pump(0.02)
        time.sleep(0.2)
        passed = rtp_of(carrier)
        expect(len(passed) >= 8, f"{len(passed)} packets of the caller came through")
        expect({packet.ssrc for packet in question + passed} == {question[0].ssrc},
               "the one asked hears a second stream")
        cseq = call.bye()
        expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
        carrier.wait("BYE")
        expect(not carrier.faults, f"{carrier.faults}")
        clean(call)
        note = trunks.last_record(server)["legs"][0]["note"]
        expect(note == "took the call by pressing 1", f"note {note!r}")


@case("forwarding: who presses another key has not answered, and the caller goes on")
def another_key(world):
    with asked(world) as (server, carrier, caller, call):
        carrier.press("5")
        trunks.says(call, 408, "Request Timeout")
        bye = carrier.wait("BYE")[0]
        expect("Not accepted by key" in bye.get("reason"), f"Reason {bye.get('reason')!r}")
        expect(not carrier.faults, f"{carrier.faults}")
        clean(call)


def redirected(world, target, judge, documents=(RINGS,), **options):
    with office(world, *documents, **options) as (server, carrier), \
            world.caller(server=server) as caller:
        with seats.phone(server, "phone_redirects", keys=[("target", target(server))]) as desk:
            call = caller.invite("1000")
            judge(call, carrier)
            desk.must_be_content()


@case("302: a phone sends its calls outside, as its seat may")
def redirected_outside(world):
    redirected(world, lambda server: here(server, OUTSIDE), talks_outside)


@case("302: to a class that the seat may not call it leads to the branch of its cause")
def redirected_barred(world):
    redirected(world, lambda server: here(server, OUTSIDE),
               lambda call, carrier: trunks.says(call, 480, "Not there"), outbound="[]")


@case("302: to a number of the account, whose callflow is walked")
def redirected_inside(world):
    redirected(world, lambda server: here(server, "3000"),
               lambda call, carrier: trunks.says(call, 480, "Closed"), documents=(RINGS, NIGHT))


@case("302: to another server's address nothing is sent")
def redirected_away(world):
    with Carrier() as stranger:
        def nothing_came(call, carrier):
            trunks.says(call, 480, "Moved")
            expect(not stranger.requests and not carrier.all("INVITE"), f"{stranger.requests}")
        redirected(world, lambda server: f"sip:3000@{stranger.place}", nothing_came,
                   documents=(RINGS, NIGHT))
