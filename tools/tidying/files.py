"""Rules for any file of ours: names, lengths, promises of later work."""
import ast
import pathlib
import re

from .finding import Finding

LINES_MAX = 500
COLUMNS_MAX = 100
FUNCTION_LINES_MAX = 70
README_LINES_MAX = 40
DRAWERS = re.compile(r"^(utils?|helpers?|common|misc|managers?)$", re.I)
PROMISES = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")  # split, so that this file keeps its own rule
CODE = {".cpp", ".hpp", ".py", ".cmake", ".in", ".ts", ".tsx", ".mjs", ".css"}
ROOM_README = re.compile(r"^(server/[^/]+|sim|actions/[^/]+)/README\.md$")
REGISTRY = re.compile(r'"resolved": "https?:')
FOREIGN = ("tests/corpus/",)  # kept byte for byte as it was found


def read(path):
    """The text, or "" for what is not text."""
    data = path.read_bytes()
    return "" if b"\0" in data[:4096] else data.decode("utf-8", "replace")


def is_code(name, text):
    path = pathlib.PurePosixPath(name)
    return (path.suffix in CODE or path.name in ("CMakeLists.txt", "Makefile")
            or text.startswith("#!"))


def is_python(name, text):
    return name.endswith(".py") or text.startswith("#!/usr/bin/env python3")


def check(name, text):
    if name.startswith(FOREIGN):
        return []
    found = check_name(name)
    lines = text.splitlines()
    if ROOM_README.match(name) and len(lines) > README_LINES_MAX:
        found.append(Finding(name, README_LINES_MAX + 1, "readme-length",
                             f"{len(lines)} lines; a room's README has at most "
                             f"{README_LINES_MAX}: move the rest to docs/"))
    if is_code(name, text):
        found += check_lines(name, lines)
    if is_python(name, text):
        found += check_python(name, text)
    if name.endswith("package-lock.json"):
        found += check_lock(name, lines)
    return found


def check_name(name):
    drawers = [word for part in pathlib.PurePosixPath(name).parts
               for word in re.split(r"[._-]", part) if DRAWERS.match(word)]
    return [Finding(name, 1, "name", f'"{word}" says nothing: name the file by a noun of the field')
            for word in drawers[:1]]


def check_lines(name, lines):
    found = []
    if len(lines) > LINES_MAX:
        found.append(Finding(name, LINES_MAX + 1, "file-length",
                             f"{len(lines)} lines; at most {LINES_MAX}: split it by concept"))
    # Biome lays TypeScript out to the same width; what it leaves longer is a text without a break.
    wraps = not name.endswith((".ts", ".tsx"))
    for number, line in enumerate(lines, 1):
        if wraps and len(line) > COLUMNS_MAX:
            found.append(Finding(name, number, "line-length",
                                 f"{len(line)} columns; at most {COLUMNS_MAX}: break the line"))
        if PROMISES.search(line):
            found.append(Finding(name, number, "promise",
                                 "promises later work: do it now, or write an issue"))
    return found


def check_lock(name, lines):
    return [Finding(name, number, "registry",
                    "names a registry: take the member out, the hash beside it is enough")
            for number, line in enumerate(lines, 1) if REGISTRY.search(line)]


def check_python(name, text):
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return [Finding(name, error.lineno or 1, "python", f"not Python: {error.msg}")]
    return [Finding(name, node.lineno, "function-length",
                    f"{node.name} has {node.end_lineno - node.lineno + 1} lines; "
                    f"at most {FUNCTION_LINES_MAX}: split it by what it does")
            for node in ast.walk(tree) if isinstance(node, functions)
            and node.end_lineno - node.lineno >= FUNCTION_LINES_MAX]
