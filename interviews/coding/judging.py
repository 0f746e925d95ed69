"""Runs what a candidate wrote against a task's tests. Pure but for the sandbox, which never learns what is expected."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import SystemRandom
from typing import Any

from interviews.coding import changes, harness
from interviews.coding.comparing import same_output, same_rows, same_value
from interviews.coding.definitions import ACCEPTS, Kind, Task, Test
from providers.sandbox.base import Case, Limits, Outcome, Program, Ran, Sandbox, Status

OK, WRONG = "ok", "wrong_answer"
SHOWN = 4_000  # characters of a test's output, and of what a compiler says


@dataclass(frozen=True, slots=True)
class Tested:
    """One test: `status` is ok, wrong_answer, or a `Status` of the sandbox. `stdout` is empty for a hidden one."""

    __test__ = False  # not a class of tests, whatever its name says to pytest

    name: str
    status: str
    time_ms: int = 0
    memory_kb: int = 0
    stdout: str = ""

    @property
    def passed(self) -> bool:
        return self.status == OK


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a program. `status` is that of the first visible test that failed, or of its only run.

    `hidden` has the hidden tests by name: for recruiters and the report only. `engine` is the sandbox's name.
    """

    status: str
    engine: str
    stdout: str = ""
    stderr: str = ""
    compile_output: str = ""
    time_ms: int = 0
    memory_kb: int = 0
    tests: tuple[Tested, ...] = ()
    hidden: tuple[Tested, ...] = ()

    @property
    def available(self) -> bool:
        return self.status != Status.UNAVAILABLE

    @property
    def hidden_passed(self) -> int:
        return sum(test.passed for test in self.hidden)

    def kept(self) -> dict[str, Any]:
        """As `CodeRun.result` has it: what no database keeps, as a program may print it, is replaced by U+FFFD."""
        return asdict(self, dict_factory=_storable)


def _storable(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: changes.storable(value) if isinstance(value, str) else value for name, value in fields}


@dataclass(frozen=True, slots=True)
class _Examined:
    """A test, how it is run, and what is thought of its outcome."""

    test: Test
    case: Case
    right: Callable[[Outcome], bool]


def judge(
    task: Task, source: str, language: str, stdin: str | None, sandbox: Sandbox, *, hidden: bool = False
) -> Verdict:
    """Run `source` with the input `stdin`, or where that is None on the visible tests, and with `hidden` on all.

    Text is not run: a written answer is ok. Blocks. Never raises for what a program or the sandbox does.
    """
    if task.kind == Kind.WRITTEN:
        return Verdict(OK, "none")
    if language not in sandbox.languages():
        return Verdict(Status.UNAVAILABLE, sandbox.name)
    program = _program(task, source, language)
    limits = Limits(cpu_s=task.limits.seconds, memory_mb=task.limits.memory_mb)
    if stdin is not None:
        return _run(task, program, stdin, sandbox, limits)
    examined = [_examined(task, test, language) for test in (*task.visible, *(task.hidden if hidden else ()))]
    cases = [one.case for one in examined]
    apart = task.kind == Kind.TESTING
    ran = _apart(sandbox, program, cases, limits) if apart else sandbox.run(program, cases, limits)
    if any(outcome.status == Status.UNAVAILABLE for outcome in ran.outcomes):
        return Verdict(Status.UNAVAILABLE, sandbox.name)
    return _verdict(task, examined, ran, sandbox.name)


def _apart(sandbox: Sandbox, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
    """Each case in a sandbox of its own, in no fixed order.

    In one sandbox a program could tell by its process number which case it is: the first is beside the correct
    program, so that it would accept that one and no other without testing anything.
    """
    outcomes: dict[int, Outcome] = {}
    compiled = None
    for number in SystemRandom().sample(range(len(cases)), len(cases)):
        ran = sandbox.run(program, [cases[number]], limits)
        if not ran.outcomes:
            return ran
        compiled, outcome = ran.compiled, ran.outcomes[0]
        outcomes[number] = outcome
        if outcome.status == Status.TIME_LIMIT and outcome.time_ms < 500 * limits.cpu_s:  # it waits in the others too
            limits = replace(limits, wall_s=1 + limits.cpu_s)
    return Ran(compiled, tuple(outcomes[number] for number in range(len(cases))))


def _run(task: Task, program: Program, stdin: str, sandbox: Sandbox, limits: Limits) -> Verdict:
    ran = sandbox.run(program, [Case(stdin)], limits)
    outcome = ran.outcomes[0] if ran.outcomes else Outcome(Status.COMPILE_ERROR)
    if outcome.status == Status.UNAVAILABLE:
        return Verdict(Status.UNAVAILABLE, sandbox.name)
    return Verdict(
        status=outcome.status.value,
        engine=sandbox.name,
        stdout=_readable(task, outcome),
        stderr=outcome.stderr,
        compile_output=_compiled(ran),
        time_ms=outcome.time_ms,
        memory_kb=outcome.memory_kb,
    )


def _verdict(task: Task, examined: Sequence[_Examined], ran: Ran, engine: str) -> Verdict:
    outcomes = ran.outcomes or tuple(Outcome(Status.COMPILE_ERROR) for _ in examined)
    tested = [_tested(task, one, outcome) for one, outcome in zip(examined, outcomes, strict=True)]
    if task.kind == Kind.TESTING:
        tested = _believed(task, tested)
    count = len(task.visible)
    visible, hidden = tested[:count], tested[count:]
    failed = next((number for number, test in enumerate(visible) if not test.passed), None)
    return Verdict(
        status=OK if failed is None else visible[failed].status,
        engine=engine,
        stderr="" if failed is None or _tells(examined[failed]) else outcomes[failed].stderr[:SHOWN],
        compile_output=_compiled(ran),
        time_ms=max((test.time_ms for test in visible), default=0),
        memory_kb=max((test.memory_kb for test in visible), default=0),
        tests=tuple(visible),
        hidden=tuple(replace(test, stdout="") for test in hidden),
    )


def _program(task: Task, source: str, language: str) -> Program:
    if task.kind == Kind.FUNCTION:
        return Program(language, harness.calling(source, language, task.entry[language]))
    if task.kind == Kind.SQL:
        return Program(language, source, {"setup.sql": task.setup})
    if task.kind == Kind.TESTING:
        return Program(language, harness.testing(source, language), _beside(task.subject, language))
    return Program(language, source)


def _examined(task: Task, test: Test, language: str) -> _Examined:
    if task.kind == Kind.TESTING:
        return _faulty(task, test, language)
    return _Examined(test, Case(test.input), lambda outcome: _right(task, test, outcome))


def _faulty(task: Task, test: Test, language: str) -> _Examined:
    """A bug is caught by a program that fails; what never ends has caught nothing."""
    if test.name == ACCEPTS:
        return _Examined(test, Case(), lambda outcome: outcome.status == Status.OK)
    bug = next(bug for bug in task.bugs if bug.test_name == test.name)
    case = Case(files=_beside(bug.sources, language))
    return _Examined(test, case, lambda outcome: outcome.status == Status.RUNTIME_ERROR)


def _beside(modules: Mapping[str, str], language: str) -> dict[str, str]:
    return {harness.SUBJECTS[language]: harness.disguised(modules[language], language)}


def _right(task: Task, test: Test, outcome: Outcome) -> bool:
    if outcome.status != Status.OK:
        return False
    if task.kind == Kind.FUNCTION:
        return same_value(harness.value_of(outcome.stdout)[1], test.expected)
    if task.kind == Kind.SQL:
        return same_rows(outcome.stdout, test.expected, ordered=task.ordered)
    return same_output(outcome.stdout, test.expected)


def _tested(task: Task, one: _Examined, outcome: Outcome) -> Tested:
    status = OK if one.right(outcome) else _fault(outcome, caught=_tells(one))
    stdout = "" if _tells(one) else _readable(task, outcome)[:SHOWN]
    return Tested(one.test.name, status, outcome.time_ms, outcome.memory_kb, stdout)


def _fault(outcome: Outcome, *, caught: bool) -> str:
    """A program that ran well, and one whose failure is what is asked of it, has only answered wrongly."""
    expected = outcome.status == Status.OK or (caught and outcome.status == Status.RUNTIME_ERROR)
    return WRONG if expected else outcome.status


def _tells(one: _Examined) -> bool:
    """Whether the test runs beside a faulty program, which the candidate's own could print."""
    return bool(one.case.files)


def _believed(task: Task, tested: Sequence[Tested]) -> list[Tested]:
    """Tests that refuse the correct program, or accept every faulty one that is shown, show nothing."""
    accepts = all(test.passed for test in tested if test.name == ACCEPTS)
    bugs = [test for test in tested if test.name != ACCEPTS]
    shown = [test for test in tested[: len(task.visible)] if test.name != ACCEPTS] or bugs
    caught = not bugs or any(test.passed for test in shown)
    return [replace(test, status=WRONG) if test.passed and not (accepts and caught) else test for test in tested]


def _readable(task: Task, outcome: Outcome) -> str:
    """What was printed; of a function, what it printed by itself and then its value."""
    if task.kind != Kind.FUNCTION:
        return outcome.stdout
    return "\n".join(part for part in _parts(harness.value_of(outcome.stdout)) if part)


def _parts(parts: Iterable[str]) -> Iterable[str]:
    return (part.strip("\n") for part in parts)


def _compiled(ran: Ran) -> str:
    if ran.compiled is None:
        return ""
    return (ran.compiled.stderr or ran.compiled.stdout)[:SHOWN]
