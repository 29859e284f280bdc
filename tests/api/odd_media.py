"""Odd sound over the API: what can be played becomes media, the rest gets a reason."""
import json
import pathlib
import struct
import subprocess
import time
import zlib

from server import ACCOUNT, expect

CORPUS = pathlib.Path(__file__).resolve().parents[1] / "corpus" / "media"
HOURS_10 = 10 * 3_600 * 8_000  # samples

# Length in ms, or a word of the reason. As server/media/corpus_test.cpp has it.
FILES = {
    "alaw.wav": 2_000, "data-size-ffffffff.wav": 2_000, "gsm.wav": 2_000, "ima.wav": 2_000,
    "list-chunks.wav": 2_000, "msadpcm.wav": 2_000, "odd-11025.wav": 2_000, "ok.flac": 2_000,
    "ok.mp3": 2_000, "ok.opus": 2_000, "speech-en.wav": 4_774, "truncated.mp3": 500,
    "truncated.wav": 60, "u8.wav": 2_000, "ulaw.wav": 2_000,
    "channels-0.wav": "WAV", "empty.wav": "no sound", "fmt-after-data.wav": "WAV",
    "rate-0.wav": "WAV", "short-header.wav": "WAV", "text.wav": "WAV",
    "zero-length.wav": "sound",
}

FORMS = {".original", ".pcmu", ".pcma", ".g722", ".opus-frames"}


# ---- made here

def wav(samples=8_000, rate=8_000, channels=1, bits=16, coding=1):
    frame = channels * bits // 8
    data = bytes(range(256)) * (samples * frame // 256 + 1)
    data = data[:samples * frame]
    head = struct.pack("<HHIIHH", coding, channels, rate, rate * frame & 0xFFFFFFFF, frame, bits)
    body = b"WAVEfmt " + struct.pack("<I", 16) + head + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(body) + len(data)) + body + data


def crc(data, polynomial, bits):
    value, top = 0, 1 << (bits - 1)
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & (2 * top - 1)
    return value.to_bytes(bits // 8, "big")


def flac_number(value):
    """A frame's number, coded like UTF-8 (RFC 9639 §9.1.5)."""
    return chr(value).encode("utf-8", "surrogatepass")


def flac(samples, told):
    """One value over and over: 16 bytes for every 8 seconds (RFC 9639)."""
    block = 65_535
    info = struct.pack(">HH", block, block) + bytes(6)
    info += ((8_000 << 44) | (0 << 41) | (15 << 36) | told).to_bytes(8, "big") + bytes(16)
    out = [b"fLaC\x80\0\0\x22" + info]
    for number in range(samples // block):
        # A fixed size of 16 bits, the rate and depth of the stream, one channel.
        head = b"\xff\xf8\x70\x00" + flac_number(number) + struct.pack(">H", block - 1)
        frame = head + crc(head, 0x07, 8) + b"\x00\x10\x00"  # constant: 4096
        out.append(frame + crc(frame, 0x8005, 16))
    return b"".join(out)


def png():
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))


MADE = {
    "one minute of flac": (lambda: flac(8_000 * 60, 8_000 * 60 // 65_535 * 65_535), 57_343),
    "8 channels": (lambda: wav(channels=8), 1_000),
    "96 kHz, 24 bit": (lambda: wav(96_000, 96_000, 2, 24), 1_000),
    "9 channels": (lambda: wav(channels=9), "channels"),
    "1 Hz": (lambda: wav(rate=1), "Hz"),
    "4 GHz": (lambda: wav(rate=0xFFFFFFFF), ""),
    "no bits": (lambda: wav(bits=0, samples=0), ""),
    "a coding nobody has": (lambda: wav(coding=0xBEEF), "WAV"),
    "a picture": (png, "WAV"),
    "a web page": (lambda: b"<html><script>alert(1)</script></html>", "WAV"),
    "a playlist": (lambda: b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd\n", "WAV"),
    "a concat script": (lambda: b"ffconcat version 1.0\nfile /etc/passwd\n", "WAV"),
    "an Ogg page cut short": (lambda: b"OggS\0\2" + bytes(21) + b"\xff", "WAV"),
    "a tag without its mp3": (lambda: b"ID3\4\0\0\x7f\x7f\x7f\x7f" + bytes(1_000), ""),
    "RIFF in RIFF": (lambda: b"RIFF\xff\xff\xff\xffWAVE" * 1_000, "WAV"),
    "zeros": (lambda: bytes(100_000), "WAV"),
}


def check(server, name, sound, wanted):
    status, told = server.upload(sound, content_type="application/octet-stream")
    if isinstance(wanted, int):
        assert status == 201, (name, told)
        assert abs(told["duration_ms"] - wanted) <= 30, (name, told["duration_ms"], wanted)
        status, _, heard = server.ask("GET", f"{ACCOUNT}/media/{told['id']}/audio.wav")
        expect((status, heard[:4]), (200, b"RIFF"))
        kept = (server.root / "data" / "media").glob(told["content_hash"] + ".*")
        expect({path.suffix for path in kept}, FORMS)
        return
    assert status in (400, 422), (name, status, told)
    assert len(told["detail"]) > 15 and wanted in told["detail"], (name, told["detail"])
    assert "/proc" not in told["detail"] and "/tmp" not in told["detail"], told["detail"]


def odd_files(server):
    names = {path.name for path in CORPUS.iterdir() if path.suffix != ".md"}
    expect(names, set(FILES))
    for name, wanted in FILES.items():
        check(server, name, (CORPUS / name).read_bytes(), wanted)


def made_files(server):
    for name, (make, wanted) in MADE.items():
        check(server, name, make(), wanted)


def ten_hours_are_refused_by_limit(server):
    """80 kB that unpack to 10 hours; once the header says so, once it says that it is unknown."""
    for told in (HOURS_10 // 65_535 * 65_535, 0):
        sound = flac(HOURS_10, told)
        assert len(sound) < 100_000, len(sound)
        status, problem = server.upload(sound, content_type="audio/flac")
        expect(status, 413)
        assert "10 minutes" in problem["detail"] or "600" in problem["detail"], problem
        expect(server.ask("GET", "/healthz")[0], 200)


def every_reason_is_a_problem(server):
    status, headers, body = server.ask("POST", f"{ACCOUNT}/media", b"no sound",
                                       Content_Type="audio/wav")
    expect((status, headers["Content-Type"]), (422, "application/problem+json"))
    finding = json.loads(body)["findings"][0]
    expect((finding["severity"], finding["code"]), ("error", "not-playable"))


def is_caged(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return "Seccomp:\t2" in status


def limits_of(pid):
    """{'Max open files': ('3', '3'), …}: soft and hard."""
    lines = pathlib.Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): tuple(line[26:].split()[:2]) for line in lines}


def the_decoder_is_caged_before_it_sees_a_byte(server):
    """Neither files nor sockets: what it can't call, it can't be made to call. (What the filter
    forbids is tried, call by call, in server/cli/computing_only_test.cpp.)"""
    sanitized = b"__asan_init" in pathlib.Path(server.program).read_bytes()
    child = subprocess.Popen([server.program, "decode-media"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)
    descriptors = pathlib.Path(f"/proc/{child.pid}/fd")
    end = time.monotonic() + 20
    while not (limits_of(child.pid)["Max file size"][0] == "0" and
               (sanitized or is_caged(child.pid))):
        assert time.monotonic() < end and child.poll() is None, "it never went into its cage"
        time.sleep(0.01)
    # It waits for its input now.
    limits = limits_of(child.pid)
    expect(limits["Max file size"], ("0", "0"))
    expect(limits["Max core file size"], ("0", "0"))
    expect(limits["Max processes"], ("0", "0"))
    expect(limits["Max cpu time"], ("30", "30"))
    if not sanitized:  # whose memory is terabytes, and who looks around with a pipe
        expect(limits["Max address space"], (str(1 << 30), str(1 << 30)))
        expect(limits["Max open files"], ("3", "3"))
    assert "NoNewPrivs:\t1" in pathlib.Path(f"/proc/{child.pid}/status").read_text()
    expect({entry.name for entry in descriptors.iterdir()}, {"0", "1", "2"})
    printed, _ = child.communicate(wav())
    expect((child.returncode, printed[:4]), (0, b"SWM2"))


CASES = [odd_files, made_files, ten_hours_are_refused_by_limit,
         the_decoder_is_caged_before_it_sees_a_byte, every_reason_is_a_problem]
