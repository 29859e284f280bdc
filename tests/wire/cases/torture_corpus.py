"""The torture corpus over UDP and TCP; see torture.py for running it by itself."""

import torture
from judge import expect
from runner import case


@case("torture: RFC 4475, RFC 5118 and the hostile set by expect.tsv, alive after each", alone=True)
def corpus(world):
    passed, failed = torture.run(world.program)
    world.note(f"torture: {passed} of {passed + failed} messages passed")
    expect(failed == 0, f"{failed} of {passed + failed} messages failed")
