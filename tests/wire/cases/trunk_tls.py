"""Carriers that are reached by TLS: we are the client (RFC 3261 26.3.1, RFC 5922, RFC 5923). The
carrier is Python's ssl, or another Strowger."""

import contextlib
import json
import ssl
import time

import flows
from cases.secure import secure
from cases.trunk_logins import until
from cases.trunks import (ANNOUNCED, DIALS_OUT, LOGIN, OUTSIDE, STRICT, dial, last_record, office,
                          says)
from fake_carrier import Carrier
from judge import clean, expect
from runner import case
from tls_carrier import Authority, Mute, TlsCarrier

SHARDS = (1, 2)


def add_trunk(server, carrier, *more, name="out", host="localhost", **members):
    place = [{"host": host, "port": carrier.port, "transport": "tls"}]
    words = [f"{key}={json.dumps(value)}" for key, value in members.items()]
    server.must("trunk", "add", "--id", name, "--name", name, "--set",
                f"addresses={json.dumps(place)}", *words, *more)


@contextlib.contextmanager
def secured(world, authority, *documents, **options):
    """An office that believes `authority`, and its caller."""
    with office(world, *documents, config=STRICT + authority.setting, **options) as server:
        yield server


def reached(server, name="out"):
    """Names are resolved beside the calls."""
    return until(8, lambda: server.log()[-800:], lambda: state(server, name).get("reached_at"))


def state(server, name="out"):
    return server.api(f"/accounts/default/trunks/{name}")["state"]


@case("trunk by TLS: it proves its name, they talk, one connection serves all calls of a shard")
def talks(world):
    for shards in SHARDS:
        with Authority() as ca, secured(world, ca, shards=shards) as server, \
                TlsCarrier(ca.sign("good", "DNS:localhost"), [(200, "OK")], login=LOGIN) as carrier:
            add_trunk(server, carrier, "--username", LOGIN[0], "--password", LOGIN[1])
            server.start()
            reached(server)
            with world.caller(server=server) as caller:
                for _ in range(4):
                    call = dial(caller, OUTSIDE)
                    expect(call.final.status == 200, f"{call.final.start!r} {server.log()[-900:]}")
                    cseq = call.bye()
                    expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
                    clean(call)
            carrier.wait("BYE", 4)
            invite = carrier.all("INVITE")[0]
            expect(invite.get("via").startswith("SIP/2.0/TLS "), invite.get("via"))
            expect(";transport=tls>" in invite.get("contact"), invite.get("contact"))
            expect(f"@localhost:{carrier.port};transport=tls " in invite.start, invite.start)
            expect(1 <= carrier.opened <= shards, f"{carrier.opened} connections")
            expect(set(carrier.names) == {"localhost"}, f"SNI {carrier.names}")
            expect(not any(carrier.shown), f"it was shown {carrier.shown}")
            expect(not carrier.faults, f"{carrier.faults}")
            place = last_record(server)["legs"][0]["place"]
            expect(place == f"tls:127.0.0.1:{carrier.port}", place)
            expect("tls_trouble" not in state(server), f"{state(server)}")


BAD = (
    ("another name", {"names": "DNS:other.example,URI:sip:other.example"},
     "that of other.example, not of localhost"),
    ("a name in a longer one", {"names": "DNS:localhost.example"}, "not of localhost"),
    ("its CN alone", {"names": "IP:127.0.0.2"}, "that of 127.0.0.2, not of localhost"),
    ("a certificate of yesterday", {"names": "DNS:localhost", "days": -1}, "was valid until"),
)


def refused(server, caller, name, why):
    """A call that goes on from trunk `name` at once, and the line that says what is wrong."""
    began = time.monotonic()
    says(dial(caller, OUTSIDE), 486, "Besetzt")
    expect(time.monotonic() - began < 3.5, "it waited for somebody who had failed already")
    until(3, lambda: f"the log does not say {why!r}: {server.log()[-1200:]}",
          lambda: why in server.log())
    expect(f"trunk default/{name}: TLS to localhost (127.0.0.1:" in server.log(), "not whose")
    expect(why in state(server, name)["tls_trouble"], f"{state(server, name)}")


@case("trunk by TLS: a wrong name, an old certificate, one of nobody we know: told, next trunk")
def not_believed(world):
    with Authority() as ca, Authority() as stranger, secured(world, ca) as server, \
            Carrier([(486, "Besetzt")]) as other:
        server.must("trunk", "add", "--id", "two", "--name", "Two", "--host", other.place,
                    "--set", "outbound.priority=2")
        server.start()
        with world.caller(server=server) as caller:
            rows = [(what, ca.sign(f"bad{number}", **said), why)
                    for number, (what, said, why) in enumerate(BAD)]
            rows.append(("an authority of nobody", stranger.sign("s", "DNS:localhost"),
                         "no authority that we trust has signed its certificate"))
            # An address that has failed is tried last for a while: each has a trunk of its own.
            for number, (what, certificate, why) in enumerate(rows):
                name = f"bad{number}"
                with TlsCarrier(certificate, [(200, "OK")]) as carrier:
                    add_trunk(server, carrier, name=name)
                    reached(server, name)
                    refused(server, caller, name, why)
                    expect(not carrier.requests, f"{what}: it was told {carrier.requests}")
                    server.must("trunk", "remove", name)


@case("trunk by TLS: wildcards and certificates that nobody vouches for count where that is set")
def lenient(world):
    with Authority() as ca, Authority() as stranger, secured(world, ca) as server, \
            TlsCarrier(stranger.sign("s", "DNS:x.example"), [(486, "Besetzt")]) as carrier:
        server.start()
        add_trunk(server, carrier, "--set", "tls.verify=false")
        reached(server)
        with world.caller(server=server) as caller:
            says(dial(caller, OUTSIDE), 486, "Besetzt")
        status, _, err = server.command("trunk", "set", "out", "tls.verify=false")
        expect(status == 0 and "tls-not-verified" in err, f"no warning: {err!r}")
        codes = [one["code"] for one in server.api("/accounts/default/trunks/out")["findings"]]
        expect(codes == ["tls-not-verified"], f"{codes}")


@case("trunk by TLS: who takes the connection and says nothing, who is not there, who is too old")
def no_tls_there(world):
    with Authority() as ca, secured(world, ca) as server, Mute() as mute, \
            Carrier([(486, "Besetzt")]) as other, Carrier() as gone, \
            TlsCarrier(ca.sign("old", "DNS:localhost"), newest=ssl.TLSVersion.TLSv1_1) as old:
        server.must("trunk", "add", "--id", "two", "--name", "Two", "--host", other.place,
                    "--set", "outbound.priority=2")
        server.start()
        with world.caller(server=server) as caller:
            add_trunk(server, mute, "--set", "outbound.no_reply_s=1")
            reached(server)
            says(dial(caller, OUTSIDE), 486, "Besetzt")  # after outbound.no_reply_s
            server.must("trunk", "remove", "out")
            for name, carrier, why in (("gone", gone, "no connection"), ("old", old, "protocol")):
                add_trunk(server, carrier, name=name)
                reached(server, name)
                refused(server, caller, name, why)
                server.must("trunk", "remove", name)
        until(15, lambda: server.log()[-900:], lambda: "does not speak TLS there" in server.log())


@case("trunk by TLS: after a failure it rests, and is tried again when the time has come")
def comes_back(world):
    with Authority() as ca, secured(world, ca, shards=1) as server, \
            TlsCarrier(ca.sign("good", "DNS:localhost"), [(486, "Besetzt")]) as carrier:
        carrier.context.maximum_version = ssl.TLSVersion.TLSv1_1
        carrier.context.minimum_version = ssl.TLSVersion.TLSv1
        add_trunk(server, carrier)
        server.start()
        reached(server)
        with world.caller(server=server) as caller:
            for _ in range(6):
                says(dial(caller, OUTSIDE), 503, "Service Unavailable")
            expect(carrier.opened <= 2, f"tried {carrier.opened} times at once")
            expect(server.log().count("TLS to localhost") == 1, "told of again and again")
            carrier.context.maximum_version = ssl.TLSVersion.TLSv1_3
            until(20, lambda: server.log()[-900:],
                  lambda: dial(caller, OUTSIDE).final.status == 486)
            expect("tls_trouble" not in state(server), f"{state(server)}")


@case("trunk by TLS: the connection is lost in a call; its BYE goes over a new one")
def lost_in_a_call(world):
    for shards in SHARDS:
        with Authority() as ca, secured(world, ca, shards=shards) as server, \
                TlsCarrier(ca.sign("good", "DNS:localhost"), [(200, "OK")]) as carrier:
            add_trunk(server, carrier)
            server.start()
            reached(server)
            with world.caller(server=server) as caller:
                call = dial(caller, OUTSIDE)
                expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
                carrier.wait("ACK")
                carrier.hang_up()
                caller.pump(0.5)
                expect(len(server.live()) == 1, "the call ended with its connection")
                cseq = call.bye()
                expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
                carrier.wait("BYE")
                expect(carrier.opened == 2, f"{carrier.opened} connections")


@case("trunk by TLS: it registers, calls us over that connection and is known by it; comes again")
def registers(world):
    for shards in SHARDS:
        with Authority() as ca, \
                secured(world, ca, ANNOUNCED, DIALS_OUT | {"id": "o"}, shards=shards) as server, \
                TlsCarrier(ca.sign("good", "DNS:localhost"), [(486, "Besetzt")],
                           login=LOGIN) as carrier:
            # Not by its address: the connection alone says who it is.
            add_trunk(server, carrier, "--username", LOGIN[0], "--password", LOGIN[1],
                      "--register", "--set", "inbound.from_addresses=false")
            server.start()
            first = carrier.wait("REGISTER", 2)[1]
            expect(";transport=tls>" in first.get("contact"), first.get("contact"))
            until(5, lambda: server.log()[-900:],
                  lambda: state(server)["registration"] == "registered")
            final = carrier.invite("+493099900")
            expect((final.status, final.phrase) == (480, "Closed today"), final.start)
            expect(last_record(server).get("caller_trunk") == "out", f"{last_record(server)}")
            expect(carrier.options().status == 200, f"{carrier.replies[-1].start}")
            carrier.hang_up()
            carrier.wait("REGISTER", 3, seconds=8)  # a second later, not in eight minutes
            until(5, lambda: "no new connection", lambda: carrier.links)
            final = carrier.invite("+493099900")
            expect((final.status, final.phrase) == (480, "Closed today"), final.start)


@case("trunk by TLS: two trunks at one address have a connection each (CVE-2020-15260)")
def one_each(world):
    with Authority() as ca, secured(world, ca, shards=1) as server, \
            TlsCarrier(ca.sign("good", "DNS:localhost,IP:127.0.0.1"),
                       [(503, "Try Another")]) as carrier:
        add_trunk(server, carrier, name="one")
        add_trunk(server, carrier, name="two", host="127.0.0.1")
        server.start()
        reached(server, "one")
        with world.caller(server=server) as caller:
            for _ in range(2):
                says(dial(caller, OUTSIDE), 503, "Try Another")
        expect(len(carrier.all("INVITE")) == 4, f"{[one.start for one in carrier.requests]}")
        expect(carrier.opened == 2, f"{carrier.opened} connections")
        expect(sorted(map(str, carrier.names)) == ["None", "localhost"], f"SNI {carrier.names}")


@case("trunk by TLS: who asks for our certificate is shown that of sip.cert")
def shows_ours(world):
    with Authority() as ca, TlsCarrier(ca.sign("good", "DNS:localhost"), [(486, "Besetzt")],
                                       authority=ca.file) as carrier:
        certificate, key = ca.sign("ours", "DNS:pbx.example")
        config = f'{STRICT}{ca.setting}cert = "{certificate}"\nkey = "{key}"\n'
        with office(world, config=config) as server:
            add_trunk(server, carrier)
            server.start()
            reached(server)
            with world.caller(server=server) as caller:
                says(dial(caller, OUTSIDE), 486, "Besetzt")
        expect((("DNS", "pbx.example"),) == carrier.shown[0]["subjectAltName"], f"{carrier.shown}")


@case("trunk by TLS: SRTP is offered where the trunk insists on it, though the caller has none")
def srtp_offered(world):
    with Authority() as ca, secured(world, ca) as server, \
            TlsCarrier(ca.sign("good", "DNS:localhost"), [(486, "Besetzt")]) as carrier:
        add_trunk(server, carrier, "--set", "media.encryption.enforce_security=true")
        server.start()
        reached(server)
        with world.caller(server=server) as caller:
            says(dial(caller, OUTSIDE), 486, "Besetzt")
        body = carrier.all("INVITE")[0].body.decode()
        expect("RTP/SAVP " in body and "a=crypto:" in body, body)


@case("trunk by TLS: another Strowger, with SRTP: answered, hung up")
def another_strowger(world):
    answers = flows.document("+493012345678", flows.node("answer", {}, {"_": flows.sleep(
        30_000, flows.response(480))}))
    for shards in SHARDS:
        with secure() as (options, folder), \
                world.private([answers | {"id": "o"}], **options) as far, \
                office(world, config=f'{STRICT}[sip]\nca = "{folder}/certificate.pem"\n',
                       shards=shards) as server:
            far.start()
            port = far.address("tls4").port
            place = [{"host": "127.0.0.1", "port": port, "transport": "tls"}]
            server.must("trunk", "add", "--id", "out", "--name", "out", "--set",
                        f"addresses={json.dumps(place)}", "--set",
                        "media.encryption.enforce_security=true")
            server.start()
            with world.caller(server=server) as caller:
                call = dial(caller, OUTSIDE)
                expect(call.final.status == 200, f"{call.final.start!r} {server.log()[-900:]}")
                cseq = call.bye()
                expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
                until(5, far.live, lambda: not far.live())
