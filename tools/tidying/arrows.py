"""Which room may include which: the USES lists of CMakeLists.txt, held against every #include."""
import re

from .finding import Finding, at

ROOM = re.compile(r"strowger_(?:room\(\s*(?P<room>\w+)|(?P<actions>actions)\()(?P<rest>[^)]*)\)")
USES = re.compile(r"\bUSES\s+(.*?)(?:\bLINK\b|$)", re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
PLACE = re.compile(r"^(?:server/(?P<server>\w+)/|(?P<top>sim|actions)/)")

# These take bytes and time, and give bytes: no socket, no file, no clock.
SANS_IO = {"sip", "sdp", "rtp", "model", "media", "call", "flow", "actions"}
WORLD = {"sys/socket.h", "sys/epoll.h", "netinet/in.h", "netdb.h", "poll.h", "fcntl.h",
         "unistd.h", "fstream", "filesystem", "thread", "ctime", "time.h", "sys/time.h"}
CLOCK = re.compile(r"\b(?:steady|system|high_resolution)_clock\s*::\s*now\b|\bclock_gettime\b")


def read(cmake_lists):
    """{room: rooms it may include} from the text of CMakeLists.txt."""
    text = re.sub(r"#.*", "", cmake_lists)
    allowed = {}
    for match in ROOM.finditer(text):
        uses = USES.search(match["rest"])
        allowed[match["room"] or "actions"] = set(uses[1].split()) if uses else set()
    return allowed


def check(name, text, allowed):
    place = PLACE.match(name)
    room = place and (place["server"] or place["top"])
    if room not in allowed:
        return []  # main.cpp wires everything; fuzz/ and tests/ may look anywhere
    found = []
    for include in INCLUDE.finditer(text):
        found += check_include(name, at(text, include.start()), room, include, allowed)
    if room in SANS_IO and not name.endswith("_test.cpp"):
        found += [Finding(name, at(text, clock.start()), "sans-io",
                          f"{room} has no clock: take the time as an argument")
                  for clock in CLOCK.finditer(text)]
    return found


def check_include(name, line, room, include, allowed):
    quote, path = include.groups()
    target = path.split("/")[0]
    if quote == "<":
        # Tests read their corpus from files.
        if room in SANS_IO and path in WORLD and not name.endswith("_test.cpp"):
            return [Finding(name, line, "sans-io", f"{room} does no I/O: <{path}> belongs to host/ "
                                                   "or store/; pass the bytes in")]
        return []
    another_action = room == "actions" and target == "actions"
    if target in allowed and (target != room or another_action) and target not in allowed[room]:
        return [Finding(name, line, "arrow", f"{room} may not include {target}: a new arrow is a "
                                             "decision note and a USES in CMakeLists.txt")]
    return []
