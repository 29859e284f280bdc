"""Calls that change documents: Do Not Disturb, Call Forwarding, the night switch; what applies by
the clock."""

import json
import time

import flows
import judge
from cases.seats import NUMBER, office
from judge import expect
from runner import case

DO_NOT_DISTURB = flows.document("78", flows.node("do_not_disturb", {"action": "activate"}))
FORWARD = {"id": "forward", "name": "Forward", "numbers": [], "patterns": ["72([0-9]+)"],
           "flow": flows.node("call_forward", {"action": "activate"})}
RING_ANNA = flows.document(NUMBER, flows.node("user", {"id": "anna", "timeout": 3}))
ELSEWHERE = flows.document("555", flows.response(480, "Forwarded to here"))
BY_CLOCK = flows.document(NUMBER, flows.node(
    "temporal_route", {"timezone": "Europe/Berlin"},
    {"night": flows.response(480, "Night"), "_": flows.response(480, "Day")}))
SWITCH = flows.document("80", flows.node("temporal_route", {"action": "enable",
                                                            "rules": ["night"]},
                                         {"_": flows.response(480, "Switched")}))


def document_of(server, kind, name):
    status, out, err = server.command(kind, "show", name, "--json")
    expect(status == 0, err)
    return json.loads(out)["document"]


def becomes(what, looks, seconds=5.0):
    end = time.monotonic() + seconds
    while not looks():
        expect(time.monotonic() < end, what)
        time.sleep(0.05)


def refusal(world, server, number):
    with world.caller(server=server) as caller:
        final = caller.invite(number).wait_final()
        return final.status, final.phrase


@case("time of day: a block forces a rule on for the calls after it, and over a restart")
def night_switch(world):
    with world.private() as server:
        server.must("temporal-rule", "add", "--id", "night", "--name", "Night", "--cycle", "date",
                    "--set", "start_date=2001-01-01")
        server.must_import(BY_CLOCK)
        server.must_import(SWITCH)
        server.start()
        expect(refusal(world, server, NUMBER) == (480, "Day"), "before the switch")
        expect(refusal(world, server, "80") == (480, "Switched"), "the switch")
        becomes("the rule is not forced on",
                lambda: document_of(server, "temporal-rule", "night").get("enabled") is True)
        becomes("calls do not go by the rule",
                lambda: refusal(world, server, NUMBER) == (480, "Night"))
        server.stop()
        server.start()
        expect(refusal(world, server, NUMBER) == (480, "Night"), "after a restart")


def settle(world, server, number):
    """A feature code is called; it is answered and ends."""
    with world.caller(server=server) as caller:
        call = caller.invite(number)
        expect(call.wait_final().status == 200, call.ladder())
        call.wait_bye()
        judge.clean(call)


@case("do not disturb: switched on by a call, anna is busy, over a restart too")
def do_not_disturb(world):
    code = flows.document("78", flows.node("do_not_disturb", {"action": "activate", "id": "anna"}))
    with office(world, RING_ANNA) as server:
        server.must_import(code)
        settle(world, server, "78")
        becomes("the seat is not changed",
                lambda: document_of(server, "seat", "anna")
                .get("do_not_disturb", {}).get("enabled") is True)
        by = document_of(server, "seat", "anna")["do_not_disturb"]["changed_by_call"]
        expect(by["call"] == server.calls()[0]["id"], f"{by}")
        becomes("anna is not busy",
                lambda: refusal(world, server, NUMBER) == (486, "Number busy"))
        server.stop()
        server.start()
        expect(refusal(world, server, NUMBER) == (486, "Number busy"), "after a restart")


@case("call forwarding: to the number dialled behind the code; that number's callflow decides")
def forwarding(world):
    code = FORWARD | {"flow": flows.node("call_forward", {"action": "activate", "id": "anna"})}
    with office(world, RING_ANNA) as server:
        server.must_import(ELSEWHERE)
        server.must_import(code)
        settle(world, server, "72555")
        becomes("calls are not forwarded",
                lambda: refusal(world, server, NUMBER) == (480, "Forwarded to here"))


@case("do not disturb: a phone that has not logged in changes no seat")
def outsiders_change_nothing(world):
    with office(world, RING_ANNA) as server:
        server.must_import(DO_NOT_DISTURB)
        settle(world, server, "78")
        record = server.record(server.calls()[0]["id"])
        expect("belongs to no seat" in record["path"][0]["note"], f"{record['path']}")
        expect("do_not_disturb" not in document_of(server, "seat", "anna"), "anna is changed")
