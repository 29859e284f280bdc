"""Calls that a block answered before the Response: it becomes a BYE with both Reasons
(response.md 6.2; acceptance items 9, 10), and the blocks that lead there."""

import flows
import offers
from judge import clean, expect, hung_up, plainly_refused, reason_of, record_of, refused, text_of
from rtp_ear import decode, flow_faults, tone_faults
from runner import TONES, case, flow

MENU = flow(flows.document(flows.number(), flows.menu(
    "lead-in", {"1": flows.response(486, "Option one"), "2": flows.response(603, "Option two"),
                "timeout": flows.response(480, "Nothing keyed"),
                "_": flows.response(404, "No such option")},
    timeout=1500, retries=1)))
ANSWERED = flow(flows.document(flows.number(), flows.node("answer", {}, {
    "_": flows.sleep(300, flows.response(486, "Busy now", "blip"))})))
HANGUP = flow(flows.document(flows.number(), flows.node("answer", {}, {
    "_": flows.sleep(100, flows.node("hangup"))})))
COLLECT = flow(flows.document(flows.number(), flows.collect(
    flows.branch("pin", {"1234": flows.response(603, "Right"), "_": flows.response(404, "Wrong")}),
    collection_name="pin", max_digits=4, timeout=3000, terminator="#")))
CHILD = flow(flows.document(flows.number(), flows.response(486, "From the child")))
PARENT = flow(flows.document(flows.number(), flows.subflow(
    f"f{CHILD}", flows.response(503, "Parent ran"))))
QUIET_CHILD = flow(flows.document(flows.number(), flows.sleep(50, flows.node("sleep", {
    "duration": 1, "unit": "ms"}))))
RESUMED = flow(flows.document(flows.number(), flows.subflow(
    f"f{QUIET_CHILD}", flows.response(410, "Parent goes on"))))
SLEEPER = flow(flows.document(flows.number(), flows.sleep(700, flows.response(480, "Slept"))))
PLAYED = flow(flows.document(flows.number(), flows.played("two-tones", flows.response(
    486, "After the tones"))))

EARLY_THEN_ANSWER = flow(flows.document(flows.number(), flows.early("lead-in", flows.played(
    "blip", flows.response(486, "After both")))))


def answered(caller, number, **options):
    call = caller.invite(number, **options)
    call.wait_status(200)
    return call


@case("answered: Response after an answer plays in the call and ends it by BYE with both Reasons")
def bye_with_reasons(world):
    with world.caller() as caller:
        call = answered(caller, ANSWERED)
        bye = hung_up(call, 486)
        reason = reason_of(bye)
        expect(reason["SIP"].get("text") == "Busy now", f"Reason {bye.all('reason')}")
        expect(reason["Q.850"].get("cause") == "17", f"Reason {bye.all('reason')}")
        faults = flow_faults(call.ear.packets)
        faults += tone_faults(decode(call.ear.packets), TONES["blip"])
        expect(not faults, "; ".join(faults))
        expect(not call.seen(486), "a 486 was sent after the 200")
    record = record_of(world.server, call)
    expect(record["intended_code"] == 486, f"the record: {text_of(record)[:400]}")


@case("answered: Menu takes a keyed digit to its branch; Response there is a BYE")
def menu_digit(world):
    with world.caller() as caller:
        call = answered(caller, MENU)
        caller.pump(0.3)
        call.dial("2")
        bye = hung_up(call, 603)
        expect(reason_of(bye)["SIP"].get("text") == "Option two", f"{bye.all('reason')}")
        other = answered(caller, MENU)
        other.wait_rtp(3)
        other.dial("1")
        hung_up(other, 486)


@case("answered: Menu without a digit leaves by timeout; an unknown digit does not hang")
def menu_timeout(world):
    with world.caller() as caller:
        call = answered(caller, MENU)
        hung_up(call, 480, 12)
        stray = answered(caller, MENU)
        stray.wait_rtp(3)
        stray.dial("9")
        stray.wait_bye(15)
        clean(stray)


@case("answered: Collect DTMF gathers four digits by RFC 4733 and Branch Variable follows them")
def collected(world):
    with world.caller() as caller:
        call = answered(caller, COLLECT)
        caller.pump(0.2)
        call.dial("1234")
        hung_up(call, 603, 8)
        call = answered(caller, COLLECT)
        caller.pump(0.2)
        call.dial("12#", duration_ms=60, pause_ms=40)
        hung_up(call, 404, 8)


@case("answered: Media with answer is heard whole after the 200")
def played_in_call(world):
    with world.caller() as caller:
        call = answered(caller, PLAYED)
        hung_up(call, 486, 8)
        faults = flow_faults(call.ear.packets) + tone_faults(
            decode(call.ear.packets), TONES["two-tones"])
        expect(not faults, "; ".join(faults))


@case("answered: an answer after early media repeats the session and keeps To tag and stream")
def early_then_answer(world):
    with world.caller() as caller:
        call = caller.invite(EARLY_THEN_ANSWER)
        hung_up(call, 486, 8)
        early, final = call.seen(183)[0], call.seen(200)[0]
        expect(early.to_tag == final.to_tag, "183 and 200 have different To tags")
        if final.body:
            expect(offers.read(final.body)[0].audio.port == offers.read(early.body)[0].audio.port,
                   "the 200 names another RTP port than the 183 (RFC 3261 13.2.1)")
        faults = flow_faults(call.ear.packets) + tone_faults(
            decode(call.ear.packets), TONES["lead-in"] + TONES["blip"])
        expect(not faults, "; ".join(faults))


@case("answered: a late offer is answered with our offer in the 200 and the ACK's answer is heard")
def late_offer(world):
    with world.caller() as caller:
        call = answered(caller, PLAYED, sdp=None)
        expect(call.seen(200)[0].body, "200 to a late offer carries no offer (RFC 3261 13.2.1)")
        hung_up(call, 486, 8)
        faults = tone_faults(decode(call.ear.packets), TONES["two-tones"])
        expect(not faults, "; ".join(faults))


@case("answered: the 200 is repeated until its ACK, and the call ends when none comes")
def ack_lost(world):
    with world.caller() as caller:
        call = caller.invite(PLAYED, ack=False)
        call.wait(4, "three copies of the 200", lambda: len(call.seen(200)) >= 3)
        copies = call.seen(200)
        expect(len({c.raw for c in copies}) == 1, "copies of the 200 differ")
        steps = [b.at - a.at for a, b in zip(copies, copies[1:])]
        expect(all(0.35 < step < 1.6 for step in steps), f"200 repeated after {steps} s")
        call.acknowledge_late()
        call.wait_bye(8)
        clean(call)


@case("answered: re-INVITE and UPDATE move the call; hold stops our audio")
def reinvite(world):
    with world.caller() as caller:
        call = answered(caller, MENU)
        call.wait_rtp(2)
        reply = call.wait_reply(call.reinvite(call.offer(version=2, direction="inactive")),
                                "INVITE")
        expect(reply.status == 200 and reply.body, f"re-INVITE got {reply.start!r}")
        expect(call.answer.audio.direction == "inactive",
               f"answer to inactive says {call.answer.audio.direction}")
        caller.pump(0.1)
        before = len(call.ear.packets)
        caller.pump(0.2)
        expect(len(call.ear.packets) - before <= 1, "RTP goes on in a held call")
        reply = call.wait_reply(call.update(call.offer(version=3)), "UPDATE")
        expect(reply.status == 200 and reply.body, f"UPDATE with an offer got {reply.start!r}")
        reply = call.wait_reply(call.in_dialog("OPTIONS"), "OPTIONS")
        expect(reply.status == 200, f"OPTIONS in the dialog got {reply.start!r}")
        reply = call.wait_reply(call.bye(), "BYE")
        expect(reply.status == 200, f"BYE got {reply.start!r}")
        clean(call)


@case("answered: a digit by INFO works, a strange INFO is refused politely, an old CSeq gets 500")
def info(world):
    with world.caller() as caller:
        call = answered(caller, MENU)
        reply = call.wait_reply(call.in_dialog(
            "INFO", [("Content-Type", "application/x-strange")], b"x"), "INFO")
        expect(reply.status in (200, 415, 469), f"strange INFO got {reply.start!r}")
        late = call.in_dialog("OPTIONS", cseq=1)
        reply = call.wait_reply(late, "OPTIONS")
        expect(reply.status == 500, f"OPTIONS with an old CSeq got {reply.start!r}"
               " (RFC 3261 12.2.2)")
        body = b"Signal=1\r\nDuration=160\r\n"
        reply = call.wait_reply(call.in_dialog(
            "INFO", [("Content-Type", "application/dtmf-relay")], body), "INFO")
        expect(reply.status == 200, f"dtmf-relay INFO got {reply.start!r}")
        hung_up(call, 486)


@case("answered: the caller's BYE ends everything; a second BYE gets 481; RTP stops")
def callers_bye(world):
    with world.caller() as caller:
        call = answered(caller, PLAYED)
        call.wait_rtp(10)
        reply = call.wait_reply(call.bye(), "BYE")
        expect(reply.status == 200, f"BYE got {reply.start!r}")
        expect(call.ear.packets[-1].at - reply.at < 0.05, "RTP after the BYE")
        again = call.wait_reply(call.bye(), "BYE")
        expect(again.status == 481, f"second BYE got {again.start!r}")
        clean(call)


@case("answered: Hangup ends the call with a Q.850 cause; Answer without SDP in the INVITE works")
def hangup(world):
    with world.caller() as caller:
        call = answered(caller, HANGUP)
        bye = call.wait_bye()
        expect(reason_of(bye).get("Q.850", {}).get("cause") == "16", f"{bye.all('reason')}")
        clean(call)


@case("flow: a Response inside a sub-flow ends the whole call; the parent's next block never runs")
def subflow_response(world):
    with world.caller() as caller:
        call = caller.invite(PARENT)
        plainly_refused(call, 486, "From the child")
        caller.pump(0.3)
    record = record_of(world.server, call)
    walked = [(step["callflow"], step["module"]) for step in record["path"]]
    expect(walked == [(f"f{PARENT}", "callflow"), (f"f{CHILD}", "response")], f"walked {walked}")
    expect((record["code"], record["phrase"]) == (486, "From the child"),
           f"the parent ran: {text_of(record)[:500]}")


@case("flow: a sub-flow that ends by itself comes back to the parent")
def subflow_returns(world):
    with world.caller() as caller:
        plainly_refused(caller.invite(RESUMED), 410, "Parent goes on")


@case("flow: Sleep waits as long as it says, and 100 comes before the INVITE is repeated")
def sleeps(world):
    with world.caller() as caller:
        call = caller.invite(SLEEPER)
        refused(call, 480, "Slept")
        took = call.final.at - call.started_at
        expect(0.69 <= took < 1.2, f"slept {took:.3f} s instead of 0.7")
        trying = call.seen(100)
        expect(trying and trying[0].at - call.started_at < 0.2,
               "no 100 within 200 ms (RFC 3261 17.2.1)")


@case("flow: hang-up by CANCEL while asleep ends at once with 487")
def cancel_asleep(world):
    with world.caller() as caller:
        call = caller.invite(SLEEPER)
        caller.pump(0.1)
        at = call.cancel()
        final = call.wait_final()
        expect(final.status == 487 and final.at - at < 0.1, f"{final.start!r}")
        clean(call)
