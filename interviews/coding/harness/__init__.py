"""What is put around a candidate's source so that it can be tested."""

import secrets
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
MARK = "\x1e"  # begins the line that holds a function's value; what a program prints by itself comes before
SUBJECTS = {"python": "subject.py", "javascript": "subject.js", "typescript": "subject.ts"}
COMMENTS = {"python": "#", "javascript": "//", "typescript": "//"}
LEAST_HIDING, MOST_HIDING = 100, 1_000  # bytes, each two characters of a comment


def calling(source: str, language: str, entry: str) -> str:
    """`source`, and after it a call of its function `entry` with the JSON arguments of standard input.

    The value is written as JSON on the last line. The candidate's own lines keep their numbers.
    """
    return source + _tail(language).replace("ENTRY", entry)


def disguised(module: str, language: str) -> str:
    """`module` and after it a comment, another each time: neither its size nor its whole text tells which it is."""
    length = LEAST_HIDING + secrets.randbelow(MOST_HIDING - LEAST_HIDING)
    return f"{module.rstrip()}\n{COMMENTS[language]} {secrets.token_hex(length)}\n"


def value_of(stdout: str) -> tuple[str, str]:
    """What the program printed by itself, and the value; empty where it ended without one."""
    printed, _, value = stdout.rpartition(f"\n{MARK}")
    return (printed, value.strip()) if MARK in stdout else (stdout, "")


@cache
def _tail(language: str) -> str:
    return (FOLDER / f"{language}.tail").read_text(encoding="utf-8")
