"""Verdicts over a finished call. Each raises Failure with one line that says what was wrong."""

import re

import codes
import sip_message
from rtp_ear import clock_of, decode, flow_faults, tone_faults
from sip_caller import Failure

LATE = 0.040  # seconds of tolerance for media times (response.md 6.8)


def expect(truth, text):
    if not truth:
        raise Failure(text)


def clean(call):
    """No fault of form anywhere in the call."""
    faults = call.all_faults()
    expect(not faults, f"{'; '.join(faults[:4])} | {call.ladder()}")


def refused(call, code, phrase=None, seconds=5.0):
    """The final answer is `code phrase`; nothing on the way looked like an answer or ringing."""
    final = call.wait_final(seconds)
    expect(final.status == code, f"final answer {final.start!r}, expected {code} | {call.ladder()}")
    if phrase is not None:
        expect(final.phrase == phrase, f"phrase {final.phrase!r}, expected {phrase!r}")
    expect(not call.seen(200), "a 200 was sent to the INVITE")
    expect(not call.seen(180), "a 180 was sent")
    expect(not final.all("rseq"), "RSeq on a final answer")
    clean(call)
    return final


def plainly_refused(call, code, phrase=None, seconds=5.0):
    """As refused(), and no early media came before it."""
    final = refused(call, code, phrase, seconds)
    expect(not call.seen(183), "a 183 came although no media was due")
    expect(not call.ear.packets, f"{len(call.ear.packets)} RTP packets without media")
    return final


def heard(call, parts, gap=0.5):
    """Everything of `parts` [(Hz, seconds)] came as RTP after the 183 and before the final code.
    Pace is judged by one case of its own; `gap` only catches a stream that stood still."""
    call.ear.drain()
    packets = call.ear.packets
    expect(packets, f"no RTP was heard | {call.ladder()}")
    progress = call.seen(183)
    expect(progress and progress[0].body, "no 183 with SDP")
    expect(call.answer and call.answer.audio, f"RTP was heard without an answer | {call.ladder()}")
    names = call.answer.audio.rtpmap
    faults = flow_faults(packets, gap, names) + tone_faults(decode(packets, names), parts, LATE)
    expect(not faults, "; ".join(faults))
    length = sum(seconds for _, seconds in parts)
    if call.caller.link.transport == "udp":  # only there both times are the kernel's
        expect(packets[0].at >= progress[0].at - 0.002, "RTP left before the 183")
    if call.final is not None and call.final.status >= 300:
        played = call.final.at - began(packets, clock_of(packets[0], names))
        expect(played >= length - LATE, f"code after {played:.3f} s of {length:.3f} s media")
        expect(played <= length + 0.5, f"code only {played - length:.3f} s after the media")
    audio = call.answer.audio
    expect(packets[0].source[1] == audio.port,
           f"RTP from port {packets[0].source[1]}, SDP says {audio.port}")
    expect(packets[0].payload_type in audio.payloads,
           f"payload type {packets[0].payload_type} is not in the answer")


def began(packets, clock):
    """When the stream began by its own clock: a late packet says nothing, an early one does."""
    base = packets[0].timestamp
    return min(p.at - ((p.timestamp - base) & 0xFFFFFFFF) / clock for p in packets)


def reason_of(message):
    """{'Q.850': {'cause': '17', 'text': …}, …} of the Reason header."""
    found = {}
    for value in sip_message.split_list(",".join(message.all("reason"))):
        protocol, _, rest = value.partition(";")
        pairs = re.findall(r'([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)', rest)
        found[protocol.strip().upper()] = {k.lower(): v.strip('"') for k, v in pairs}
    return found


def cause_fits(final, code):
    """The Q.850 cause of the Reason header follows RFC 3398 8.2.6.1."""
    cause = reason_of(final).get("Q.850", {}).get("cause")
    if code in codes.SILENT:
        return
    want = codes.CAUSES.get(code, 41 if 500 <= code < 600 else 31)
    expect(cause == str(want), f"{code}: Reason {final.get('reason')!r}, expected cause {want}")


def hung_up(call, code, seconds=5.0):
    """An answered call ended by BYE that carries the code for SIP and a cause for Q.850."""
    bye = call.wait_bye(seconds)
    reason = reason_of(bye)
    expect(reason.get("SIP", {}).get("cause") == str(code),
           f"BYE Reason {bye.all('reason')}, expected SIP;cause={code}")
    expect("Q.850" in reason, f"BYE without Q.850 Reason: {bye.all('reason')}")
    expect(call.seen(200) and len({r.raw for r in call.seen(200)}) == 1, "not one 200")
    clean(call)
    return bye


def record_of(server, call):
    """The one record of the call, whole. Its tags, ids and times are random: look into fields."""
    found = [r for r in server.calls() if r["call_id"] == call.call_id]
    expect(len(found) == 1, f"{len(found)} records of one call")
    return server.record(found[0]["id"])


def text_of(record):
    """All text of a call record, for looking into it without fixing its shape."""
    if isinstance(record, dict):
        return " ".join(f"{k} {text_of(v)}" for k, v in record.items())
    if isinstance(record, list):
        return " ".join(text_of(v) for v in record)
    return str(record)
