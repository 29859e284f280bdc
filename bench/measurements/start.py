"""From the start of the program to the first answered call."""

import socket
import time
from statistics import median

from goals import table
from servers import READY_S, ServerError, Strowger

TRY_EVERY_S = 0.001


def measure(bench):
    cases = [("demo data", bench.demo_data(), 486, 100.0)]
    if not bench.quick:
        cases.append(("1,000,000 numbers", bench.filled(1000, 1_000_000), 70_500_000, 3000.0))
    figures = {}
    for name, data, number, _ in cases:
        bench.note(name)
        figures[name] = [first_answer_ms(bench, data, number) for _ in range(3)]
    table(["", "ms, median of 3", "worst"],
          [[name, median(times), max(times)] for name, times in figures.items()])
    for name, _, _, limit in cases:
        bench.goals.most(f"ms from start to the first answer, {name}", median(figures[name]), limit)
    return figures


def first_answer_ms(bench, data, number):
    server = Strowger(bench, data)
    try:
        began = server.spawn()
        call(server, number)
        return (time.monotonic() - began) * 1e3
    finally:
        server.stop()


def call(server, number):
    """Sends one INVITE again and again until a final answer comes."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.bind(("127.0.0.1", 0))
        caller.settimeout(TRY_EVERY_S)
        me = caller.getsockname()[1]
        invite = (f"INVITE sip:{number}@127.0.0.1:{server.port} SIP/2.0\r\n"
                  f"Via: SIP/2.0/UDP 127.0.0.1:{me};branch=z9hG4bKfirst;rport\r\n"
                  "Max-Forwards: 70\r\nFrom: <sip:bench@127.0.0.1>;tag=1\r\n"
                  f"To: <sip:{number}@127.0.0.1>\r\nCall-ID: first\r\nCSeq: 1 INVITE\r\n"
                  f"Contact: <sip:bench@127.0.0.1:{me}>\r\nContent-Length: 0\r\n\r\n").encode()
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            caller.sendto(invite, ("127.0.0.1", server.port))
            try:
                while True:
                    if caller.recv(4096)[8:9] >= b"2":
                        return
            except (TimeoutError, ConnectionRefusedError):
                pass
    raise ServerError(f"no answer within {READY_S} s: {server.output()[-1000:]}")
