"""A call to a seat: its phone is SIPp, registered as the seat's device (RFC 3261 10, 13, 14)."""

import contextlib
import time

import baresip_peer
import flows
import judge
import rtp_ear
import sipp_peer
from judge import expect
from runner import case
from server import ServerError

PASSWORD = "correct-horse-1"
NUMBER = "1000"
RING_S = 3
TONES = {"caller": 440, "phone": 700}  # Hz


def rings(branches):
    return flows.document(NUMBER, flows.node("user", {"id": "anna", "timeout": RING_S}, branches))


OUT_OF_OFFICE = rings({"_": flows.response(480, "Out of office")})
BY_CAUSE = rings({"USER_BUSY": flows.response(486, "On the phone"),
                  "NO_ANSWER": flows.response(480, "Out for lunch"),
                  "SUBSCRIBER_ABSENT": flows.response(480, "Not here")})


@contextlib.contextmanager
def office(world, document, **options):
    """A server with the seats anna and bert, each with a phone of that name."""
    with world.private(**options) as server:
        for extension, seat in enumerate(("anna", "bert"), 201):
            status, out, err = server.command("seat", "add", "--id", seat, "--first", seat.title(),
                                              "--extension", extension, "--alone")
            if status != 0:
                raise ServerError(f"seat add {seat} failed ({status}): {(out + err).strip()}")
            server.add_device(f"{seat}-desk", PASSWORD, "--owner", seat)
        server.must_import(document)
        server.start()
        yield server


@contextlib.contextmanager
def phone(server, scenario, seat="anna", keys=(), seconds=30):
    """The seat's desk phone: registered, then taking one call as the scenario says."""
    port = sipp_peer.free_port("127.0.0.1")
    sipp_peer.run(server.address(), "register", f"{seat}-desk", 1,
                  options=["-au", f"{seat}-desk", "-ap", PASSWORD, "-p", str(port)])
    with sipp_peer.Phone(server.address(), scenario, port, seconds, keys) as taken:
        yield taken


def only_record(server):
    records = server.calls()
    expect(len(records) == 1, f"{len(records)} records: {records}")
    return server.record(records[0]["id"])


@case("seat: nobody is registered, so the branch says 480 Out of office")
def unregistered(world):
    with office(world, OUT_OF_OFFICE) as server, world.caller(server=server) as caller:
        judge.plainly_refused(caller.invite(NUMBER), 480, "Out of office")
        expect(only_record(server)["legs"][0]["note"] == "not registered",
               f"{only_record(server)['legs']}")


@case("seat: a phone that is busy leads to the branch of USER_BUSY")
def busy(world):
    with office(world, BY_CAUSE) as server, world.caller(server=server) as caller:
        with phone(server, "phone_busy") as desk:
            judge.plainly_refused(caller.invite(NUMBER), 486, "On the phone")
            desk.must_be_content()


@case("seat: a phone that only rings is cancelled, and the branch of NO_ANSWER says why")
def no_answer(world):
    with office(world, BY_CAUSE) as server, world.caller(server=server) as caller:
        with phone(server, "phone_rings") as desk:
            call = caller.invite(NUMBER)
            call.wait_status(180)
            final = call.wait_final(RING_S + 5)
            expect((final.status, final.phrase) == (480, "Out for lunch"), f"{final.start!r}")
            desk.must_be_content()
        judge.clean(call)


def talk(server, call):
    """Rung, answered, and sound may go both ways."""
    call.wait_status(180)
    final = call.wait_final()
    expect(final.status == 200, f"{final.start!r} | {call.ladder()}")
    expect(call.answer and call.answer.audio.port, "no audio in the 200")
    expect(len(server.live()) == 1, f"in progress: {server.live()}")


@case("seat: the phone answers, they talk, the caller hangs up")
def caller_hangs_up(world):
    with office(world, BY_CAUSE) as server, world.caller(server=server) as caller:
        with phone(server, "phone_answers") as desk:
            call = caller.invite(NUMBER)
            talk(server, call)
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            desk.must_be_content()
        judge.clean(call)
        record = only_record(server)
        expect((record["code"], record["hung_up_by"]) == (200, "caller"), f"{record}")


@case("seat: the phone answers, they talk, the phone hangs up and its reason goes on")
def phone_hangs_up(world):
    with office(world, BY_CAUSE) as server, world.caller(server=server) as caller:
        with phone(server, "phone_hangs_up") as desk:
            call = caller.invite(NUMBER)
            call.wait_status(180)
            expect(call.wait_final().status == 200, call.ladder())
            bye = call.wait_bye()
            expect(bye.get("reason") == 'Q.850;cause=16;text="Phone hangs up"',
                   f"Reason {bye.get('reason')!r}")
            desk.must_be_content()
        judge.clean(call)
        record = only_record(server)
        expect((record["code"], record["hung_up_by"]) == (200, "callee"), f"{record}")


@case("seat: a phone that takes one call at a time is busy for all others, whatever their shard")
def one_line(world):
    callers = 8  # their Call-IDs fall to all shards
    with office(world, BY_CAUSE, shards=world.shards) as server:
        status, out, err = server.command("device", "set", "anna-desk",
                                          'limits={"concurrent_calls": 1}')
        expect(status == 0, f"device set: {(out + err).strip()}")
        with world.caller(server=server) as caller, phone(server, "phone_answers") as desk:
            call = caller.invite(NUMBER)
            talk(server, call)
            for _ in range(callers):
                with world.caller(server=server) as other:
                    judge.plainly_refused(other.invite(NUMBER), 486, "On the phone")
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            desk.must_be_content()
        busy = [server.record(line["id"]) for line in server.calls() if line["code"] == 486]
        notes = {leg["note"] for record in busy for leg in record["legs"]}
        expect(len(busy) == callers and notes == {"all of its lines are in use"},
               f"{len(busy)} were refused: {notes}")
        with world.caller(server=server) as caller, phone(server, "phone_answers") as desk:
            call = caller.invite(NUMBER)
            talk(server, call)
            call.bye()
            desk.must_be_content()


def hears(who, heard, tone):
    spans = rtp_ear.tone_spans(heard.pcm, [TONES["caller"], TONES["phone"]])
    longest = max((end - start for pitch, start, end in spans if pitch == tone), default=0)
    expect(longest > 1.5, f"{who} heard {spans}: {heard.output[-600:]}")
    others = [span for span in spans if span[0] not in (0, tone)]
    expect(not others, f"{who} heard itself: {spans}")


def baresip_talks(world, kind, secret=(), codecs=("PCMU", "PCMU"), **options):
    """`secret`: who of caller and phone speaks SRTP only. `codecs`: the only one of each. The
    record."""
    with office(world, BY_CAUSE, **options) as server:
        address = server.address(kind)
        if "phone" in secret:
            server.must("device", "set", "anna-desk", "media.encryption.enforce_security=true")
        with baresip_peer.Answering(address, "anna-desk", PASSWORD, TONES["phone"], 11,
                                    secret="phone" in secret, codec=codecs[1]) as phone:
            deadline = time.monotonic() + 5
            while not server.registrations() and time.monotonic() < deadline:
                time.sleep(0.1)
            caller = baresip_peer.dial(address, NUMBER, 5, codecs[0], TONES["caller"],
                                       "caller" in secret)
        hears("the caller", caller, TONES["phone"])
        hears("the phone", phone.heard, TONES["caller"])
        record = only_record(server)
        expect((record["code"], record["bridged_leg"]) == (200, 1), f"{record}")
        return record


@case("seat: two baresips talk and hear each other, UDP")
def baresip_udp(world):
    baresip_talks(world, "udp4")


@case("seat: two baresips talk and hear each other, TCP")
def baresip_tcp(world):
    baresip_talks(world, "tcp4")
