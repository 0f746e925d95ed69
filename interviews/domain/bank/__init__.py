"""The question bank: one YAML file a position type, and templates: `resume.yaml` for the candidate's own things,
`vacancy.yaml` for a vacancy's requirements.

A question is `{key, topic, difficulty: 1-3, text: {language: str}, expected: {language: {point: [keyword, …]}}}`.
`expected` lists the same points in each language. A keyword is in lower case and meets a word that begins with it
(Chinese, Korean: any place), so that "индекс" also meets "индексы".
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from providers.yaml_files import read_yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question in four languages; `texts` and `points` are by language code."""

    key: str
    topic: str
    difficulty: int
    texts: dict[str, str]
    points: dict[str, dict[str, list[str]]]


@cache
def questions(position_type: str) -> tuple[BankQuestion, ...]:
    """The bank of one position type."""
    return _read(position_type)


@cache
def templates(kind: str) -> tuple[BankQuestion, ...]:
    """Templates: `kind` is skill, project or work of a resume, shown or unshown requirement of a vacancy."""
    return tuple(question for name in ("resume", "vacancy") for question in _read(name) if question.topic == kind)


def _read(name: str) -> tuple[BankQuestion, ...]:
    rows: list[dict[str, Any]] = read_yaml(FOLDER / f"{name}.yaml")
    return tuple(_question(row) for row in rows)


def _question(row: dict[str, Any]) -> BankQuestion:
    return BankQuestion(row["key"], row["topic"], row["difficulty"], row["text"], row["expected"])
