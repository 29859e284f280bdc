"""Phones for the soak: each registers again and again, and does the same with every call.

    answers   rings, answers, sends sound, is hung up
    g722      the same, but knows no codec that the callers have
    hangs_up  answers, and hangs up after a second
    busy      486
    rings     180 until it is cancelled
    vanishes  answers; then nothing gets through to it any more, neither ACK nor BYE
"""

import random
import socket
import time

import digest
import offers
import rtp_ear
import sip_message
from links import UdpLink

BEHAVIOURS = ("answers", "g722", "hangs_up", "busy", "rings", "vanishes")
EXPIRES_S = 60
TALK_S = 1.0
TICK_S = 0.02


class Talk:
    """A call that the phone has answered, or lets ring."""

    def __init__(self, invite, tag):
        self.invite, self.tag = invite, tag
        self.answered_at = None
        audio = offers.read(invite.body)[0].audio if invite.body else None
        self.sound_to = (audio.host, audio.port) if audio and audio.port else None


class DeskPhone:
    def __init__(self, address, behaviour, password):
        self.address, self.behaviour, self.password = address, behaviour, password
        self.link = UdpLink(address)
        self.ear = rtp_ear.Ear(socket.AF_INET, self.link.host)
        self.payload = 9 if behaviour == "g722" else 0
        self.talks = {}
        self.cseq = 0
        self.register_at = 0.0
        self.registered = 0
        self.fresh()

    def fresh(self):
        """Another Call-ID, and so another shard."""
        self.call_id = f"desk-{random.getrandbits(64):x}"

    def close(self):
        self.ear.close()
        self.link.close()

    def work(self, idle=False):
        """20 ms of its life; while `idle` it does not register again."""
        for data, at in self.link.messages():
            message, _ = sip_message.read(data, at)
            if message.method:
                self.take_request(message)
            else:
                self.take_reply(message)
        now = time.monotonic()
        if not idle and now >= self.register_at:
            self.register(EXPIRES_S)
        for talk in list(self.talks.values()):
            self.talk(talk, now)
        self.ear.drain()
        self.ear.packets.clear()

    # -- registering

    def register(self, expires, authorization=None):
        self.cseq += 1
        self.register_at = time.monotonic() + random.uniform(5, 15)
        where = f"{self.address.host}:{self.address.port}"
        rows = self.head("REGISTER", f"<sip:{self.behaviour}@{where}>", self.call_id, self.cseq)
        rows += [("Contact", self.contact), ("Expires", str(expires))]
        self.expires = expires
        if authorization:
            rows.append(("Authorization", authorization))
        self.link.send(sip_message.build(f"REGISTER sip:{where} SIP/2.0", rows))

    def leave(self):
        self.register(0)

    def head(self, method, to, call_id, cseq, tag="desk"):
        here = f"{self.link.host}:{self.link.port}"
        branch = f"z9hG4bK{random.getrandbits(64):x}"
        return [("Via", f"SIP/2.0/UDP {here};branch={branch};rport"), ("Max-Forwards", "70"),
                ("From", f"<sip:{self.behaviour}@{self.address.host}>;tag={tag}"), ("To", to),
                ("Call-ID", call_id), ("CSeq", f"{cseq} {method}")]

    @property
    def contact(self):
        return f"<sip:{self.behaviour}@{self.link.host}:{self.link.port}>"

    def take_reply(self, message):
        if message.cseq[1] != "REGISTER":
            return
        if message.status == 401 and message.cseq[0] == self.cseq:
            uri = f"sip:{self.address.host}:{self.address.port}"
            self.register(self.expires, digest.answer(
                digest.challenges(message)[0], self.behaviour, self.password, "REGISTER", uri))
        elif message.status == 200:
            self.registered += 1
            if random.random() < 0.2:
                self.fresh()

    # -- calls

    def take_request(self, message):
        key = message.get("call-id")
        talk = self.talks.get(key)
        if self.behaviour == "vanishes" and talk and talk.answered_at:
            return
        if message.method == "INVITE":
            self.take_invite(message, key)
        elif message.method == "CANCEL":
            self.reply(message, 200, "OK")
            if talk and not talk.answered_at:
                self.reply(talk.invite, 487, "Request Terminated", talk.tag)
                del self.talks[key]
        elif message.method == "BYE":
            self.talks.pop(key, None)
            self.reply(message, 200, "OK")
        elif message.method != "ACK":
            self.reply(message, 200, "OK")

    def take_invite(self, message, key):
        if key in self.talks:  # a copy, or a re-INVITE: the same answer does for both
            self.answer(message, self.talks[key].tag)
            return
        tag = f"{random.getrandbits(48):x}"
        if self.behaviour == "busy":
            self.reply(message, 486, "Busy Here", tag)
            return
        self.reply(message, 180, "Ringing", tag)
        self.talks[key] = Talk(message, tag)
        if self.behaviour != "rings":
            self.answer(message, tag)
            self.talks[key].answered_at = time.monotonic()

    def answer(self, invite, tag):
        body = offers.offer(self.link.host, self.ear.port, (self.payload,))
        self.reply(invite, 200, "OK", tag,
                   [("Contact", self.contact), ("Content-Type", "application/sdp")], body)

    def talk(self, talk, now):
        age = now - talk.answered_at if talk.answered_at else 0.0
        if talk.sound_to and talk.answered_at and self.behaviour != "vanishes":
            self.ear.send(talk.sound_to, self.payload, b"\xd5" * 160)
        if self.behaviour == "hangs_up" and age > TALK_S:
            self.hang_up(talk)
        elif age > 60:
            self.talks.pop(talk.invite.get("call-id"), None)

    def hang_up(self, talk):
        del self.talks[talk.invite.get("call-id")]
        invite = talk.invite
        rows = self.head("BYE", invite.get("from"), invite.get("call-id"), 77)
        rows[2] = ("From", f"{invite.get('to')};tag={talk.tag}")
        target = sip_message.uri_in(invite.get("contact"))
        self.link.send(sip_message.build(f"BYE {target} SIP/2.0", rows))

    def reply(self, request, status, phrase, tag="", extra=(), body=""):
        to = request.get("to")
        if tag and not request.to_tag:
            to += f";tag={tag}"
        rows = [("Via", via) for via in request.all("via")]
        rows += [("From", request.get("from")), ("To", to), ("Call-ID", request.get("call-id")),
                 ("CSeq", request.get("cseq"))] + list(extra)
        self.link.send(sip_message.build(f"SIP/2.0 {status} {phrase}", rows, body))
