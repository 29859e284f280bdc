#!/usr/bin/env python3
"""What `make run` prints is true: tests/door/door_test.py, after `make build`."""
import json
import os
import pathlib
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/wire"))
import digest  # noqa: E402
import sip_message  # noqa: E402

LAST_LINE = "Other ports:"


class Run:
    """`make run` with ports and a data directory of its own."""

    def __init__(self, data, **settings):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("STROWGER_")}
        environment.update({"STROWGER_DATA": data, "STROWGER_SIP": "udp:127.0.0.1:0",
                            "STROWGER_HTTP": "127.0.0.1:0", **settings})
        self.process = subprocess.Popen(["tools/run"], cwd=ROOT, env=environment, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.printed = ""
        for line in self.process.stdout:
            self.printed += line
            if LAST_LINE in line:
                break

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate()

    def printed_as(self, pattern):
        return re.search(pattern, self.printed, re.MULTILINE).group(1)

    def address(self):
        return self.printed_as(r"^ *Browser +(\S+)$")

    def password(self):
        return self.printed_as(r"admin, password (\S+)")

    def port(self):
        return int(self.printed_as(r"sip:1000@127\.0\.0\.1:(\d+)"))

    def call(self):
        return shlex.split(self.printed_as(r"^ *(\S+ call .*) --record heard\.wav$"))


def log_in(address, password):
    body = json.dumps({"user": "admin", "password": password}).encode()
    headers = {"Content-Type": "application/json", "Origin": address.rstrip("/")}
    request = urllib.request.Request(address + "api/v1/session", body, headers)
    with urllib.request.urlopen(request) as answer:
        return answer.status


def register(port, user, password):
    """The status of a REGISTER with credentials, over UDP."""
    uri = f"sip:127.0.0.1:{port}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.settimeout(5)
        phone.connect(("127.0.0.1", port))
        me = phone.getsockname()[1]

        def ask(cseq, more=""):
            phone.send((f"REGISTER {uri} SIP/2.0\r\n"
                        f"Via: SIP/2.0/UDP 127.0.0.1:{me};branch=z9hG4bKdoor{me}{cseq};rport\r\n"
                        f"From: <sip:{user}@127.0.0.1>;tag=door\r\nTo: <sip:{user}@127.0.0.1>\r\n"
                        f"Call-ID: door{me}\r\nCSeq: {cseq} REGISTER\r\nMax-Forwards: 70\r\n"
                        f"Contact: <sip:{user}@127.0.0.1:{me}>\r\n{more}"
                        "Content-Length: 0\r\n\r\n").encode())
            return sip_message.read(phone.recv(4096))[0]
        challenge = digest.challenges(ask(1))[0]
        shown = digest.answer(challenge, user, password, "REGISTER", uri)
        return ask(2, f"Authorization: {shown}\r\n").status


class Door(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.data = f"{place.name}/data"

    def test_addresses_and_login_are_those_of_the_server(self):
        with Run(self.data) as first:
            with urllib.request.urlopen(first.address()) as page:
                self.assertIn('<div id="root">', page.read().decode())
            self.assertEqual(log_in(first.address(), first.password()), 200)
            called = subprocess.run([*first.call(), "--expect-code", "480"], cwd=ROOT,
                                    capture_output=True, text=True)
            self.assertEqual(called.returncode, 0, called.stdout + called.stderr)
            self.assertIn("201 and 202 log in with the passwords demo-only-201", first.printed)
        with Run(self.data) as again:
            self.assertEqual(again.password(), first.password())

    def test_an_address_of_all_interfaces_is_printed_as_one_that_can_be_reached(self):
        with Run(self.data, STROWGER_SIP="tcp:0.0.0.0:0") as run:
            self.assertRegex(run.printed, r"sip:1000@127\.0\.0\.1:\d+;transport=tcp")

    def test_passwords_that_everybody_knows_never_reach_a_network(self):
        with Run(self.data) as run:
            self.assertEqual(register(run.port(), "201", "demo-only-201"), 200)
        with Run(self.data, STROWGER_SIP="udp:0.0.0.0:0") as run:
            self.assertNotIn("demo-only", run.printed)
            for phone in ("201", "202"):
                self.assertEqual(register(run.port(), phone, f"demo-only-{phone}"), 403)
        with Run(self.data) as run:
            self.assertNotIn("demo-only", run.printed)
            self.assertEqual(register(run.port(), "201", "demo-only-201"), 403)

    def test_a_demo_phone_that_is_gone_keeps_nobody_from_serving(self):
        with Run(self.data):
            pass
        subprocess.run(["build/release/strowger", "device", "remove", "201", "--force", "--data",
                        self.data], cwd=ROOT, check=True, capture_output=True)
        with Run(self.data, STROWGER_SIP="udp:0.0.0.0:0") as run:
            self.assertEqual(register(run.port(), "202", "demo-only-202"), 403)

    def test_the_chosen_password_is_the_login(self):
        with Run(self.data, STROWGER_ADMIN_PASSWORD="chosen at the door") as run:
            self.assertIn("admin, password chosen at the door ", run.printed)
            self.assertEqual(log_in(run.address(), "chosen at the door"), 200)


if __name__ == "__main__":
    unittest.main(verbosity=0)
