"""One breach of a rule, as it is printed."""
import typing


class Finding(typing.NamedTuple):
    file: str
    line: int
    rule: str  # for the self-test; people read `what`
    what: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.what}"


def at(text, index):
    """The line number of text[index]."""
    return text.count("\n", 0, index) + 1
