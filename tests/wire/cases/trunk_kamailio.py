"""Kamailio at our logins: its module uac registers and answers our challenges; as edge it adds a
Path (RFC 3327). And what was registered before a restart is called after it."""

import contextlib

import sipp_peer
from cases.trunk_logins import add_login, until
from cases.trunks import (ANNOUNCED, DIALS_OUT, OUTSIDE, dial, kamailio, last_record, office, says)
from cases.trunks import at
from fake_carrier import Carrier
from judge import clean, expect
from kamailio_peer import KamailioPbx
from runner import case
from sip_caller import Caller


@contextlib.contextmanager
def pbx(world, answers, shards):
    """(server, the Kamailio that has registered there, what is behind it)"""
    with office(world, ANNOUNCED, DIALS_OUT | {"id": "out"}, shards=shards) as server, \
            Carrier(answers) as far:
        secret = add_login(server)
        server.start()
        port = sipp_peer.free_port("127.0.0.1")
        with KamailioPbx(port, server.address().port, far.port, "site7", secret,
                         "strowger") as there:
            until(15, there.log, server.registrations)
            yield server, there, far


@case("trunk login: Kamailio's uac registers; calls to it, its codes and words unchanged")
def kamailio_is_called(world):
    for shards in (1, 2):
        answers = [(486, "Besetzt"), (603, "Nein danke"), (404, "Kennt keiner"), (200, "OK")]
        with pbx(world, answers, shards) as (server, there, far):
            row = server.registrations()[0]
            expect((row["trunk"], row["source"]) == ("pbx", f"127.0.0.1:{there.port}"), f"{row}")
            with world.caller(server=server) as caller:
                for code, words in answers[:-1]:
                    says(dial(caller, OUTSIDE), code, words)
                call = dial(caller, OUTSIDE)
                expect(call.final.status == 200, f"{call.final.start!r} {there.log()[-800:]}")
                expect(far.all("INVITE")[-1].start.split()[1].startswith(
                    f"sip:+49{OUTSIDE[1:]}@127.0.0.1:{there.port}"), f"{far.requests[-1].start}")
                cseq = call.bye()
                expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
                far.wait("BYE")
                clean(call)


@case("trunk login: Kamailio's uac answers our challenge; its calls are the trunk's, not changed")
def kamailio_calls(world):
    for shards in (1, 2):
        with pbx(world, [(486, "Besetzt")], shards) as (server, there, _), \
                Caller(at(there)) as behind:
            behind.user = "4420712345"
            for _ in range(3):
                says(behind.invite("+493099900"), 480, "Closed today")
            record = last_record(server)
            expect((record.get("caller_trunk"), record["code"]) == ("pbx", 480), f"{record}")
            says(behind.invite("+493077777"), 404, "Not Found")


def fixed(shards):
    """Options of a server that has the same addresses after a restart: the kernel gives a port of
    free_port() to nobody meanwhile, of TCP neither."""
    port = sipp_peer.free_port("127.0.0.1")
    return {"listen": (f"udp:127.0.0.1:{port}", f"tcp:127.0.0.1:{port}"), "shards": shards}


def picked_up(server, caller, beside, port):
    """A call to the trunk, which SIPp takes at that port."""
    with sipp_peer.Phone(beside, "phone_answers", port) as phone:
        call = dial(caller, OUTSIDE)
        expect(call.final.status == 200, f"{call.final.start!r} | {call.ladder()}")
        cseq = call.bye()
        expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
        phone.must_be_content()
        clean(call)
    return last_record(server)["legs"][0]


@case("trunk login: a contact that was registered before a restart is called after it")
def called_after_a_restart(world):
    for shards in (1, 2):
        with office(world, **fixed(shards)) as server:
            secret = add_login(server)
            server.start()
            port = sipp_peer.free_port("127.0.0.1")
            sipp_peer.run(server.address(), "register", "site7", 1,
                          options=["-p", str(port), "-au", "site7", "-ap", secret])
            server.stop()
            server.start()
            with world.caller(server=server) as caller:
                leg = picked_up(server, caller, server.address(), port)
            expect(leg["target"].startswith(f"sip:+49{OUTSIDE[1:]}@127.0.0.1:{port}"), f"{leg}")
            expect(leg["place"] == f"udp:127.0.0.1:{port}", f"{leg}")


@case("trunk login: by Path through a Kamailio, before a restart and after it")
def by_path(world):
    for shards in (1, 2):
        with office(world, **fixed(shards)) as server:
            secret = add_login(server)
            server.start()
            with kamailio(server) as edge:
                port = sipp_peer.free_port("127.0.0.1")
                sipp_peer.run(at(edge), "register", "site7", 1,
                              options=["-p", str(port), "-au", "site7", "-ap", secret])
                row = server.registrations()[0]
                expect(row["source"].endswith(f":{edge.port}"), f"registered from {row}")
                for restarted in (False, True):
                    if restarted:
                        server.stop()
                        server.start()
                    with world.caller(server=server) as caller:
                        leg = picked_up(server, caller, at(edge), port)
                    expect(leg["place"] == f"udp:127.0.0.1:{edge.port}", f"not by Path: {leg}")
                    expect(f"@127.0.0.1:{port}" in leg["target"], f"{leg}")
