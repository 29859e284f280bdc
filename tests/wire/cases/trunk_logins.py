"""Carriers and PBXs that log in at us: they register (RFC 3261 10), are called where they have, and
bring calls with their login (22). The other side is SIPp, another Strowger, or our own caller."""

import contextlib
import json
import time

import digest
import flows
import sipp_peer
from judge import clean, expect, plainly_refused
from cases.registration import Phone
from cases.secure import secure
from cases.trunks import (ANNOUNCED, DIALS_OUT, OUTSIDE, PASSWORD, STRICT, dial, last_record,
                          office, says)
from fake_carrier import Carrier
from runner import case


def add_login(server, name="pbx", *more):
    """The secret of a new trunk whose other side logs in as site7."""
    made = json.loads(server.must("trunk", "add", "--id", name, "--name", name, "--login",
                                  "site7", "--json", *more))
    expect(len(made["new_login"]["secret"]) >= 20, f"{made}")
    return made["new_login"]["secret"]


def until(seconds, what, holds):
    end = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.1)
    expect(found, what())
    return found


def invite(caller, number, secret, user="site7", **options):
    """A call of the trunk, which logs in; its caller is somebody outside."""
    call = caller.invite(number, **options)
    for _ in range(20):  # a nonce is of a shard (docs/decisions/0016)
        final = call.wait_final()
        if final.status != 401:
            return call
        shown = digest.answer(digest.challenges(final)[0], user, secret, "INVITE",
                              caller.uri(number))
        call = caller.invite(number, headers=[("Authorization", shown)], **options)
    return call


def sipp_registers(server, secret, port):
    sipp_peer.run(server.address(), "register", "site7", 1,
                  options=["-p", str(port), "-au", "site7", "-ap", secret])


@case("trunk login: SIPp registers and is called there, with the number; its contact is listed")
def is_called(world):
    for shards in (1, 2):
        with office(world, shards=shards) as server:
            secret = add_login(server)
            server.start()
            with world.caller(server=server) as caller:
                says(dial(caller, OUTSIDE), 480, "Subscriber absent")
                notes = " ".join(step.get("note", "") for step in last_record(server)["path"])
                expect("trunk pbx is not registered" in notes, f"notes {notes!r}")
                port = sipp_peer.free_port("127.0.0.1")
                sipp_registers(server, secret, port)
                rows = server.registrations()
                expect([(row["device"], row.get("trunk")) for row in rows] == [("", "pbx")],
                       f"{rows}")
                _, shown, _ = server.command("registration", "list")
                expect("trunk:pbx" in shown, shown)
                with sipp_peer.Phone(server.address(), "phone_hangs_up", port) as pbx:
                    call = dial(caller, OUTSIDE)
                    expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
                    call.wait_bye()
                    pbx.must_be_content()
                    clean(call)
            record = last_record(server)
            expect(record["legs"][0]["name"] == "trunk pbx", f"{record['legs']}")
            expect(record["legs"][0]["target"].startswith("sip:+493012345678@127.0.0.1:"),
                   f"{record['legs']}")


@case("trunk login: not registered is the next trunk's turn, and a branch when there is none")
def not_registered(world):
    flow = flows.document("no_match", flows.node("resources", {}, {
        "SUBSCRIBER_ABSENT": flows.response(486, "Nobody there")}))
    with office(world, flow) as server, Carrier([(486, "Besetzt")]) as other:
        add_login(server, "pbx", "--set", "outbound.priority=1")
        server.start()
        with world.caller(server=server) as caller:
            says(dial(caller, OUTSIDE), 486, "Nobody there")
            server.must("trunk", "add", "--id", "two", "--name", "Two", "--host", other.place,
                        "--set", "outbound.priority=2")
            says(dial(caller, OUTSIDE), 486, "Besetzt")


@case("trunk login: it brings calls with its login, as a carrier's and never as a seat's")
def brings_calls(world):
    for shards in (1, 2):
        with office(world, ANNOUNCED, DIALS_OUT | {"id": "out"}, shards=shards) as server:
            secret = add_login(server, "pbx", "--set", "channels=1")
            server.start()
            with world.caller(server=server) as caller:
                caller.user = "4420712345"
                expect(caller.invite("+493099900").wait_final().status == 401, "let in unasked")
                for written in ("+493099900", "03099900"):
                    plainly_refused(invite(caller, written, secret), 480, "Closed today")
                record = last_record(server)
                expect((record.get("caller_trunk"), record.get("caller_device")) == ("pbx", None),
                       f"{record}")
                # No number outside is to be had from here, and no_match is not for it.
                says(invite(caller, OUTSIDE, secret), 404, "Not Found")
                says(invite(caller, "+493099900", "wrong-secret-1234567"), 403, "Forbidden")
                # It is none of our phones, whatever it writes; itself it may be.
                caller.user = "anna-desk"
                says(invite(caller, "+493099900", secret), 403, "Forbidden")
                caller.user = "site7"
                says(invite(caller, "+493099900", secret), 480, "Closed today")
                server.must("trunk", "set", "pbx", "inbound.enabled=false")
                says(invite(caller, "+493099900", secret), 403, "Forbidden")


@case("trunk login: where strangers may call, who registered from there is asked all the same")
def asked_where_strangers_may_call(world):
    with world.private([ANNOUNCED]) as server:
        secret = add_login(server)
        server.start()
        with world.caller(server=server) as caller:
            plainly_refused(caller.invite("+493099900"), 480, "Closed today")
            expect("caller_trunk" not in last_record(server), "a stranger counted as the trunk")
            pbx = Phone(caller, "site7", secret)
            expect(pbx.register(("Expires", "300")).status == 200, "not registered")
            caller.user = "4420712345"
            says(invite(caller, "+493099900", secret), 480, "Closed today")
            expect(last_record(server).get("caller_trunk") == "pbx", "not the trunk's")
            expect(server.command("registration", "remove", "trunk:pbx")[0] == 0, "not removed")
            until(5, server.registrations, lambda: not server.registrations())
            plainly_refused(caller.invite("+493099900"), 480, "Closed today")
            expect("caller_trunk" not in last_record(server), "still the trunk's")


@case("trunk login: names, subscriptions and messages are for phones; a wrong address is refused")
def only_a_trunk(world):
    with office(world, ANNOUNCED) as server:
        secret = add_login(server)
        for words in (("device", "add", "--name", "D", "--username", "site7"),
                      ("seat", "add", "--id", "site7", "--first", "S", "--extension", "301"),
                      ("trunk", "add", "--name", "T", "--login", "anna-desk"),
                      ("trunk", "add", "--name", "T", "--login", "201")):
            status, _, err = server.command(*words)
            expect(status != 0 and "choose another" in err, f"{words}: {status} {err!r}")
        server.start()
        with world.caller(server=server) as caller:
            pbx = Phone(caller, "site7", secret)
            first = pbx.send()
            reply = pbx.send(pbx.credentials(first), user="anna-desk")
            expect((reply.status, reply.phrase) == (403, "Not Your Address"), f"{reply.start!r}")
            for method, headers in (("SUBSCRIBE", [("Event", "dialog"), ("Expires", "300")]),
                                    ("MESSAGE", [("Content-Type", "text/plain")])):
                uri = f"sip:201@{caller.address.literal}:{caller.address.port}"
                once = {"uri": uri, "call_id": f"{method}-once"}  # a nonce is of a shard
                asked = caller.ask(method, headers=headers, **once)
                shown = digest.answer(digest.challenges(asked)[0], "site7", secret, method, uri)
                final = caller.ask(method, cseq=2, headers=[*headers, ("Authorization", shown)],
                                   **once)
                expect(final.status == 403, f"{method} got {final.start!r}")


@case("trunk login: over TLS it registers, calls, and is called on its connection")
def over_tls(world):
    with secure() as (options, _):
        options["config"] = STRICT + options["config"]
        with office(world, ANNOUNCED, DIALS_OUT | {"id": "out"}, shards=1, **options) as server, \
                contextlib.ExitStack() as callers:
            secret = add_login(server)
            server.start()
            there = callers.enter_context(world.caller("tls4", server))
            expect(Phone(there, "site7", secret).register(("Expires", "300")).status == 200,
                   "not registered")
            expect(server.registrations()[0]["transport"] == "tls", f"{server.registrations()}")
            there.user = "4420712345"
            says(invite(there, "+493099900", secret), 480, "Closed today")
            expect(last_record(server).get("caller_trunk") == "pbx", f"{last_record(server)}")
            desk = callers.enter_context(world.caller(server=server))
            desk.user = "anna-desk"
            asked = desk.invite(OUTSIDE).wait_final()
            shown = digest.answer(digest.challenges(asked)[0], "anna-desk", PASSWORD, "INVITE",
                                  desk.uri(OUTSIDE))
            dialled = desk.invite(OUTSIDE, headers=[("Authorization", shown)])
            there.pump(5, lambda: there.faults)
            expect("INVITE sip:+493012345678@" in there.faults[0], f"{there.faults}")
            there.faults.clear()
            dialled.cancel()
            expect(dialled.wait_final().status == 487, dialled.ladder())


@contextlib.contextmanager
def branch(world, server, transport):
    """Another Strowger that registers at `server` as site7; its number …79 is picked up."""
    answers = flows.document("+493012345679", flows.node("answer", {}, {"_": flows.sleep(
        30_000, flows.response(480))}))
    port = server.address("tcp4" if transport == "tcp" else "udp4").port
    # Each has an Anna: neither lets a call in that says to be hers.
    secret = add_login(server, "pbx", "--set", "caller_id.number=+4930555")
    with office(world, answers | {"id": "o"}, DIALS_OUT | {"id": "d"}) as far:
        far.must("trunk", "add", "--id", "up", "--name", "Up", "--username", "site7",
                 "--password", secret, "--register", "--set",
                 "caller_id.number=+4930777", "--set",
                 f'addresses=[{{"host": "127.0.0.1", "port": {port}, "transport": "{transport}"}}]')
        yield far.start()


@case("trunk login: another Strowger logs in by UDP and TCP, calls both ways, survives a restart")
def another_strowger(world):
    for transport, shards in (("udp", 2), ("tcp", 1), ("tcp", 2)):
        with office(world, ANNOUNCED, DIALS_OUT | {"id": "out"}, shards=shards) as server:
            server.start()
            with branch(world, server, transport) as far:
                until(8, server.log, server.registrations)
                with world.caller(server=far) as there:
                    says(dial(there, "03099900"), 480, "Closed today")
                expect(last_record(server).get("caller_trunk") == "pbx", f"{last_record(server)}")
                with world.caller(server=server) as here:
                    call = dial(here, OUTSIDE[:-1] + "9")
                    expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
                    cseq = call.bye()
                    expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
                    until(5, far.live, lambda: not far.live())
            if transport == "udp":
                server.stop()
                server.start()
                rows = server.registrations()
                expect([row.get("trunk") for row in rows] == ["pbx"], f"{rows}")
