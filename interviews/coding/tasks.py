"""The bank of code tasks: at least two a position type, one YAML file each."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation
from django.utils.translation import gettext

from interviews.models import Interview

FOLDER = Path(__file__).parent / "bank"


@dataclass(frozen=True, slots=True)
class Test:
    """A program that reads `input` writes `expected`; white space at line ends and at the end does not count."""

    __test__ = False  # not a class of tests, whatever its name says to pytest

    name: str
    input: str
    expected: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the code phase. `titles`, `statements` are by interview language; a written case has language "text".

    `starters[code_language][interview_language]` is what the editor begins with. `hidden` tests never leave the server.
    """

    task_id: str
    position_type: str
    difficulty: int
    limit_minutes: int
    titles: dict[str, str]
    statements: dict[str, str]
    starters: dict[str, dict[str, str]]
    visible: tuple[Test, ...]
    hidden: tuple[Test, ...]
    points: dict[str, list[str]]

    @property
    def limit_ms(self) -> int:
        return self.limit_minutes * 60_000

    @property
    def languages(self) -> tuple[str, ...]:
        """Programming languages, or ("text",)."""
        return tuple(self.starters)

    def title(self, language: str) -> str:
        return self.titles[language]

    def spoken(self, language: str) -> str:
        """Title and statement for somebody who only listens and answers aloud."""
        stop = "。" if language.startswith("zh") else "."
        with translation.override(language):
            request = gettext("There is no editor here: please say how you would solve it.")
        return f"{self.titles[language]}{stop} {self.statements[language].strip()} {request}"

    def public(self, language: str) -> dict[str, Any]:
        """`{task_id, title, statement, languages, starter: {name: text}, visible_tests: [{name, input, expected}]}`."""
        return {
            "task_id": self.task_id,
            "title": self.titles[language],
            "statement": self.statements[language],
            "languages": list(self.languages),
            "starter": {name: texts[language] for name, texts in self.starters.items()},
            "visible_tests": [
                {"name": test.name, "input": test.input, "expected": test.expected} for test in self.visible
            ],
        }


class UnknownTask(LookupError):
    """The bank has no task of that id."""


def choose(interview: Interview) -> Task | None:
    """The task of an interview, the same each time and for the same plan; None where its position type has none."""
    fitting = [task for task in bank().values() if task.position_type == interview.position_type]
    if not fitting:
        return None
    asked = repr([row["key"] for row in interview.plan])
    return random.Random(f"task-{asked}").choice(fitting)  # noqa: S311  # repeatable on purpose, nothing secret


def get(task_id: str) -> Task:
    """Raises `UnknownTask`."""
    try:
        return bank()[task_id]
    except KeyError:
        raise UnknownTask from None


@cache
def bank() -> dict[str, Task]:
    """Every task by its id, in the order of ids."""
    starters = _load(FOLDER / "starters.yaml")
    files = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "starters.yaml")
    return {task.task_id: task for task in (_task(_load(path), starters) for path in files)}


def _load(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def _task(row: dict[str, Any], starters: dict[str, str]) -> Task:
    written = row.get("starter")
    texts = (
        {"text": written} if written else {name: dict.fromkeys(row["title"], text) for name, text in starters.items()}
    )
    return Task(
        task_id=row["task_id"],
        position_type=row["position_type"],
        difficulty=row["difficulty"],
        limit_minutes=row["limit_minutes"],
        titles=row["title"],
        statements=row["statement"],
        starters=texts,
        visible=_tests(row.get("visible", [])),
        hidden=_tests(row.get("hidden", [])),
        points=row.get("points", {}),
    )


def _tests(rows: list[dict[str, str]]) -> tuple[Test, ...]:
    return tuple(Test(row["name"], row["input"], row["expected"]) for row in rows)
