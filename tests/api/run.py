#!/usr/bin/env python3
"""The HTTP side of a real server, over real sockets: tests/api/run.py --strowger PATH

Ends with `N passed, N failed`.
"""
import argparse
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import tls

PASSWORD = "api-tests-only"
FLOW = {"id": "a", "name": "<script>alert(1)</script>", "numbers": ["1000"],
        "flow": {"module": "response", "data": {"code": 486}}}
CALLFLOW = "/api/v1/accounts/default/callflows/a"


class Server:
    """A server on a directory of its own."""

    def __init__(self, program):
        self.directory = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.directory.name)
        (root / "web" / "assets").mkdir(parents=True)
        (root / "web" / "index.html").write_text("<html>app</html>")
        (root / "web" / "assets" / "a.js").write_text("code")
        (root / "outside.txt").write_text("outside")
        environment = dict(os.environ, STROWGER_ADMIN_PASSWORD=PASSWORD)
        self.process = subprocess.Popen(
            [program, "serve", "--data", root / "data", "--sip", "udp:127.0.0.1:0",
             "--http", "127.0.0.1:0", "--web", root / "web", "--rtp-ports", "any"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
        ready = self.process.stdout.readline()
        self.program = program
        self.sip = ready.split("sip=udp:")[1].split()[0].split(",")[0]
        self.address = ready.split("http=")[1].strip()
        self.host, port = self.address.rsplit(":", 1)
        self.port = int(port)
        self.cookie = None

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.directory.cleanup()

    def ask(self, method, path, body=None, **headers):
        """(status, headers, body)."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        sent = {"Origin": f"http://{self.address}"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection.putrequest(method, path, skip_host=False, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None or method in ("PUT", "POST"):
            connection.putheader("Content-Length", str(len(data or b"")))
        connection.endheaders(data)
        answer = connection.getresponse()
        result = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return result

    def log_in(self):
        status, headers, _ = self.ask("POST", "/api/v1/session",
                                      {"user": "admin", "password": PASSWORD})
        expect(status, 200)
        self.cookie = headers["Set-Cookie"].split(";")[0]
        return headers


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {got!r}, wanted {wanted!r}")


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
    expect(json.loads(body)["current"]["revision"], 2)


def foreign_pages(server):
    for origin in ("http://evil.example", "null", f"http://{server.address}.evil.example"):
        expect(server.ask("PUT", CALLFLOW, FLOW, If_Match="*", Origin=origin)[0], 403)


def traversal(server):
    for path in ("/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "//etc/passwd",
                 "/assets/../../outside.txt", "/assets/%2e%2e%5c..%5coutside.txt"):
        status, _, body = server.ask("GET", path)
        assert status == 404 and b"outside\n" not in body, (path, status)


def web_app(server):
    status, headers, body = server.ask("GET", "/callflows/a")
    expect((status, body), (200, b"<html>app</html>"))
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    expect(server.ask("GET", "/assets/a.js")[1]["Cache-Control"],
           "public, max-age=31536000, immutable")


def bodies_are_bounded(server):
    settings = "/api/v1/accounts/default/settings"
    deep = '{"x":' + "[" * 100 + "]" * 100 + "}"
    json_type = {"Content_Type": "application/json", "If_Match": "*"}
    expect(server.ask("PUT", settings, deep, **json_type)[0], 400)
    expect(server.ask("PUT", settings, "[" * 1_000_000, **json_type)[0], 413)
    expect(server.ask("PUT", CALLFLOW, " " * 2_000_001, **json_type)[0], 413)
    expect(server.ask("PUT", settings, "x=1", If_Match="*",
                      Content_Type="application/x-www-form-urlencoded")[0], 415)


def oversized_upload(server):
    status, _, _ = server.ask("POST", "/api/v1/accounts/default/media", b"\0" * (11 << 20) + b"\0",
                              Content_Type="audio/wav")
    expect(status, 413)


def header_injection(server):
    status, headers, _ = server.ask("POST", "/api/v1/accounts/default/media?id=a%0d%0aX-Evil:1",
                                    b"RIFF", Content_Type="audio/wav")
    expect(status, 400)
    assert "X-Evil" not in headers


def content_types_are_safe(server):
    for path in (CALLFLOW, "/api/v1/nowhere%3Cscript%3E", "/api/v1/accounts/default/callflows"):
        _, headers, _ = server.ask("GET", path)
        assert headers["Content-Type"] in ("application/json", "application/problem+json"), headers
        expect(headers["X-Content-Type-Options"], "nosniff")


def slow_client(server):
    slow = [socket.create_connection((server.host, server.port)) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Le")
    began = time.monotonic()
    expect(server.ask("GET", "/healthz")[0], 200)
    assert time.monotonic() - began < 5
    for connection in slow:
        connection.close()


def slow_work_keeps_nobody_waiting(server):
    """Logins with their costly hashes, and health meanwhile."""
    threads = [threading.Thread(target=server.ask, args=("POST", "/api/v1/session",
                                                         {"user": f"u{i}", "password": "x"}))
               for i in range(8)]
    for thread in threads:
        thread.start()
    expect(server.ask("GET", "/healthz")[0], 200)
    for thread in threads:
        thread.join()


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
        status, _, body = server.ask("GET", "/api/v1/accounts/default/calls?search=not%20now")
        expect(status, 200)
        found = json.loads(body)["items"]
    expect((found[0]["code"], found[0]["path"][0]["module"]), (603, "response"))
    one = json.loads(server.ask("GET", f"/api/v1/accounts/default/calls/{found[0]['id']}")[2])
    expect(one["phrase"], "Not now")


def simulate(server):
    status, _, body = server.ask("POST", "/api/v1/accounts/default/simulate",
                                 {"to": "1000", "document": FLOW})
    expect(status, 200)
    result = json.loads(body)
    expect((result["code"], result["final"]["code"]), (486, 486))
    assert result["final"]["message"].startswith("SIP/2.0 486 ")
    expect(result["path"][0]["module"], "response")


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
    status, _, body = server.ask("PUT", path, {"timezone": "Europe/Berlin"}, If_Match="*")
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


def media(server):
    wav = (b"RIFF" + (36 + 16000).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
           + (1).to_bytes(2, "little") * 2 + (8000).to_bytes(4, "little")
           + (16000).to_bytes(4, "little") + (2).to_bytes(2, "little")
           + (16).to_bytes(2, "little") + b"data" + (16000).to_bytes(4, "little")
           + bytes([0, 64, 0, 192]) * 4000)
    base = "/api/v1/accounts/default/media"
    status, _, body = server.ask("POST", f"{base}?id=m&name=Tone", wav, Content_Type="audio/wav")
    expect(status, 201)
    expect(json.loads(body)["duration_ms"], 1000)
    status, headers, sound = server.ask("GET", f"{base}/m/audio.wav")
    expect((status, headers["Content-Type"], sound[:4]), (200, "audio/wav", b"RIFF"))
    status, _, body = server.ask("POST", base, b"no sound at all", Content_Type="audio/wav")
    expect(status, 422)


def throttled_login(server):
    wrong = {"user": "admin", "password": "guess"}
    statuses = [server.ask("POST", "/api/v1/session", wrong)[0] for _ in range(8)]
    assert 429 in statuses and 200 not in statuses, statuses


CASES = [login, first_save_and_publish, lost_update, foreign_pages, traversal, web_app,
         bodies_are_bounded, oversized_upload, header_injection, content_types_are_safe,
         slow_client, slow_work_keeps_nobody_waiting, events, calls_are_seen, simulate, settings,
         a_live_call_is_ended, media,
         throttled_login]


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
    program = parser.parse_args().strowger
    server = Server(program)
    failed = 0
    try:
        for case in CASES:
            failed += not passes(case, server)
    finally:
        server.close()
    for case in tls.CASES:
        with tls.Folder() as folder:
            failed += not passes(case, program, folder)
    print(f"{len(CASES) + len(tls.CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
