"""Numbers, methods and headers that need no flow; retransmissions; what strangers may do."""

import flows
import sip_message
from judge import clean, expect, heard, plainly_refused, record_of, refused
from runner import TONES, case, flow

PLAIN = flow(flows.document(flows.number(), flows.response(486, "Busy now")))
SLOW = flow(flows.document(flows.number(), flows.sleep(600, flows.response(486, "Busy now"))))
TONE = flow(flows.document(flows.number(), flows.response(486, "Busy now", "two-tones")))
PATTERN = flows.document(flows.number(), flows.response(480, "By pattern"))
PATTERN["patterns"] = [r"^\+?8800(\d{3})$"]
flow(PATTERN)
GROUPS = flows.document(flows.number(), flows.branch("capture_group", {
    "42": flows.response(480, "Captured 42"), "_": flows.response(404, "Captured other")}))
GROUPS["patterns"] = [r"^7700(\d+)$"]
flow(GROUPS)
CALLERS = flow(flows.document(flows.number(), flows.branch("caller_id_number", {
    "alice": flows.response(603, "Not Alice"), "_": flows.response(486, "Somebody else")})))
SKIPPED = flow(flows.document(flows.number(), flows.node(
    "response", {"code": 503, "skip_module": True}, {"_": flows.response(410, "Behind it")})))


@case("storm: a repeated INVITE is answered from memory, byte for byte, and makes one record")
def storm(world):
    with world.caller() as caller:
        call = caller.invite(PLAIN, ack=False)
        for _ in range(50):
            call.resend()
        call.wait_final()
        for _ in range(50):
            call.resend()
            caller.pump(0.002)
        caller.pump(0.3)
        finals = {r.raw for r in call.responses if r.status >= 200}
        expect(len(finals) == 1, f"{len(finals)} different final answers to one INVITE")
        expect(len(call.seen(486)) >= 50, f"only {len(call.seen(486))} of 50 copies were answered")
        call.acknowledge_late()
        plainly_refused(call, 486, "Busy now")
        count = len(call.seen(486))
        call.resend()
        caller.pump(0.4)
        extra = [r for r in call.responses if r.status >= 200][count:]
        expect(all(r.raw == call.final.raw for r in extra), "an INVITE after the ACK made a new"
               " call (timer I, RFC 3261 17.2.1)")
    record_of(world.server, call)  # and no second one


@case("storm: copies of an INVITE that is still working get the same provisional answers")
def provisional_storm(world):
    with world.caller() as caller:
        call = caller.invite(TONE)
        for _ in range(30):
            call.resend()
            caller.pump(0.01)
        refused(call, 486, "Busy now", 8)
        heard(call, TONES["two-tones"])
        expect(len({r.raw for r in call.seen(183)}) == 1, "copies of the 183 differ")


@case("storm: without an ACK the code is repeated by timer G, doubling from 500 ms")
def timer_g(world):
    with world.caller() as caller:
        call = caller.invite(PLAIN, ack=False)
        call.wait_final()
        caller.pump(4.2)
        times = [r.at for r in call.seen(486)]
        steps = [round(b - a, 2) for a, b in zip(times, times[1:])]
        expect(len(steps) >= 3 and 0.45 < steps[0] < 0.65 and 0.9 < steps[1] < 1.2
               and 1.8 < steps[2] < 2.3, f"486 repeated after {steps} s (RFC 3261 17.2.1)")
        call.acknowledge_late()
        count = len(call.seen(486))
        caller.pump(4.3)
        expect(len(call.seen(486)) == count, "486 repeated after its ACK")
        clean(call)


@case("storm: the same call over another path is a loop: 482")
def merged(world):
    with world.caller() as caller:
        call = caller.invite(SLOW)
        other = sip_message.build(
            f"INVITE {call.uri} SIP/2.0", call.headers("INVITE", "z9hG4bKotherpath")
            + [("Contact", caller.contact)])
        caller.send(other)
        caller.pump(0.4, lambda: any(r.status == 482 for r in caller_replies(call)))
        expect(any(r.status == 482 for r in caller_replies(call)),
               f"no 482 for a merged request (RFC 3261 8.2.2.2) | {call.ladder()}")


def caller_replies(call):
    return [m for _, arrow, m in call.log if arrow == "<" and m.status]


@case("routing: OPTIONS is answered 200 with what we can do; REGISTER is challenged")
def options(world):
    with world.caller() as caller:
        reply = caller.ask("OPTIONS", PLAIN)
        expect(reply.status == 200, f"OPTIONS got {reply.start!r}")
        allow = reply.options("allow")
        for method in ("invite", "ack", "cancel", "bye", "options"):
            expect(method in allow, f"Allow {allow} lacks {method}")
        expect("application/sdp" in reply.options("accept"), f"Accept {reply.all('accept')}")
        expect("100rel" in reply.options("supported"), f"Supported {reply.all('supported')}")
        reply = caller.ask("REGISTER", uri=f"sip:{caller.address.literal}")
        expect(reply.status == 401, f"REGISTER got {reply.start!r}")
        expect(not caller.faults, "; ".join(caller.faults[:3]))


@case("routing: unknown numbers get 404 or 604, patterns and escapes find their flow")
def numbers(world):
    with world.caller() as caller:
        call = caller.invite("4711999")
        final = call.wait_final()
        expect(final.status in (404, 604), f"unknown number got {final.start!r}")
        clean(call)
        plainly_refused(caller.invite("8800123"), 480, "By pattern")
        plainly_refused(caller.invite("+8800123"), 480, "By pattern")
        escaped = "%3" + PLAIN[0] + PLAIN[1:]
        plainly_refused(caller.invite(escaped), 486, "Busy now")
        where = f"{caller.address.literal}:{caller.address.port}"
        uri = f"sip:{PLAIN};phone-context=x@{where};user=phone"
        call = caller.invite(PLAIN, uri=uri)
        expect(call.wait_final().status in (404, 486), f"{call.final.start!r}")
        clean(call)


@case("routing: capture groups and the caller's number steer Branch Variable; skip_module skips")
def variables(world):
    with world.caller() as caller:
        plainly_refused(caller.invite("770042"), 480, "Captured 42")
        plainly_refused(caller.invite("7700999"), 404, "Captured other")
        plainly_refused(caller.invite(CALLERS), 486, "Somebody else")
        plainly_refused(caller.invite(SKIPPED), 410, "Behind it")
    with world.caller() as caller:
        caller.user = "alice"
        plainly_refused(caller.invite(CALLERS), 603, "Not Alice")


@case("routing: Max-Forwards 0 gets 483, an unknown Require 420 with Unsupported")
def limits(world):
    with world.caller() as caller:
        call = caller.invite(PLAIN, max_forwards=0)
        final = call.wait_final()
        expect(final.status in (483, 486), f"Max-Forwards 0 got {final.start!r}")
        call = caller.invite(PLAIN, headers=[("Require", "teleport, 100rel, nosuch")])
        final = call.wait_final()
        expect(final.status == 420, f"unknown Require got {final.start!r}")
        expect(sorted(final.options("unsupported")) == ["nosuch", "teleport"],
               f"Unsupported {final.all('unsupported')}")
        clean(call)


@case("routing: wrong bodies and methods get 415, 405 or 501, and 481 outside a dialog")
def wrong(world):
    with world.caller() as caller:
        call = caller.invite(PLAIN, sdp="hello", content_type="text/plain")
        expect(call.wait_final().status == 415, f"text/plain got {call.final.start!r}")
        clean(call)
        call = caller.invite(PLAIN, sdp="this is no sdp")
        expect(call.wait_final().status in (400, 486, 488), f"garbage SDP got {call.final.start!r}")
        clean(call)
        for method, allowed in (("BYE", (481,)), ("INFO", (481,)), ("UPDATE", (481,)),
                                ("PRACK", (481,)), ("SUBSCRIBE", (401, 403)),
                                ("MESSAGE", (401, 403)), ("REFER", (403, 405, 501)),
                                ("NONSENSE", (405, 501)), ("PUBLISH", (403, 405, 489, 501))):
            reply = caller.ask(method, PLAIN, headers=[("RAck", "1 1 INVITE")],
                               to=f"<{caller.uri(PLAIN)}>;tag=nobody"
                               if allowed == (481,) else None)
            expect(reply.status in allowed, f"{method} got {reply.start!r}, expected {allowed}")
        expect(not caller.faults, "; ".join(caller.faults[:3]))


@case("routing: rport and received are filled in, Record-Route comes back in 1xx")
def learned(world):
    with world.caller() as caller:
        route = "<sip:192.0.2.9;lr>"
        call = caller.invite(TONE, headers=[("Record-Route", route)])
        progress = call.wait_status(183)
        via = progress.get("via")
        expect(f"rport={caller.link.port}" in via and "received=" in via,
               f"Via {via!r} lacks rport or received (RFC 3581 4)")
        expect(progress.all("record-route") == [route], f"{progress.all('record-route')}")
        call.routes = []
        call.cancel()
        expect(call.wait_final().status == 487, f"{call.final.start!r}")
        clean(call)


@case("routing: inbound.anonymous = none asks every caller to log in")
def closed_door(world):
    document = flows.document(flows.number(), flows.response(486))
    with world.private([document], config='[inbound]\nanonymous = "none"\n') as server:
        server.start()
        with world.caller(server=server) as caller:
            call = caller.invite(document["numbers"][0])
            final = call.wait_final()
            expect(final.status == 401, f"{final.start!r}, expected 401")
            clean(call)
            expect(caller.ask("OPTIONS").status == 200, "OPTIONS must work without a login")


@case("http: /healthz and /readyz answer 200")
def health(world):
    import urllib.request
    for path in ("/healthz", "/readyz"):
        where = f"http://{world.server.addresses['http']}{path}"
        with urllib.request.urlopen(where, timeout=3) as reply:
            expect(reply.status == 200, f"{path}: {reply.status}")
