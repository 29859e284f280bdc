"""A tiny answering machine with switchable faults: what the judge is tried on.

It refuses every INVITE with `code phrase` after playing tones as early media, and can be told to
do one thing wrong. A thread of its own; one call at a time is enough.
"""

import audioop
import select
import socket
import struct
import threading
import time

import offers
import rtp_ear
import sip_message
from links import Address

FAULTS = ("ok-200", "ring-180", "wrong-phrase", "wrong-code", "second-tag", "cut-start", "cut-end",
          "other-tone", "gap", "lost-packet", "code-early", "code-late", "rtp-early", "no-sdp",
          "bad-length", "bare-lf", "folded", "extra-header", "no-to-tag", "via-changed",
          "cseq-changed", "no-contact", "wrong-cause", "rtp-after-cancel", "no-ack-stop",
          "two-finals", "new-ssrc", "second-port", "rseq-alone", "silent")


class FakeUas:
    def __init__(self, code=486, phrase="Busy now", parts=((440, 1.0), (880, 0.5)), fault=None,
                 folder=None):
        self.code, self.phrase, self.parts, self.fault = code, phrase, list(parts), fault
        self.sip = rtp_ear.open_socket(socket.AF_INET, "127.0.0.1")
        self.rtp = rtp_ear.open_socket(socket.AF_INET, "127.0.0.1")
        self.address = Address("udp", "127.0.0.1", self.sip.getsockname()[1])
        self.frames = self._frames(folder) if parts else []
        self.running = True
        self.invite, self.cancelled, self.acked, self.prack = None, False, False, False
        self.final = b""
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.running = False
        self.thread.join()
        self.sip.close()
        self.rtp.close()

    def _frames(self, folder):
        parts = list(self.parts)
        if self.fault == "cut-start":
            parts[0] = (parts[0][0], parts[0][1] - 0.1)
        if self.fault == "cut-end":
            parts[-1] = (parts[-1][0], parts[-1][1] - 0.1)
        if self.fault == "other-tone":
            parts[-1] = (1300, parts[-1][1])
        path = f"{folder}/fake-{time.monotonic_ns()}.wav"
        rtp_ear.write_tones(path, parts)
        law = audioop.lin2ulaw(rtp_ear.read_wav(path), 2)
        return [law[at:at + 160] for at in range(0, len(law), 160)]

    # -- the machine

    def _run(self):
        while self.running:
            self._serve(0.05)
            if self.invite is not None and not self.final:
                self._call()

    def _serve(self, seconds):
        """Take SIP for `seconds`."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.sip], [], [], left)[0]:
                while got := rtp_ear.receive(self.sip):
                    self._take(*got)

    def _take(self, data, source, _):
        message, _ = sip_message.read(data)
        self.peer = source
        if message.method == "INVITE":
            if self.final:
                self.sip.sendto(self.final, source)
            elif self.invite is None:
                self.invite = message
        elif message.method == "CANCEL":
            self.cancelled = True
            self._send(message, 200, "OK")
        elif message.method == "ACK":
            self.acked = self.fault != "no-ack-stop"
        elif message.method == "PRACK":
            self.prack = True
            self._send(message, 200, "OK")
        elif message.method:
            self._send(message, 200 if message.method == "OPTIONS" else 405, "OK",
                       [("Allow", "INVITE, ACK, CANCEL, OPTIONS")])

    def _call(self):
        self._send(self.invite, 100, "Trying", tag="")
        if self.fault == "ring-180":
            self._send(self.invite, 180, "Ringing")
        offered = offers.read(self.invite.body)[0].audio if self.invite.body else None
        if self.frames and offered:
            self._announce((offered.host, offered.port))
        if self.fault == "ok-200":
            self._send(self.invite, 200, "OK", body=self._sdp())
            self._serve(0.1)
        self._finish()

    def _announce(self, target):
        reliable = "100rel" in self.invite.options("require")
        extra = [("Require", "100rel"), ("RSeq", "7")] if reliable else []
        if self.fault == "rseq-alone":
            extra = [("RSeq", "7")]
        if self.fault == "rtp-early":
            self.rtp.sendto(struct.pack("!BBHII", 128, 0, 4, 0, 9) + self.frames[0], target)
            time.sleep(0.05)
        body = b"" if self.fault == "no-sdp" else self._sdp()
        self._send(self.invite, 183, "Session Progress", extra, body)
        for _ in range(10):
            if reliable and not self.prack:
                self._serve(0.1)
        began, late = time.monotonic(), 0
        frames = self.frames[:-20] if self.fault == "code-early" else self.frames
        for index, frame in enumerate(frames):
            if self.cancelled and self.fault != "rtp-after-cancel":
                break
            if self.fault == "lost-packet" and index == 30:
                continue
            ssrc = 9 + (self.fault == "new-ssrc" and index > 20)
            marker = 128 if index == 0 and self.fault != "rtp-early" else 0
            head = struct.pack("!BBHII", 128, marker, 5 + index, 160 * (index + 1), ssrc)
            sock = self.sip if self.fault == "second-port" else self.rtp
            sock.sendto(head + frame, target)
            late += self.fault == "gap" and index == 30
            self._serve(max(0.001, began + 0.02 * (index + 1) + 0.6 * late - time.monotonic()))
        if self.fault == "code-late":
            self._serve(1.0)

    def _sdp(self):
        port = self.rtp.getsockname()[1]
        return offers.offer("127.0.0.1", port, (0,), "sendonly").encode()

    def _finish(self):
        if self.fault == "silent":
            self.final = b"none"
            return
        code, phrase = (487, "Request Terminated") if self.cancelled else (self.code, self.phrase)
        code = 480 if self.fault == "wrong-code" else code
        phrase = phrase.lower() if self.fault == "wrong-phrase" else phrase
        cause = 31 if self.fault == "wrong-cause" else 17
        tag = "other" if self.fault == "second-tag" else "fake"
        tag = "" if self.fault == "no-to-tag" else tag
        rows = [("Reason", f'Q.850;cause={cause};text="User busy"')]
        self.final = self._send(self.invite, code, phrase, rows, tag=tag)
        if self.fault == "two-finals":
            self._send(self.invite, 480, "Again")
        for _ in range(2):
            self._serve(0.5)
            if not self.acked:
                self.sip.sendto(self.final, self.peer)

    def _send(self, request, code, phrase, extra=(), body=b"", tag="fake"):
        to = request.get("to")
        if tag and not request.to_tag:
            to += f";tag={tag}"
        rows = [("Via", via) for via in request.all("via")]
        rows += [("From", request.get("from")), ("To", to), ("Call-ID", request.get("call-id")),
                 ("CSeq", request.get("cseq"))]
        if 100 < code < 300 and self.fault != "no-contact":
            rows.append(("Contact", f"<sip:fake@127.0.0.1:{self.address.port}>"))
        if body:
            rows.append(("Content-Type", "application/sdp"))
        data = sip_message.build(f"SIP/2.0 {code} {phrase}", rows + list(extra), body)
        if code >= 300:
            data = self._spoil(data)
        self.sip.sendto(data, self.peer)
        return data

    def _spoil(self, data):
        """The faults of form, on final answers only."""
        edits = {
            "bad-length": (b"Content-Length: 0", b"Content-Length: 5"),
            "bare-lf": (b"\r\nFrom:", b"\nFrom:"),
            "folded": (b"Reason: ", b"Reason:\r\n "),
            "extra-header": (b"\r\nFrom:", b"\r\nno header at all\r\nFrom:"),
            "via-changed": (b"branch=", b"branch=x"),
            "cseq-changed": (b"CSeq: 1 ", b"CSeq: 2 "),
        }
        before, after = edits.get(self.fault, (b"", b""))
        return data.replace(before, after, 1) if before else data
