"""A caller for load: hundreds of plain calls a second from one socket, little work per call."""

import random
import re
import select
import time

import offers
from links import UdpLink, bracket
from sip_caller import token

STATUS = re.compile(rb"SIP/2\.0 (\d{3})")
CALL_ID = re.compile(rb"(?m)^Call-ID: (\S+)\r$", re.I)
TO = re.compile(rb"(?m)^To: ([^\r]*)\r$", re.I)


class Load:
    """`finals` maps Call-ID to (status, arrival) of every final answer that was seen."""

    def __init__(self, address, numbers):
        self.link, self.numbers = UdpLink(address), numbers
        self.started, self.finals = {}, {}
        self.stem = token(8)

    def close(self):
        self.link.close()

    def _head(self, method, number, call_id, branch, to):
        address, link = self.link.address, self.link
        host = bracket(link.host)
        uri = f"sip:{number}@{address.literal}:{address.port}"
        return (f"{method} {uri} SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP {host}:{link.port};branch={branch};rport\r\n"
                f"Max-Forwards: 70\r\nFrom: <sip:load@{host}>;tag=t{call_id}\r\n"
                f"To: {to or f'<{uri}>'}\r\nCall-ID: {call_id}\r\nCSeq: 1 {method}\r\n"
                f"Contact: <sip:load@{host}:{link.port}>\r\n")

    def start_call(self):
        number = random.choice(self.numbers)
        call_id = f"{self.stem}{len(self.started)}"
        body = offers.offer(self.link.host, self.link.port)
        head = self._head("INVITE", number, call_id, "z9hG4bK" + call_id, None)
        self.started[call_id] = (number, time.time())
        self.link.send((head + "Content-Type: application/sdp\r\n"
                        f"Content-Length: {len(body)}\r\n\r\n{body}").encode())

    def take(self, data, at):
        status = STATUS.match(data)
        call_id = CALL_ID.search(data)
        if not status or not call_id or int(status.group(1)) < 200:
            return
        key = call_id.group(1).decode("latin-1")
        if key not in self.started:
            return  # for whoever had our port before
        self.finals.setdefault(key, (int(status.group(1)), at, data))
        number = self.started[key][0]
        to = TO.search(data).group(1).decode()
        head = self._head("ACK", number, key, "z9hG4bK" + key, to)
        self.link.send((head + "Content-Length: 0\r\n\r\n").encode())

    def serve(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.link], [], [], left)[0]:
                for data, at in self.link.messages():
                    self.take(data, at)

    def run(self, rate, seconds):
        """`rate` calls a second for `seconds`."""
        begin = time.monotonic()
        for number in range(round(rate * seconds)):
            due = begin + number / rate
            self.serve(max(0.0, due - time.monotonic()))
            self.start_call()
