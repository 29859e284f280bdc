"""What a caller hears: RTP in with kernel time stamps, decoded, measured; RFC 4733 digits out."""

import audioop
import math
import random
import socket
import struct
import time
import wave

import wideband

SO_TIMESTAMPNS = 35
PACKET_S = 0.02
RATE = 8000
WINDOW = 80
STATIC = {0: "pcmu", 8: "pcma", 9: "g722"}
CLOCK = {"opus": 48000}  # Hz, of time stamps; 8000 for all others (G.722 too: RFC 3551 4.5.2)


def open_socket(family, host, port=0):
    """A UDP socket (port 0: a free one) whose packets carry the kernel's receive time."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    sock.bind((host, port))
    sock.setblocking(False)
    return sock


# The kernel begins to stamp packets some time after the first socket asks for it, and until then
# stamps them when they are read. So one socket asks for as long as the tests run.
stamps = open_socket(socket.AF_INET, "127.0.0.1")


def receive(sock):
    """(bytes, source, wall time of arrival); None when nothing waits."""
    try:
        data, ancillary, _, source = sock.recvmsg(70000, 256)
    except (BlockingIOError, ConnectionRefusedError):
        return None
    at = time.time()
    for level, kind, value in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS and len(value) >= 16:
            seconds, nanos = struct.unpack("qq", value[:16])
            at = seconds + nanos / 1e9
    return data, source, at


class Packet:
    __slots__ = ("at", "sequence", "timestamp", "payload_type", "marker", "ssrc", "payload",
                 "source")

    def __init__(self, data, source, at):
        first, second, self.sequence, self.timestamp, self.ssrc = struct.unpack("!BBHII", data[:12])
        self.marker, self.payload_type = bool(second & 0x80), second & 0x7F
        start = 12 + 4 * (first & 0x0F)
        if first & 0x10:
            start += 4 + 4 * struct.unpack("!H", data[start + 2:start + 4])[0]
        end = len(data) - data[-1] if first & 0x20 else len(data)
        self.payload, self.at, self.source = data[start:end], at, source


def open_pair(family, host):
    """Sockets on an even port and the odd one above it, for RTP and RTCP (RFC 3550 11)."""
    for _ in range(200):
        first = open_socket(family, host)
        port = first.getsockname()[1]
        if port % 2 == 0:
            try:
                return first, open_socket(family, host, port + 1)
            except OSError:
                pass
        first.close()
    raise OSError("no free pair of ports")


class Ear:
    """The RTP and RTCP sockets of one caller's call."""

    def __init__(self, family=socket.AF_INET, host="127.0.0.1"):
        self.socket, self.control = open_pair(family, host)
        self.port = self.socket.getsockname()[1]
        self.packets, self.reports = [], []
        self.faults = []
        self.secret = False  # SRTP: reports carry an index and a tag
        self.sequence = random.randrange(0x8000)
        self.timestamp = random.randrange(1 << 31)
        self.ssrc = random.randrange(1 << 32)

    def close(self):
        self.socket.close()
        self.control.close()

    def drain(self):
        while got := receive(self.control):
            data, _, _ = got
            self.reports.append(data)
            whole = len(data) % 4 == 0 or self.secret
            if not whole or len(data) < 8 or data[0] >> 6 != 2 or data[1] not in (200, 201):
                self.faults.append(f"not RTCP: {data[:16].hex()} (RFC 3550 6.1)")
        while got := receive(self.socket):
            data, source, at = got
            if len(data) < 12 or data[0] >> 6 != 2:
                self.faults.append(f"not RTP: {data[:16].hex()}")
            elif 64 <= data[1] & 0x7F <= 95 and data[1] >= 192:
                continue  # RTCP on the RTP port (RFC 5761) is not audio
            else:
                self.packets.append(Packet(data, source, at))

    def send(self, target, payload_type, payload, marker=False, timestamp=None):
        stamp = self.timestamp if timestamp is None else timestamp
        head = struct.pack("!BBHII", 0x80, payload_type | (0x80 if marker else 0), self.sequence,
                           stamp & 0xFFFFFFFF, self.ssrc)
        self.sequence = (self.sequence + 1) & 0xFFFF
        try:
            self.socket.sendto(head + payload, target)
        except ConnectionRefusedError:
            pass

    def send_silence(self, target, payload_type=0):
        self.send(target, payload_type, (b"\xff" if payload_type == 0 else b"\xd5") * 160)
        self.timestamp += 160

    def digit_packets(self, digit, duration_ms=100):
        """Payloads of one RFC 4733 event: 20 ms steps, the end three times (RFC 4733 2.5.1.4)."""
        event = "0123456789*#ABCD".index(digit)
        steps = max(1, duration_ms // 20)
        for step in range(1, steps + 1):
            yield struct.pack("!BBH", event, 10, step * 160), step == 1
        for _ in range(3):
            yield struct.pack("!BBH", event, 0x80 | 10, steps * 160), False


def codec_of(packet, rtpmap):
    """'opus', 'g722', 'pcmu', …: by the rtpmap of the answer, else by the static payload type."""
    name = (rtpmap or {}).get(packet.payload_type, "").split("/")[0].lower()
    return name or STATIC.get(packet.payload_type, "")


def clock_of(packet, rtpmap=None):
    return CLOCK.get(codec_of(packet, rtpmap), RATE)


def flow_faults(packets, max_gap=0.5, rtpmap=None):
    """Order, time stamps and pace of one stream (RFC 3550 5.1)."""
    faults = []
    if not packets:
        return ["no RTP at all"]
    if len({p.ssrc for p in packets}) > 1:
        faults.append("SSRC changed within the stream")
    if len({p.payload_type for p in packets}) > 1:
        faults.append(f"payload types mixed: {sorted({p.payload_type for p in packets})}")
    if not packets[0].marker:
        faults.append("first packet has no marker bit (RFC 3551 4.1)")
    for before, after in zip(packets, packets[1:]):
        if (after.sequence - before.sequence) & 0xFFFF != 1:
            faults.append(f"sequence {before.sequence} -> {after.sequence}")
        step = (after.timestamp - before.timestamp) & 0xFFFFFFFF
        fixed = codec_of(before, rtpmap) != "opus"
        due = len(before.payload) if fixed else round(PACKET_S * clock_of(before, rtpmap))
        paused = after.marker and step > due  # a new talkspurt (RFC 3551 4.1)
        if step != due and not paused:
            faults.append(f"timestamp step {step} after {due} samples")
        if after.at - before.at > PACKET_S + max_gap:
            faults.append(f"gap of {1000 * (after.at - before.at):.0f} ms")
    return faults[:5]


def gaps_ms(packets):
    """(longest, mean) distance between packets."""
    steps = [1000 * (b.at - a.at) for a, b in zip(packets, packets[1:])]
    return (max(steps), sum(steps) / len(steps)) if steps else (0.0, 0.0)


def decoders():
    """A function for each codec, which remember what came before."""
    g722, opus = wideband.G722(), wideband.Opus()
    return {"pcmu": lambda payload: audioop.ulaw2lin(payload, 2),
            "pcma": lambda payload: audioop.alaw2lin(payload, 2),
            "g722": g722.decode, "opus": opus.decode}


def decode(packets, rtpmap=None):
    """16-bit PCM at 8 kHz, laid out by RTP time stamp; a hole becomes silence."""
    if not packets:
        return b""
    base = packets[0].timestamp
    known = decoders()
    out = bytearray()
    for packet in packets:
        codec = known.get(codec_of(packet, rtpmap))
        if not codec:
            continue
        ticks = (packet.timestamp - base) & 0xFFFFFFFF
        at = 2 * (ticks * RATE // clock_of(packet, rtpmap))
        if at > 2 * RATE * 600:
            continue
        if at > len(out):
            out.extend(b"\0" * (at - len(out)))
        pcm = codec(packet.payload)
        out[at:at + len(pcm)] = pcm
    return bytes(out)


def write_wav(path, pcm):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm)


def read_wav(path):
    """Mono 8 kHz PCM of a 16-bit WAV file of any rate and channel count."""
    with wave.open(str(path), "rb") as file:
        pcm = file.readframes(file.getnframes())
        if file.getsampwidth() != 2:
            pcm = audioop.lin2lin(pcm, file.getsampwidth(), 2)
        if file.getnchannels() == 2:
            pcm = audioop.tomono(pcm, 2, 0.5, 0.5)
        if file.getframerate() != RATE:
            pcm, _ = audioop.ratecv(pcm, 2, 1, file.getframerate(), RATE, None)
    return pcm


def write_tones(path, parts, rate=RATE, amplitude=12000, channels=1):
    """A WAV of (frequency Hz or 0, seconds) parts."""
    samples = []
    for frequency, seconds in parts:
        for n in range(round(seconds * rate)):
            sample = round(amplitude * math.sin(2 * math.pi * frequency * n / rate))
            samples += [sample] * channels
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def goertzel(samples, frequency):
    """Share (0..1) of the window's power at `frequency`."""
    energy = sum(s * s for s in samples)
    if energy < 1e3 * len(samples):
        return 0.0
    coefficient = 2 * math.cos(2 * math.pi * frequency / RATE)
    first = second = 0.0
    for sample in samples:
        first, second = sample + coefficient * first - second, first
    power = first * first + second * second - coefficient * first * second
    return 2 * power / (len(samples) * energy)


def tone_spans(pcm, frequencies):
    """Runs [(frequency or 0, start s, end s)] in steps of 10 ms; runs of one step are absorbed."""
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    labels = []
    for at in range(0, len(samples) - WINDOW + 1, WINDOW):
        window = samples[at:at + WINDOW]
        shares = {f: goertzel(window, f) for f in frequencies}
        best = max(shares, key=shares.get)
        labels.append(best if shares[best] > 0.6 else 0)
    spans = []
    for index, label in enumerate(labels):
        if spans and spans[-1][0] == label:
            spans[-1][2] = (index + 1) * WINDOW / RATE
        else:
            spans.append([label, index * WINDOW / RATE, (index + 1) * WINDOW / RATE])
    return [tuple(span) for span in spans if span[2] - span[1] > 0.015]


def tone_faults(pcm, parts, tolerance=0.040):
    """What is wrong with audio that should be `parts` [(frequency, seconds)], whole."""
    frequencies = sorted({f for f, _ in parts if f})
    heard = [span for span in tone_spans(pcm, frequencies) if span[0]]
    want = [part for part in parts if part[0]]
    if [span[0] for span in heard] != [part[0] for part in want]:
        return [f"tones heard {heard}, expected {want}"]
    faults = []
    for (frequency, start, end), (_, seconds) in zip(heard, want):
        if abs((end - start) - seconds) > tolerance:
            faults.append(f"{frequency} Hz lasted {end - start:.3f} s instead of {seconds:.3f} s")
    return faults
