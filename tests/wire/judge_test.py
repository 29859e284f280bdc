#!/usr/bin/env python3
"""Tries the judge on a fake answering machine: right calls pass, planted faults are found."""

import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True

import judge
import offers
import rtp_ear
import sip_message
from fake_uas import FAULTS, FakeUas
from links import Address
from server import parse_ready
from sip_caller import Caller, Failure

PARTS = [(440, 1.0), (880, 0.5)]


def full_call(uas, **options):
    """A call with everything that the cases look at."""
    with Caller(uas.address) as caller:
        call = caller.invite("1000", **options)
        final = judge.refused(call, 486, "Busy now", 6)
        judge.heard(call, PARTS, gap=0.35)
        judge.cause_fits(final, 486)
        caller.pump(1.2)
        judge.expect(len(call.seen(486)) == 1, "repeated after the ACK")
        judge.clean(call)


def cancelled_call(uas):
    with Caller(uas.address) as caller:
        call = caller.invite("1000")
        call.wait_rtp(10)
        at = call.cancel()
        judge.expect(call.wait_final(4).status == 487, "no 487")
        judge.expect(call.ear.packets[-1].at - at < 0.05, "RTP after CANCEL")
        judge.clean(call)


class JudgeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def uas(self, fault=None, **options):
        return FakeUas(fault=fault, folder=self.folder.name, **options)

    def test_right_calls_pass(self):
        for headers in ([], [("Require", "100rel")]):
            with self.uas() as uas:
                full_call(uas, headers=headers)
        with self.uas() as uas:
            cancelled_call(uas)

    def test_every_fault_is_found(self):
        def found(fault):
            with self.uas(fault) as uas:
                try:
                    (cancelled_call if fault == "rtp-after-cancel" else full_call)(uas)
                except Failure as failure:
                    return fault, str(failure)
            return fault, ""
        with ThreadPoolExecutor(30) as pool:
            verdicts = dict(pool.map(found, FAULTS))
        self.assertEqual([f for f, text in verdicts.items() if not text], [])
        if "-v" in sys.argv:
            print("\n".join(f"{f:16} {t[:100]}" for f, t in verdicts.items()))

    def test_malformed_messages_are_seen(self):
        good = sip_message.build("SIP/2.0 486 Busy Here", [
            ("Via", "SIP/2.0/UDP h;branch=z9hG4bK1"), ("From", "<sip:a@h>;tag=1"),
            ("To", '"a;tag=9" <sip:b@h>;tag=2'), ("Call-ID", "x"), ("CSeq", "1 INVITE")])
        self.assertEqual(sip_message.read(good)[1], [])
        self.assertEqual(sip_message.read(good)[0].to_tag, "2")
        for before, after in [
                (b"486 Busy", b"486\tBusy"), (b"486 ", b"86 "), (b"Busy", b"B\x00sy"),
                (b"Busy", b'"Busy"'), (b"Busy", b"\xff\xfe"), (b"Call-ID: x", b"Call-ID: "),
                (b"CSeq: 1", b"CSeq: one"), (b"\r\n\r\n", b"\r\n"), (b";tag=2", b";tag=2;tag=3"),
                (b"Via: ", b"Via "), (b"CSeq: 1 INVITE\r\n", b""), (b"Length: 0", b"Length: +0"),
                (b"Call-ID: x\r\n", b"Call-ID: x\r\nCall-ID: y\r\n"), (b"<sip:a@h>", b"<sip:a@h"),
                (b"CSeq:", b'Reason: Q.850;cause=17;text="a\r\nCSeq:'),
                (b"CSeq:", b"Warning: 399 nothing quoted\r\nCSeq:")]:
            spoiled = good.replace(before, after, 1)
            self.assertNotEqual(spoiled, good)
            self.assertNotEqual(sip_message.read(spoiled)[1], [], spoiled)

    def test_answers_are_held_against_offers(self):
        sent = offers.offer("127.0.0.1", 4000, (0, 8, 101))
        right = offers.offer("127.0.0.1", 5000, (0,), "sendonly")
        self.assertEqual(offers.check_answer(sent, right.encode())[1], [])
        for wrong in (offers.offer("127.0.0.1", 5000, (18,)), right + right[right.index("m="):],
                      right.replace("c=IN IP4 127.0.0.1\r\n", ""), right.replace("\r\n", "\n"),
                      right.replace("RTP/AVP", "RTP/SAVP"), right.replace("t=0 0\r\n", "")):
            self.assertNotEqual(offers.check_answer(sent, wrong.encode())[1], [], wrong)
        held = offers.offer("127.0.0.1", 4000, (0,), "sendonly")
        self.assertNotEqual(offers.check_answer(held, right.encode())[1], [])

    def test_tones_are_measured(self):
        path = f"{self.folder.name}/t.wav"
        rtp_ear.write_tones(path, [(440, 1.0), (880, 0.5)])
        pcm = rtp_ear.read_wav(path)
        self.assertEqual(rtp_ear.tone_faults(pcm, PARTS), [])
        for cut in (pcm[1600:], pcm[:-1600], pcm[:8000] + pcm[9600:], pcm[::-1], b""):
            self.assertNotEqual(rtp_ear.tone_faults(cut, PARTS), [])

    def test_ready_line(self):
        found = parse_ready("ready sip=udp:127.0.0.1:5060,tcp:[::1]:5061 http=127.0.0.1:8080\n")
        self.assertEqual(found["udp4"], Address("udp", "127.0.0.1", 5060))
        self.assertEqual(found["tcp6"], Address("tcp", "::1", 5061))
        self.assertEqual(found["http"], "127.0.0.1:8080")


if __name__ == "__main__":
    unittest.main(verbosity=0)
