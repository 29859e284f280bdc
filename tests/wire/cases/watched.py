"""Whoever watches: a HEP collector, `strowger trace`, the log, the list of live calls.
None of them may change what a caller sees."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import flows
import hep
import prometheus
import sipp_peer
import tshark
from judge import expect, heard, refused
from runner import TONES, case, flow
from sip_caller import Failure

# One each, as the cases run side by side.
LINES, FORMS, OTHER, PCAP = [flow(flows.document(flows.number(), flows.response(486, "Busy now")))
                             for _ in range(4)]
HELD = flow(flows.document(flows.number(), flows.node("answer", {}, {
    "_": flows.sleep(20_000, flows.node("hangup"))})))
TONE = flows.document(flows.number(), flows.response(486, "Busy now", "short-tones"))


class Trace:
    """`strowger trace` on a server; its output when it has ended by itself."""

    def __init__(self, server, *options):
        self.process = subprocess.Popen(
            [server.program, "trace", "--data", str(server.data), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        first = self.process.stderr.readline()
        if not first.startswith(b"watching"):
            raise Failure(f"trace: {first!r} {self.process.communicate(timeout=10)}")

    def output(self):
        try:
            out, err = self.process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
            raise Failure(f"trace saw too little: {out!r} {err!r}") from None
        expect(self.process.returncode == 0, f"trace: exit {self.process.returncode}, {err!r}")
        return out.decode("utf-8")


def starts(packets):
    return [p.payload.split(b"\r\n")[0].decode() for p in packets if p.kind == hep.SIP]


@case("watched: a HEP collector gets each SIP message and RTCP packet of a call", alone=True)
def hep_copies(world):
    collector = hep.Collector()
    config = f'[hep]\nto = "{collector.address}"\nid = 2001\npassword = "secret"\n'
    with world.private([TONE], ["short-tones"], config=config) as server:
        server.start()
        with world.caller(server=server) as caller:
            call = caller.invite(TONE["numbers"][0])
            refused(call, 486, "Busy now")
            heard(call, TONES["short-tones"])
            caller.pump(0.1)
        # The last is the ACK; RTCP says goodbye before the 486. Where they are of two shards, the
        # copy of the ACK may come first.
        last = ("ACK", "SIP/2.0 486")
        packets = collector.wait(
            lambda all_: all(any(s.startswith(one) for s in starts(all_)) for one in last))
        ours = (server.address().host, server.address().port)
    collector.close()
    # Each shard sends its own copies at once; a collector sorts them, as any does.
    packets.sort(key=lambda packet: packet.at)
    said = starts(packets)
    expect(said[0].startswith("INVITE") and said[1] == "SIP/2.0 100 Trying", f"{said}")
    expect("SIP/2.0 486 Busy now" in said and "SIP/2.0 183 Session Progress" in said, f"{said}")
    call_ids = {p.call_id for p in packets if p.kind == hep.SIP}
    expect(call_ids == {call.call_id}, f"correlation ids {call_ids}, Call-ID {call.call_id}")
    expect(any(p.kind == hep.RTCP for p in packets), "no RTCP was mirrored")
    for packet in packets:
        expect((packet.capture_id, packet.key) == (2001, "secret"), f"{packet}")
        expect(packet.transport == "udp", f"{packet}")
        if packet.kind == hep.SIP:
            inbound = packet.payload.startswith((b"INVITE", b"ACK", b"PRACK"))
            expect((packet.destination if inbound else packet.source) == ours, f"{packet}")
    expect(said[-1].startswith("ACK"), f"{said}")


@case("watched: sngrep reads the copies, over UDP and TCP", alone=True)
def sngrep_reads(world):
    port = sipp_peer.free_port("127.0.0.1")
    folder = Path(tempfile.mkdtemp(prefix="strowger-hep-"))
    document = flows.document("1000", flows.response(486, "Busy now"))
    try:
        sngrep = hep.Sngrep(port, folder / "hep.pcap")
        with world.private([document], config=f'[hep]\nto = "127.0.0.1:{port}"\n') as server:
            server.start()
            for kind in ("udp4", "tcp4"):
                with world.caller(kind, server) as caller:
                    refused(caller.invite("1000"), 486, "Busy now")
                    caller.pump(0.3)
        sngrep.stop()
        seen = tshark.read(folder / "hep.pcap", "sip.Method", "sip.Status-Code")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    expect(seen.count(["INVITE", ""]) == 2, f"{seen}")
    expect(seen.count(["", "486"]) == 2 and seen.count(["ACK", ""]) == 2, f"{seen}")


@case("watched: strowger trace shows a number's messages in a line each, and no others")
def trace_lines(world):
    trace = Trace(world.server, "--number", LINES, "--count", "4")
    with world.caller() as caller:
        refused(caller.invite(OTHER), 486, "Busy now")
        call = caller.invite(LINES)
        refused(call, 486, "Busy now")
        text = trace.output()
    lines = text.splitlines()
    expect(len(lines) == 4 and all(call.call_id in line for line in lines), text)
    expect(["INVITE" in lines[0], "100" in lines[1], "486 Busy now  (1 INVITE)" in lines[2],
            "ACK" in lines[3]] == [True] * 4, text)
    expect(all(f"127.0.0.1:{caller.link.port}" in line for line in lines), text)


@case("watched: strowger trace --full escapes what would steer a terminal; --json is exact")
def trace_forms(world):
    full = Trace(world.server, "--number", FORMS, "--method", "INVITE", "--count", "1", "--full")
    exact = Trace(world.server, "--number", FORMS, "--method", "INVITE", "--count", "3", "--json")
    with world.caller() as caller:
        call = caller.invite(FORMS, headers=[("Subject", "\x1b[2Jcleared")])
        refused(call, 486, "Busy now")
        text, objects = full.output(), [json.loads(line) for line in exact.output().splitlines()]
    expect("\x1b" not in text and "Subject: \\x1b[2Jcleared" in text, text)
    expect([o["direction"] for o in objects] == ["in", "out", "out"], f"{objects}")
    expect("Subject: \x1b[2Jcleared\r\n" in objects[0]["message"], objects[0]["message"])
    expect(objects[2]["message"].startswith("SIP/2.0 486 Busy now\r\n"), objects[2]["message"])
    expect(all(o["call_id"] == call.call_id for o in objects), f"{objects}")


@case("watched: tshark reads what strowger trace --pcap wrote, IPv4, IPv6 and TCP")
def trace_pcap(world):
    kinds = ["udp4", "tcp4"] + (["udp6"] if world.has_v6 else [])
    for kind in kinds:
        folder = Path(tempfile.mkdtemp(prefix="strowger-pcap-"))
        file = folder / "trace.pcap"
        try:
            with world.caller(kind) as caller:
                trace = Trace(world.server, "--number", PCAP, "--count", "4", "--pcap", str(file))
                call = caller.invite(PCAP)
                refused(call, 486, "Busy now")
                trace.output()
                port = world.server.address(kind).port
                rows = tshark.read_checked(file, "sip.Method", "sip.Status-Code", "sip.Call-ID",
                                            sip_port=port)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        want = [["INVITE", ""], ["", "100"], ["", "486"], ["ACK", ""]]
        expect([row[:2] for row in rows] == want, f"{kind}: {rows}")
        expect(all(row[2] == call.call_id for row in rows), f"{kind}: {rows}")


@case("watched: strowger trace without a server, or with a wrong filter, says what to do")
def trace_refusals(world):
    status, _, err = world.server.command("trace", "--address", "localhost")
    expect(status == 2 and "IP:PORT" in err, f"{status} {err}")
    with world.private() as server:
        status, _, err = server.command("trace", "--count", "1")
    expect(status == 1 and "no server runs" in err, f"{status} {err}")


@case("watched: calls list --live shows who, since when, and the block; trace takes that id")
def live(world):
    with world.caller() as caller:
        call = caller.invite(HELD)
        call.wait_status(200)
        caller.pump(0.3)
        found = [c for c in world.server.live() if c["to"].startswith(f"sip:{HELD}@")]
        expect(len(found) == 1 and found[0]["module"] == "sleep", f"{found}")
        status, out, err = world.server.command("calls", "list", "--live")
        expect(status == 0, err)
        row = [line for line in out.splitlines() if found[0]["id"] in line]
        expect(len(row) == 1 and "sleep" in row[0] and f"f{HELD}" in row[0], out)
        trace = Trace(world.server, "--call", found[0]["id"], "--count", "2")
        call.bye()
        call.wait_reply(call.cseq, "BYE")
        lines = trace.output().splitlines()
        expect("BYE" in lines[0] and "200 OK  (2 BYE)" in lines[1], f"{lines}")


@case("watched: JSON logs are one object a line, and say which call a line is about", alone=True)
def json_log(world):
    document = flows.document("1000", flows.response(486, "Busy 'now'"))
    with world.private([document], config='[log]\nformat = "json"\n') as server:
        server.start()
        with world.caller(server=server) as caller:
            call = caller.invite("1000")
            call.wait_final()
        server.stop()
        lines = [json.loads(line) for line in server.log().splitlines()]
    expect(all({"time", "level", "text"} <= set(line) for line in lines), f"{lines}")
    about = [line for line in lines if "call" in line]
    expect(about and about[-1]["text"].startswith("is over: "), f"{lines}")
    expect(about[-1]["level"] == "debug" and about[-1]["account"] == "default", f"{about[-1]}")


@case("watched: /metrics keeps the rules of Prometheus and counts calls", alone=True)
def metrics(world):
    documents = [flows.document("1000", flows.response(486, "Busy now")), TONE]
    with world.private(documents, ["short-tones"]) as server:
        server.start()
        before = prometheus.scrape(server.addresses["http"])
        with world.caller(server=server) as caller:
            refused(caller.invite("1000"), 486, "Busy now")
            refused(caller.invite(TONE["numbers"][0]), 486, "Busy now")
            caller.pump(0.2)
        server.calls()  # moves the records into the store
        after = prometheus.scrape(server.addresses["http"])
    expect(before["strowger_calls_finished_total"] == 0, f"{before}")
    for name, value in {"strowger_calls_finished_total": 2,
                        'strowger_calls_total{code="486"}': 2,
                        "strowger_call_answer_seconds_count": 2,
                        "strowger_call_immediate_answer_seconds_count": 1,
                        "strowger_journal_waiting_bytes": 0}.items():
        expect(after[name] == value, f"{name}: {after[name]}, not {value}")
    expect(after["strowger_call_records_ingested_total"] >= 2, "nothing ingested")
    expect(after["strowger_call_answer_seconds_sum"] > 0.4, "the sound took 0.45 s")
    expect(after["strowger_call_immediate_answer_seconds_sum"] < 0.4, "that one had none")
    expect(after["strowger_rtp_packets_sent_total"] > 20, "no RTP counted")
    shards = [v for k, v in after.items() if k.startswith("strowger_shard_sip_messages_received")]
    expect(after["strowger_shard_queue_seconds_count"] >= 4, "two INVITEs, two ACKs")
    expect(after["strowger_timer_late_seconds_count"] > 20, "one a packet")
    expect(sum(shards) == after["strowger_sip_messages_received_total"], f"{shards}")
