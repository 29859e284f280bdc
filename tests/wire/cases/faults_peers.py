"""Peers that are slow, say nothing or never end, and a server that runs out of descriptors: others
are served meanwhile (hardening.md 7, row 11)."""

import contextlib
import socket
import time

import faults
import flows
from judge import expect, plainly_refused
from runner import case

SLOW = 1_000          # of each kind
CUT_AFTER_S = 30.0    # docs/configuration.md: a partial head
CUT_SLACK_S = 6.0
ANSWER_MAX_S = 1.0    # to others meanwhile; the machine may be busy with other tests
PARTIAL_SIP = b"OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP h;bra"
PARTIAL_HTTP = b"GET /healthz HTTP/1.1\r\nHost: h\r\nX-Slow: "


@contextlib.contextmanager
def connections(host, port, count, text=b""):
    """So many, each having said only `text`."""
    opened = []
    try:
        for _ in range(count):
            one = socket.create_connection((host, port), timeout=5)
            one.setblocking(False)
            opened.append(one)
            if text:
                one.send(text)
        yield opened
    finally:
        for one in opened:
            one.close()


def http_address(server):
    host, _, port = server.addresses["http"].rpartition(":")
    return host, int(port)


def is_cut(one):
    try:
        return one.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def others_are_served(world, server, number):
    """A call and OPTIONS by UDP, OPTIONS by a new TCP connection, a page."""
    for kind in ("udp4", "tcp4"):
        with world.caller(kind, server) as caller:
            for _ in range(5):
                began = time.monotonic()
                expect(caller.ask("OPTIONS").status == 200, f"OPTIONS by {kind}")
                took = time.monotonic() - began
                expect(took < ANSWER_MAX_S, f"OPTIONS by {kind} took {took:.1f} s")
            plainly_refused(caller.invite(number), 486, "Busy now")
    expect(server.get("/healthz")[0] == 200, "/healthz")


def slow_server(world):
    number = flows.number()
    server = world.private([flows.document(number, flows.response(486, "Busy now"))])
    return server, number


@case("faults: 1,000 slow SIP peers and 1,000 slow HTTP peers of one address lock nobody out",
      alone=True)
def slow_peers(world):
    server, number = slow_server(world)
    with server:
        server.start()
        tcp = server.address("tcp4")
        with connections(tcp.host, tcp.port, SLOW, PARTIAL_SIP), \
                connections(*http_address(server), SLOW, PARTIAL_HTTP):
            others_are_served(world, server, number)
            expect(server.metric("tcp_connections") >= SLOW // 2, "the slow peers are not there")
        others_are_served(world, server, number)


@case("faults: more slow HTTP peers than there are connections lock nobody out", alone=True)
def crowded_http(world):
    server, number = slow_server(world)
    with server:
        server.start()
        with connections(*http_address(server), 1_500, PARTIAL_HTTP):
            others_are_served(world, server, number)


@case("faults: partial heads and connections that say nothing are cut after 30 s", alone=True,
      slow=True)
def cut(world):
    server, number = slow_server(world)
    with server:
        server.start()
        tcp = server.address("tcp4")
        began = time.monotonic()
        with connections(tcp.host, tcp.port, 200, PARTIAL_SIP) as partial, \
                connections(tcp.host, tcp.port, 200) as silent, \
                connections(*http_address(server), 200, PARTIAL_HTTP) as pages:
            everybody = partial + silent + pages
            while time.monotonic() - began < CUT_AFTER_S - 5:
                trickle(partial + pages)
                others_are_served(world, server, number)
                time.sleep(1)
            faults.wait_until(lambda: all(map(is_cut, everybody)),
                              began + CUT_AFTER_S + CUT_SLACK_S - time.monotonic(),
                              lambda: f"{sum(not is_cut(one) for one in everybody)} of"
                              f" {len(everybody)} are open after {CUT_AFTER_S + CUT_SLACK_S} s")
        faults.wait_until(lambda: server.metric("tcp_connections") == 0, 5,
                          lambda: "connections are left")


def trickle(opened):
    """A byte now and then buys no time."""
    for one in opened:
        with contextlib.suppress(OSError):
            one.send(b"x")


@case("faults: heads that never end are cut before they take memory", alone=True)
def endless_heads(world):
    server, number = slow_server(world)
    with server:
        server.start()
        before = server.memory_kb()
        tcp = server.address("tcp4")
        for where in ((tcp.host, tcp.port), http_address(server)):
            with connections(*where, 50) as opened:
                for one in opened:
                    pour(one, b"OPTIONS / HTTP/1.1\r\n")
                faults.wait_until(lambda: all(map(is_cut, opened)), 10,
                                  lambda: f"an endless head at {where} is still read")
        others_are_served(world, server, number)
        grown = server.memory_kb() - before
        expect(grown < 40_000, f"{grown} kB more memory")


def pour(one, start):
    """Header lines without end, until nobody takes them."""
    one.setblocking(True)
    with contextlib.suppress(OSError):
        one.sendall(start)
        for _ in range(200):
            one.sendall(b"X-Endless: " + b"x" * 1000 + b"\r\n")
    one.setblocking(False)


@case("faults: out of file descriptors calls go on, and afterwards all is as before", alone=True)
def descriptors(world):
    plain, tone = flows.number(), flows.number()
    documents = [flows.document(plain, flows.response(486, "Busy now")),
                 flows.document(tone, flows.response(486, "Busy now", "long"))]
    with world.private(documents, media=["long"],
                       through=("prlimit", "--nofile=64:64")) as server:
        server.start()
        tcp = server.address("tcp4")
        with world.caller(server=server) as caller:
            held = [caller.invite(tone) for _ in range(30)]
            with connections(tcp.host, tcp.port, 60), \
                    connections(*http_address(server), 60, PARTIAL_HTTP):
                used, began = server.cpu_seconds(), time.monotonic()
                for _ in range(10):
                    plainly_refused(caller.invite(plain), 486, "Busy now")
                caller.pump(2.0)
                share = (server.cpu_seconds() - used) / (time.monotonic() - began)
                expect(share < 0.5, f"{share:.2f} of a core: a busy loop?")
            heard_some = sum(1 for call in held if call.ear.packets)
            expect(heard_some >= 3, f"only {heard_some} of 30 callers heard anything")
            for call in held:
                if call.final is None:
                    call.cancel()
                    call.wait_final()
            faults.wait_until(lambda: serves_http(server), 35, lambda: "HTTP does not come back")
            blip_again(caller, tone)
        others_are_served(world, server, plain)
        world.note(f"64 descriptors: {heard_some} of 30 callers heard media, {share:.2f} of a core")


def serves_http(server):
    try:
        return server.get("/healthz")[0] == 200
    except OSError:
        return False


def blip_again(caller, number):
    call = caller.invite(number)
    call.wait_rtp(5)
    call.cancel()
    expect(call.wait_final().status == 487, f"{call.final.start!r}")
