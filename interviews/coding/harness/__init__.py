"""What is put around a candidate's source so that it can be tested."""

import json
import secrets
from functools import cache
from pathlib import Path

from interviews.coding.harness.rewriting import rewritten

FOLDER = Path(__file__).parent
MARK = "\x1e"  # begins the line that holds a function's value; what a program prints by itself comes before
SUBJECTS = {"python": "subject.py", "javascript": "subject.js", "typescript": "subject.ts"}
COMMENTS = {"python": "#", "javascript": "//", "typescript": "//"}
LEAST_HIDING, MOST_HIDING = 100, 1_000  # bytes, each two characters of a comment


def calling(source: str, language: str, entry: str) -> str:
    """`source`, and after it a call of its function `entry` with the JSON arguments of standard input.

    The value is written as JSON on the last line. The candidate's own lines keep their numbers.
    """
    return source + _read(f"{language}.tail").replace("ENTRY", entry)


def testing(source: str, language: str) -> str:
    """A program that runs the tests `source`, as if it were they, beside a module that they can import and not read.

    The module is loaded and its file taken away before the first line of the tests. What they print, their exit code
    and the numbers of their lines are those that they would have by themselves.
    """
    text = repr(source) if language == "python" else json.dumps(source)
    return _read(f"{language}.start").replace("SOURCE", text)


def disguised(module: str, language: str) -> str:
    """`module` in other words where that is known how, and a comment, both another each time.

    So neither its size, nor its text, nor what it is compiled to tells which it is.
    """
    module = rewritten(module) if language == "python" else module
    length = LEAST_HIDING + secrets.randbelow(MOST_HIDING - LEAST_HIDING)
    return f"{module.rstrip()}\n{COMMENTS[language]} {secrets.token_hex(length)}\n"


def value_of(stdout: str) -> tuple[str, str]:
    """What the program printed by itself, and the value; empty where it ended without one."""
    printed, _, value = stdout.rpartition(f"\n{MARK}")
    return (printed, value.strip()) if MARK in stdout else (stdout, "")


@cache
def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
