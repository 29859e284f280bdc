"""Answers of RFC 7616 to a challenge, written for the tests alone."""

import hashlib
import re

ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def challenges(reply):
    """The WWW-Authenticate headers of a reply as dictionaries, in order."""
    return [{name.lower(): quoted or plain for name, quoted, plain in
             re.findall(r'([A-Za-z]+)=(?:"([^"]*)"|([^\s,]+))', value)}
            for value in reply.all("www-authenticate")]


def answer(challenge, user, password, method, uri, count=1, realm=None):
    """The value of an Authorization header."""
    name = challenge.get("algorithm", "MD5")

    def digest(text):
        return ALGORITHMS[name](text.encode()).hexdigest()
    realm = realm or challenge["realm"]
    counted = f"{count:08x}"
    ha1 = digest(f"{user}:{realm}:{password}")
    ha2 = digest(f"{method}:{uri}")
    response = digest(f"{ha1}:{challenge['nonce']}:{counted}:c0ffee:auth:{ha2}")
    return (f'Digest username="{user}", realm="{realm}", nonce="{challenge["nonce"]}", '
            f'uri="{uri}", response="{response}", algorithm={name}, qop=auth, nc={counted}, '
            f'cnonce="c0ffee"')
