"""UDP and TCP over IPv4 and IPv6; TCP framing that survives slow, split and merged bytes
(RFC 3261 18; acceptance item 13)."""

import socket
import time

import flows
import offers
import sip_message
from judge import clean, expect, heard, plainly_refused, refused
from links import TcpLink
from runner import TONES, case, flow
from sip_caller import Failure

PLAIN = flow(flows.document(flows.number(), flows.response(486, "Geschäft zu")))
TONE = flow(flows.document(flows.number(), flows.response(486, "Geschäft zu", "two-tones")))
MENU = flow(flows.document(flows.number(), flows.menu(
    "lead-in", {"1": flows.response(486, "Option one")}, timeout=2000)))


def kinds(world):
    return ("udp4", "tcp4") + (("udp6", "tcp6") if world.has_v6 else ())


@case("transports: the same call over UDP and TCP, IPv4 and IPv6, with media")
def all_transports(world):
    for kind in kinds(world):
        with world.caller(kind) as caller:
            plainly_refused(caller.invite(PLAIN), 486, "Geschäft zu")
            call = caller.invite(TONE)
            refused(call, 486, "Geschäft zu", 8)
            heard(call, TONES["two-tones"])
            expect((":" in call.answer.audio.host) == kind.endswith("6"),
                   f"{kind}: SDP address {call.answer.audio.host}")


@case("transports: signalling over IPv6 with an IPv4 session still gets its code")
def mixed_families(world):
    if not world.has_v6:
        return
    with world.caller("udp6") as caller:
        call = caller.invite(TONE, sdp=offers.offer("127.0.0.1", 40000))
        refused(call, 486, "Geschäft zu", 8)


@case("transports: an answered call and its BYE over TCP and IPv6")
def answered(world):
    for kind in kinds(world):
        with world.caller(kind) as caller:
            call = caller.invite(MENU)
            call.wait_status(200)
            call.wait_rtp(3)
            call.dial("1")
            call.wait_bye()
            clean(call)


@case("transports: TCP does not repeat the code while it waits for the ACK")
def no_timer_g(world):
    with world.caller("tcp4") as caller:
        call = caller.invite(PLAIN, ack=False)
        call.wait_final()
        caller.pump(1.2)
        expect(len(call.seen(486)) == 1, "486 repeated over TCP (RFC 3261 17.2.1)")


@case("transports: TCP bytes one by one, and two requests in one segment")
def split_and_merged(world):
    with world.caller("tcp4") as caller:
        call = caller.invite(PLAIN, sdp=None)
        plainly_refused(call, 486, "Geschäft zu")
        first, one = caller.request("OPTIONS", PLAIN)
        for at in range(len(first)):
            caller.send(first[at:at + 1])
        wait_replies(caller, [one])
        pairs = [caller.request("OPTIONS", PLAIN) for _ in range(20)]
        joined = b"\r\n\r\n".join(data for data, _ in pairs)
        caller.send(joined[:700])
        caller.pump(0.05)
        caller.send(joined[700:])
        wait_replies(caller, [message for _, message in pairs])
        expect(not caller.faults, "; ".join(caller.faults[:3]))


def wait_replies(caller, requests):
    wanted = {r.get("call-id") for r in requests}

    def all_here():
        return wanted <= {r.get("call-id") for r in caller.replies}
    if not caller.pump(3, all_here):
        got = sum(r.get("call-id") in wanted for r in caller.replies)
        raise Failure(f"{got} of {len(wanted)} requests were answered")


@case("transports: a body that comes late is waited for")
def late_body(world):
    with world.caller("tcp4") as caller:
        call = caller.invite(PLAIN)
        plainly_refused(call, 486)
        body = b"x" * 900
        data, request = caller.request("OPTIONS", PLAIN, body=body,
                                       headers=[("Content-Type", "text/plain")])
        caller.send(data[:-600])
        caller.pump(0.3)
        expect(not caller.replies, "answered before the body was complete")
        caller.send(data[-600:])
        wait_replies(caller, [request])


@case("transports: a double CRLF over TCP gets a single CRLF back")
def keepalive(world):
    link = TcpLink(world.server.address("tcp4"))
    link.send(b"\r\n\r\n")
    end = time.monotonic() + 2
    while time.monotonic() < end and not link.pongs:
        link.messages()
        time.sleep(0.01)
    expect(link.pongs == 1, f"{link.pongs} CRLF came back (RFC 5626 4.4.1)")
    expect(not link.closed, "the connection was closed")
    link.close()


@case("transports: garbage over TCP closes that connection and no other")
def garbage(world):
    with world.caller("tcp4") as good:
        bad = TcpLink(world.server.address("tcp4"))
        bad.send(b"\x16\x03\x01 garbage \x00\xff\r\n\r\n" + b"A" * 200000)
        end = time.monotonic() + 5
        while time.monotonic() < end and not bad.closed:
            bad.messages()
            time.sleep(0.02)
        expect(bad.closed, "a connection that sent 200 kB without a message is still open")
        bad.close()
        plainly_refused(good.invite(PLAIN), 486)


@case("transports: 200 idle and half-open TCP connections do not keep callers waiting")
def slow_peers(world):
    address = world.server.address("tcp4")
    crowd = []
    try:
        for _ in range(200):
            sock = socket.create_connection((address.host, address.port), timeout=5)
            sock.sendall(b"OPTIONS sip:x SIP/2.0\r\nVia: ")
            crowd.append(sock)
        for kind in ("udp4", "tcp4"):
            with world.caller(kind) as caller:
                call = caller.invite(PLAIN)
                plainly_refused(call, 486)
                took = call.final.at - call.started_at
                expect(took < 0.5, f"{kind}: answered after {took:.2f} s beside slow peers")
    finally:
        for sock in crowd:
            sock.close()


@case("transports: the caller's TCP connection breaks in early media; the server goes on")
def broken(world):
    with world.caller("tcp4") as caller:
        call = caller.invite(TONE)
        call.wait_rtp(5)
        caller.link.close()
        caller.link.closed = True
        caller.ears[0].drain()
    with world.caller("tcp4") as caller:
        plainly_refused(caller.invite(PLAIN), 486)


@case("transports: a large INVITE over UDP and TCP")
def large(world):
    padding = [("X-Padding", "p" * 1000)] * 12
    for kind in ("udp4", "tcp4"):
        with world.caller(kind) as caller:
            call = caller.invite(PLAIN, headers=padding)
            plainly_refused(call, 486)
            message = sip_message.read(call.invite_bytes)[0]
            expect(len(message.raw) > 12000, "not large")
