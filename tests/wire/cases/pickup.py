"""Pick-up: what rings at one phone is taken by another; in this shard, and in any other."""

import contextlib
import time

import flows
from cases import seats, transfer
from judge import clean, expect
from runner import case

CODE = "*85"  # takes what rings at bert's phones
ROUNDS_MAX = 24  # the dice of Call-IDs


def pattern_flow():
    document = flows.document("*87", flows.node("group_pickup", {}))
    document["numbers"] = []
    document["patterns"] = ["\\*87([0-9]+)"]
    return document


@contextlib.contextmanager
def office(world, *who, **approved):
    """Seats anna, bert and cora; who dials *85 picks up what rings at bert's."""
    with transfer.office(world, *who, shards=world.shards) as (server, phones):
        server.must_import(flows.document(CODE, flows.node("group_pickup",
                                                           {"user_id": "bert"} | approved)))
        server.must_import(pattern_flow())
        yield server, phones


@contextlib.contextmanager
def rings(server, calls=1):
    """Bert's phone, which has to be told that its calls were completed elsewhere."""
    port = seats.sipp_peer.free_port("127.0.0.1")
    seats.sipp_peer.run(server.address(), "register", "bert-desk", 1,
                        options=["-au", "bert-desk", "-ap", seats.PASSWORD, "-p", str(port)])
    with seats.sipp_peer.Phone(server.address(), "phone_is_picked_up", port, 60,
                               calls=calls) as phone:
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


def judge_records(server, code=CODE):
    """True: the two calls were of different shards."""
    transfer.until(5, lambda: not server.live(), f"in progress: {server.live()}")
    rang, picked = records(server, code)
    leg = rang["legs"][-1]
    expect((leg["name"], leg["party"], leg["code"]) == ("cora/cora-desk", "Cora", 200), f"{leg}")
    expect(leg["note"] == "picked up the call", f"{leg}")
    expect([talk["other"] for talk in rang["talks"]] == [leg["number"]], f"{rang['talks']}")
    expect(any("picked up by cora/cora-desk" in step.get("note", "") for step in rang["path"]),
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
    between = judge_records(server, code)
    expect(len(server.calls()) == before + 2, f"{server.calls()}")
    clean(call)
    clean(picked)
    return between


@case("pick-up: whoever dials the code has the caller, and the phone shows no missed call")
def picked_up(world):
    with office(world) as (server, _), world.caller(server=server) as caller, \
            world.caller(server=server) as picker:
        several = world.shards is None or world.shards > 1
        seen = set()
        for _ in range(ROUNDS_MAX):
            with rings(server) as phone:
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
            between = judge_records(server)
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
            lines = server.calls()
            expect(len(lines) == count, f"{lines}")
        notes = [step.get("note", "") for step in server.record(lines[0]["id"])["path"]]
        expect("nothing rings at user bert" in notes[0], f"{notes}")
        transfer.until(5, lambda: not server.live(), f"in progress: {server.live()}")


@case("pick-up: of two who dial the code one has the call, the other gets 480")
def race(world):
    with office(world) as (server, _), world.caller(server=server) as caller, \
            world.caller(server=server) as one, world.caller(server=server) as other:
        for _ in range(6):
            with rings(server) as phone:
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
    with office(world, approved_user_id="anna") as (server, _), \
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
