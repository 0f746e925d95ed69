"""Shows that a task is sound: its solutions pass, its planted wrong ones fail, and who does nothing passes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from interviews.coding import wording
from interviews.coding.bank_format import generic_starters
from interviews.coding.definitions import ACCEPTS, Kind, Task, Test
from interviews.coding.judging import Tested, Verdict, judge
from providers.sandbox.base import Sandbox, Status

NOTHING = {"python": "pass\n", "javascript": ";\n", "sql": "SELECT 1 WHERE 0;\n"}
AT_ONCE = 2  # tests that a wrong solution is given: most fail one of the first


class Fault(StrEnum):
    NOT_RUN = "not_run"
    SOLUTION_FAILS = "solution_fails"
    WRONG_PASSES = "wrong_passes"
    NOTHING_PASSES = "nothing_passes"
    STARTER_PASSES = "starter_passes"
    FAULTS_UNSEEN = "faults_unseen"


WORDS: dict[str, Promise] = {
    Fault.NOT_RUN: gettext_lazy("The %(name)s solution could not be run."),
    Fault.SOLUTION_FAILS: gettext_lazy("The %(name)s solution fails: %(tests)s."),
    Fault.WRONG_PASSES: gettext_lazy("The wrong solution “%(name)s” passes every test."),
    Fault.NOTHING_PASSES: gettext_lazy("A %(name)s program that does nothing passes: %(tests)s."),
    Fault.STARTER_PASSES: gettext_lazy("What the editor begins with in %(name)s passes every test."),
    Fault.FAULTS_UNSEEN: gettext_lazy("What is to be debugged in %(name)s passes every visible test."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`name`: of a code language, or of a planted wrong solution. `tests`: names and results. `said`: by a solution."""

    fault: str
    name: str
    tests: tuple[tuple[str, str], ...] = ()
    said: str = ""

    def __str__(self) -> str:
        """In the reader's language."""
        tests = "; ".join(f"{name} ({wording.result(status)})" if status else name for name, status in self.tests)
        named = self.name if self.fault == Fault.WRONG_PASSES else wording.language(self.name)
        return str(WORDS[self.fault]) % {"name": named, "tests": tests}


def problems(task: Task, sandbox: Sandbox) -> Iterator[Problem]:
    """What is wrong with the task; nothing for a sound one. What the sandbox cannot run is left out."""
    return (found for found in steps(task, sandbox) if found is not None)


def steps(task: Task, sandbox: Sandbox) -> Iterator[Problem | None]:
    """The same, with None after each program that does as it should: one may stop between them."""
    here = sandbox.languages()
    for language, source in task.solutions.items():
        if language in here:
            yield _solution(task, language, source, sandbox)
    for wrong in task.wrong:
        if wrong.language in here:
            fails = _fails(task, wrong.language, wrong.source, sandbox)
            yield None if fails else Problem(Fault.WRONG_PASSES, wrong.name)
    yield from _beginnings(task, sandbox)


def _solution(task: Task, language: str, source: str, sandbox: Sandbox) -> Problem | None:
    verdict = _judged(task, language, source, sandbox)
    if not verdict.available:
        return Problem(Fault.NOT_RUN, language)
    failed = tuple((test.name, str(test.status)) for test in _tests(verdict) if not test.passed)
    said = verdict.compile_output or verdict.stderr
    return Problem(Fault.SOLUTION_FAILS, language, failed, said) if failed else None


def _judged(task: Task, language: str, source: str, sandbox: Sandbox) -> Verdict:
    """By all tests, or by the first alone where that has no end: the others would have none either."""
    if task.kind is not Kind.TESTING:
        first = replace(task, visible=task.visible[:1], hidden=())
        verdict = judge(first, source, language, None, sandbox)
        if any(test.status == Status.TIME_LIMIT for test in verdict.tests):
            return verdict
    return judge(task, source, language, None, sandbox, hidden=True)


def _beginnings(task: Task, sandbox: Sandbox) -> Iterator[Problem | None]:
    languages = [name for name in task.languages if name in NOTHING and name in sandbox.languages()]
    for language in languages[:1]:
        verdict = judge(task, NOTHING[language], language, None, sandbox, hidden=True)
        # Tests that test nothing accept the correct program, which is no merit.
        passed = tuple((test.name, "") for test in _tests(verdict) if test.passed and test.name != ACCEPTS)
        yield Problem(Fault.NOTHING_PASSES, language, passed) if passed else None
    # The frame of every program prints an empty line, which no test expects.
    for language in [name for name in languages if task.starters[name]["en"] != generic_starters()[name]]:
        # What is to be debugged must show it.
        tests = task.visible if task.kind is Kind.DEBUG else ()
        fails = _fails(task, language, task.starters[language]["en"], sandbox, tests)
        yield None if fails else Problem(Fault.FAULTS_UNSEEN if tests else Fault.STARTER_PASSES, language)


def _fails(task: Task, language: str, source: str, sandbox: Sandbox, tests: tuple[Test, ...] = ()) -> bool:
    """Whether it fails any test, or any of `tests`; hidden ones first, and none after a failed one."""
    wanted = tests or (*task.hidden[::-1], *task.visible)
    return any(
        not test.passed
        for part in _parts(wanted, 1 if task.kind is Kind.TESTING else AT_ONCE)
        for test in judge(replace(task, visible=part, hidden=()), source, language, None, sandbox).tests
    )


def _parts(tests: tuple[Test, ...], size: int) -> Iterator[tuple[Test, ...]]:
    """The first alone: who has no end has none in the next either, and would be waited for twice."""
    return (tests[max(start, 0) : start + size] for start in range(1 - size, len(tests), size))


def _tests(verdict: Verdict) -> tuple[Tested, ...]:
    return verdict.tests + verdict.hidden
