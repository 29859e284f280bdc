"""Session timers (RFC 4028): what is offered, agreed on and refreshed."""

import time

import baresip_peer
import judge
import sipp_peer
from judge import expect
from runner import case

from . import seats

NINETY = "[call]\nsession_expires = 90\n"


@case("session timer: too short gets 422 with Min-SE, long enough is agreed on")
def agreed(world):
    with seats.office(world, seats.BY_CAUSE) as server, world.caller(server=server) as caller:
        with seats.phone(server, "phone_answers") as desk:
            brief = caller.invite(seats.NUMBER, headers=[("Supported", "timer"),
                                                         ("Session-Expires", "89")])
            final = brief.wait_final()
            expect((final.status, final.get("min-se")) == (422, "90"), f"{final.start!r}")
            call = caller.invite(seats.NUMBER, headers=[("Supported", "timer"),
                                                        ("Session-Expires", "600;refresher=uac")])
            final = call.wait_final()
            expect(final.get("session-expires") == "600;refresher=uac",
                   f"Session-Expires {final.get('session-expires')!r}")
            expect("timer" in final.options("require"), f"Require {final.all('require')}")
            cseq = call.bye()
            expect(call.wait_reply(cseq, "BYE").status == 200, call.ladder())
            desk.must_be_content()
        judge.clean(call)


@case("session timer: two baresips are asked after half of it, and go on talking", slow=True)
def refreshed(world):
    with seats.office(world, seats.BY_CAUSE, config=NINETY) as server:
        address = server.address("udp4")
        with baresip_peer.Answering(address, "anna-desk", seats.PASSWORD, seats.TONES["phone"],
                                    56) as phone:
            deadline = time.monotonic() + 5
            while not server.registrations() and time.monotonic() < deadline:
                time.sleep(0.1)
            caller = baresip_peer.dial(address, seats.NUMBER, 50, says=seats.TONES["caller"])
        for who, heard, tone in (("the caller", caller, "phone"), ("the phone", phone.heard,
                                                                    "caller")):
            seats.hears(who, heard, seats.TONES[tone])
            spans = seats.rtp_ear.tone_spans(heard.pcm, [seats.TONES[tone]])
            expect(max(end for _, _, end in spans) > 46, f"{who} heard nothing after it: {spans}")
        ladder = seats.only_record(server)["ladder"]
        asked = {line["leg"] if "leg" in line else 0 for line in ladder
                 if line["dir"] == "out" and line["at_ms"] > 40_000
                 and line["line"].startswith(("UPDATE", "INVITE"))}
        expect(asked == {0, 1}, f"asked were {asked}: {ladder}")


@case("session timer: a SIPp that promised to refresh and does not is hung up with a reason, and so"
      " is the SIPp at the other end", slow=True)
def expired(world):
    with seats.office(world, seats.BY_CAUSE) as server:
        with seats.phone(server, "phone_answers", seconds=110) as desk:
            sipp_peer.run(server.address(), "forgets_timer", seats.NUMBER, 1, seconds=110)
            desk.must_be_content()
        record = seats.only_record(server)
        expect("session expired" in str(record["path"]), f"{record['path']}")
        # RFC 4028 10: a third of it before its end, 32 s at most.
        lasted = (record["ended_ms"] - record["answered_ms"]) / 1000
        expect(58 < lasted < 66, f"it was ended after {lasted} s")
        byes = {line.get("leg", 0) for line in record["ladder"]
                if line["dir"] == "out" and line["line"].startswith("BYE")}
        expect(byes == {0, 1}, f"BYE to {byes}: {record['ladder']}")
