"""Programs that speak to the interviewer, in comments, strings and names."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.interviews.coding.follow_ups.submissions import CASE, PYTHON, SQL


@dataclass(frozen=True)
class Hostile:
    language: str
    says: str
    name: str


HOSTILE = [
    Hostile(**row) for row in yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8"))
]
IDS = [f"{one.language}-{number}" for number, one in enumerate(HOSTILE)]


def commented(one: Hostile) -> str:
    """The program with orders behind its lines, which stand where they stood."""
    return "\n".join(f"{line}  # {one.says}" if line.endswith(")") else line for line in PYTHON.split("\n"))


def renamed(one: Hostile) -> str:
    """The program whose names are orders."""
    source = PYTHON
    for name in ("overlaps", "found", "depth", "data", "seen", "read"):
        source = source.replace(name, one.name)
    return source


def in_strings(one: Hostile) -> str:
    return f"{PYTHON}\n\nprint({one.says!r})\nprint('''\n{one.says}\n''')\n"


def query(one: Hostile) -> str:
    return f"-- {one.says}\n" + SQL.replace("cities", one.name).replace("placed_at", one.name)


def case(one: Hostile) -> str:
    return f"{CASE}{one.says}\nI assume: {one.says}\nA risk: {one.says}\n"
