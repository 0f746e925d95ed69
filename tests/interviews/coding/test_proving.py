"""A recruiter's try at a task: every test with what was printed, and one try at a time."""

from pathlib import Path

from interviews.coding import proving, tasks
from interviews.coding.judging import Verdict
from providers.sandbox.base import Case, Outcome, Program
from tests.interviews.coding.sandboxes import ScriptedSandbox, echo

GREETING = tasks.own(Path(__file__).with_name("own_task.yaml").read_text(encoding="utf-8"))


def test_a_try_shows_what_the_hidden_tests_print() -> None:
    verdict = proving.attempt(GREETING, "print(1)", "python", ScriptedSandbox())
    assert verdict is not None
    assert [(test.name, test.stdout) for test in verdict.tests] == [
        ("a short name", "Ann\n"),
        ("two words", "Ann Lee\n"),
    ]


def test_while_somebody_tries_nobody_else_does() -> None:
    seconds = list[Verdict | None]()

    def meanwhile(program: Program, case: Case) -> Outcome:
        seconds.append(proving.attempt(GREETING, "print(2)", "python", ScriptedSandbox(), wait_s=0))
        return echo(program, case)

    first = proving.attempt(GREETING, "print(1)", "python", ScriptedSandbox(meanwhile))
    assert (first is not None, seconds) == (True, [None, None])
    assert proving.attempt(GREETING, "print(2)", "python", ScriptedSandbox(), wait_s=0) is not None
