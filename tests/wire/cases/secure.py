"""SIP over TLS (RFC 3261 26.2.1, 26.3.1): own caller, baresip, and what is no TLS."""

import contextlib
import re
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import flows
import judge
import srtp
from cases import seats
from judge import expect
from links import TcpLink, TlsLink
from runner import case, flow

LISTEN = ("udp:127.0.0.1:0", "tls:127.0.0.1:0")
BLIP = flow(flows.document(flows.number(), flows.response(486, "Busy now", "blip")))
BUSY = flows.document("1000", flows.response(486, "Busy now", "blip"))


def make_certificate(folder, name):
    """Signs itself. Overwrites certificate.pem and key.pem."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2",
                    "-out", folder / "certificate.pem", "-keyout", folder / "key.pem"],
                   check=True, capture_output=True)


@contextlib.contextmanager
def secure():
    """Options of a server that speaks TLS, and the folder of its certificate."""
    with tempfile.TemporaryDirectory(prefix="strowger-tls-") as name:
        folder = Path(name)
        make_certificate(folder, "first.example")
        config = f'[sip]\ncert = "{folder}/certificate.pem"\nkey = "{folder}/key.pem"\n'
        yield {"listen": LISTEN, "config": config}, folder


@case("TLS: early media, code and message, as over every transport")
def response(world):
    with secure() as (options, _), world.private([BUSY], ["blip"], **options) as server:
        server.start()
        with world.caller("tls4", server) as caller:
            call = caller.invite("1000")
            final = judge.refused(call, 486, "Busy now")
            judge.heard(call, [(1000, 0.3)])
            expect(final.get("via").startswith("SIP/2.0/TLS"), final.get("via"))
            contact = call.seen(183)[0].get("contact")
            expect("transport=tls" in contact, f"Contact {contact}")


@case("TLS: two baresips register, talk by SRTP and hear each other")
def baresip(world):
    with secure() as (options, _):
        seats.baresip_talks(world, "tls4", ("caller", "phone"), **options)


def announcement(world, suite):
    with world.caller() as caller:
        line = f"a=crypto:7 {suite} inline:{srtp.fresh_key()}|2^20"
        call = caller.invite(BLIP, profile="RTP/SAVP", extra=["a=crypto:1 NO_SUITE inline:AAAA",
                                                              line])
        call.ear.secret = True
        judge.refused(call, 486, "Busy now")
        body = call.seen(183)[0].body.decode()
        found = re.findall(r"(?m)^a=crypto:(\d+) (\S+) inline:(\S+)", body)
        expect(len(found) == 1 and found[0][:2] == ("7", suite), f"crypto lines: {found}")
        opener = srtp.Opener(suite, found[0][2])
        call.ear.drain()
        for packet in call.ear.packets:
            packet.payload = opener.open(packet)
        judge.heard(call, [(1000, 0.3)])


@case("SRTP: the announcement is opened by the key of the answer, both suites")
def announcements(world):
    for suite in srtp.TAG_BYTES:
        announcement(world, suite)


@case("SRTP: a caller who insists on it talks with a phone that has none")
def baresip_srtp_to_rtp(world):
    seats.baresip_talks(world, "udp4", ("caller",))


@case("SRTP: a caller without it talks with a phone that insists on it")
def baresip_rtp_to_srtp(world):
    seats.baresip_talks(world, "udp4", ("phone",))


@case("TLS: who speaks no TLS is cut off, who says nothing harms nobody, others get through")
def not_tls(world):
    with secure() as (options, _), world.private([BUSY], ["blip"], **options) as server:
        server.start()
        address = server.address("tls4")
        mute = socket.create_connection((address.host, address.port))
        plain = TcpLink(address)
        plain.send(b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n")
        with world.caller("tls4", server) as caller:
            judge.refused(caller.invite("1000"), 486, "Busy now")
        until = time.monotonic() + 5
        while not plain.closed and time.monotonic() < until:
            plain.messages()
            time.sleep(0.01)
        expect(plain.closed, "a plain connection to the TLS port stays open")
        expect("tls:127.0.0.1" in server.log(), "the log does not say who was cut off")
        plain.close()
        mute.close()


@case("TLS: SIGHUP brings a renewed certificate; connections before it live on")
def renewed(world):
    with secure() as (options, folder), world.private([BUSY], ["blip"], **options) as server:
        server.start()
        with world.caller("tls4", server) as caller:
            make_certificate(folder, "second.example")
            server.process.send_signal(signal.SIGHUP)
            until = time.monotonic() + 5
            renewed_one = caller.link.certificate
            while renewed_one == caller.link.certificate and time.monotonic() < until:
                link = TlsLink(server.address("tls4"))
                renewed_one = link.certificate
                link.close()
            expect(renewed_one != caller.link.certificate, "the old certificate is still shown")
            judge.refused(caller.invite("1000"), 486, "Busy now")


@case("TLS: an address without a certificate keeps the server from starting, and it says why")
def no_certificate(world):
    with world.private(listen=LISTEN) as server:
        try:
            server.start()
        except Exception as refusal:  # noqa: BLE001 - whatever it is, it has to tell
            expect("--sip-cert" in str(refusal), f"{refusal}")
        else:
            expect(False, "it started")
