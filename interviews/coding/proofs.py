"""Shows that a task is sound: its solutions pass, its planted wrong ones fail, and who does nothing passes nothing."""

from collections.abc import Iterator
from dataclasses import replace

from interviews.coding.bank_format import generic_starters
from interviews.coding.definitions import ACCEPTS, Kind, Task, Test
from interviews.coding.judging import Tested, Verdict, judge
from providers.sandbox.base import Sandbox

NOTHING = {"python": "pass\n", "javascript": ";\n", "sql": "SELECT 1 WHERE 0;\n"}
AT_ONCE = 2  # tests that a wrong solution is given: most fail one of the first


def problems(task: Task, sandbox: Sandbox) -> Iterator[str]:
    """What is wrong with the task, a line each; nothing for a sound one. In English: for authors of the bank.

    What the sandbox cannot run is left out.
    """
    here = sandbox.languages()
    for language, source in task.solutions.items():
        if language not in here:
            continue
        verdict = judge(task, source, language, None, sandbox, hidden=True)
        failed = [f"{test.name} ({test.status})" for test in _tests(verdict) if not test.passed]
        if not verdict.available:
            yield f"the {language} solution could not be run"
        elif failed:
            said = verdict.compile_output or verdict.stderr
            yield f"the {language} solution fails: {'; '.join(failed)}\n{said}".rstrip()
    for wrong in task.wrong:
        if wrong.language in here and not _fails(task, wrong.language, wrong.source, sandbox):
            yield f"the wrong solution “{wrong.name}” passes every test"
    yield from _beginnings(task, sandbox)


def _beginnings(task: Task, sandbox: Sandbox) -> Iterator[str]:
    languages = [name for name in task.languages if name in NOTHING and name in sandbox.languages()]
    for language in languages[:1]:
        verdict = judge(task, NOTHING[language], language, None, sandbox, hidden=True)
        # Tests that test nothing accept the correct program, which is no merit.
        passed = [test.name for test in _tests(verdict) if test.passed and test.name != ACCEPTS]
        if passed:
            yield f"doing nothing in {language} passes: {'; '.join(passed)}"
    # The frame of every program prints an empty line, which no test expects.
    for language in [name for name in languages if task.starters[name]["en"] != generic_starters()[name]]:
        # What is to be debugged must show it.
        tests = task.visible if task.kind is Kind.DEBUG else ()
        if not _fails(task, language, task.starters[language]["en"], sandbox, tests):
            yield f"the {language} starter passes every {'visible ' if tests else ''}test"


def _fails(task: Task, language: str, source: str, sandbox: Sandbox, tests: tuple[Test, ...] = ()) -> bool:
    """Whether it fails any test, or any of `tests`; hidden ones first."""
    if task.kind is Kind.TESTING:
        return not all(test.passed for test in _tests(judge(task, source, language, None, sandbox, hidden=True)))
    wanted = tests or (*task.hidden[::-1], *task.visible)
    return any(
        not test.passed
        for part in _parts(wanted)
        for test in judge(replace(task, visible=part, hidden=()), source, language, None, sandbox).tests
    )


def _parts(tests: tuple[Test, ...]) -> Iterator[tuple[Test, ...]]:
    return (tests[start : start + AT_ONCE] for start in range(0, len(tests), AT_ONCE))


def _tests(verdict: Verdict) -> tuple[Tested, ...]:
    return verdict.tests + verdict.hidden
