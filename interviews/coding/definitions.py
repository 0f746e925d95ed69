"""What a code task is, whether it comes from the bank or from a recruiter."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from accounts.domain.languages import LANGUAGES

SPOKEN = LANGUAGES  # of interviews
OWN = "own-"  # how the id of a recruiter's own task begins


class Kind(StrEnum):
    PROGRAM = "program"  # reads its input, writes its output
    DEBUG = "debug"  # the same, from a starter with faults
    FUNCTION = "function"  # called with JSON arguments, returns a JSON value
    SQL = "sql"  # one SELECT on a given schema
    TESTING = "testing"  # tests that accept a correct module and catch faulty ones
    WRITTEN = "written"  # text


TOLD = frozenset({Kind.PROGRAM, Kind.FUNCTION, Kind.WRITTEN})  # of the others a listener misses a program or schema


@dataclass(frozen=True, slots=True)
class Test:
    """A program that reads `input` writes `expected`; white space at line ends and at the end does not count.

    Of a function both are JSON: a list of arguments, and a value. Of SQL: INSERT statements, and rows, a line each,
    columns joined by `|`. Of tests to write both are empty: the name says which program is meant.
    `name` is what results are kept under, and what recruiters read; `names` is what candidates read instead, by
    interview language.
    """

    __test__ = False  # not a class of tests, whatever its name says to pytest

    name: str
    input: str
    expected: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)

    def called(self, language: str) -> str:
        """What a candidate reads, in an interview language."""
        return self.names.get(language, self.name)


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """Of each test: CPU time, and memory of all processes together."""

    seconds: float = 2.0
    memory_mb: int = 256


@dataclass(frozen=True, slots=True)
class Wrong:
    """A plausible solution that fails at least one test."""

    name: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Bug:
    """A faulty version of the module that is to be tested, in each of the task's languages. `names` as a test's."""

    name: str
    visible: bool
    sources: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def test_name(self) -> str:
        return CATCHES % {"bug": self.name}

    @property
    def test(self) -> Test:
        """Whether the candidate's tests catch it."""
        return Test(self.test_name, "", "", _in_each(lambda code: gettext(CATCHES) % {"bug": self._called(code)}))

    def _called(self, language: str) -> str:
        return self.names.get(language, self.name)


ACCEPTS = gettext_noop("accepts the correct program")  # the first test of every task of kind `testing`
CATCHES = gettext_noop("catches: %(bug)s")


def accepting() -> Test:
    """Whether the candidate's tests accept the correct module."""
    return Test(ACCEPTS, "", "", _in_each(lambda _code: gettext(ACCEPTS)))


def _in_each(text: Callable[[str], str]) -> dict[str, str]:
    texts = {}
    for code in SPOKEN:
        with translation.override(code):
            texts[code] = text(code)
    return texts


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the code phase. `titles`, `statements` are by interview language; a written case has language "text".

    `starters[code_language][interview_language]` is what the editor begins with. `hidden` tests, `solutions`, `wrong`
    and `bugs` never leave the server; `points` are what a good written answer mentions, by interview language.
    """

    task_id: str
    kind: Kind
    position_types: tuple[str, ...]
    difficulty: int
    limit_minutes: int
    topics: tuple[str, ...]
    titles: Mapping[str, str]
    statements: Mapping[str, str]
    starters: Mapping[str, Mapping[str, str]]
    visible: tuple[Test, ...] = ()
    hidden: tuple[Test, ...] = ()
    limits: TaskLimits = TaskLimits()
    entry: Mapping[str, str] = field(default_factory=dict)  # the function's name, by code language
    setup: str = ""  # SQL
    ordered: bool = False  # whether the order of SQL's rows counts
    subject: Mapping[str, str] = field(default_factory=dict)  # the correct module, by code language
    bugs: tuple[Bug, ...] = ()
    solutions: Mapping[str, str] = field(default_factory=dict)  # by code language
    wrong: tuple[Wrong, ...] = ()
    points: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def limit_ms(self) -> int:
        return self.limit_minutes * 60_000

    @property
    def languages(self) -> tuple[str, ...]:
        """Programming languages, ("sql",) or ("text",)."""
        return tuple(self.starters)

    @property
    def own(self) -> bool:
        """A recruiter's, not the bank's."""
        return self.task_id.startswith(OWN)

    def title(self, language: str) -> str:
        return self.titles[language]

    def spoken(self, language: str) -> str:
        """Title and statement for somebody who only listens and answers aloud."""
        return spoken(self.titles[language], self.statements[language], language)

    def offered(self, runnable: Collection[str] | None = None) -> tuple[str, ...]:
        """The languages that can be run; all, where none can (`runnable` is empty) or nobody asks (None)."""
        kept = tuple(name for name in self.languages if runnable and name in runnable)
        return kept or self.languages

    def public(self, language: str, runnable: Collection[str] | None = None) -> dict[str, Any]:
        """All that a candidate gets, in an interview language:

        `{task_id, kind, title, statement, languages, starter: {language: text}, visible_tests: [{name, input,
        expected}], subject: {language: text}, setup, limits: {seconds, memory_mb}}`.
        """
        offered = self.offered(runnable)
        return {
            "task_id": self.task_id,
            "kind": self.kind.value,
            "title": self.titles[language],
            "statement": self.statements[language],
            "languages": list(offered),
            "starter": {name: self.starters[name][language] for name in offered},
            "visible_tests": [
                {"name": test.called(language), "input": test.input, "expected": test.expected} for test in self.visible
            ],
            "subject": {name: text for name, text in self.subject.items() if name in offered},
            "setup": self.setup,
            "limits": {"seconds": self.limits.seconds, "memory_mb": self.limits.memory_mb},
        }


def spoken(title: str, statement: str, language: str) -> str:
    """A task for somebody who only listens and answers aloud."""
    stop = "。" if language.startswith("zh") else "."
    with translation.override(language):
        request = gettext("There is no editor here: please say how you would solve it.")
    return f"{title}{stop} {statement.strip()} {request}"
