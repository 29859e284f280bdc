"""Registered phones are asked by OPTIONS whether they are there."""

import contextlib
import signal
import time

import baresip_peer
import judge
from cases import seats
from judge import expect
from runner import case


def row(server):
    rows = server.registrations()
    return rows[0] if rows else {"reachable": None, "round_trip_ms": None}


def until(seconds, holds, what):
    deadline = time.monotonic() + seconds
    while not holds():
        expect(time.monotonic() < deadline, what())
        time.sleep(0.2)


@contextlib.contextmanager
def asked(world, seconds, **options):
    """A server that asks in the shortest interval, and baresip as the phone of seat anna."""
    with seats.office(world, seats.BY_CAUSE, **options) as server:
        server.must("account", "set", "qualify_s=15")
        with baresip_peer.Answering(server.address("udp4"), "anna-desk", seats.PASSWORD, 0,
                                    seconds) as phone:
            yield server, phone


@case("qualify: baresip is asked by OPTIONS, and how long it took is listed")
def round_trip(world):
    with asked(world, 14) as (server, _):
        until(11, lambda: row(server)["round_trip_ms"] is not None, lambda: f"{row(server)}")
        expect(row(server)["reachable"] and row(server)["round_trip_ms"] < 1000, f"{row(server)}")
        listed = server.command("registration", "list")[1]
        expect(" ms" in listed and "RTT" in listed, listed)


@case("qualify: who stops answering is not rung any more, until it answers again", slow=True)
def silent(world):
    with asked(world, 100, shards=2) as (server, phone), world.caller(server=server) as caller:
        until(11, lambda: row(server)["round_trip_ms"] is not None, lambda: f"{row(server)}")
        phone.running.send_signal(signal.SIGSTOP)
        try:
            until(55, lambda: not row(server)["reachable"], lambda: f"silent: {row(server)}")
            began = time.monotonic()
            judge.plainly_refused(caller.invite(seats.NUMBER), 480, "Not here")
            expect(time.monotonic() - began < 2, "it was rung in vain")
            note = seats.only_record(server)["legs"][0]["note"]
            expect(note == "registered, but out of reach", note)
        finally:
            phone.running.send_signal(signal.SIGCONT)
        until(55, lambda: row(server)["reachable"], lambda: f"awake again: {row(server)}")
        expect(not caller.faults, "; ".join(caller.faults[:3]))
