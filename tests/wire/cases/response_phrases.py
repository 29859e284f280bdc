"""The Message of a Response block: byte-exact, bounded, never a second header line
(response.md 6.1; acceptance items 2, 3, 12)."""

import random

import flows
import sip_message
from judge import expect, plainly_refused
from runner import case, flow

PHRASES = [
    "Busy", "Geschäft geschlossen", "Абонент недоступен ☎",
    "営業時間外です", "قيد الصيانة",
    "Closed (holiday); call again: 09:00-17:00 @ $1+1=2 & more, ok?!*~'", "100%25 booked",
    "tab\there", "é" * 64, "x" * 128, "😀 emoji", "SIP/2.0 200 OK", "Via: SIP/2.0/UDP x",
]
WITH_PHRASE = {text: flow(flows.document(flows.number(), flows.response(480, text)))
               for text in PHRASES}
BLANK = {text: flow(flows.document(flows.number(), flows.response(404, text)))
         for text in ("", "   ")}
SILENT = flow(flows.document(flows.number(), flows.response(480, no_phrase=True)))
ILLEGAL = ['a"b', "a<b", "a>b", "a#b", "50% off", "a{b", "a}b", "a|b", "a\\b", "a^b", "a[b", "a]b",
           "a`b", "a\rb", "a\nb", "a\r\nX-Injected: 1", "a\x00b", "a\x1bb", "a\x7fb", "y" * 129,
           "\r\n\r\n", "a\x0bb"]
FUZZED = flows.number()


@case("phrases: every legal message arrives byte for byte")
def exact(world):
    with world.caller() as caller:
        calls = [(text, caller.invite(number)) for text, number in WITH_PHRASE.items()]
        for text, call in calls:
            final = plainly_refused(call, 480, text)
            line = final.raw.split(b"\r\n", 1)[0]
            expect(line == f"SIP/2.0 480 {text}".encode(), f"status line {line!r}")


@case("phrases: a blank message gives the registered phrase")
def blank(world):
    with world.caller() as caller:
        for number in BLANK.values():
            plainly_refused(caller.invite(number), 404, "Not Found")


@case("phrases: an empty phrase, asked for, keeps the blank behind the code")
def no_phrase(world):
    with world.caller() as caller:
        final = plainly_refused(caller.invite(SILENT), 480, "")
        line = final.raw.split(b"\r\n", 1)[0]
        expect(line == b"SIP/2.0 480 ", f"status line {line!r} (RFC 3261 7.2)")


@case("phrases: what RFC 3261 25.1 forbids is refused at import, naming the message")
def illegal(world):
    with world.private() as server:
        for text in ILLEGAL:
            status, output = server.import_flow(flows.document("1", flows.response(486, text)))
            expect(status == 1, f"message {text!r}: exit status {status}, expected 1")
            expect("message" in output, f"message {text!r}: not named in {output[:200]}")


def random_phrase(source):
    pools = ["abcXYZ 019", "Closed until ", "Grüße ☎ ", "x=1;y?", "a b c d", "(ok) "]
    if source.random() < 0.5:
        return "".join(source.choice(pools) for _ in range(source.randrange(1, 9)))
    pools += ["-_.!~*'();/?:@&=+$,", "\"<>#%{}|\\^[]`", "\r\n\t\x00\x01\x7f",
             "äßЖ漢😀\u2028\u0085\ufeff", "%0d%0a", "\r\nVia: x", "\udc80"]
    parts = []
    for _ in range(source.randrange(1, 12)):
        pool = source.choice(pools)
        parts.append(source.choice(pool) if len(pool) > 9 or source.random() < 0.7 else pool)
    return "".join(parts)


@case("phrases: random messages are refused at import or arrive exactly; no header is born")
def fuzz(world):
    source = random.Random(20260101)
    with world.private([flows.document(FUZZED, flows.response(486))]) as server:
        server.start()
        with world.caller(server=server) as caller:
            baseline = header_names(plainly_refused(caller.invite(FUZZED), 486))
            sent = 0
            for _ in range(40):
                text = random_phrase(source)
                document = flows.document(FUZZED, flows.response(486, text))
                status, output = server.import_flow(document)
                expect(status in (0, 1), f"message {text!r}: exit {status}: {output[:200]}")
                if status != 0 or not text.strip():
                    continue
                final = plainly_refused(caller.invite(FUZZED), 486, text)
                expect(header_names(final) == baseline,
                       f"message {text!r} changed the headers to {header_names(final)}")
                sent += 1
            expect(sent >= 5, f"only {sent} of 40 random messages were accepted")


def header_names(message):
    return sorted(name for name, _ in message.headers)


@case("phrases: the judge's own grammar agrees with RFC 3261 25.1")
def grammar():
    for text in PHRASES + [""]:
        expect(sip_message.PHRASE.match(text), f"{text!r} should be legal")
    for text in ILLEGAL:
        expect(len(text) > 128 or not sip_message.PHRASE.match(text), f"{text!r} should be illegal")
