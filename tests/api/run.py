#!/usr/bin/env python3
"""The HTTP side of a real server, over real sockets: tests/api/run.py --strowger PATH [--only CASE]

Ends with `N passed, N failed`.
"""
import argparse
import json
import socket
import subprocess
import sys
import time
import traceback

import hostile
import killed_save
import odd_media
import speech
import tls
from server import ACCOUNT, CALLFLOW, FLOW, Server, expect


def login(server):
    expect(server.ask("GET", "/api/v1/session")[0], 401)
    headers = server.log_in()
    assert "HttpOnly" in headers["Set-Cookie"] and "SameSite=Strict" in headers["Set-Cookie"]
    expect(server.ask("GET", "/api/v1/session")[0], 200)


def first_save_and_publish(server):
    status, headers, body = server.ask("PUT", CALLFLOW + "?publish=true", FLOW,
                                       If_None_Match="*")
    expect((status, headers["ETag"]), (201, '"1"'))
    expect(json.loads(body)["published"], 1)


def lost_update(server):
    for note, status in (("mine", 200), ("late", 412)):
        changed = dict(FLOW, note=note)
        got, _, body = server.ask("PUT", CALLFLOW, changed, If_Match='"1"')
        expect(got, status)
    current = json.loads(body)["current"]
    expect((current["revision"], current["who"]), (2, "admin"))


def web_app(server):
    status, headers, body = server.ask("GET", "/callflows/a")
    expect((status, body), (200, b"<html>app</html>"))
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    expect(server.ask("GET", "/assets/a.js")[1]["Cache-Control"],
           "public, max-age=31536000, immutable")


class Listener:
    """An open stream of events."""

    def __init__(self, server):
        self.stream = socket.create_connection((server.host, server.port), timeout=30)
        self.stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: {server.address}\r\n"
                            f"Cookie: {server.cookie}\r\n\r\n".encode())
        self.heard = b""
        self.wait_for(b"\r\n\r\n:")
        assert b"200 OK" in self.heard and b"text/event-stream" in self.heard

    def wait_for(self, text):
        while text not in self.heard:
            piece = self.stream.recv(4096)
            assert piece, self.heard
            self.heard += piece

    def close(self):
        self.stream.close()


def events(server):
    listener = Listener(server)
    expect(server.ask("PUT", CALLFLOW, dict(FLOW, note="event"), If_Match="*")[0], 200)
    listener.wait_for(b"event: callflow.changed")
    listener.close()


def calls_are_seen(server):
    """A published callflow is called at once, its call is told live and found afterwards."""
    changed = dict(FLOW, flow={"module": "response", "data": {"code": 603, "message": "Not now"}})
    expect(server.ask("PUT", CALLFLOW + "?publish=true", changed, If_Match="*")[0], 200)
    listener = Listener(server)
    call = subprocess.run([server.program, "call", f"sip:1000@{server.sip}", "--expect-code",
                           "603"], capture_output=True, text=True, timeout=60)
    assert call.returncode == 0 and "603 Not now" in call.stdout, call.stdout + call.stderr
    for event in (b"event: call.started", b"event: call.step", b"event: call.ended"):
        listener.wait_for(event)
    listener.close()
    found = []
    until = time.monotonic() + 30
    while not found and time.monotonic() < until:
        status, told = server.told("GET", f"{ACCOUNT}/calls?search=not%20now")
        expect(status, 200)
        found = told["items"]
    step = found[0]["path"][0]
    expect((found[0]["code"], step["module"], step["callflow"]), (603, "response", "a"))
    expect(step["revision"], found[0]["revision"])
    expect(server.told("GET", f"{ACCOUNT}/calls/{found[0]['id']}")[1]["phrase"], "Not now")


def simulate(server):
    status, result = server.told("POST", f"{ACCOUNT}/simulate", {"to": "1000", "document": FLOW})
    expect(status, 200)
    expect((result["code"], result["final"]["code"]), (486, 486))
    assert result["final"]["message"].startswith("SIP/2.0 486 ")
    expect(result["path"][0]["module"], "response")
    expect(server.told("POST", f"{ACCOUNT}/simulate",
                       {"to": "1000", "document": FLOW, "phones": "asleep"})[0], 422)


def settings(server):
    """What an account chose is what its callers get, from the next call on."""
    path = "/api/v1/accounts/default/settings"
    chosen = {"unknown_number": {"code": 410, "message": "Gone for good"}}
    expect(server.ask("PUT", path, chosen, If_Match="*")[0], 200)
    call = subprocess.run([server.program, "call", f"sip:4711@{server.sip}", "--expect-code",
                           "410"], capture_output=True, text=True, timeout=60)
    assert call.returncode == 0 and "410 Gone for good" in call.stdout, call.stdout + call.stderr
    result = json.loads(server.ask("POST", "/api/v1/accounts/default/simulate",
                                   {"to": "4711"})[2])
    expect(result["final"]["message"].split("\r\n")[0], "SIP/2.0 410 Gone for good")
    status, _, body = server.ask("PUT", path, {"timezone": "Europe/Atlantis"}, If_Match="*")
    expect((status, json.loads(body)["findings"][0]["pointer"]), (422, "/timezone"))
    expect(server.ask("PUT", path, {}, If_Match="*")[0], 200)


def a_live_call_is_ended(server):
    waiting = dict(FLOW, flow={"module": "sleep", "data": {"duration": 60, "unit": "s"}})
    expect(server.ask("PUT", CALLFLOW + "?publish=true", waiting, If_Match="*")[0], 200)
    calls = "/api/v1/accounts/default/calls"
    caller = subprocess.Popen([server.program, "call", f"sip:1000@{server.sip}", "--expect-code",
                               "480"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    live = []
    until = time.monotonic() + 30
    while not live and time.monotonic() < until:
        live = json.loads(server.ask("GET", calls + "?state=live")[2])["items"]
    call = f"{calls}/{live[0]['id']}"
    expect(server.ask("POST", call + "/end")[0], 202)
    said = caller.communicate(timeout=60)[0]
    assert caller.returncode == 0 and "480 Ended by an operator" in said, said
    record = {}
    while "ended_by" not in record and time.monotonic() < until:  # it comes by the journal
        record = json.loads(server.ask("GET", call)[2])
    expect((record["ended_by"], record["code"]), ("admin", 480))
    expect(server.ask("POST", call + "/end")[0], 409)
    expect(server.ask("POST", calls + "/nosuch/end")[0], 404)
    audit = json.loads(server.ask("GET", "/api/v1/accounts/default/audit?search=call.end")[2])
    expect(audit["items"][0]["target"], f"call/{live[0]['id']}")
    expect(server.ask("PUT", CALLFLOW + "?publish=true", FLOW, If_Match="*")[0], 200)


def throttled_login(server):
    wrong = {"user": "admin", "password": "guess"}
    statuses = [server.ask("POST", "/api/v1/session", wrong)[0] for _ in range(8)]
    assert 429 in statuses and 200 not in statuses, statuses


# In this order, on one server: the first three set it up, the last one shuts its door.
SET_UP = [login, first_save_and_publish, lost_update]
CASES = [*SET_UP, web_app, events, calls_are_seen, simulate, settings,
         a_live_call_is_ended, *odd_media.CASES, *speech.CASES,
         *hostile.CASES, *killed_save.CASES, throttled_login]


def passes(case, *given):
    try:
        case(*given)
    except Exception:
        print(f"FAILED {case.__name__}")
        traceback.print_exc(file=sys.stdout)
        return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--strowger", required=True)
    parser.add_argument("--only", help="the name of one case")
    options = parser.parse_args()
    wanted = [case for case in CASES
              if options.only in (None, case.__name__) or case in SET_UP]
    encrypted = [case for case in tls.CASES if options.only in (None, case.__name__)]
    with Server(options.strowger) as server:
        failed = sum(not passes(case, server) for case in wanted)
    for case in encrypted:
        with tls.Folder() as folder:
            failed += not passes(case, options.strowger, folder)
    print(f"{len(wanted) + len(encrypted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
