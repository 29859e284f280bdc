"""SRTP by the letter of RFC 3711, to open what the server sends: no library of ours. AES is the
openssl command's."""

import base64
import hashlib
import hmac
import os
import struct
import subprocess

from sip_caller import Failure

TAG_BYTES = {"AES_CM_128_HMAC_SHA1_80": 10, "AES_CM_128_HMAC_SHA1_32": 4}


def fresh_key():
    return base64.b64encode(os.urandom(30)).decode()


def counter_mode(key, start, text):
    """AES in counter mode (RFC 3711 4.1.1); `start` is the counter as a number."""
    done = subprocess.run(["openssl", "enc", "-aes-128-ctr", "-K", key.hex(),
                           "-iv", start.to_bytes(16, "big").hex()],
                          input=text, capture_output=True, check=True)
    return done.stdout


class Opener:
    """Decrypts the RTP of one sender, whose crypto line this is. Sequence numbers must not wrap."""

    def __init__(self, suite, inline):
        self.tag_bytes = TAG_BYTES[suite]
        master = base64.b64decode(inline.split("|")[0])
        self.master_key, self.master_salt = master[:16], master[16:]
        self.key = self._derived(0, 16)
        self.auth_key = self._derived(1, 20)
        self.salt = self._derived(2, 14)

    def _derived(self, label, size):
        """RFC 3711 4.3.1, with a key derivation rate of 0."""
        start = (int.from_bytes(self.master_salt, "big") ^ label << 48) << 16
        return counter_mode(self.master_key, start, bytes(size))

    def open(self, packet):
        """The payload of an rtp_ear.Packet."""
        head = struct.pack("!BBHII", 0x80, packet.payload_type | (0x80 if packet.marker else 0),
                           packet.sequence, packet.timestamp, packet.ssrc)
        secret, tag = packet.payload[:-self.tag_bytes], packet.payload[-self.tag_bytes:]
        right = hmac.new(self.auth_key, head + secret + bytes(4), hashlib.sha1).digest()
        if right[:self.tag_bytes] != tag:
            raise Failure(f"packet {packet.sequence} is not authentic")
        start = (int.from_bytes(self.salt, "big") << 16 ^ packet.ssrc << 64
                 ^ packet.sequence << 16)
        return counter_mode(self.key, start, secret)
