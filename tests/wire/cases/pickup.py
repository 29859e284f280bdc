"""Pick-up: what rings at one phone is taken by another; in this shard, and in any other."""

import contextlib
import time

import flows
from cases import seats, transfer
from judge import clean, expect
from runner import case

CODE = "*85"  # takes what rings at bert's phones
ROUNDS_MAX = 24  # the dice of Call-IDs


def code_flow(identifier, data, numbers=(), patterns=()):
    """An id holds no asterisk, as a code does."""
    document = flows.document(identifier, flows.node("group_pickup", data))
    return document | {"numbers": list(numbers), "patterns": list(patterns)}


@contextlib.contextmanager
def office(world, *who, **approved):
    """Seats anna, bert and cora; who dials *85 picks up what rings at bert's. By hand anna does."""
    with transfer.office(world, *who, shards=world.shards) as (server, phones):
        server.must_import(code_flow("bert", {"user_id": "bert"} | approved, numbers=[CODE]))
        server.must_import(code_flow("any", {}, patterns=["\\*87([0-9]+)"]))
        yield server, phones


@contextlib.contextmanager
def rings(server, port=None):
    """Bert's phone, which has to be told that its call was completed elsewhere. The next one at
    that port is the same phone for the registrar."""
    port = port or seats.sipp_peer.free_port("127.0.0.1")
    seats.sipp_peer.run(server.address(), "register", "bert-desk", 1,
                        options=["-au", "bert-desk", "-ap", seats.PASSWORD, "-p", str(port)])
    with seats.sipp_peer.Phone(server.address(), "phone_is_picked_up", port, 60) as phone:
        yield phone


def ringing(caller):
    call = caller.invite("1002")
    call.wait_status(180)
    return call


def dial(server, picker, code=CODE):
    return transfer.Transferor(server, picker).ask(code)


def hang_up(call):
    cseq = call.bye()
    expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())


def refused(call, status, phrase):
    expect((call.final.status, call.final.phrase) == (status, phrase), call.ladder())


def between_shards(record):
    return any(leg.get("call_id", "").startswith("inside-") and leg["code"] == 200
               for leg in record.get("legs", []))


def records(server, code=CODE):
    """(of the call that rang, of the one that picked it up), the newest ones."""
    lines = server.calls()
    rang = next(line for line in lines if line["to"].startswith("sip:1002@"))
    picked = next(line for line in lines if line["to"].startswith(f"sip:{code}@"))
    return server.record(rang["id"]), server.record(picked["id"])


def over(server, count):
    """No call is left, and so many records are: what shards ask each other makes none."""
    transfer.until(5, lambda: not server.live(), f"in progress: {server.live()}")
    transfer.until(5, lambda: len(server.calls()) == count, f"not {count}: {server.calls()}")


def judge_records(server, who="anna", code=CODE):
    """True: the two calls were of different shards."""
    rang, picked = records(server, code)
    leg = rang["legs"][-1]
    name = f"{who}/{who}-desk"
    expect((leg["name"], leg["party"], leg["code"]) == (name, who.title(), 200), f"{leg}")
    expect(leg["note"] == "picked up the call", f"{leg}")
    expect([talk["other"] for talk in rang["talks"]] == [leg["number"]], f"{rang['talks']}")
    expect(any(f"picked up by {name}" in step.get("note", "") for step in rang["path"]),
           f"{rang['path']}")
    expect((picked["code"], picked["disposition"]) == (200, "answered"), f"{picked}")
    expect(any("picked up" in step.get("note", "") for step in picked["path"]),
           f"{picked['path']}")
    return between_shards(picked)


def picks_up_once(server, caller, picker, code=CODE):
    before = len(server.calls())
    call = ringing(caller)
    picked = dial(server, picker, code)
    expect(picked.final.status == 200, picked.ladder())
    expect(call.wait_final().status == 200, call.ladder())
    hang_up(call)
    picked.wait_bye()
    over(server, before + 2)
    between = judge_records(server, code=code)
    clean(call)
    clean(picked)
    return between


@case("pick-up: whoever dials the code has the caller, and the phone shows no missed call")
def picked_up(world):
    with office(world) as (server, _), world.caller(server=server) as caller, \
            world.caller(server=server) as picker:
        several = world.shards is None or world.shards > 1
        seen, port = set(), seats.sipp_peer.free_port("127.0.0.1")
        for _ in range(ROUNDS_MAX):
            with rings(server, port) as phone:
                seen.add(picks_up_once(server, caller, picker))
                phone.must_be_content()
            if len(seen) == (2 if several else 1):
                return
        raise AssertionError(f"of {ROUNDS_MAX} calls none was of another shard, or all: {seen}")


@case("pick-up: by the extension that was dialled behind the code")
def by_extension(world):
    with office(world) as (server, _), world.caller(server=server) as caller, \
            world.caller(server=server) as picker, rings(server) as phone:
        refused(dial(server, picker, "*871999"), 404, "Not Found")
        picks_up_once(server, caller, picker, "*871002")
        phone.must_be_content()


@case("pick-up: they hear each other", slow=True)
def heard(world):
    several = world.shards is None or world.shards > 1
    for _ in range(8 if several else 1):
        with office(world, "anna", "cora") as (server, phones), rings(server) as phone:
            phones["anna"].command(f"/dial {transfer.target(server, '1002')}")
            transfer.until(5, lambda: server.live(), "anna's call is not there")
            time.sleep(0.7)
            phones["cora"].command(f"/dial {transfer.target(server, CODE)}")
            phone.must_be_content()
            time.sleep(3)
            phones["anna"].command("/hangup")
            over(server, 2)
            between = judge_records(server, "cora")
        transfer.heard(phones, "anna", "cora")
        transfer.heard(phones, "cora", "anna")
        if between or not several:
            return
    raise AssertionError("eight times both calls were of one shard")


@case("pick-up: nothing rings, so the code gets 480, however often")
def nothing(world):
    with office(world) as (server, _), world.caller(server=server) as picker:
        for count in range(1, 7):
            refused(dial(server, picker), 480, "Nothing to pick up")
            over(server, count)
        [newest, *_] = server.calls()
        notes = [step.get("note", "") for step in server.record(newest["id"])["path"]]
        expect("nothing rings at user bert" in notes[0], f"{notes}")


@case("pick-up: of two who dial the code one has the call, the other gets 480")
def race(world):
    with office(world) as (server, _), world.caller(server=server) as caller, \
            world.caller(server=server) as one, world.caller(server=server) as other:
        port = seats.sipp_peer.free_port("127.0.0.1")
        for _ in range(6):
            with rings(server, port) as phone:
                call = ringing(caller)
                winner, loser = dial(server, one), dial(server, other)
                expect(winner.final.status == 200, winner.ladder())
                refused(loser, 480, "Nothing to pick up")
                expect(call.wait_final().status == 200, call.ladder())
                hang_up(winner)
                call.wait_bye()
                phone.must_be_content()


@case("pick-up: a caller who gives up while the code is dialled leaves nothing to pick up")
def given_up(world):
    with office(world) as (server, _), world.caller(server=server) as caller, \
            world.caller(server=server) as picker, seats.phone(server, "phone_rings", "bert"):
        call = ringing(caller)
        call.cancel()
        expect(call.wait_final().status == 487, call.ladder())
        refused(dial(server, picker), 480, "Nothing to pick up")
        transfer.until(5, lambda: not server.live(), f"in progress: {server.live()}")


@case("pick-up: who has not logged in, or is not approved, gets 403 and the phone rings on")
def forbidden(world):
    with office(world, approved_user_id="cora") as (server, _), \
            world.caller(server=server) as caller, world.caller(server=server) as picker, \
            seats.phone(server, "phone_rings", "bert"):
        call = ringing(caller)
        stranger = caller.invite(CODE)
        refused(stranger.wait_final() and stranger, 403, "Forbidden")
        forged = caller.invite(CODE, headers=[("X-Strowger-Pick-Up", "user bert"),
                                              ("X-Strowger-Account", "default"),
                                              ("X-Strowger-Device", "anna-desk")])
        refused(forged.wait_final() and forged, 403, "Forbidden")
        refused(dial(server, picker), 403, "Forbidden")
        expect(call.final is None, call.ladder())
        call.cancel()
        expect(call.wait_final().status == 487, call.ladder())
