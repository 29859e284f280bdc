"""Carriers: they bring calls by their address and take those of seats that may call outside, where
we are the client (RFC 3261 8.1, 10.2, 22.2). The carrier is our own peer, or SIPp, or Kamailio."""

import contextlib
import time

import digest
import flows
import rtp_ear
import sipp_peer
from fake_carrier import Carrier
from judge import clean, expect, plainly_refused
from kamailio_peer import Kamailio
from links import Address
from runner import case
from server import ServerError
from sip_caller import Caller, Failure

PASSWORD = "correct-horse-1"
LOGIN = ("acct7", "carriers-secret")
OUTSIDE = "03012345678"
STRICT = '[inbound]\nanonymous = "none"\n'
DIALS_OUT = flows.document("no_match", flows.node("resources"))
ANNOUNCED = flows.document("+493099900", flows.response(480, "Closed today")) | {"id": "closed"}


def add_trunk(server, name, carrier, *more):
    server.must("trunk", "add", "--id", name, "--name", name, "--host", carrier.place, *more)


@contextlib.contextmanager
def office(world, *documents, outbound='["national"]', **options):
    """A strict server with the seat anna, her phone, and what her account is in the world."""
    with world.private(**{"config": STRICT} | options) as server:
        server.must("seat", "add", "--id", "anna", "--first", "Anna", "--extension", "201",
                    "--alone")
        server.must("account", "set", "country_code=49")
        server.must("seat", "set", "anna", f"outbound={outbound}")
        server.add_device("anna-desk", PASSWORD, "--owner", "anna")
        for document in documents or (DIALS_OUT,):
            server.must_import(document)
        yield server


def dial(caller, number):
    """A call of anna's phone, which logs in."""
    caller.user = "anna-desk"
    call = caller.invite(number)
    for _ in range(20):  # a nonce is of a shard (docs/decisions/0016)
        final = call.wait_final(10)
        if final.status != 401:
            return call
        shown = digest.answer(digest.challenges(final)[0], "anna-desk", PASSWORD, "INVITE",
                              caller.uri(number))
        call = caller.invite(number, headers=[("Authorization", shown)])
    return call


def last_record(server):
    return server.record(server.calls()[0]["id"])


def says(call, code, phrase, seconds=8):
    final = call.wait_final(seconds)
    expect((final.status, final.phrase) == (code, phrase), f"{final.start!r} | {call.ladder()}")


@case("trunk: its calls need no login, whatever form the number has; strangers stay outside")
def brings_calls(world):
    with office(world, ANNOUNCED) as server, Carrier() as carrier:
        server.must("trunk", "add", "--id", "in", "--name", "In", "--source", "127.0.0.1")
        server.start()
        with world.caller(server=server) as caller:
            for written in ("+493099900", "03099900", "493099900"):
                plainly_refused(caller.invite(written), 480, "Closed today")
            expect(last_record(server).get("caller_trunk") == "in", f"{last_record(server)}")
            # Who is a device of ours by its own words has to prove it, from there too.
            caller.user = "anna-desk"
            expect(caller.invite("+493099900").wait_final().status == 401, "a device unasked")
            caller.user = "4420712345"
            expect(caller.invite("77001").wait_final().status == 404, "an unknown number")
            server.must("trunk", "set", "in", 'inbound.sources=["192.0.2.0/24"]')
            expect(caller.invite("+493099900").wait_final().status == 401, "a wrong source")
            server.must("trunk", "set", "in", 'inbound.sources=["127.0.0.0/8"]', "enabled=false")
            expect(caller.invite("+493099900").wait_final().status == 401, "a trunk that is off")


@case("trunk: SIPp as carrier brings ten calls at a time; only as many as it has channels")
def sipp_brings_calls(world):
    slow = flows.document("1000", flows.sleep(1500, flows.response(486, "Busy now")))
    with office(world, slow) as server:
        server.must("trunk", "add", "--id", "in", "--name", "In", "--source", "127.0.0.1",
                    "--set", "channels=3")
        server.start()
        with world.caller(server=server) as caller:
            calls = [caller.invite("1000") for _ in range(5)]
            finals = sorted(call.wait_final(6).status for call in calls)
            expect(finals == [486, 486, 486, 503, 503], f"{finals}")
            full = next(call for call in calls if call.final.status == 503)
            expect(full.final.phrase == "Trunk Full", f"{full.final.start!r}")
            plainly_refused(caller.invite("1000"), 486, "Busy now")  # they are given back
        server.must("trunk", "set", "in", "channels=20")
        sipp_peer.run(server.address(), "busy", "1000", calls=10, rate=20)


@case("trunk: a seat calls out: 407 is answered, they talk, the seat hangs up")
def calls_out(world):
    with office(world) as server, Carrier([(200, "OK", 0.2)], login=LOGIN) as carrier:
        add_trunk(server, "out", carrier, "--username", LOGIN[0], "--password", LOGIN[1],
                  "--set", "caller_id.number=+4930777")
        server.start()
        server.must("trunk", "show", "out")
        with world.caller(server=server) as caller:
            call = dial(caller, OUTSIDE)
            expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
            first, second = carrier.wait("INVITE", 2)
            expect(first.get("call-id") == second.get("call-id"), "another Call-ID")
            expect(first.from_tag == second.from_tag, "another From tag")
            expect((first.cseq[0], second.cseq[0]) == (1, 2), f"CSeq {first.cseq} {second.cseq}")
            expect("+4930777@127.0.0.1" in second.get("from"), f"From {second.get('from')}")
            expect("+4930777@" in second.get("p-asserted-identity"), f"{second.all('from')}")
            # In the dialog nobody gets credentials (CVE-2021-41158).
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            bye = carrier.wait("BYE")[0]
            expect(not bye.get("proxy-authorization"), "credentials in the BYE")
            clean(call)
        expect(not carrier.faults, f"{carrier.faults}")
        record = last_record(server)
        expect((record["code"], record["caller_seat"]) == (200, "anna"), f"{record}")
        expect(record["legs"][0]["name"] == "trunk out", f"{record['legs']}")


@case("trunk: a wrong password is tried once, then the call fails with 503; another realm's is not")
def wrong_password(world):
    for options in (("--password", "wrong"),
                    ("--password", LOGIN[1], "--set", "outbound.realm=elsewhere")):
        with office(world) as server, Carrier([(200, "OK")], login=LOGIN) as carrier:
            add_trunk(server, "out", carrier, "--username", LOGIN[0], *options)
            server.start()
            with world.caller(server=server) as caller:
                call = dial(caller, OUTSIDE)
                says(call, 503, "Service Unavailable")
            count = len(carrier.all("INVITE"))
            expect(count == (2 if "wrong" in options else 1), f"{count} INVITEs")
            note = last_record(server)["legs"][0]["note"]
            expect("credentials" in note, f"note {note!r}")


@case("trunk: 503 and silence go on to the next one, busy does not; code and phrase unchanged")
def failover(world):
    with office(world) as server, \
            Carrier([(503, "Out Of Order"), (486, "Besetzt"), None]) as first, \
            Carrier([(404, "Kein Anschluss"), (603, "Nein")]) as second:
        add_trunk(server, "one", first, "--set", "outbound.priority=1", "outbound.no_reply_s=1")
        add_trunk(server, "two", second, "--set", "outbound.priority=2")
        server.start()
        with world.caller(server=server) as caller:
            call = dial(caller, OUTSIDE)
            says(call, 404, "Kein Anschluss")
            legs = last_record(server)["legs"]
            expect([leg["code"] for leg in legs] == [503, 404], f"legs {legs}")
            # It rests for half a minute: the second one is asked first.
            call = dial(caller, OUTSIDE)
            says(call, 603, "Nein")
            expect(len(first.all("INVITE")) == 1, "the broken one was asked at once")
        expect(len(second.all("INVITE")) == 2, f"{second.requests}")


@case("trunk: busy at one is busy at all")
def no_failover(world):
    with office(world) as server, Carrier([(486, "Besetzt")]) as first, Carrier() as second:
        add_trunk(server, "one", first, "--set", "outbound.priority=1")
        add_trunk(server, "two", second, "--set", "outbound.priority=2")
        server.start()
        with world.caller(server=server) as caller:
            says(dial(caller, OUTSIDE), 486, "Besetzt")
        expect(not second.all("INVITE"), "the second was asked, too")


@case("trunk: silence of one address, the other address of the same trunk answers; then it rests")
def silent_address(world):
    with office(world) as server, Carrier([None]) as gone, Carrier([(480, "Not Now")]) as there:
        add_trunk(server, "out", gone, "--host", there.place, "--set", "outbound.no_reply_s=1")
        server.start()
        with world.caller(server=server) as caller:
            began = time.monotonic()
            says(dial(caller, OUTSIDE), 480, "Not Now")
            expect(time.monotonic() - began < 4, "it took too long")
            began = time.monotonic()
            says(dial(caller, OUTSIDE), 480, "Not Now")
            expect(time.monotonic() - began < 1, "the silent address was waited for again")


@case("trunk: classes and channels: 403 with a reason in the record, 503 when all are taken")
def not_allowed(world):
    with office(world) as server, Carrier([(486, "Busy Here", 1.5)]) as carrier:
        add_trunk(server, "out", carrier, "--set", "channels=1")
        server.start()
        with world.caller(server=server) as caller:
            says(dial(caller, "004420712345"), 403, "Outgoing call barred")
            notes = " ".join(step.get("note", "") for step in last_record(server)["path"])
            expect("seat anna may not call that class" in notes, f"notes {notes!r}")
            expect(server.metric("outbound_refused_total") == 1, "not counted")
            expect(not carrier.requests, "the carrier heard of it")
            caller.user = "anna-desk"
            with world.caller(server=server) as other:
                busy = dial_slowly(caller, OUTSIDE)
                carrier.wait("INVITE")
                says(dial(other, OUTSIDE), 503, "Circuit congestion")
                says(busy, 486, "Busy Here")


def dial_slowly(caller, number):
    """As dial(), but the call goes on."""
    caller.user = "anna-desk"
    for _ in range(20):
        final = caller.invite(number).wait_final()
        shown = digest.answer(digest.challenges(final)[0], "anna-desk", PASSWORD, "INVITE",
                              caller.uri(number))
        call = caller.invite(number, headers=[("Authorization", shown)])
        with contextlib.suppress(Exception):
            call.wait_status(180, 1.0)
            return call
    raise ServerError("the phone was never let in")


@case("trunk: calls of an hour are counted, the limit is told in log, metrics and record")
def toll_fraud(world):
    with office(world) as server, Carrier() as carrier:
        add_trunk(server, "out", carrier)
        server.must("account", "set", "outbound_limits.seat_calls_per_hour=2")
        server.start()
        with world.caller(server=server) as caller:
            for _ in range(2):
                says(dial(caller, OUTSIDE), 486, "Busy Here")
            says(dial(caller, OUTSIDE), 403, "Outgoing call barred")
        expect(server.metric("outbound_beyond_limits_total") == 1, "not counted")
        expect("toll-fraud limit: the seat anna" in server.log(), "not in the log")


@case("trunk: we register there, with credentials; taken back when the trunk is switched off")
def registers(world):
    with office(world) as server, Carrier(login=LOGIN) as carrier:
        add_trunk(server, "out", carrier, "--username", LOGIN[0], "--password", LOGIN[1],
                  "--register")
        server.start()
        first, second = carrier.wait("REGISTER", 2)[:2]
        expect(first.start.split()[1] == "sip:127.0.0.1", f"{first.start!r}")
        expect(first.get("call-id") == second.get("call-id"), "another Call-ID")
        expect("sip:acct7@127.0.0.1:" in second.get("contact"), f"{second.get('contact')}")
        expect(second.get("to") == "<sip:acct7@127.0.0.1>", f"{second.get('to')}")
        deadline = time.monotonic() + 5
        while server.metric("trunks_registered") != 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        expect(server.metric("trunks_registered") == 1, server.log()[-500:])
        server.must("trunk", "set", "out", "enabled=false")
        for last in carrier.wait("REGISTER", 4)[2:4]:  # it wants credentials for that, too
            expect(last.get("expires") == "0", f"Expires {last.get('expires')!r}")


@case("trunk: a refused registration is told, and not tried again at once")
def registration_refused(world):
    with office(world) as server, Carrier(register=403) as carrier:
        add_trunk(server, "out", carrier, "--username", LOGIN[0], "--register")
        server.start()
        carrier.wait("REGISTER")
        time.sleep(1.0)
        expect(len(carrier.all("REGISTER")) == 1, "tried again at once")
        expect("trunk default/out is not registered: 403 No" in server.log(), server.log()[-500:])
        expect(server.metric("trunks_unregistered") == 1, "not counted")


@case("trunk: a carrier by name (localhost) is found without a call waiting")
def by_name(world):
    with office(world) as server, Carrier([(486, "Busy Here")]) as carrier:
        server.must("trunk", "add", "--id", "out", "--name", "out",
                    "--host", f"localhost:{carrier.port}")
        server.start()
        with world.caller(server=server) as caller:
            deadline = time.monotonic() + 5
            call = dial(caller, OUTSIDE)
            while call.final.status != 486 and time.monotonic() < deadline:
                time.sleep(0.2)
                call = dial(caller, OUTSIDE)
            says(call, 486, "Busy Here")
        expect(f"@localhost:{carrier.port}" in carrier.all("INVITE")[0].start, "Request-URI")


def kamailio(server, far=1):
    return Kamailio(sipp_peer.free_port("127.0.0.1"), server.address().port, far)


def at(edge):
    return Address("udp", "127.0.0.1", edge.port)


@case("trunk: Kamailio as carrier: 407, Record-Route, the BYE by its Route")
def kamailio_as_carrier(world):
    with office(world) as server, Carrier([(200, "OK")]) as far:
        server.start()
        with kamailio(server, far.port) as carrier, world.caller(server=server) as caller:
            server.must("trunk", "add", "--id", "out", "--name", "out",
                        "--host", f"127.0.0.1:{carrier.port}", "--username", LOGIN[0],
                        "--password", LOGIN[1])
            call = dial(caller, OUTSIDE)
            expect(call.final.status == 200, f"{call.final.start!r} | {carrier.log()[-500:]}")
            invite = far.wait("INVITE")[0]
            expect(f"127.0.0.1:{carrier.port}" in invite.get("record-route"), "no Record-Route")
            expect(f"+49{OUTSIDE[1:]}@" in invite.start, f"{invite.start!r}")
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            expect(len(far.wait("BYE")[0].all("via")) == 2, "the BYE did not come by the carrier")
            clean(call)


@case("trunk: Kamailio as edge: phones register by Path, carrier and seats call through it")
def kamailio_as_edge(world):
    rings = flows.document("1000", flows.node("user", {"id": "anna", "timeout": 5}))
    with office(world, DIALS_OUT, rings) as server, Carrier([(486, "Besetzt")]) as far:
        server.start()
        with kamailio(server) as edge, Caller(at(edge)) as world_outside, \
                Caller(at(edge)) as desk:
            server.must("trunk", "add", "--id", "in", "--name", "in", "--source", "127.0.0.1")
            add_trunk(server, "out", far)
            port = sipp_peer.free_port("127.0.0.1")
            sipp_peer.run(at(edge), "register", "anna-desk", 1,
                          options=["-au", "anna-desk", "-ap", PASSWORD, "-p", str(port)])
            row = server.registrations()[0]
            expect(row["source"].endswith(f":{edge.port}"), f"registered from {row}")
            with sipp_peer.Phone(at(edge), "phone_answers", port) as phone:
                call = world_outside.invite("1000")
                expect(call.wait_final(8).status == 200, f"{call.final.start!r} {call.ladder()}")
                cseq = call.bye()
                expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
                phone.must_be_content()
            expect(last_record(server).get("caller_trunk") == "in", f"{last_record(server)}")
            # The seat is asked for its password though it comes from a carrier's address.
            says(dial(desk, OUTSIDE), 486, "Besetzt")
            expect(last_record(server).get("caller_seat") == "anna", f"{last_record(server)}")


@case("trunk: SIPp as carrier answers, and hangs up with a reason that goes on to the seat")
def sipp_answers(world):
    with office(world) as server:
        port = sipp_peer.free_port("127.0.0.1")
        server.must("trunk", "add", "--id", "out", "--name", "out", "--host", f"127.0.0.1:{port}")
        server.start()
        with world.caller(server=server) as caller, \
                sipp_peer.Phone(server.address(), "phone_hangs_up", port) as carrier:
            call = dial(caller, OUTSIDE)
            expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
            bye = call.wait_bye()
            expect(bye.get("reason") == 'Q.850;cause=16;text="Phone hangs up"',
                   f"Reason {bye.get('reason')!r}")
            carrier.must_be_content()
            clean(call)


@case("trunk: SIPp as carrier wants proof for each request, the BYE too, and checks it")
def challenges_all(world):
    with office(world) as server:
        port = sipp_peer.free_port("127.0.0.1")
        server.must("trunk", "add", "--id", "out", "--name", "out", "--host", f"127.0.0.1:{port}",
                    "--username", LOGIN[0], "--password", LOGIN[1])
        server.start()
        with world.caller(server=server) as caller, \
                sipp_peer.Phone(server.address(), "carrier_challenges", port) as carrier:
            call = dial(caller, OUTSIDE)
            expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
            cseq = call.reinvite(call.offer(version=2))
            expect(call.wait_reply(cseq, "INVITE").status == 200, call.ladder())
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            carrier.must_be_content()
            clean(call)


@case("trunk: SIPp as carrier brings a call, and wants proof when we hang up; nobody else gets any")
def wants_proof_of_a_bye(world):
    short = flows.document("1000", flows.node("answer", {}, {"_": flows.sleep(
        300, flows.node("hangup"))}))
    with office(world, short) as server:
        server.must("trunk", "add", "--id", "in", "--name", "In", "--host", "127.0.0.1",
                    "--username", LOGIN[0], "--password", LOGIN[1])
        server.start()
        for transport in ("udp4", "tcp4"):
            sipp_peer.run(server.address(transport), "carrier_brings", "1000", calls=2, rate=20)
        # A trunk that calls from a source alone has no address where its password may go.
        server.must("trunk", "set", "in", 'addresses=[{"host": "127.0.0.9"}]',
                    'inbound.sources=["127.0.0.1"]')
        try:
            sipp_peer.run(server.address(), "carrier_brings", "1000", calls=1, seconds=5)
        except Failure:
            return
        expect(False, "a password was told to who is not where the carrier is")


@case("trunk: over TCP, to another Strowger: refused in its words, and talked through")
def over_tcp(world):
    closed = flows.document("+493012345678", flows.response(480, "Closed there"))
    open_ = flows.document("+493012345679", flows.node("answer", {}, {"_": flows.sleep(
        30_000, flows.response(480))}))
    with office(world) as server, world.private([closed | {"id": "c"}, open_ | {"id": "o"}]) as far:
        far.start()
        server.start()
        port = far.address("tcp4").port
        server.must("trunk", "add", "--id", "out", "--name", "out", "--set",
                    f'addresses=[{{"host": "127.0.0.1", "port": {port}, "transport": "tcp"}}]')
        with world.caller(server=server) as caller:
            says(dial(caller, OUTSIDE), 480, "Closed there")
            expect(last_record(server)["legs"][0]["place"] == f"tcp:127.0.0.1:{port}", "not by TCP")
            call = dial(caller, OUTSIDE[:-1] + "9")
            expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
            expect(len(far.live()) == 1, f"there: {far.live()}")
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            deadline = time.monotonic() + 5
            while far.live() and time.monotonic() < deadline:
                time.sleep(0.1)
            expect(not far.live(), "the BYE did not get there")
