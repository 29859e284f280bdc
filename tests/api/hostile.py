"""What a web server is attacked with, one class a case (hardening: XSS, CSRF, traversal, injection,
oversized and deep JSON, smuggling, slow clients)."""
import contextlib
import json
import os
import socket
import subprocess
import threading

from server import ACCOUNT, CALLFLOW, FLOW, expect

HTML = "<img src=x onerror=alert(1)>"
SETTINGS = f"{ACCOUNT}/settings"


def raw(server, request):
    """What comes back, until the server closes."""
    with socket.create_connection((server.host, server.port), timeout=60) as stream:
        with contextlib.suppress(OSError):
            stream.sendall(request)
            stream.shutdown(socket.SHUT_WR)
        heard = b""
        with contextlib.suppress(ConnectionError):
            while piece := stream.recv(65536):
                heard += piece
        return heard


def alive(server):
    expect(server.ask("GET", "/healthz")[0], 200)


# ---- foreign pages (CSRF)

def foreign_pages(server):
    for origin in ("http://evil.example", "null", f"http://{server.address}.evil.example", None):
        expect(server.ask("PUT", CALLFLOW, FLOW, If_Match="*", Origin=origin)[0], 403)
        expect(server.ask("DELETE", CALLFLOW, If_Match="*", Origin=origin)[0], 403)
        expect(server.ask("POST", f"{ACCOUNT}/media", b"RIFF", Content_Type="audio/wav",
                          Origin=origin)[0], 403)


def forms_of_foreign_pages(server):
    """What a form can send without asking first: no JSON, no method but POST."""
    for content_type in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
        expect(server.ask("POST", f"{ACCOUNT}/callflows", json.dumps(FLOW),
                          Content_Type=content_type)[0], 415)
    expect(server.ask("GET", f"{CALLFLOW}/publish")[0], 405)


# ---- scripts in texts (XSS)

def texts_are_never_pages(server):
    changed = dict(FLOW, name=HTML, note=HTML)
    expect(server.ask("PUT", CALLFLOW + f"?note={HTML.replace(' ', '%20')}", changed,
                      If_Match="*")[0], 200)
    for path in (CALLFLOW, f"{ACCOUNT}/callflows", f"{CALLFLOW}/revisions",
                 "/api/v1/nowhere%3Cscript%3E", f"{ACCOUNT}/callflows?cursor=%3Cscript%3E",
                 f"{ACCOUNT}/numbers/%3Cscript%3E"):
        _, headers, _ = server.ask("GET", path)
        assert headers["Content-Type"] in ("application/json", "application/problem+json"), headers
        expect(headers["X-Content-Type-Options"], "nosniff")
        assert "default-src 'none'" in headers["Content-Security-Policy"], headers
        assert "sandbox" in headers["Content-Security-Policy"], headers


# ---- path traversal

def traversal(server):
    for path in ("/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "//etc/passwd",
                 "/assets/../../outside.txt", "/assets/%2e%2e%5c..%5coutside.txt",
                 "/assets/%c0%ae%c0%ae/outside.txt", "/assets/..;/outside.txt"):
        status, _, body = server.ask("GET", path)
        assert status == 404 and b"outside" not in body, (path, status)


def files_are_never_named_by_a_client(server):
    before = sorted(os.listdir(server.root))
    form = ('--b\r\nContent-Disposition: form-data; name="{}"; filename="../../../evil.wav"\r\n\r\n'
            '{}\r\n--b--\r\n')
    for name, value in (("file", "RIFF"), ("id", "../../evil"), ("id", "/etc/passwd")):
        status, _ = server.upload(form.format(name, value), content_type="multipart/form-data; "
                                  "boundary=b")
        assert status in (400, 422), (name, value, status)
    for name in ("..%2f..%2fstrowger.db", "%2e%2e", "..%5cstrowger.db", "a%00b"):
        for part in ("audio.wav", "peaks"):
            assert server.ask("GET", f"{ACCOUNT}/media/{name}/{part}")[0] in (400, 404), name
        assert server.ask("PUT", f"{ACCOUNT}/callflows/{name}", {"flow": {}},
                          If_None_Match="*")[0] in (400, 404, 422), name
    expect(sorted(os.listdir(server.root)), before)


# ---- header injection

def header_injection(server):
    inject = "a%0d%0aX-Evil:%201"
    for method, path in (("POST", f"{ACCOUNT}/media?id={inject}"),
                         ("POST", f"{ACCOUNT}/media?name={inject}"),
                         ("PUT", f"{CALLFLOW}?note={inject}"),
                         ("GET", f"{ACCOUNT}/callflows/{inject}")):
        status, headers, _ = server.ask(method, path, b"RIFF" if method == "POST" else None,
                                        Content_Type="audio/wav", If_Match="*")
        assert 400 <= status < 500, (method, path, status)
        assert "X-Evil" not in headers, headers


def a_message_never_becomes_a_header(server):
    def save(text):
        flow = {"module": "response", "data": {"code": 486, "message": text}}
        return server.ask("PUT", f"{ACCOUNT}/callflows/message?publish=true",
                          {"name": "Message", "numbers": ["1700"], "flow": flow},
                          If_Match="*")[0]

    expect(server.ask("PUT", f"{ACCOUNT}/callflows/message", {"flow": {}}, If_None_Match="*")[0],
           201)
    expect(save("On the phone"), 200)
    for text in ("a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\0b", "x" * 4000):
        expect(save(text), 422)
    call = subprocess.run([server.program, "call", f"sip:1700@{server.sip}"],
                          capture_output=True, text=True, timeout=60)
    assert "486 On the phone" in call.stdout and "X-Evil" not in call.stdout, call.stdout


# ---- oversized, deeply nested

def bodies_are_bounded(server):
    deep = '{"x":' + "[" * 100 + "]" * 100 + "}"
    json_type = {"Content_Type": "application/json", "If_Match": "*"}
    expect(server.ask("PUT", SETTINGS, deep, **json_type)[0], 400)
    expect(server.ask("PUT", SETTINGS, "[" * 1_000_000, **json_type)[0], 413)
    expect(server.ask("PUT", CALLFLOW, " " * 2_000_001, **json_type)[0], 413)
    expect(server.ask("PUT", CALLFLOW, '{"flow":' * 200_000, **json_type)[0], 422)
    blocks = '{"module":"play","data":{},"children":{"_":'
    tree = '{"flow":' + blocks * 5_000 + "{}" + "}}" * 5_000 + "}"
    expect(server.ask("PUT", CALLFLOW, tree, **json_type)[0], 422)
    digits = '{"flow":{"module":"response","data":{"code":' + "9" * 1_000_000 + "}}}"
    expect(server.ask("PUT", CALLFLOW, digits, **json_type)[0], 422)
    alive(server)


def oversized_upload(server):
    expect(server.upload(b"\0" * (11 << 20) + b"\0")[0], 413)


def heads_are_bounded(server):
    host = f"Host: {server.address}\r\n"
    for text, wanted in ((f"GET /{'x' * 20_000} HTTP/1.1\r\n{host}\r\n", b"431"),
                         (f"GET / HTTP/1.1\r\n{host}X: {'x' * 20_000}\r\n\r\n", b"431"),
                         (f"GET / HTTP/1.1\r\n{host}" + "X: y\r\n" * 5_000 + "\r\n", b"431"),
                         (f"POST / HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\n", b"413"),
                         ("x" * 100_000, b"4")):
        answer = raw(server, text.encode())
        assert answer.startswith(b"HTTP/1.1 " + wanted), (text[:30], answer[:60])
    alive(server)


# ---- smuggling

def smuggled_requests(server):
    """Where two readers could disagree on where a request ends, it is refused and cut."""
    host = f"Host: {server.address}\r\n"
    second = f"GET /healthz HTTP/1.1\r\n{host}\r\n"
    for head in ("Content-Length: 4\r\nContent-Length: 5\r\n", "Content-Length: +4\r\n",
                 "Content-Length: -1\r\n", "Content-Length: 4, 5\r\n",
                 "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                 "Transfer-Encoding: xchunked\r\n", "Content-Length : 4\r\n",
                 "X: a\0b\r\nContent-Length: 4\r\n"):
        answer = raw(server, f"POST /healthz HTTP/1.1\r\n{host}{head}\r\n{second}".encode())
        assert answer.startswith(b"HTTP/1.1 4"), (head, answer[:60])
        assert b"ok\n" not in answer, (head, answer)
    alive(server)


# ---- slow clients

@contextlib.contextmanager
def held(server, count, request):
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            stream = stack.enter_context(socket.create_connection((server.host, server.port), 60))
            stream.sendall(request)
        yield


def memory_kb(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def a_thousand_slow_clients(server):
    """Half a head, half a body, nothing at all: everybody else is served, by HTTP and by SIP."""
    before = memory_kb(server)
    host = f"Host: {server.address}\r\n".encode()
    body = (b"POST /api/v1/session HTTP/1.1\r\n" + host +
            b"Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{")
    with held(server, 400, b"GET / HTTP/1.1\r\nHo"), held(server, 300, body), \
         held(server, 300, b""):
        alive(server)
        expect(server.ask("GET", CALLFLOW)[0], 200)
        expect(server.ask("PUT", CALLFLOW + "?publish=true", FLOW, If_Match="*")[0], 200)
        call = subprocess.run([server.program, "call", f"sip:1000@{server.sip}",
                               "--expect-code", "486"], capture_output=True, timeout=60)
        expect(call.returncode, 0)
        grown = memory_kb(server) - before
        assert grown < 100_000, f"{grown} kB more for 1,000 clients that send nothing"


def clients_that_do_not_read(server):
    """A long sound is asked for and left lying, many times over one connection each."""
    silence = b"RIFF" + (36 + 960_000).to_bytes(4, "little") + b"WAVEfmt " + bytes.fromhex(
        "10000000 0100 0100 401f0000 803e0000 0200 1000") + b"data" + (
        960_000).to_bytes(4, "little") + b"\1\0" * 480_000
    expect(server.upload(silence, "?id=minute")[0], 201)
    before = memory_kb(server)
    request = (f"GET {ACCOUNT}/media/minute/audio.wav HTTP/1.1\r\nHost: {server.address}\r\n"
               f"Cookie: {server.cookie}\r\n\r\n").encode()
    with held(server, 100, request * 10):
        alive(server)
        expect(server.ask("GET", f"{ACCOUNT}/media/minute")[0], 200)
        grown = memory_kb(server) - before  # a gigabyte was asked for
        assert grown < 500_000, f"{grown} kB more for 1,000 answers that nobody reads"


def slow_work_keeps_nobody_waiting(server):
    """Logins with their costly hashes, and health meanwhile."""
    threads = [threading.Thread(target=server.ask, args=("POST", "/api/v1/session",
                                                         {"user": f"u{i}", "password": "x"}))
               for i in range(8)]
    for thread in threads:
        thread.start()
    alive(server)
    for thread in threads:
        thread.join()


CASES = [foreign_pages, forms_of_foreign_pages, texts_are_never_pages, traversal,
         files_are_never_named_by_a_client, header_injection, a_message_never_becomes_a_header,
         bodies_are_bounded, oversized_upload, heads_are_bounded, smuggled_requests,
         a_thousand_slow_clients, clients_that_do_not_read, slow_work_keeps_nobody_waiting]
