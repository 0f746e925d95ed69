"""The hostile programs of `programs/`. Each begins with two comments: what it tries, and how it may end.

`ends: <statuses>[; cases N][; waits]`: N cases of it run in one sandbox; one that waits is not waited for long.
"""

from dataclasses import dataclass
from pathlib import Path

from providers.sandbox.base import Limits

LANGUAGES = {
    ".py": "python", ".js": "javascript", ".sh": "bash", ".c": "c", ".cpp": "cpp", ".sql": "sql", ".java": "java",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hostile:
    name: str
    language: str
    source: str
    ends: frozenset[str]
    cases: int
    limits: Limits


def _read(path: Path) -> Hostile:
    source = path.read_text()
    statuses, *options = source.splitlines()[1].partition("ends: ")[2].split("; ")
    cases = next((int(option.split()[1]) for option in options if option.startswith("cases")), 1)
    limits = Limits(
        cpu_s=1, wall_s=2 if "waits" in options else 15, memory_mb=64, processes=32, output_bytes=16_384, files_mb=4
    )
    return Hostile(path.name, LANGUAGES[path.suffix], source, frozenset(statuses.split()), cases, limits)


PROGRAMS = [_read(path) for path in sorted(Path(__file__).with_name("programs").iterdir()) if path.suffix in LANGUAGES]
