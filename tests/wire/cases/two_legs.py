"""What passes from the one leg of a call to the other, the phone being SIPp: forks, offers that
come late, reliable provisional responses, glare, storms of copies (RFC 3261 13, 14, 17; RFC 3262).
"""

import contextlib

from cases import seats
from judge import clean, expect
from runner import case


@contextlib.contextmanager
def called(world, scenario, number=seats.NUMBER, **options):
    """(server, the caller's call, the phone): anna's phone does as the scenario says."""
    with seats.office(world, seats.BY_CAUSE) as server, world.caller(server=server) as caller:
        with seats.phone(server, scenario) as desk:
            call = caller.invite(number, **options)
            yield server, call, desk


def answered(call):
    final = call.wait_final(8)
    expect(final.status == 200, f"{final.start!r} | {call.ladder()}")


def hang_up(call, desk):
    cseq = call.bye()
    expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
    desk.must_be_content()
    clean(call)


def tell_legs_apart(server, record):
    """Each phone's messages are its own in the record, and in the text of `calls show`."""
    for leg in record["legs"]:
        own = [line for line in record["ladder"] if line.get("leg") == leg["number"]]
        expect(own[0]["line"] == f"INVITE {leg['target']} SIP/2.0", f"{own}")
        methods = {line["method"] for line in own}
        lost = "another phone answered" in leg.get("note", "")
        expect(methods == {"INVITE", "ACK", "CANCEL" if lost else "BYE"}, f"{own}")
        expect((leg["party"], leg["extension"]) == ("Anna", "201"), f"{leg}")
    won = record["bridged_leg"]
    [talk] = record["talks"]
    expect((talk["one"], talk["other"]) == (0, won), f"{talk}")
    expect(talk["ended_ms"] > talk["at_ms"], f"{talk}")
    shown = server.must("calls", "show", record["id"])
    expect("1 Anna" in shown and "2 Anna" in shown, shown)
    expect("─┼─" in shown, f"no arrow passes the first phone: {shown}")


@case("two legs: two phones are rung, one answers, the other is cancelled and says 487")
def forked(world):
    with seats.office(world, seats.BY_CAUSE) as server, world.caller(server=server) as caller:
        server.add_device("extra-desk", seats.PASSWORD, "--owner", "anna")
        with seats.phone(server, "phone_rings") as loser, \
                seats.phone(server, "phone_answers", seat="extra") as winner:
            call = caller.invite(seats.NUMBER)
            answered(call)
            loser.must_be_content()
            call.caller.pump(0.05)  # they talk
            hang_up(call, winner)
        record = seats.only_record(server)
        notes = [leg.get("note", "") for leg in record["legs"]]
        expect("another phone answered" in notes, f"{record['legs']}")
        tell_legs_apart(server, record)


@case("two legs: a late offer of the phone is answered by the caller, in both ACKs")
def late_offer(world):
    with called(world, "phone_offers", sdp=None) as (_, call, desk):
        answered(call)
        expect(call.seen(200)[0].body, "the 200 has no offer")
        call.caller.pump(0.3)
        hang_up(call, desk)


@case("two legs: a reliable 183 of the phone is acknowledged, and let through reliably")
def reliable(world):
    rel = [("Supported", "100rel"), ("Require", "100rel")]
    with called(world, "phone_reliable", headers=rel) as (_, call, desk):
        call.wait_status(183)
        expect(call.seen(183)[0].get("rseq"), f"{call.seen(183)[0].start!r}")
        answered(call)
        hang_up(call, desk)


@case("two legs: both re-INVITE at the same time: the phone gets 491, the caller its answer")
def glare(world):
    with called(world, "phone_glares") as (_, call, desk):
        answered(call)
        call.caller.pump(0.5)
        cseq = call.reinvite(call.offer(version=2))
        reply = call.wait_reply(cseq, "INVITE", 6)
        expect(reply.status == 200, f"{reply.start!r} | {call.ladder()}")
        call.caller.pump(0.5)
        hang_up(call, desk)


@case("two legs: a re-INVITE that the caller CANCELs is cancelled at the phone, and they talk on")
def withdrawn(world):
    with called(world, "phone_is_not_asked") as (_, call, desk):
        answered(call)
        call.caller.pump(0.5)
        cseq = call.reinvite(call.offer(version=2, direction="sendonly"))
        call.caller.pump(0.3)
        call.cancel_reinvite(cseq)
        expect(call.wait_reply(cseq, "CANCEL").status == 200, call.ladder())
        reply = call.wait_reply(cseq, "INVITE", 6)
        expect(reply.status == 487, f"{reply.start!r} | {call.ladder()}")
        call.caller.pump(0.5)
        hang_up(call, desk)


@case("two legs: fifty copies of the INVITE, while it rings and later, ring the phone once")
def storm(world):
    with called(world, "phone_answers") as (server, call, desk):
        for _ in range(25):
            call.resend()
        call.wait_status(180)
        for _ in range(25):
            call.resend()
        answered(call)
        hang_up(call, desk)
        expect(len(seats.only_record(server)["legs"]) == 1, "more than one leg")


@case("two legs: a phone that does not answer BYE gets it again and again; then its leg is over,"
      " and the record says so", slow=True)
def lost_bye(world):
    with seats.office(world, seats.BY_CAUSE) as server, world.caller(server=server) as caller:
        with seats.phone(server, "phone_loses_bye", seconds=60) as desk:
            call = caller.invite(seats.NUMBER)
            answered(call)
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            clean(call)
            desk.must_be_content()
        record = seats.only_record(server)
        expect(record["complete"], f"{record}")
        leg = record["legs"][0]
        expect(leg.get("note") == "it never answered our BYE", f"{leg}")
        sent = [line["at_ms"] for line in record["ladder"] if line.get("leg") == 1
                and line["dir"] == "out" and line["line"].startswith("BYE")]
        # RFC 3261 17.1.2.2, timers E and F.
        due = [0, 500, 1500, *range(3500, 32000, 4000)]
        late = [at - sent[0] - want for at, want in zip(sent, due)]
        expect(len(sent) == len(due) and max(map(abs, late)) < 500, f"BYE at {sent}")
