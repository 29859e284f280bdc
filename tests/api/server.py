"""A real server on free ports and a directory of its own, and how the tests talk to it."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile

PASSWORD = "api-tests-only"
ACCOUNT = "/api/v1/accounts/default"
FLOW = {"id": "a", "name": "<script>alert(1)</script>", "numbers": ["1000"],
        "flow": {"module": "response", "data": {"code": 486}}}
CALLFLOW = f"{ACCOUNT}/callflows/a"


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {str(got)[:300]}, wanted {str(wanted)[:300]}")


class Server:
    def __init__(self, program, **environment):
        self.program = program
        self.environment = dict(os.environ, STROWGER_ADMIN_PASSWORD=PASSWORD, **environment)
        self.directory = tempfile.TemporaryDirectory(prefix="strowger-api-")
        self.root = pathlib.Path(self.directory.name)
        (self.root / "web" / "assets").mkdir(parents=True)
        (self.root / "web" / "index.html").write_text("<html>app</html>")
        (self.root / "web" / "assets" / "a.js").write_text("code")
        (self.root / "outside.txt").write_text("outside")
        self.cookie = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", self.root / "data", "--sip", "udp:127.0.0.1:0",
             "--http", "127.0.0.1:0", "--web", self.root / "web", "--rtp-ports", "any"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment, text=True)
        ready = self.process.stdout.readline()
        self.sip = ready.split("sip=udp:")[1].split()[0].split(",")[0]
        self.address = ready.split("http=")[1].strip()
        self.host, port = self.address.rsplit(":", 1)
        self.port = int(port)

    def kill(self):
        """As when the power goes."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.process.stdout.close()
        self.directory.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def ask(self, method, path, body=None, **headers):
        """(status, headers, body). A header given as None is left out."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        sent = {"Origin": f"http://{self.address}", "Cookie": self.cookie}
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection.putrequest(method, path, skip_host=False, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None or method in ("PUT", "POST"):
            connection.putheader("Content-Length", str(len(data or b"")))
        connection.endheaders(data)
        answer = connection.getresponse()
        result = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return result

    def told(self, method, path, body=None, **headers):
        """(status, the answer's JSON)."""
        status, _, text = self.ask(method, path, body, **headers)
        return status, json.loads(text) if text else None

    def log_in(self):
        status, headers, _ = self.ask("POST", "/api/v1/session",
                                      {"user": "admin", "password": PASSWORD})
        expect(status, 200)
        self.cookie = headers["Set-Cookie"].split(";")[0]
        return headers

    def upload(self, sound, query="", content_type="audio/wav"):
        """(status, the answer's JSON)."""
        return self.told("POST", f"{ACCOUNT}/media{query}", sound, Content_Type=content_type)
