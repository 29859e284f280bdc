"""A UDP line with delay between a phone and a server, which keeps what it carries. For phones that
do not stand an answer within a millisecond."""

import collections
import select
import socket
import threading
import time

import sip_message
from links import Address


class SlowLine:
    """`with SlowLine(server.address("udp4")) as line:` the phone calls `line.address`. The first
    that sends is the phone, and the server sees the line in its place. `messages`: (sender,
    message) in their order, where sender is "phone" or "server"."""

    def __init__(self, address, delay_s=0.02):
        self.server, self.delay_s = (address.host, address.port), delay_s
        self.near, self.far = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "12")
        for sock in (self.near, self.far):
            sock.bind((address.host, 0))
        self.address = Address("udp", address.host, self.near.getsockname()[1])
        self.phone, self.messages, self.waiting = None, [], collections.deque()
        self.running = True
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.running = False
        self.thread.join()
        self.near.close()
        self.far.close()

    def sent(self, sender, method):
        return [message for who, message in self.messages
                if who == sender and message.method == method]

    def _run(self):
        while self.running:
            for sock in select.select([self.near, self.far], [], [], self.delay_s / 4)[0]:
                data, source = sock.recvfrom(65536)
                if sock is self.near:
                    self.phone = source
                self.messages.append(("phone" if sock is self.near else "server",
                                      sip_message.read(data)[0]))
                self.waiting.append((time.monotonic() + self.delay_s, sock is self.near, data))
            while self.waiting and self.waiting[0][0] <= time.monotonic():
                _, up, data = self.waiting.popleft()
                if up:
                    self.far.sendto(data, self.server)
                elif self.phone:
                    self.near.sendto(data, self.phone)
