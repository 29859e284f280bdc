"""kill -9 in the middle of saves: afterwards every callflow is as before or as after one save,
never a mix, and nothing that was answered is lost."""
import contextlib
import random
import sqlite3
import subprocess
import threading

from server import ACCOUNT, Server, expect

ROUNDS = 8
WRITERS = 4
CODES = (480, 486, 503, 603)
BLOCKS = 150  # so that a document is many pages of the database


def document(writer, number):
    """Says its number on every block."""
    flow = {"module": "response", "data": {"code": CODES[number % len(CODES)], "n": number}}
    for _ in range(BLOCKS):
        flow = {"module": "sleep", "data": {"duration": 0, "n": number}, "children": {"_": flow}}
    return {"id": f"w{writer}", "name": f"Writer {writer}", "numbers": [str(2000 + writer)],
            "flow": flow, "n": number}


def drop_ids(block):
    """The server gives every block one."""
    while block:
        del block["id"]
        block = block.get("children", {}).get("_")


class Writer:
    """Saves one version after the other, publishing each, until the server is gone."""

    def __init__(self, server, which):
        self.server, self.which = server, which
        self.sent = self.answered = 0

    def run(self, saved):
        path = f"{ACCOUNT}/callflows/w{self.which}?publish=true"
        with contextlib.suppress(OSError, ValueError):
            while True:
                self.sent += 1
                status, _, body = self.server.ask("PUT", path, document(self.which, self.sent),
                                                  **self.precondition())
                assert status in (200, 201), (status, body)
                self.answered = self.sent
                saved.release()

    def precondition(self):
        return {"If_None_Match": "*"} if self.sent == 1 else {"If_Match": "*"}

    def check(self):
        """The stored version is one that was sent, whole, live, and no older than answered."""
        path = f"{ACCOUNT}/callflows/w{self.which}"
        status, told = self.server.told("GET", path)
        if self.answered == 0 and status == 404:
            return self.restart_at(0)
        expect(status, 200)
        number = told["document"]["n"]
        assert self.answered <= number <= self.sent, (self.answered, number, self.sent)
        wanted = document(self.which, number)
        stored = {key: told["document"][key] for key in wanted}
        drop_ids(stored["flow"])
        expect(stored, wanted)
        expect((told["revision"], told["published"]), (told["latest"], told["latest"]))
        call = subprocess.run([self.server.program, "call",
                               f"sip:{2000 + self.which}@{self.server.sip}", "--expect-code",
                               str(CODES[number % len(CODES)])],
                              capture_output=True, text=True, timeout=60)
        expect((call.returncode, call.stderr), (0, ""))
        return self.restart_at(number)

    def restart_at(self, number):
        self.sent = self.answered = number


def check_database(server):
    database = sqlite3.connect(f"file:{server.root}/data/strowger.db?mode=ro", uri=True)
    with contextlib.closing(database):
        expect(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        expect(database.execute("PRAGMA foreign_key_check").fetchall(), [])


def killed_save(shared):
    chance = random.Random(20261123)
    with Server(shared.program) as server:
        server.log_in()
        writers = [Writer(server, which) for which in range(WRITERS)]
        for _ in range(ROUNDS):
            saved = threading.Semaphore(0)
            threads = [threading.Thread(target=writer.run, args=(saved,)) for writer in writers]
            for thread in threads:
                thread.start()
            for _ in range(chance.randrange(1, 25)):
                expect(saved.acquire(timeout=60), True)
            server.kill()
            for thread in threads:
                thread.join()
            server.start()
            check_database(server)
            for writer in writers:
                writer.check()


CASES = [killed_save]
