"""However many shards the server has, a call is one call: its requests may come from any address
and over connections shared with other calls."""

import select
import socket

import flows
import sip_message
from judge import clean, expect, plainly_refused, refused
from links import UdpLink
from runner import case, flow

ROUNDS = 6  # each with a Call-ID and source ports that fall to other shards
HELD = flow(flows.document(flows.number(), flows.node("answer", {}, {
    "_": flows.sleep(20000, flows.node("hangup"))})))
TONE = flow(flows.document(flows.number(), flows.response(486, "Busy now", "short-tones")))
LONG = flow(flows.document(flows.number(), flows.response(486, "Busy now", "long")))
PLAIN = flow(flows.document(flows.number(), flows.response(486, "Busy now")))


class Roaming:
    """A link whose messages leave from one port after the other; it names the first."""

    transport = "udp"

    def __init__(self, address, ports=4):
        self.links = [UdpLink(address) for _ in range(ports)]
        self.host, self.port = self.links[0].host, self.links[0].port
        self.sent = 0
        self.watch = select.epoll()
        for link in self.links:
            self.watch.register(link.fileno(), select.EPOLLIN)

    def fileno(self):
        return self.watch.fileno()

    def send(self, data):
        self.links[self.sent % len(self.links)].send(data)
        self.sent += 1

    def messages(self):
        return [message for link in self.links for message in link.messages()]

    @property
    def faults(self):
        return [fault for link in self.links for fault in link.faults]

    def close(self):
        self.watch.close()
        for link in self.links:
            link.close()


def roaming(world):
    caller = world.caller()
    caller.link.close()
    caller.link = Roaming(caller.address)
    return caller


@case("shards: ACK, INFO and BYE of a call may come from other ports than its INVITE")
def answered(world):
    with roaming(world) as caller:
        calls = [caller.invite(HELD) for _ in range(ROUNDS)]
        for call in calls:
            call.wait_status(200)
        caller.pump(0.7)
        for call in calls:
            expect(len(call.seen(200)) == 1, "the ACK from another port was not understood")
            call.wait_reply(call.in_dialog("INFO"), "INFO")
            call.bye()
            expect(call.wait_reply(call.cseq, "BYE").status == 200, "BYE from another port")
            clean(call)


@case("shards: PRACK and CANCEL of a call may come from other ports than its INVITE")
def early(world):
    with roaming(world) as caller:
        for _ in range(ROUNDS):
            refused(caller.invite(TONE, headers=[("Supported", "100rel")]), 486, "Busy now")
            call = caller.invite(LONG)
            call.wait_rtp(2)
            call.cancel()
            call.wait_final()
            expect(call.final.status == 487, f"CANCEL from another port: {call.final.start!r}")


@case("shards: many calls over one TCP connection, and answers after its sending half is closed")
def one_connection(world):
    with world.caller("tcp4") as caller:
        calls = [caller.invite(TONE) for _ in range(2 * ROUNDS)]
        for call in calls:
            refused(call, 486, "Busy now", 8)
        requests = [caller.request("OPTIONS", PLAIN) for _ in range(ROUNDS)]
        caller.send(b"".join(data for data, _ in requests))
        caller.link.socket.shutdown(socket.SHUT_WR)
        caller.pump(5, lambda: len(caller.replies) == len(requests))
        expect(len(caller.replies) == len(requests),
               f"{len(caller.replies)} of {len(requests)} answers after the end of the requests")


@case("shards: the end of a TCP connection with many calls harms no other call")
def broken_connection(world):
    with world.caller("tcp4") as caller, world.caller() as other:
        survivor = other.invite(LONG)
        for call in [caller.invite(LONG) for _ in range(ROUNDS)]:
            call.wait_rtp(2)
        caller.link.close()
        caller.link.closed = True
        survivor.wait_rtp(len(survivor.ear.packets) + 10)
        survivor.cancel()
        expect(survivor.wait_final().status == 487, f"{survivor.final.start!r}")
        plainly_refused(other.invite(PLAIN), 486, "Busy now")
        for ear in caller.ears:
            ear.drain()
