"""Transfer (RFC 3515, 3891, 5589): who talks with whom after it, by the tones that they hear."""

import contextlib
import time
from urllib.parse import quote

import baresip_peer
import digest
import flows
import rtp_ear
import sipp_peer
from judge import expect
from runner import case
from server import ServerError

PASSWORD = "correct-horse-1"
TONES = {"anna": 440, "bert": 700, "cora": 1000}  # Hz
NUMBERS = {"anna": "1001", "bert": "1002", "cora": "1003"}


@contextlib.contextmanager
def office(world, *who, shards=1):
    """A server with three seats, each with a phone and a number; the phones of `who` are baresips.
    With one shard both calls of an attended transfer are of the same."""
    with world.private(shards=shards) as server:
        for seat, number in NUMBERS.items():
            status, out, err = server.command("seat", "add", "--id", seat, "--first", seat.title(),
                                              "--extension", number, "--alone")
            if status != 0:
                raise ServerError(f"seat add {seat} failed ({status}): {(out + err).strip()}")
            server.add_device(f"{seat}-desk", PASSWORD, "--owner", seat)
            server.must_import(flows.document(number, flows.node("user", {"id": seat})))
        server.must_import(flows.document("1100", flows.response(486, "On strike")))
        server.start()
        with contextlib.ExitStack() as phones:
            yield server, {seat: phones.enter_context(phone(server, seat)) for seat in who}


@contextlib.contextmanager
def phone(server, seat):
    before = len(server.registrations())
    with baresip_peer.Answering(server.address("udp4"), f"{seat}-desk", PASSWORD, TONES[seat],
                                16) as taken:
        until(5, lambda: len(server.registrations()) > before, f"{seat} is not registered")
        yield taken


def until(seconds, holds, what):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(what)
        time.sleep(0.1)


def target(server, number):
    address = server.address("udp4")
    return f"sip:{number}@{address.literal}:{address.port}"


def heard(phones, seat, *tones):
    """These tones, each for more than a second, in this order, and no other."""
    result = phones[seat].heard
    spans = [(hz, start, end) for hz, start, end in rtp_ear.tone_spans(result.pcm,
                                                                       list(TONES.values()))
             if hz and end - start > 0.9]
    order = [span[0] for index, span in enumerate(spans)
             if index == 0 or spans[index - 1][0] != span[0]]
    expect(order == [TONES[tone] for tone in tones],
           f"{seat} heard {spans}: {result.output[-900:]}")


def transfers(server):
    records = [server.record(line["id"]) for line in server.calls()]
    return [one for record in records for one in record.get("transfers", [])]


def talking(server, calls=1):
    until(6, lambda: len(server.live()) == calls, f"in progress: {server.live()}")
    time.sleep(2.5)


@case("transfer: whoever was called transfers the caller, blind")
def by_the_called(world):
    with office(world, "anna", "bert", "cora") as (server, phones):
        phones["anna"].command(f"/dial {target(server, '1002')}")
        talking(server)
        phones["bert"].command(f"/transfer {target(server, '1003')}")
        until(4, lambda: any(one.get("code") for one in transfers(server)) or not server.live(),
              "no end of the transfer")
        time.sleep(2.5)
    heard(phones, "anna", "bert", "cora")
    heard(phones, "bert", "anna")
    heard(phones, "cora", "anna")


@case("transfer: the caller transfers whom it called, blind")
def by_the_caller(world):
    with office(world, "anna", "bert", "cora") as (server, phones):
        phones["anna"].command(f"/dial {target(server, '1002')}")
        talking(server)
        phones["anna"].command(f"/transfer {target(server, '1003')}")
        time.sleep(4)
        live = server.live()
        expect(len(live) == 1, f"in progress: {live}")
    heard(phones, "anna", "bert")
    heard(phones, "bert", "anna", "cora")
    heard(phones, "cora", "bert")


class Transferor:
    """Anna's phone, written by hand: baresip 1.0 knows no attended transfer."""

    def __init__(self, server, caller):
        self.server, self.caller = server, caller

    def dial(self, number):
        call = self.ask(number)
        expect(call.final.status == 200, call.ladder())
        return call

    def ask(self, number, *headers):
        """A call with its final answer, once it has logged in."""
        self.caller.user = "anna-desk"
        call = self.caller.invite(number, headers=list(headers))
        for _ in range(20):  # a nonce is of a shard (docs/decisions/0016)
            asked = call.wait_final()
            if asked.status != 401:
                break
            shown = digest.answer(digest.challenges(asked)[0], "anna-desk", PASSWORD, "INVITE",
                                  self.caller.uri(number))
            call = self.caller.invite(number, headers=[*headers, ("Authorization", shown)])
        return call

    def refer(self, call, to, expected=202):
        cseq = call.in_dialog("REFER", [("Refer-To", f"<{to}>")])
        reply = call.wait_reply(cseq, "REFER")
        expect(reply.status == expected, f"{reply.start!r} | {call.ladder()}")

    def told(self, call, *lines):
        def bodies():
            return [one.body.decode().strip() for one in call.requests if one.method == "NOTIFY"]
        call.wait(6, f"NOTIFY {lines[-1]}", lambda: lines[-1] in bodies())
        expect(bodies() == list(lines), f"NOTIFY {bodies()}")
        last = [one for one in call.requests if one.method == "NOTIFY"][-1]
        expect(last.get("subscription-state").startswith("terminated"), f"{last.all('event')}")


def replacing(call):
    return quote(f"{call.call_id};to-tag={call.remote_tag};from-tag={call.tag}", safe="")


def connects_two_others(server, caller):
    """Anna calls bert, then cora, and connects them; they talk for three seconds."""
    anna = Transferor(server, caller)
    first = anna.dial("1002")
    second = anna.dial("1003")
    caller.pump(1.0)
    anna.refer(first, f"{target(server, '1003')}?Replaces={replacing(second)}")
    anna.told(first, "SIP/2.0 100 Trying", "SIP/2.0 200 OK")
    first.wait_bye()
    second.wait_bye()
    time.sleep(3)


@case("transfer: attended, with Replaces")
def attended(world):
    with office(world, "bert", "cora") as (server, phones), world.caller(server=server) as caller:
        connects_two_others(server, caller)
        expect(len(server.live()) == 1, f"in progress: {server.live()}")
    heard(phones, "bert", "cora")
    heard(phones, "cora", "bert")


def across_shards(server):
    """How many transfers have connected calls of two shards."""
    records = [server.record(line["id"]) for line in server.calls()]
    return sum(leg.get("call_id", "").startswith("inside-") for record in records
               for leg in record.get("legs", []))


@case("transfer: attended, the two calls in different shards", slow=True)
def attended_across_shards(world):
    for _ in range(6):  # the dice of Call-IDs: once in six times, almost surely
        with office(world, "bert", "cora", shards=4) as (server, phones), \
                world.caller(server=server) as caller:
            connects_two_others(server, caller)
            between = across_shards(server)
            expect(len(server.live()) == 1 + between, f"in progress: {server.live()}")
            phones["cora"].command("/hangup")
            until(5, lambda: not server.live(), f"in progress: {server.live()}")
        heard(phones, "bert", "cora")
        heard(phones, "cora", "bert")
        if between:
            return
    raise AssertionError("six times both calls were of one shard of four")


@case("transfer: attended, of a call that another shard does not have either", slow=True)
def attended_nowhere(world):
    with office(world, "bert", shards=4) as (server, phones), \
            world.caller(server=server) as caller:
        anna = Transferor(server, caller)
        call = anna.dial("1002")
        for i in range(6):
            named = f"nobody{i}%3Bto-tag%3Da%3Bfrom-tag%3Db"
            anna.refer(call, f"{target(server, '1003')}?Replaces={named}")
            call.wait(5, f"the end of number {i}",
                      lambda: sum(b"481" in one.body for one in call.requests) == i + 1)
        cseq = call.bye()
        expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
        until(5, lambda: not server.live(), f"in progress: {server.live()}")


@case("transfer: the target refuses, and the transferor has its call back")
def refused(world):
    with office(world, "bert") as (server, phones), world.caller(server=server) as caller:
        anna = Transferor(server, caller)
        call = anna.dial("1002")
        anna.refer(call, target(server, "1100"))
        anna.told(call, "SIP/2.0 100 Trying", "SIP/2.0 486 On strike")
        anna.refer(call, target(server, "1999"))
        call.wait(5, "the end of the second one",
                  lambda: any(b"404" in one.body for one in call.requests))
        anna.refer(call, f"{target(server, '1003')}?Replaces=nobody%3Bto-tag%3Da%3Bfrom-tag%3Db")
        call.wait(5, "the end of the third one",
                  lambda: any(b"481" in one.body for one in call.requests))
        anna.refer(call, "mailto:anna@example.net", 416)
        expect(len(server.live()) == 1, f"in progress: {server.live()}")
        cseq = call.bye()
        expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
        until(3, lambda: [one.get("code") for one in transfers(server)] == [486, 404, 481],
              f"{transfers(server)}")
        _, shown, _ = server.command("calls", "show", server.calls()[0]["id"])
        expect("blind, by the caller, to 1100: 486 On strike" in shown, shown)


def sipp_takes_the_place(server, caller):
    """Of anna, who talks with bert; then hangs up."""
    call = Transferor(server, caller).dial("1002")
    caller.pump(1.5)
    named = f"{call.call_id};to-tag={call.remote_tag};from-tag={call.tag}"
    address = server.address()
    sipp_peer.run(address, "takes_place", "1002", 1,
                  options=["-key", "named", named, "-au", "cora-desk", "-ap", PASSWORD,
                           "-auth_uri", f"1002@{address.literal}:{address.port}"])
    call.wait_bye()
    until(5, lambda: not server.live(), f"in progress: {server.live()}")
    notes = [step.get("note", "") for line in server.calls()
             for step in server.record(line["id"])["path"]]
    expect(any("was connected with call" in note for note in notes), f"{notes}")


@case("transfer: SIPp takes the place of one of two who talk, with Replaces")
def takes_place(world):
    with office(world, "bert") as (server, phones), world.caller(server=server) as caller:
        sipp_takes_the_place(server, caller)
    expect("got re-INVITE" in phones["bert"].heard.output, phones["bert"].heard.output[-900:])


@case("transfer: SIPp takes a place in a call that another of two shards has", slow=True)
def takes_place_across_shards(world):
    for _ in range(8):  # the dice of Call-IDs
        with office(world, "bert", shards=2) as (server, phones), \
                world.caller(server=server) as caller:
            sipp_takes_the_place(server, caller)
            between = across_shards(server)
        output = phones["bert"].heard.output
        expect("got re-INVITE" in output, output[-900:])
        if between:
            return
    raise AssertionError("eight times both calls were of one shard of two")


@case("transfer: a place in a call that no shard has is not to be taken, nor by a stranger")
def takes_no_place(world):
    with office(world, shards=2) as (server, _), world.caller(server=server) as caller:
        for i in range(6):
            named = f"nobody{i};to-tag=a;from-tag=b"
            stranger = caller.invite("1002", headers=[("Replaces", named)])
            expect(stranger.wait_final().status in (403, 481), stranger.ladder())
            call = Transferor(server, caller).ask("1002", ("Replaces", named))
            expect(call.final.status == 481, call.ladder())
            caller.user = "stranger"
        until(5, lambda: not server.live(), f"in progress: {server.live()}")


@case("transfer: who has not logged in transfers nobody, and takes nobody's place")
def outsiders(world):
    with office(world, "bert") as (server, phones), world.caller(server=server) as caller:
        stranger = caller.invite("1002")
        expect(stranger.wait_final().status == 200, stranger.ladder())
        cseq = stranger.in_dialog("REFER", [("Refer-To", f"<{target(server, '1003')}>")])
        expect(stranger.wait_reply(cseq, "REFER").status == 403, stranger.ladder())
        named = f"{stranger.call_id};to-tag={stranger.remote_tag};from-tag={stranger.tag}"
        other = caller.invite("1002", headers=[("Replaces", named)])
        expect(other.wait_final().status == 403, other.ladder())
        late = caller.invite("1002", headers=[("Replaces", named + ";early-only")])
        expect(late.wait_final().status == 486, late.ladder())
        cseq = stranger.bye()
        expect(stranger.wait_reply(cseq, "BYE").status == 200, stranger.ladder())
