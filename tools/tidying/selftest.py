"""Each rule shown something bad, and its near neighbour that is fine."""
import pathlib
import tempfile

from . import actions, arrows, cplusplus, files

ALLOWED = {"base": set(), "sip": {"base"}, "call": {"sip", "base"}, "flow": {"call", "base"},
           "actions": {"flow", "call", "base"}, "host": {"sip", "base"}, "store": {"base"}}


def lines(count, line="  step();\n"):
    return line * count


def function(body_lines, head="void walk() {\n"):
    return head + lines(body_lines) + "}\n"


# (file name, text, rules that must be found, in order of the lines)
SAMPLES = [
    # how long
    ("server/sip/a.cpp", function(68), []),
    ("server/sip/a.cpp", function(69), ["function-length"]),
    ("server/sip/a.cpp", function(69, "Via::Via(int a) : a_{a}, b_(a) {\n"), ["function-length"]),
    ("server/sip/a.cpp", function(69, "auto f() -> Result<int> {\n"), ["function-length"]),
    ("server/sip/a.cpp", function(69, "void f() const noexcept {\n"), ["function-length"]),
    ("server/sip/a.cpp", function(69, "void f(Options o = {}) {\n"), ["function-length"]),
    ("server/sip/a.cpp", function(69, "TEST(Via, Parses) {\n"), ["function-length"]),
    ("server/sip/a.cpp", function(69, "const auto f = [] {\n"), ["function-length"]),
    ("server/sip/a.cpp", "void f() {\n  g([&] {\n" + lines(67) + "  });\n}\n", ["function-length"]),
    ("server/sip/a.cpp", "class A {\n public:\n" + function(69) + "};\n", ["function-length"]),
    ("server/sip/a.cpp", "namespace a {\n" + function(40) + function(40) + "}\n", []),
    ("server/sip/a.cpp", "struct A {\n" + lines(80, "  int a;\n") + "};\n", []),
    ("server/sip/a.cpp", "struct alignas(64) A {\n" + function(40) + function(40) + "};\n", []),
    ("server/sip/a.cpp", "const Row rows[] = {\n" + lines(80, "  {1, f()},\n") + "};\n", []),
    ("server/sip/a.cpp", "const Rows rows{\n" + lines(80, "  {1, f()},\n") + "};\n", []),
    ("server/sip/a.cpp", "INSTANTIATE(A, Values(\n" + lines(80, "  Row{1, f()},\n") + "));\n", []),
    ("server/sip/a.cpp", "enum class A {\n" + lines(80, "  a,\n") + "};\n", []),
    ("server/sip/a.cpp", "const int max = 65'535;\n" + function(69), ["function-length"]),
    ("server/sip/a.cpp", "// {\n/* { */\nchar a = '{', b[] = \"{\\\"{\";\n" + function(68), []),
    ("server/sip/a.cpp", 'auto t = R"x({ " )x";\n' + function(69), ["function-length"]),
    ("server/sip/a.cpp", "#define OPEN {\n" + function(68), []),
    ("tools/a.py", "def f():\n" + lines(70, "    g()\n"), ["function-length"]),
    ("tools/a.py", "def f():\n" + lines(69, "    g()\n"), []),
    ("server/sip/a.cpp", lines(500, "int a;\n"), []),
    ("server/sip/a.cpp", lines(501, "int a;\n"), ["file-length"]),
    ("server/sip/a.cpp", "// " + "a" * 97 + "\n", []),
    ("server/sip/a.cpp", "// " + "ä" * 97 + "\n", []),
    ("server/sip/a.cpp", "// " + "a" * 98 + "\n", ["line-length"]),
    ("web/src/a.tsx", "const a = `" + "a" * 98 + "`\n", []),
    ("web/src/a.tsx", "// TO" "DO: later\n", ["promise"]),
    ("tests/web/a.mjs", "// " + "a" * 98 + "\n", ["line-length"]),
    ("tools/nodejs/package-lock.json", '  "resolved": "https://a.example/b.tgz",\n', ["registry"]),
    ("package-lock.json", '  "resolved": "web",\n', []),
    ("server/sip/README.md", lines(41, "a\n"), ["readme-length"]),
    ("server/sip/README.md", lines(40, "a\n"), []),
    # what it is called, what it promises
    ("server/sip/util.cpp", "", ["name"]),
    ("server/sip/uri_helpers.hpp", "// a\n", ["name"]),
    ("server/common/uri.hpp", "// a\n", ["name"]),
    ("server/sip/utility_meter.cpp", "", []),
    ("server/sip/a.cpp", "// TO" "DO: later\n", ["promise"]),
    ("server/sip/a.cpp", "int a;  // FIX" "ME\n", ["promise"]),
    ("tests/corpus/util.txt", "TO" "DO " + "a" * 200, []),
    ("server/sip/a.hpp", "#pragma once\n", ["header-comment"]),
    ("server/sip/a.hpp", "// What an a is.\n#pragma once\n", []),
    # tests
    ("server/sip/a_test.cpp", "void f() { std::this_thread::sleep_for(1s); }\n", ["sleep"]),
    ("server/sip/a_test.cpp", "void f() { usleep(3); }\n", ["sleep"]),
    ("server/sip/a_test.cpp", "void f() { sleep(3); }\n", ["sleep"]),
    ("server/sip/a_test.cpp", "void f() { call.sleep(3s); }\n", []),
    ("server/sip/a_test.cpp", "void f() { GTEST_SKIP(); }\n", ["skipped-test"]),
    ("server/sip/a_test.cpp", "TEST(A, DISABLED_B) {}\n", ["skipped-test"]),
    # arrows and the sans-I/O law
    ("server/sip/a.cpp", '#include "base/time.hpp"\n#include "sip/via.hpp"\n', []),
    ("server/sip/a.cpp", '#include "call/call.hpp"\n', ["arrow"]),
    ("server/base/a.hpp", '// a\n#include "sip/via.hpp"\n', ["arrow"]),
    ("actions/a/a.cpp", '#include "flow/action.hpp"\n#include "answer.hpp"\n', []),
    ("actions/a/a.cpp", '#include "sip/via.hpp"\n', ["arrow"]),
    ("actions/a/a.cpp", '#include "actions/b/b.hpp"\n', ["arrow"]),
    ("server/main.cpp", '#include "host/host.hpp"\n', []),
    ("server/sip/a.cpp", "#include <sys/socket.h>\n", ["sans-io"]),
    ("server/sip/a.cpp", "#include <fstream>\n", ["sans-io"]),
    ("server/sip/a_test.cpp", "#include <fstream>\n", []),
    ("server/host/a.cpp", "#include <sys/socket.h>\n", []),
    ("server/call/a.cpp", "auto n = std::chrono::steady_clock::now();\n", ["sans-io"]),
    ("server/host/a.cpp", "auto n = std::chrono::steady_clock::now();\n", []),
]

MANIFEST = '{"name": "a"}'
TWO_SCENARIOS = "scenario: one\nscenario: two\n"
FOLDERS = [
    ({"action.json": MANIFEST, "a.cpp": "", "a.flow": TWO_SCENARIOS, "README.md": ""}, 0),
    ({"action.json": MANIFEST, "a.flow": TWO_SCENARIOS, "README.md": ""}, 1),
    ({"action.json": MANIFEST, "a.cpp": ""}, 2),
    ({"action.json": MANIFEST, "a.cpp": "", "a.flow": "scenario: one\n", "README.md": ""}, 1),
    ({"action.json": '{"name": "b"}', "a.cpp": "", "a.flow": TWO_SCENARIOS, "README.md": ""}, 1),
    ({"action.json": "{", "a.cpp": "", "a.flow": TWO_SCENARIOS, "README.md": ""}, 1),
]

CMAKE = """strowger_room(base LINK fmt::fmt)
strowger_room(sip USES base LINK OpenSSL::Crypto)  # strowger_room(ghost USES sip)
strowger_actions(USES flow base)
strowger_room(sim IN ${CMAKE_SOURCE_DIR}
  USES sip base)
"""


def rules_found(name, text):
    found = files.check(name, text)
    if name.endswith((".cpp", ".hpp")):
        found += cplusplus.check(name, text) + arrows.check(name, text, ALLOWED)
    return [finding.rule for finding in sorted(found)]


def findings_in_folder(contents):
    with tempfile.TemporaryDirectory() as root:
        folder = pathlib.Path(root) / "actions" / "a"
        folder.mkdir(parents=True)
        for name, text in contents.items():
            (folder / name).write_text(text)
        return len(actions.check(pathlib.Path(root), [f"actions/a/{name}" for name in contents]))


def run():
    """(passed, failed); tells each failure."""
    results = [(name, text, want, rules_found(name, text)) for name, text, want in SAMPLES]
    results += [("actions/a", str(contents), want, findings_in_folder(contents))
                for contents, want in FOLDERS]
    results.append(("CMakeLists.txt", CMAKE, {"base": set(), "sip": {"base"},
                                              "actions": {"flow", "base"}, "sim": {"sip", "base"}},
                    arrows.read(CMAKE)))
    failures = [result for result in results if result[2] != result[3]]
    for name, text, want, got in failures:
        print(f"self-test: {name}: expected {want}, got {got}, for:\n{text[:200]}")
    return len(results) - len(failures), len(failures)
