"""Rules for C++: how long functions are, what headers say first, what tests may not do."""
import re

from .files import FUNCTION_LINES_MAX
from .finding import Finding, at

# Comments, literals and numbers in one sweep: 65'535 is no character, "// {" opens nothing.
LEXEME = re.compile(r"""
    //(?:\\\n|[^\n])*
  | /\*.*?\*/
  | (?<!\w)(?:u8|[uUL])?R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"
  | (?<!\w)(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"
  | (?<!\w)(?:u8|[uUL])?'(?:[^'\\\n]|\\.)+'
  | (?<!\w)\.?\d(?:'?[\w.])*
  | ^[ \t]*\#(?:\\\n|[^\n])*
""", re.X | re.S | re.M)
TYPE_HEAD = re.compile(r"^(?:template\s*<.*>\s*)?(?:class|struct|union|enum)\b[^()]*$", re.S)
ALIGNAS = re.compile(r"\balignas\([^()]*\)")
ACCESS = re.compile(r"^\s*(?:public|private|protected)\s*$")
BODY_FOLLOWS = re.compile(r"(?:[)}]|\b(?:const|noexcept|override|final|mutable|try)|&)$")
LAMBDA_FOLLOWS = re.compile(r"=\s*\[[^\[\]]*\]$")
SLEEP = re.compile(r"\b(?:sleep_for|sleep_until|usleep|nanosleep)\b|(?<![\w.>:])(?:::)?sleep\s*\(")
SKIP = re.compile(r"\bGTEST_SKIP\b|\bDISABLED_")


def check(name, text):
    code = blank(text)
    found = [Finding(name, first, "function-length",
                     f"this function has {last - first + 1} lines; at most {FUNCTION_LINES_MAX}: "
                     "split it by what it does")
             for first, last in functions(code) if last - first >= FUNCTION_LINES_MAX]
    if name.endswith(".hpp") and not text.startswith("//"):
        found.append(Finding(name, 1, "header-comment",
                             "begin with a comment that says what this header is for"))
    if name.endswith("_test.cpp"):
        found += [Finding(name, at(code, match.start()), "sleep",
                          "a test does not sleep: move virtual time on instead")
                  for match in SLEEP.finditer(code)]
        found += [Finding(name, at(code, match.start()), "skipped-test",
                          "a skipped test tests nothing: repair or delete it")
                  for match in SKIP.finditer(code)]
    return found


def blank(text):
    """The text with comments, literals and preprocessor lines emptied; lines keep their numbers."""
    def emptied(match):
        lexeme = match[0]
        if lexeme[0].isdigit() or lexeme[0] == ".":
            return lexeme.replace("'", "_")
        is_note = lexeme.lstrip().startswith(("//", "/*", "#"))
        return ("" if is_note else '""') + "\n" * lexeme.count("\n")
    return LEXEME.sub(emptied, text)


def functions(code):
    """(first line, last line) of each function; lambdas and local types belong to the outer one.

    A head is the text since the last thing that ended at this level: it decides whether an opening
    brace begins a namespace, a type, a function or an initialiser.
    """
    found = []
    stack = []  # (kind, first line) of each open brace
    head_at = 0
    parens = 0
    for index, char in enumerate(code):
        if stack and stack[-1][0] in ("function", "initialiser") and char not in "{}":
            continue
        if char == "(":
            parens += 1
        elif char == ")":
            parens -= 1
        elif char == "{":
            kind, first = opening(code, head_at, index, stack, parens)
            stack.append((kind, first))
            if kind == "scope":
                head_at = index + 1
        elif char == "}" and stack:
            kind, first = stack.pop()
            if kind == "function" and not (stack and stack[-1][0] == "function"):
                found.append((first, at(code, index)))
            # After `member_{1}` the head of the constructor goes on.
            if kind != "initialiser":
                head_at = index + 1
        elif char == ";" and parens == 0:
            head_at = index + 1
        elif char == ":" and ACCESS.match(code[head_at:index]):
            head_at = index + 1
    return found


def opening(code, head_at, index, stack, parens):
    """What the brace at `index` begins: (kind, line of its head)."""
    if stack and stack[-1][0] in ("function", "initialiser"):
        return stack[-1]
    head = ALIGNAS.sub("", code[head_at:index]).strip()
    first = at(code, index - len(code[head_at:index].lstrip()))
    if parens > 0 or head.endswith("="):
        return "initialiser", first
    if re.search(r"\bnamespace\b|^extern\b[^()]*$", head) or TYPE_HEAD.match(head):
        return "scope", first
    if LAMBDA_FOLLOWS.search(head):
        return "function", first
    after_arguments = head[head.rfind(")") + 1:]
    if "(" in head and (BODY_FOLLOWS.search(head) or "->" in after_arguments
                        or "requires" in after_arguments):
        return "function", first
    return "initialiser", first
