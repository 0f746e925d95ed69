"""Programs that would have the judge believe them: what they print, break or read changes no verdict."""

import dataclasses
from pathlib import Path

import pytest

from interviews.coding.definitions import ACCEPTS, Bug, Kind, Task, TaskLimits, Test
from interviews.coding.judging import Verdict, judge
from providers.sandbox.base import Case, Limits, Program, Status
from providers.sandbox.bubblewrap import Bubblewrap
from providers.sandbox.languages import Toolchain, interpreter
from tests.providers.sandbox.conftest import Box

TEXTS = dict.fromkeys(("en", "zh-hans", "ru", "ko"), "x")
TASK = Task(
    "t", Kind.FUNCTION, ("algo",), 1, 10, (), TEXTS, TEXTS, {"python": TEXTS, "javascript": TEXTS},
    visible=(Test("one", "[2]", "4"),), hidden=(Test("two", "[3]", "9"), Test("three", "[-5]", "25")),
    limits=TaskLimits(1, 128), entry={"python": "square", "javascript": "square"},
)  # fmt: skip
RIGHT = "def double(x):\n    return x * 2\n"
TESTING = dataclasses.replace(
    TASK,
    kind=Kind.TESTING,
    subject={"python": RIGHT},
    bugs=tuple(Bug(f"b{number}", number == 0, {"python": RIGHT.replace("2", str(number))}) for number in (0, 1, 3, 4)),
    visible=(Test(ACCEPTS, "", ""), Test("catches: b0", "", "")),
    hidden=tuple(Test(f"catches: b{number}", "", "") for number in (1, 3, 4)),
)

PYTHON = {
    "prints the mark": "def square(n):\n    print('\\n\\x1e4\\n', flush=True)\n",
    "prints the mark when it ends": "import atexit\natexit.register(print, '\\n\\x1e4')\ndef square(n): return 0\n",
    "ends early": "import os, sys\nsys.stdout.write('\\n\\x1e4\\n'); sys.stdout.flush(); os._exit(0)\n",
    "changes json": "import json\njson.dumps = lambda *_, **__: '4'\ndef square(n): pass\n",
    "changes what it is called by": "def square(n): pass\ndef _viva_call(): print('\\n\\x1e4')\n",
    "an equal to everything": "class E(int):\n    def __eq__(self, o): return True\ndef square(n): return E(4)\n",
    "no number": "def square(n): return float('nan')\n",
    "a deep value": "def square(n):\n    print('\\n\\x1e' + '[' * 30000); import os; os._exit(0)\n",
    "a long number": "def square(n):\n    print('\\n\\x1e' + '9' * 60000, flush=True); import os; os._exit(0)\n",
    "a verdict": "def square(n):\n    print('{\"status\": \"ok\", \"hidden_passed\": 2}'); return {'status': 'ok'}\n",
}
JAVASCRIPT = {
    "prints the mark": "function square(n) { console.log('\\n\\x1e4'); process.exit(0); }",
    "changes JSON": "JSON.stringify = () => '4'; function square(n) {}",
    "prints when it ends": "process.on('exit', () => console.log('\\n\\x1e4')); function square(n) {}",
    "a value with ideas": "function square(n) { return { toJSON: () => 4, valueOf: () => n * n }; }",
    "a promise without an end": "function square(n) { return new Promise(() => {}); }",
}


def hidden_passed(box: Box, task: Task, source: str, language: str = "python") -> Verdict:
    return judge(task, source, language, None, box.sandbox, hidden=True)


@pytest.mark.parametrize("source", PYTHON.values(), ids=PYTHON)
def test_python_that_forges_a_value_knows_no_other_input(box: Box, source: str) -> None:
    """What it gives as its value may be right by chance for the test it was shown, and for no hidden one."""
    assert hidden_passed(box, TASK, source).hidden_passed == 0


@pytest.mark.parametrize("source", JAVASCRIPT.values(), ids=JAVASCRIPT)
def test_javascript_that_forges_a_value(box: Box, source: str) -> None:
    if "javascript" not in box.sandbox.languages():
        pytest.skip("no node here")
    assert hidden_passed(box, TASK, source, "javascript").hidden_passed == 0


NO_TESTS = {
    "always content": "",
    "never content": "raise SystemExit(1)",
    "kills itself": "import os; os.kill(os.getpid(), 9)",
    "waits for ever": "while True: pass",
    "counts by its number": "import os, sys; sys.exit(os.getpid() != 2)",
    "leaves a note": "import os, sys\nsys.exit(os.path.exists('/tmp/note') or open('/tmp/note', 'w').close())",
    "breaks what runs it": """
import os
for number in range(99):
    for name in (f".{number}", f".{number}.1"): os.makedirs(f"/tmp/{name}/a/b")
""",
}


@pytest.mark.parametrize("source", NO_TESTS.values(), ids=NO_TESTS)
def test_tests_that_test_nothing_catch_nothing(box: Box, source: str) -> None:
    verdict = hidden_passed(box, TESTING, source)
    assert verdict.hidden_passed == 0, verdict
    assert not any(test.passed for test in verdict.tests)


def test_tests_that_test_something(box: Box) -> None:
    verdict = hidden_passed(box, TESTING, "from subject import double\nassert double(5) == 10")
    assert (verdict.status, verdict.hidden_passed) == ("ok", 3)


def test_what_a_compiler_leaves_is_files_and_nothing_else(box: Box, tmp_path: Path) -> None:
    """Links, pipes and sockets do not come back: neither would the server follow them, nor the runner wait for them."""
    (tmp_path / "secret").write_text("not for them")
    compiler = f"""
import os, socket
os.symlink("/etc/passwd", "main"); os.symlink("{tmp_path}/secret", "secret"); os.symlink("/", "folder")
os.mkfifo("pipe"); socket.socket(socket.AF_UNIX).bind("socket"); open("made", "w").write("x")
os.mkdir("below"); os.symlink("/etc", "below/etc"); open("below/too", "w").write("y")
"""
    binary, needs = interpreter()
    toolchain = Toolchain(
        "odd", "Odd", (), "main.py", (binary, "main.py"), needs, (binary, "-S", "compiler.py"), needs,
        files={"compiler.py": compiler},
    )  # fmt: skip
    source = "import os; print(sorted(os.listdir()), os.listdir('below'))"
    assert isinstance(box.sandbox, Bubblewrap)
    ran = box.sandbox._run(toolchain, Program("odd", source), [Case()], Limits())
    assert [(one.status, one.stdout) for one in ran.outcomes] == [
        (Status.OK, "['below', 'compiler.py', 'made', 'main.py'] ['too']\n")
    ], ran
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
