"""MESSAGE from phone to phone (RFC 3428)."""

import contextlib
import time

import baresip_peer
import digest
from cases import seats
from cases.registration import Phone
from judge import expect
from runner import case


@contextlib.contextmanager
def baresip(server, seat, other):
    """The seat's phone, which writes to the extension `other`."""
    before = len(server.registrations())
    address = server.address("udp4")
    contact = f"sip:{other}@{address.literal}:{address.port}"
    with baresip_peer.Answering(address, f"{seat}-desk", seats.PASSWORD, 0, 7,
                                contact=contact) as phone:
        deadline = time.monotonic() + 5
        while len(server.registrations()) == before and time.monotonic() < deadline:
            time.sleep(0.05)
        yield phone


@case("messages: baresip writes to baresip, there and back, over two shards")
def there_and_back(world):
    with seats.office(world, seats.BY_CAUSE, shards=2) as server:
        with baresip(server, "anna", "202") as anna, baresip(server, "bert", "201") as bert:
            bert.command("/contacts")  # what comes is shown to who has typed
            anna.command("/message Lunch at noon?")
            expects(bert, server, 'anna-desk@{}:{}: "Lunch at noon?"')
            bert.command("/message Yes <3 & soon")
            expects(anna, server, 'bert-desk@{}:{}: "Yes <3 & soon"')


def expects(phone, server, text):
    address = server.address("udp4")
    wanted = text.format(address.literal, address.port)
    said = phone.said(wanted)
    expect(wanted in said, f"on the console: {said[-300:]!r}")


def write(phone, user, body=b"Hello", kind="text/plain"):
    uri = f"sip:{user}@{phone.caller.address.literal}:{phone.caller.address.port}"
    headers = [("Content-Type", kind)]
    first = phone.send(*headers, method="MESSAGE", uri=uri, user=user, body=body)
    if first.status != 401:
        return first
    answer = digest.answer(digest.challenges(first)[0], phone.user, phone.password, "MESSAGE", uri)
    return phone.send(("Authorization", answer), *headers, method="MESSAGE", uri=uri, user=user,
                      body=body)


@case("messages: nobody there is 480, nobody known 404, too large 513, a wrong password 403")
def refused(world):
    with seats.office(world, seats.BY_CAUSE) as server, world.caller(server=server) as caller:
        phone = Phone(caller, "bert-desk", seats.PASSWORD)
        for user, body, code in (("201", b"Hello", 480), ("999", b"Hello", 404),
                                 ("201", b"x" * 1301, 513)):
            reply = write(phone, user, body)
            expect(reply.status == code, f"{len(body)} bytes to {user}: {reply.start!r}")
            expect(not reply.all("contact"), f"Contact: {reply.all('contact')}")
        stranger = Phone(caller, "bert-desk", "wrong-horse-22")
        reply = write(stranger, "201")
        expect(reply.status == 403, f"a wrong password: {reply.start!r}")
        caller.user = "anna-desk"  # in whose name it writes
        reply = write(phone, "201")
        expect(reply.status == 403, f"in another's name: {reply.start!r}")
        expect(not caller.faults, "; ".join(caller.faults[:3]))
