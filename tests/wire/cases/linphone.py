"""linphonec as caller and as seat: what two people do all day, by a stack that is not ours."""

import contextlib
import time

import flows
import rtp_ear
from cases import seats, secure
from judge import expect
from linphone_peer import Linphone
from runner import case

CALLER, PHONE = 440, 700  # Hz
DIGITS = "1010"
BY_DIGIT = flows.document(DIGITS, flows.node(
    "collect_dtmf", {"max_digits": 2, "timeout": 8000, "collection_name": "wish"},
    {"_": flows.node("branch_variable", {"scope": "custom_channel_vars", "variable": "wish"}, {
        "42": flows.node("user", {"id": "anna", "timeout": 10}, {}),
        "_": flows.response(480, "Wrong digits")})}))


@contextlib.contextmanager
def two_phones(world, kind="udp4", secret=False, documents=(), codecs=(None, None), **options):
    """(server, bert's phone, anna's phone): bert calls, anna answers whoever calls. `codecs`: the
    only one of bert's, and of anna's."""
    with seats.office(world, seats.BY_CAUSE, **options) as server:
        for document in documents:
            server.must_import(document)
        if secret:
            server.must("device", "set", "anna-desk",
                        "media.encryption.enforce_security=true")
        address = server.address(kind)
        with Linphone(address, "anna-desk", seats.PASSWORD, PHONE, True, secret,
                      codecs[1]) as anna, \
                Linphone(address, "bert-desk", seats.PASSWORD, CALLER, False, secret,
                         codecs[0]) as bert:
            until = time.monotonic() + 10
            while len(server.registrations()) < 2 and time.monotonic() < until:
                time.sleep(0.1)
            expect(len(server.registrations()) == 2, f"{anna.said()[-800:]} {bert.said()[-800:]}")
            yield server, bert, anna


def seconds_of(phone, tone):
    """How long it heard the tone, in all."""
    spans = rtp_ear.tone_spans(phone.pcm, [CALLER, PHONE])
    return sum(end - start for pitch, start, end in spans if pitch == tone)


def talk(world, kind, secret=False, **options):
    """The record of the call."""
    with two_phones(world, kind, secret, **options) as (server, bert, anna):
        bert.call(seats.NUMBER)
        bert.wait("Media streams established")
        anna.wait("Media streams established")
        time.sleep(3)
        bert.say("terminate all")
        anna.wait("ended")
        record = seats.only_record(server)
    expect(seconds_of(bert, PHONE) > 1.5, f"bert heard {rtp_ear.tone_spans(bert.pcm, [PHONE])}")
    expect(seconds_of(anna, CALLER) > 1.5, f"anna heard {rtp_ear.tone_spans(anna.pcm, [CALLER])}")
    expect((record["code"], record["hung_up_by"]) == (200, "caller"), f"{record}")
    return record


@case("linphone: two of them talk and hear each other, UDP", slow=True)
def udp(world):
    talk(world, "udp4")


@case("linphone: two of them talk and hear each other, TCP", slow=True)
def tcp(world):
    talk(world, "tcp4")


@case("linphone: two of them talk by SRTP over TLS and hear each other", slow=True)
def tls(world):
    with secure.secure() as (options, _):
        talk(world, "tls4", secret=True, **options)


def transcoded(world, caller, phone, **options):
    record = talk(world, "udp4", codecs=(caller, phone), **options)
    want = {"caller": caller, "callee": phone}
    expect(record.get("transcoded") == want, f"transcoded: {record.get('transcoded')}")


@case("linphone: one with G.722 only and one with PCMU only hear each other", slow=True)
def wideband_to_narrow(world):
    transcoded(world, "G722", "PCMU")


@case("linphone: one with PCMA only and one with Opus only hear each other", slow=True)
def narrow_to_opus(world):
    transcoded(world, "PCMA", "opus")


@case("linphone: one with Opus only and one with G.722 only hear each other by SRTP", slow=True)
def opus_to_wideband(world):
    transcoded(world, "opus", "G722", secret=True)


@case("linphone: both with Opus only: not touched", slow=True)
def opus_both(world):
    record = talk(world, "udp4", codecs=("opus", "opus"))
    expect("transcoded" not in record, f"transcoded: {record.get('transcoded')}")


@case("linphone: on hold nobody hears the other, afterwards both do", slow=True)
def hold(world):
    with two_phones(world) as (_, bert, anna):
        bert.call(seats.NUMBER)
        anna.wait("Media streams established")
        time.sleep(2)
        bert.say("pause")
        bert.wait("paused")
        time.sleep(2)
        bert.say("resume")
        bert.wait("Media streams established", times=2)
        time.sleep(2)
    for who, phone, tone in (("bert", bert, PHONE), ("anna", anna, CALLER)):
        spans = [span for span in rtp_ear.tone_spans(phone.pcm, [CALLER, PHONE])
                 if span[0] == tone and span[2] - span[1] > 1]
        expect(len(spans) >= 2, f"{who} heard {spans}: {phone.output[-800:]}")


@case("linphone: digits choose where the call goes", slow=True)
def digits(world):
    with two_phones(world, documents=[BY_DIGIT]) as (server, bert, anna):
        bert.call(DIGITS)
        bert.wait("Media streams established")
        bert.say("4", "2")
        anna.wait("Media streams established")
        time.sleep(2)
    expect(seconds_of(anna, CALLER) > 1, f"anna heard {rtp_ear.tone_spans(anna.pcm, [CALLER])}")
