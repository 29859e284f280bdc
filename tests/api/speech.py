"""Text to speech on a real server, with espeak-ng and without."""
import os

from server import ACCOUNT, Server, expect


def speak(server, text, voice="en-gb", name="Spoken"):
    return server.told("POST", f"{ACCOUNT}/media/speech",
                       {"name": name, "text": text, "voice": voice})


def voices(server):
    status, told = server.told("GET", "/api/v1/speech/voices")
    expect((status, told["installed"]), (200, True))
    known = {voice["id"]: voice for voice in told["voices"]}
    expect(known["en-gb"]["name"], "English (Great Britain)")
    assert "de" in known and len(known) == len(told["voices"]), known


def text_is_heard(server):
    for voice, text in (("en-gb", "We are closed. Please call again tomorrow."),
                        ("de", "Grüß Gott, die Straße ist gesperrt.")):
        status, media = speak(server, text, voice)
        expect(status, 201)
        assert 1_000 < media["duration_ms"] < 10_000, media
        status, headers, sound = server.ask("GET", f"{ACCOUNT}/media/{media['id']}/audio.wav")
        expect((status, headers["Content-Type"], sound[:4]), (200, "audio/wav", b"RIFF"))
        assert len(set(sound[44:])) > 50, "silence"


def text_is_only_text(server):
    before = sorted(os.listdir(server.root))
    for text in ("--version", "-f /etc/passwd", "$(touch /tmp/x)", "`id`; touch x", "|tee y",
                 "[[_^_]]", "<audio src='/etc/passwd'/>", "\u202ex"):
        status, told = speak(server, text)
        assert status in (201, 422), (text, status, told)
    for text, voice in (("\x01+99S", "en-gb"), ("x", "../../../etc/passwd"), ("x", "-f/etc/passwd"),
                        ("x" * 2_001, "en-gb"), ("", "en-gb")):
        expect(speak(server, text, voice)[0], 422)
    expect(sorted(os.listdir(server.root)), before)


def without_espeak(server):
    with Server(server.program, PATH="") as bare:
        bare.log_in()
        expect(bare.told("GET", "/api/v1/speech/voices"), (200, {"installed": False, "voices": []}))
        status, problem = speak(bare, "Hello")
        expect((status, problem["detail"]), (503, "espeak-ng is not installed"))


CASES = [voices, text_is_heard, text_is_only_text, without_espeak]
