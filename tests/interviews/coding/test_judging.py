"""What is thought of a program: by each kind of task, and what of it may be known."""

import shutil
from typing import Any

import pytest

from interviews.coding import harness
from interviews.coding.definitions import ACCEPTS, Bug, Kind, Task, TaskLimits, Test
from interviews.coding.judging import judge
from providers.sandbox.base import Case, NoSandbox, Outcome, Program, Status
from tests.interviews.coding.sandboxes import BrokenSandbox, PlainSandbox, ScriptedSandbox

LANGUAGES = ("en", "zh-hans", "ru", "ko")


def task(kind: Kind = Kind.PROGRAM, **fields: Any) -> Task:
    texts = dict.fromkeys(LANGUAGES, "x")
    given = {
        "task_id": "t",
        "kind": kind,
        "position_types": ("backend",),
        "difficulty": 1,
        "limit_minutes": 10,
        "topics": (),
        "titles": texts,
        "statements": texts,
        "starters": {"python": texts, "javascript": texts},
        "limits": TaskLimits(1.5, 128),
        **fields,
    }
    return Task(**given)


SUM = task(
    visible=(Test("two", "1 2", "3"), Test("one", "4", "4")),
    hidden=(Test("none", "", "0"), Test("big", "9 9", "18")),
)
PLAIN = PlainSandbox()
ADDING = "print(sum(map(int, input().split())))"
WHOLE = "import sys\nprint(sum(map(int, sys.stdin.read().split())))"


def statuses(tests: Any) -> list[tuple[str, str]]:
    return [(test.name, test.status) for test in tests]


def test_the_visible_tests_of_a_program() -> None:
    verdict = judge(SUM, ADDING, "python", None, PLAIN)
    assert statuses(verdict.tests) == [("two", "ok"), ("one", "ok")]
    assert (verdict.status, verdict.hidden, verdict.engine) == ("ok", (), "plain")
    assert verdict.tests[0].stdout == "3\n"


def test_the_hidden_tests_keep_their_output_to_themselves() -> None:
    verdict = judge(SUM, ADDING, "python", None, PLAIN, hidden=True)
    assert statuses(verdict.hidden) == [("none", "runtime_error"), ("big", "ok")]
    assert [test.stdout for test in verdict.hidden] == ["", ""]
    assert (verdict.status, verdict.stderr, verdict.hidden_passed) == ("ok", "", 1)
    assert judge(SUM, WHOLE, "python", None, PLAIN, hidden=True).hidden_passed == 2


def test_a_program_that_does_nothing_passes_none() -> None:
    verdict = judge(SUM, "", "python", None, PLAIN, hidden=True)
    assert {test.status for test in (*verdict.tests, *verdict.hidden)} == {"wrong_answer"}


def test_the_sandbox_is_started_once_and_learns_nothing_expected() -> None:
    sandbox = ScriptedSandbox()
    judge(SUM, "x", "go", None, sandbox, hidden=True)
    [(program, cases, limits)] = sandbox.asked
    assert program == Program("go", "x")
    assert cases == [Case("1 2"), Case("4"), Case(""), Case("9 9")]
    assert (limits.cpu_s, limits.memory_mb) == (1.5, 128)


@pytest.mark.parametrize("status", ["time_limit", "memory_limit", "runtime_error", "output_limit"])
def test_the_first_failure_names_the_whole(status: str) -> None:
    def answer(_program: Program, case: Case) -> Outcome:
        good = case.stdin == "1 2"
        return Outcome(Status.OK, 0, "3") if good else Outcome(Status(status), None, "4", "why", 70, 5)

    verdict = judge(SUM, "x", "python", None, ScriptedSandbox(answer))
    assert statuses(verdict.tests) == [("two", "ok"), ("one", status)]
    assert (verdict.status, verdict.stderr, verdict.time_ms, verdict.memory_kb) == (status, "why", 70, 5)


def test_what_does_not_compile_fails_every_test() -> None:
    sandbox = ScriptedSandbox(compiled=Outcome(Status.COMPILE_ERROR, 1, stderr="line 1: no"))
    verdict = judge(SUM, "x", "go", None, sandbox, hidden=True)
    assert {test.status for test in (*verdict.tests, *verdict.hidden)} == {"compile_error"}
    assert (verdict.status, verdict.compile_output) == ("compile_error", "line 1: no")
    run = judge(SUM, "x", "go", "1", sandbox)
    assert (run.status, run.compile_output, run.tests) == ("compile_error", "line 1: no", ())


def test_own_input_runs_once_without_tests() -> None:
    sandbox = ScriptedSandbox()
    verdict = judge(SUM, "x", "python", "5 5", sandbox)
    assert [cases for _, cases, _ in sandbox.asked] == [[Case("5 5")]]
    assert (verdict.status, verdict.stdout, verdict.tests, verdict.time_ms) == ("ok", "5 5", (), 3)


def test_without_a_sandbox_or_the_language_nothing_is_said_of_the_tests() -> None:
    for sandbox, language in (
        (NoSandbox("none here"), "python"),
        (ScriptedSandbox(), "cobol"),
        (BrokenSandbox(), "go"),
    ):
        for stdin in (None, "1"):
            verdict = judge(SUM, "x", language, stdin, sandbox, hidden=stdin is None)
            assert (verdict.status, verdict.available, verdict.tests, verdict.hidden) == ("unavailable", False, (), ())
            assert verdict.stderr == ""


def test_text_is_not_run() -> None:
    sandbox = ScriptedSandbox()
    verdict = judge(task(Kind.WRITTEN, starters={"text": {}}), "words", "text", None, sandbox, hidden=True)
    assert (verdict.status, verdict.tests, sandbox.asked) == ("ok", (), [])


CALLED = task(
    Kind.FUNCTION,
    entry={"python": "next_state", "javascript": "nextState", "typescript": "nextState"},
    visible=(
        Test("add", '[{"items": []}, "a"]', '{"items": ["a"]}'),
        Test("keeps", '[{"items": [1]}, 2]', '{"items": [1, 2.0]}'),
    ),
    hidden=(Test("text", '[{"items": ["ä\\u2028"]}, "ö"]', '{"items": ["ä\\u2028", "ö"]}'),),
)
PYTHON = "def next_state(state, item):\n    print('called')\n    return {'items': state['items'] + [item]}\n"
JAVASCRIPT = "function nextState(state, item) {\n  return { items: [...state.items, item] };\n}\n"


def test_a_function_is_called_with_json_arguments() -> None:
    verdict = judge(CALLED, PYTHON, "python", None, PLAIN, hidden=True)
    assert [test.status for test in (*verdict.tests, *verdict.hidden)] == ["ok"] * 3
    assert verdict.tests[0].stdout == 'called\n{"items": ["a"]}'


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
@pytest.mark.parametrize("source", [JAVASCRIPT, "async " + JAVASCRIPT, JAVASCRIPT + "module.exports = { nextState }"])
def test_a_function_in_javascript(source: str) -> None:
    verdict = judge(CALLED, source, "javascript", None, PLAIN, hidden=True)
    assert [test.status for test in (*verdict.tests, *verdict.hidden)] == ["ok"] * 3, verdict


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("", "runtime_error"),
        ("def next_state(state, item):\n    return {1, 2}", "runtime_error"),
        ("def next_state(state, item):\n    return float('nan')", "runtime_error"),
        ("def next_state(state, item):\n    return None", "wrong_answer"),
        ("import os\nprint('\\n\\x1e{}')\ndef next_state(*_):\n    os._exit(0)", "wrong_answer"),
        ("raise SystemExit(0)", "wrong_answer"),
    ],
)
def test_a_function_that_is_wrong(source: str, status: str) -> None:
    verdict = judge(CALLED, source, "python", None, PLAIN, hidden=True)
    assert {test.status for test in (*verdict.tests, *verdict.hidden)} == {status}


def test_a_function_with_own_arguments() -> None:
    verdict = judge(CALLED, PYTHON, "python", '[{"items": [7]}, 8]', PLAIN)
    assert (verdict.status, verdict.stdout) == ("ok", 'called\n{"items": [7, 8]}')


def test_a_query_is_run_on_its_schema() -> None:
    asked = task(
        Kind.SQL, setup="CREATE TABLE t (a);", ordered=False, visible=(Test("rows", "INSERT …", "1|a\n2|b"),)
    )  # fmt: skip
    sandbox = ScriptedSandbox(lambda _program, _case: Outcome(Status.OK, 0, "2|b\n1|a\n"))
    verdict = judge(asked, "SELECT 1", "sql", None, sandbox)
    assert sandbox.asked[0][0] == Program("sql", "SELECT 1", {"setup.sql": "CREATE TABLE t (a);"})
    assert statuses(verdict.tests) == [("rows", "ok")]


BUGS = (
    Bug("seen", True, {"python": "def double(x):\n    return x"}),
    Bug("unseen", False, {"python": "def double(x):\n    return x * 2 if x > 0 else x"}),
)
TESTING = task(
    Kind.TESTING,
    subject={"python": "def double(x):\n    return x * 2"},
    bugs=BUGS,
    visible=(Test(ACCEPTS, "", ""), Test("catches: seen", "", "")),
    hidden=(Test("catches: unseen", "", ""),),
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from subject import double\nassert double(2) == 4\nassert double(-1) == -2", ["ok", "ok", "ok"]),
        ("from subject import double\nassert double(2) == 4", ["ok", "ok", "wrong_answer"]),
        ("from subject import double\nassert double(-1) == -2", ["ok", "ok", "ok"]),
        ("", ["wrong_answer"] * 3),
        ("assert False", ["runtime_error", "wrong_answer", "wrong_answer"]),
        ("def", ["runtime_error", "wrong_answer", "wrong_answer"]),
    ],
)
def test_tests_accept_the_correct_program_and_catch_faulty_ones(source: str, expected: list[str]) -> None:
    verdict = judge(TESTING, source, "python", None, PLAIN, hidden=True)
    assert [test.status for test in (*verdict.tests, *verdict.hidden)] == expected


def test_no_test_shows_a_faulty_program() -> None:
    source = "import sys\ntext = open('subject.py').read()\nprint(text)\nsys.exit(text)"
    for hidden in (False, True):
        verdict = judge(TESTING, source, "python", None, PLAIN, hidden=hidden)
        assert "return x\n" not in repr(verdict.kept()).replace("\\n", "\n")
        assert "x > 0" not in repr(verdict.kept())


@pytest.mark.parametrize(
    "source",
    [
        "text = open('subject.py').read()\nassert text == 'def double(x):\\n    return x * 2'",
        "import os\nassert os.path.getsize('subject.py') == 32",
        "assert open('subject.py').read() != 'def double(x):\\n    return x'",
    ],
    ids=["text", "size", "faulty text"],
)
def test_neither_text_nor_size_tells_the_correct_program(source: str) -> None:
    verdict = judge(TESTING, source, "python", None, PLAIN, hidden=True)
    assert not any(test.passed for test in (*verdict.tests, *verdict.hidden))


@pytest.mark.parametrize(("language", "comment"), [("python", "# "), ("javascript", "// "), ("typescript", "// ")])
def test_a_module_is_hidden_by_another_comment_each_time(language: str, comment: str) -> None:
    some = {harness.disguised("x = 1\n", language) for _ in range(20)}
    assert len(some) == 20
    assert len({len(one) for one in some}) > 1
    assert all(one.startswith(f"x = 1\n{comment}") and one.count("\n") == 2 for one in some)


def test_what_hangs_has_caught_nothing() -> None:
    def answer(_program: Program, case: Case) -> Outcome:
        return Outcome(Status.TIME_LIMIT if case.files else Status.OK)

    verdict = judge(TESTING, "x", "python", None, ScriptedSandbox(answer), hidden=True)
    assert [test.status for test in (*verdict.tests, *verdict.hidden)] == ["wrong_answer", "time_limit", "time_limit"]


def test_what_is_kept_is_json() -> None:
    kept = judge(SUM, ADDING, "python", None, PLAIN, hidden=True).kept()
    assert sorted(kept) == [
        "compile_output", "engine", "hidden", "memory_kb", "status", "stderr", "stdout", "tests", "time_ms",
    ]  # fmt: skip
    assert kept["hidden"][1] == {"name": "big", "status": "ok", "time_ms": 5, "memory_kb": 1000, "stdout": ""}
