"""What is put around a candidate's source so that it can be tested."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
MARK = "\x1e"  # begins the line that holds a function's value; what a program prints by itself comes before
SUBJECTS = {"python": "subject.py", "javascript": "subject.js", "typescript": "subject.ts"}


def calling(source: str, language: str, entry: str) -> str:
    """`source`, and after it a call of its function `entry` with the JSON arguments of standard input.

    The value is written as JSON on the last line. The candidate's own lines keep their numbers.
    """
    return source + _tail(language).replace("ENTRY", entry)


def value_of(stdout: str) -> tuple[str, str]:
    """What the program printed by itself, and the value; empty where it ended without one."""
    printed, _, value = stdout.rpartition(f"\n{MARK}")
    return (printed, value.strip()) if MARK in stdout else (stdout, "")


@cache
def _tail(language: str) -> str:
    return (FOLDER / f"{language}.tail").read_text(encoding="utf-8")
