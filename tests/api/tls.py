"""HTTPS of a real server, with certificates made at test time by openssl."""
import http.client
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import time

PASSWORD = "api-tests-only"


class Folder(tempfile.TemporaryDirectory):
    def __enter__(self):
        return self

    def path(self, name):
        return str(pathlib.Path(self.name) / name)

    def certificate(self, name):
        """Signs itself; returns the paths of certificate and key."""
        files = self.path(name + ".pem"), self.path(name + ".key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-out", files[0],
                        "-keyout", files[1], "-days", "90"],
                       check=True, capture_output=True)
        return files


def start(program, folder, *options, **environment):
    """The process: its first line on stdout, or what it complains about on stderr."""
    return subprocess.Popen(
        [program, "serve", "--data", folder.path("data"), "--sip", "udp:127.0.0.1:0",
         "--http", "127.0.0.1:0", "--rtp-ports", "any", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=dict(os.environ, STROWGER_ADMIN_PASSWORD=PASSWORD, **environment))


class Server:
    def __init__(self, program, folder, *options, **environment):
        self.process = start(program, folder, *options, **environment)
        self.ready = self.process.stdout.readline()
        found = re.search(r" https=127\.0\.0\.1:(\d+)$", self.ready)
        assert found, self.ready or self.process.stderr.read()
        self.address = "127.0.0.1", int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=30)

    def wait_for_log(self, text):
        for line in self.process.stderr:
            if text in line:
                return line
        raise AssertionError(f"the log never said {text!r}")

    def handshake(self, context):
        """The name in the server's certificate."""
        with socket.create_connection(self.address, timeout=30) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as encrypted:
                return dict(entry[0] for entry in encrypted.getpeercert()["subject"])["commonName"]


def trusting(certificate):
    return ssl.create_default_context(cafile=certificate)


def https_login(program, folder):
    """Over TLS the cookie is Secure, HSTS is set, and pages of a plain origin are foreign."""
    certificate, key = folder.certificate("pbx")
    with Server(program, folder, "--http-cert", certificate, "--http-key", key) as server:
        origin = "://%s:%d" % server.address
        body = f'{{"user": "admin", "password": "{PASSWORD}"}}'
        for scheme, status in (("http", 403), ("https", 200)):
            link = http.client.HTTPSConnection(*server.address, timeout=30,
                                               context=trusting(certificate))
            link.request("POST", "/api/v1/session", body,
                         {"Origin": scheme + origin, "Content-Type": "application/json"})
            answer = link.getresponse()
            assert answer.status == status, (answer.status, answer.read())
            link.close()
        assert "; Secure" in answer.headers["Set-Cookie"], answer.headers
        assert answer.headers["Strict-Transport-Security"], answer.headers


def old_tls_is_refused(program, folder):
    certificate, key = folder.certificate("pbx")
    with Server(program, folder, STROWGER_HTTP_CERT=certificate,
                STROWGER_HTTP_KEY=key) as server:
        for flag, works in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
            client = subprocess.run(
                ["openssl", "s_client", "-connect", "%s:%d" % server.address, flag, "-cipher",
                 "ALL:@SECLEVEL=0", "-CAfile", certificate, "-verify_return_error"],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
            assert (client.returncode == 0) == works, (flag, client.stdout, client.stderr)
            if not works:
                assert "alert protocol version" in client.stderr, client.stderr


def plain_request_is_told(program, folder):
    certificate, key = folder.certificate("pbx")
    with Server(program, folder, "--http-cert", certificate, "--http-key", key) as server:
        link = http.client.HTTPConnection(*server.address, timeout=30)
        link.request("GET", "/healthz")
        answer = link.getresponse()
        assert answer.status == 400 and b"HTTPS" in answer.read(), answer.status


def certificate_is_reloaded(program, folder):
    """On SIGHUP; one that can't be used leaves the old one in place."""
    certificate, key = folder.certificate("old")
    with Server(program, folder, "--http-cert", certificate, "--http-key", key) as server:
        assert server.handshake(trusting(certificate)) == "old"
        old = pathlib.Path(certificate).read_bytes()
        fresh = [pathlib.Path(file).read_bytes() for file in folder.certificate("new")]
        pathlib.Path(certificate).write_bytes(fresh[0])
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_log("does not belong to the certificate")
        pathlib.Path(folder.path("ca.pem")).write_bytes(old)
        assert server.handshake(trusting(folder.path("ca.pem"))) == "old"
        pathlib.Path(key).write_bytes(fresh[1])
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_log("is valid until")
        until = time.monotonic() + 30
        while True:  # the log is ahead of the swap by a moment
            try:
                assert server.handshake(trusting(certificate)) == "new"
                break
            except ssl.SSLCertVerificationError:
                assert time.monotonic() < until


def bad_certificates_end_the_start(program, folder):
    certificate, key = folder.certificate("pbx")
    other = folder.certificate("other")
    for files, reason in (
            ((certificate, other[1]), f"the key {other[1]} does not belong to the certificate"),
            ((folder.path("gone.pem"), key), "gone.pem: No such file or directory"),
            ((certificate, folder.path("gone.key")), "gone.key: No such file or directory"),
            ((certificate, certificate), "there is no PEM key in it")):
        process = start(program, folder, "--http-cert", files[0], "--http-key", files[1])
        said = process.communicate(timeout=30)
        assert process.returncode == 1 and reason in said[1], (process.returncode, said)
        assert said[0] == "", said
    process = start(program, folder, "--http-cert", certificate)
    assert "has no key" in process.communicate(timeout=30)[1]


def expired_certificate_is_warned_of(program, folder):
    certificate, key = folder.certificate("pbx")
    subprocess.run(["openssl", "x509", "-in", certificate, "-signkey", key, "-days", "-1",
                    "-out", certificate], check=True, capture_output=True)
    with Server(program, folder, "--http-cert", certificate, "--http-key", key) as server:
        assert "has expired" in server.wait_for_log("warn")


CASES = [https_login, old_tls_is_refused, plain_request_is_told, certificate_is_reloaded,
         bad_certificates_end_the_start, expired_certificate_is_warned_of]
