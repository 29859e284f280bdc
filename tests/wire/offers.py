"""SDP of the caller: offers of every shape, a strict look at answers (RFC 4566, 3264)."""

import re

STATIC = {0: "PCMU/8000", 8: "PCMA/8000", 3: "GSM/8000", 9: "G722/8000", 18: "G729/8000"}
EVENTS = 101
DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
ALLOWED_FROM = {  # RFC 3264 6.1: what an answer may say to an offered direction
    "sendrecv": DIRECTIONS, "sendonly": ("recvonly", "inactive"),
    "recvonly": ("sendonly", "inactive"), "inactive": ("inactive",),
}


def offer(host, port, payloads=(0, 8, EVENTS), direction=None, profile="RTP/AVP", version=1,
          media_level_c=False, extra=(), names=None):
    """An audio offer. `names` maps dynamic payload types to rtpmap values."""
    family = "IP6" if ":" in host else "IP4"
    lines = ["v=0", f"o=wire 1 {version} IN {family} {host}", "s=-"]
    if not media_level_c:
        lines.append(f"c=IN {family} {host}")
    lines.append("t=0 0")
    lines.append(f"m=audio {port} {profile} " + " ".join(str(p) for p in payloads))
    if media_level_c:
        lines.append(f"c=IN {family} {host}")
    for payload in payloads:
        name = dict(names or {}).get(payload) or STATIC.get(payload)
        if payload == EVENTS:
            lines += [f"a=rtpmap:{EVENTS} telephone-event/8000", f"a=fmtp:{EVENTS} 0-15"]
        elif name:
            lines.append(f"a=rtpmap:{payload} {name}")
    if direction:
        lines.append(f"a={direction}")
    lines += extra
    return "\r\n".join(lines) + "\r\n"


class Media:
    def __init__(self, line):
        parts = line.split()
        self.kind, port, self.profile = parts[0], parts[1], parts[2]
        self.port = int(port.split("/")[0])
        self.payloads = [int(p) for p in parts[3:] if p.isdigit()]
        self.host = None
        self.direction = "sendrecv"
        self.rtpmap = {}

    def payload_of(self, name):
        """Payload type of an encoding name such as 'telephone-event'; None if absent."""
        for payload, value in self.rtpmap.items():
            if value.lower().startswith(name.lower() + "/"):
                return payload
        return None


class Description:
    def __init__(self):
        self.media = []
        self.host = None
        self.origin = ""
        self.direction = "sendrecv"

    @property
    def audio(self):
        return next((m for m in self.media if m.kind == "audio"), None)


def read(body):
    """(Description, faults) of an SDP body."""
    faults = []
    text = body.decode("utf-8", "replace")
    if not text.endswith("\r\n"):
        faults.append("SDP does not end in CRLF")
    lines = text.split("\r\n")[:-1]
    if "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
        faults.append("SDP has a bare CR or LF")
    order = "".join(line[:1] for line in lines)
    if not re.match(r"vosi?u?e*p*c?b*(tr*)+z?k?a*(mi?c*b*k?a*)*\Z", order):
        faults.append(f"SDP lines out of order: {order!r} (RFC 4566 5)")
    described = Description()
    for line in lines:
        if line[1:2] != "=":
            faults.append(f"bad SDP line {line!r}")
            continue
        read_line(described, line[0], line[2:], faults)
    for media in described.media:
        media.host = media.host or described.host
        if media.host is None:
            faults.append("SDP without c= (RFC 4566 5.7)")
    return described, faults


def read_line(described, kind, value, faults):
    current = described.media[-1] if described.media else None
    if kind == "m":
        if not re.match(r"[a-z]+ \d+(/\d+)? \S+( \S+)+\Z", value):
            faults.append(f"bad m= line {value!r}")
            return
        media = Media(value)
        media.direction = described.direction
        described.media.append(media)
    elif kind == "c":
        match = re.match(r"IN (IP4|IP6) (\S+)\Z", value)
        if not match:
            faults.append(f"bad c= line {value!r}")
            return
        (current or described).host = match.group(2)
    elif kind == "o":
        if not re.match(r"\S+ \d+ \d+ IN IP[46] \S+\Z", value):
            faults.append(f"bad o= line {value!r} (RFC 4566 5.2)")
        described.origin = value
    elif kind == "a":
        if value in DIRECTIONS:
            (current or described).direction = value
        match = re.match(r"rtpmap:(\d+) (\S+)", value)
        if match and current:
            current.rtpmap[int(match.group(1))] = match.group(2)


def check_answer(sent, body):
    """(Description, faults): an answer held against the offer text `sent` (RFC 3264 6)."""
    offered, _ = read(sent.encode())
    answer, faults = read(body)
    if len(answer.media) != len(offered.media):
        faults.append(f"answer has {len(answer.media)} m= lines, offer {len(offered.media)}")
        return answer, faults
    for ours, theirs in zip(offered.media, answer.media):
        if ours.kind != theirs.kind or ours.profile != theirs.profile:
            faults.append(f"answer m={theirs.kind} {theirs.profile} for {ours.kind} {ours.profile}")
        if theirs.port == 0:
            continue
        if not set(theirs.payloads) <= set(ours.payloads):
            faults.append(f"answer payloads {theirs.payloads} not offered in {ours.payloads}")
        if theirs.direction not in ALLOWED_FROM[ours.direction]:
            faults.append(f"answer {theirs.direction} to offered {ours.direction} (RFC 3264 6.1)")
        for payload in theirs.payloads:
            if payload >= 96 and payload not in theirs.rtpmap:
                faults.append(f"dynamic payload {payload} without rtpmap")
    return answer, faults
