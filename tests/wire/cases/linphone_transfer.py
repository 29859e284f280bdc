"""linphonec transfers its calls: after a hold, blind and attended, by a stack that is not ours."""

import contextlib
import time

import rtp_ear
from cases import transfer
from judge import expect
from linphone_peer import Linphone
from runner import case

TALK_S = 2.5


@contextlib.contextmanager
def three_phones(world, shards):
    """(server, phones): anna's rings for bert, and cora's answers whoever calls."""
    with transfer.office(world, shards=shards) as (server, _), contextlib.ExitStack() as phones:
        taken = {seat: phones.enter_context(Linphone(
            server.address("udp4"), f"{seat}-desk", transfer.PASSWORD, transfer.TONES[seat],
            seat != "bert")) for seat in transfer.TONES}
        transfer.until(10, lambda: len(server.registrations()) == 3, "not all are registered")
        yield server, taken


def anna_holds_and_resumes(phones):
    """Bert has called anna, they talk, are on hold, and talk again."""
    phones["bert"].call(transfer.NUMBERS["anna"])
    phones["anna"].wait("Media streams established")
    time.sleep(TALK_S)
    phones["anna"].say("pause")
    phones["anna"].wait("paused")
    time.sleep(1)
    phones["anna"].say("resume")
    phones["anna"].wait("Media streams established", times=2)
    time.sleep(TALK_S)


def heard(phones, seat, *tones):
    """These tones in this order, each for more than a second; and nobody else."""
    spans = rtp_ear.tone_spans(phones[seat].pcm, list(transfer.TONES.values()))
    order = [hz for hz, start, end in spans if hz and end - start > 0.9]
    once = [hz for index, hz in enumerate(order) if index == 0 or order[index - 1] != hz]
    expect(once == [transfer.TONES[tone] for tone in tones],
           f"{seat} heard {spans}: {phones[seat].output[-1200:]}")


@case("linphone: transfers its call, blind, after a hold; the two others talk", slow=True)
def blind(world):
    with three_phones(world, shards=1) as (server, phones):
        anna_holds_and_resumes(phones)
        phones["anna"].say(f"transfer 1 {phones['anna'].uri('1003')}")
        phones["cora"].wait("Media streams established")
        time.sleep(TALK_S + 1)
        expect(len(server.live()) == 1, f"in progress: {server.live()}")
        phones["bert"].say("terminate all")
        transfer.until(5, lambda: not server.live(), f"in progress: {server.live()}")
        codes = [one.get("code") for one in transfer.transfers(server)]
        expect(codes == [200], f"{codes}")
    heard(phones, "bert", "anna", "cora")
    heard(phones, "anna", "bert")
    heard(phones, "cora", "bert")


@case("linphone: transfers its call, attended, after a hold; the two others talk", slow=True)
def attended(world):
    with three_phones(world, shards=2) as (server, phones):
        anna_holds_and_resumes(phones)
        phones["anna"].say("pause")
        phones["anna"].wait("paused", times=2)
        phones["anna"].call("1003")
        phones["cora"].wait("Media streams established")
        time.sleep(TALK_S)
        phones["anna"].say("transfer 1 --to-call 2")
        phones["anna"].wait("ended", times=2)
        time.sleep(TALK_S + 1)
        phones["bert"].say("terminate all")
        transfer.until(5, lambda: not server.live(), f"in progress: {server.live()}")
        codes = [one.get("code") for one in transfer.transfers(server)]
        expect(codes == [200], f"{codes}")
    heard(phones, "bert", "anna", "cora")
    heard(phones, "anna", "bert", "cora")
    heard(phones, "cora", "anna", "bert")
