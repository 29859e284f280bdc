"""SIP messages as an outsider sees them: built by hand, read with a strict eye.

Nothing here is shared with the server: two parsers that agree are worth more than one.
`read()` returns the message and every deviation from RFC 3261 that it noticed, as text.
"""

import re

TOKEN = r"[A-Za-z0-9\-.!%*_+`'~]+"
COMPACT = {
    "i": "call-id", "m": "contact", "e": "content-encoding", "l": "content-length",
    "c": "content-type", "f": "from", "s": "subject", "k": "supported", "t": "to",
    "v": "via", "o": "event", "r": "refer-to", "u": "allow-events", "b": "referred-by",
    "x": "session-expires", "a": "accept-contact", "j": "reject-contact",
    "d": "request-disposition",
}
ONCE = ("from", "to", "call-id", "cseq", "content-length", "content-type", "max-forwards",
        "rseq", "rack", "retry-after", "server", "date", "expires", "min-se", "min-expires",
        "user-agent", "subject", "timestamp", "p-early-media")
MANDATORY = ("via", "from", "to", "call-id", "cseq", "content-length")
ECHO_NAMES = ("via", "from", "to", "call-id", "cseq")
ECHOED = re.compile(rb"(?im)^(via|from|to|call-id|cseq|[vfti])[ \t]*:[^\r]*(\r\n|\Z)")
# RFC 3261 25.1 Reason-Phrase: reserved / unreserved / escaped / UTF8-NONASCII / SP / HTAB.
PHRASE = re.compile(r"(?:[A-Za-z0-9\-_.!~*'();/?:@&=+$, \t]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*\Z")


class Message:
    """One request or response. Header order and values are kept as received."""

    def __init__(self):
        self.raw = b""
        self.method = None
        self.uri = None
        self.status = None
        self.phrase = None
        self.headers = []
        self.body = b""
        self.at = 0.0

    def all(self, name):
        """Values of a header, one entry per line, in order."""
        name = name.lower()
        return [value for key, value in self.headers if key == name]

    def get(self, name, default=""):
        values = self.all(name)
        return values[0] if values else default

    def options(self, name):
        """The tokens of a comma list such as Require or Allow, lower case, all lines joined."""
        joined = ",".join(self.all(name))
        return [part.strip().lower() for part in joined.split(",") if part.strip()]

    @property
    def to_tag(self):
        return tag_of(self.get("to"))

    @property
    def from_tag(self):
        return tag_of(self.get("from"))

    @property
    def cseq(self):
        number, _, method = self.get("cseq").partition(" ")
        return (int(number) if number.isdigit() else -1, method.strip())

    @property
    def start(self):
        return self.raw.split(b"\r\n", 1)[0].decode("utf-8", "replace")

    def __repr__(self):
        return f"<{self.start}>"


def tag_of(value):
    """The tag parameter outside <> and quotes; empty when there is none."""
    found = re.findall(r";\s*tag\s*=\s*([^;\s,]+)", outside_brackets(value))
    return found[0] if found else ""


def outside_brackets(value):
    value = re.sub(r'"(?:[^"\\]|\\.)*"', '""', value)
    return re.sub(r"<[^>]*>", "<>", value)


def uri_in(value):
    """The URI of a name-addr or addr-spec header value."""
    found = re.search(r"<([^>]*)>", re.sub(r'"(?:[^"\\]|\\.)*"', "", value))
    return found.group(1) if found else value.split(";")[0].strip()


def parse_line(line, faults):
    """'Name: value' as (lower-case long name, value); compact names are expanded."""
    match = re.match(rf"({TOKEN})[ \t]*:[ \t]*(.*)\Z", line, re.S)
    if not match:
        faults.append(f"not a header line: {line[:80]!r}")
        return None
    name = match.group(1).lower()
    value = match.group(2)
    if value != value.rstrip(" \t"):
        faults.append(f"trailing blank in header {name}")
    return COMPACT.get(name, name), value.strip(" \t")


def parse_start(message, line, faults):
    if line.startswith("SIP/"):
        match = re.match(r"SIP/2\.0 ([1-6]\d\d) (.*)\Z", line, re.S)
        if not match:
            faults.append(f"bad status line {line[:80]!r} (RFC 3261 7.2)")
            message.status, message.phrase = 0, ""
            return
        message.status, message.phrase = int(match.group(1)), match.group(2)
        if not PHRASE.match(message.phrase):
            faults.append(f"illegal byte in reason phrase {message.phrase!r} (RFC 3261 25.1)")
        return
    match = re.match(rf"({TOKEN}) (\S+) SIP/2\.0\Z", line)
    if not match:
        faults.append(f"bad start line {line[:80]!r} (RFC 3261 7.1)")
        return
    message.method, message.uri = match.group(1), match.group(2)


def check_bytes(head, faults):
    """Line ends and control characters of the head (RFC 3261 7, 25.1)."""
    if re.search(rb"\r(?!\n)", head):
        faults.append("CR without LF in the head")
    if re.search(rb"(?<!\r)\n", head):
        faults.append("LF without CR in the head")
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", head):
        faults.append("control character in the head")
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        faults.append("head is not UTF-8")


def read(data, at=0.0, echoed=False):
    """(Message, faults) of one complete message. `echoed`: it answers a malformed request, so
    what it must repeat from there (RFC 3261 8.2.6.2) is not held against it."""
    faults = []
    message = Message()
    message.raw, message.at = bytes(data), at
    head, gap, body = message.raw.partition(b"\r\n\r\n")
    if not gap:
        faults.append("no empty line after the headers")
    check_bytes(ECHOED.sub(b"", head) if echoed else head, faults)
    lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    parse_start(message, lines[0], faults)
    for line in lines[1:]:
        if line[:1] in (" ", "\t"):
            faults.append(f"folded header line {line[:60]!r} (RFC 3261 7.3.1: avoid)")
            continue
        pair = parse_line(line, faults)
        if pair:
            message.headers.append(pair)
    message.body = body
    check_headers(message, faults, ECHO_NAMES if echoed else ())
    check_length(message, faults)
    return message, faults


def check_headers(message, faults, trusted=()):
    for name in MANDATORY:
        if not message.all(name):
            faults.append(f"header {name} is missing (RFC 3261 8.1.1, 8.2.6, 20)")
    for name in ONCE:
        if len(message.all(name)) > 1:
            faults.append(f"header {name} stands {len(message.all(name))} times")
    for name, value in message.headers:
        if name in trusted:
            continue
        if not value and name not in ("supported", "accept", "allow", "subject"):
            faults.append(f"header {name} is empty")
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", value)
        if '"' in bare:
            faults.append(f"unbalanced quote in {name}: {value!r}")
        if bare.count("<") != bare.count(">"):
            faults.append(f"unbalanced <> in {name}: {value!r}")
    for name in ("from", "to"):
        if len(re.findall(r";\s*tag\s*=", outside_brackets(message.get(name)))) > 1:
            faults.append(f"two tags in {name}: {message.get(name)!r}")
    sequence = message.get("cseq")
    if sequence and "cseq" not in trusted and not re.match(rf"\d+ {TOKEN}\Z", sequence):
        faults.append(f"bad CSeq {message.get('cseq')!r}")
    if message.method and message.cseq[1] != message.method:
        faults.append(f"CSeq method {message.cseq[1]!r} in a {message.method}")
    for via in split_list(",".join(message.all("via"))):
        if "via" not in trusted and not re.match(rf"SIP/2\.0/[A-Z]+ [^\s;]+(;.*)?\Z", via):
            faults.append(f"bad Via {via!r}")
    if message.method and not message.all("max-forwards"):
        faults.append("request without Max-Forwards (RFC 3261 8.1.1)")
    check_values(message, faults)


def check_values(message, faults):
    """Grammar of the headers that the server makes by itself."""
    for value in split_list(",".join(message.all("reason"))):
        if not re.match(rf'{TOKEN}(\s*;\s*{TOKEN}\s*=\s*({TOKEN}|"(?:[^"\\]|\\.)*"))+\Z', value):
            faults.append(f"bad Reason {value!r} (RFC 3326)")
    for value in split_list(",".join(message.all("warning"))):
        if not re.match(r'\d{3} \S+ "(?:[^"\\]|\\.)*"\Z', value):
            faults.append(f"bad Warning {value!r} (RFC 3261 20.43)")
    if message.all("rseq"):
        if not message.get("rseq").isdigit() or not 1 <= int(message.get("rseq")) < 2**31:
            faults.append(f"bad RSeq {message.get('rseq')!r} (RFC 3262 3)")
    if message.all("retry-after") and not re.match(r"\d+", message.get("retry-after")):
        faults.append(f"bad Retry-After {message.get('retry-after')!r}")
    for name in ("allow", "require", "supported", "unsupported"):
        for token in message.options(name):
            if not re.match(rf"{TOKEN}\Z", token):
                faults.append(f"bad token in {name}: {token!r}")


def check_length(message, faults):
    value = message.get("content-length")
    if message.all("content-length"):
        if not re.match(r"\d+\Z", value):
            faults.append(f"bad Content-Length {value!r}")
        elif int(value) != len(message.body):
            faults.append(f"Content-Length {value} but {len(message.body)} bytes of body")
    if message.body and not message.all("content-type"):
        faults.append("body without Content-Type (RFC 3261 20.15)")


def split_list(value):
    """A comma list split outside quotes and <>."""
    parts, depth, quoted, current = [], 0, False, ""
    for index, char in enumerate(value):
        if char == '"' and value[index - 1:index] != "\\":
            quoted = not quoted
        if not quoted:
            depth += (char == "<") - (char == ">")
        if char == "," and not quoted and depth == 0:
            parts.append(current.strip())
            current = ""
        else:
            current += char
    parts.append(current.strip())
    return [part for part in parts if part]


def without_learned(via):
    """A Via value without what the server may add to it (RFC 3261 18.2.1, RFC 3581)."""
    via = re.sub(r";\s*received=[^;]*", "", via)
    return re.sub(r";\s*rport(=\d*)?(?=;|\Z)", "", via).strip()


def check_reply(request, reply):
    """What a response must repeat from its request (RFC 3261 8.2.6.2). Faults as text."""
    faults = []
    sent = split_list(",".join(request.all("via")))
    got = split_list(",".join(reply.all("via")))
    if [without_learned(v) for v in sent] != [without_learned(v) for v in got]:
        faults.append(f"Via not echoed: sent {sent}, got {got}")
    for name in ("from", "call-id", "cseq"):
        if request.get(name) != reply.get(name):
            faults.append(f"{name} changed: sent {request.get(name)!r}, got {reply.get(name)!r}")
    if request.to_tag:
        if request.get("to") != reply.get("to"):
            faults.append(f"To changed: sent {request.get('to')!r}, got {reply.get('to')!r}")
    else:
        bare = re.sub(r";\s*tag=[^;\s]+", "", reply.get("to"))
        if bare.strip() != request.get("to").strip():
            faults.append(f"To changed: sent {request.get('to')!r}, got {reply.get('to')!r}")
        if reply.status != 100 and not reply.to_tag:
            faults.append(f"{reply.status} without To tag (RFC 3261 8.2.6.2)")
    faults += check_companions(request, reply)
    return faults


def check_companions(request, reply):
    faults = []
    needs = {405: "allow", 415: "accept", 420: "unsupported", 421: "require", 401:
             "www-authenticate", 407: "proxy-authenticate", 422: "min-se", 423: "min-expires",
             489: "allow-events"}
    name = needs.get(reply.status)
    if reply.status == 415 and (reply.all("accept-encoding") or reply.all("accept-language")):
        name = None
    if name and not reply.all(name):
        faults.append(f"{reply.status} without {name}")
    if request.method == "INVITE":
        early = reply.status > 100 and reply.status < 300
        if early and len(split_list(",".join(reply.all("contact")))) != 1:
            faults.append(f"{reply.status} to INVITE without one Contact (RFC 3261 12.1.1)")
        if early and reply.all("record-route") != request.all("record-route"):
            faults.append("Record-Route not echoed (RFC 3261 12.1.1)")
    reliable = "100rel" in reply.options("require")
    if reliable != bool(reply.all("rseq")):
        faults.append("Require: 100rel and RSeq must stand together (RFC 3262 3)")
    if reliable and not 100 < reply.status < 200:
        faults.append(f"100rel on {reply.status}")
    return faults


def build(start, headers, body=b""):
    """Bytes of a message: start line, (name, value) pairs, Content-Length added when absent."""
    if isinstance(body, str):
        body = body.encode()
    lines = [start] + [f"{name}: {value}" for name, value in headers]
    if not any(name.lower() in ("content-length", "l") for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body
