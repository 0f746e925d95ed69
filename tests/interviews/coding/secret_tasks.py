"""Tasks whose secrets are words that stand nowhere else: one of each kind."""

from typing import Any

import yaml

SECRET = "zqxvkw"  # in every secret, and in nothing that a candidate may see
SHOWN = "plain"


def document(kind: str) -> str:
    """A recruiter's own task of this kind, as YAML."""
    common = {
        "task_id": task_id(kind),
        "kind": kind,
        "position_types": ["backend"],
        "difficulty": 1,
        "limit_minutes": 20,
        "topics": [],
        "title": {"en": f"A {SHOWN} task"},
        "statement": {"en": "Do what has to be done, and do it well enough that somebody else can read it."},
    }
    return yaml.safe_dump({**common, **_OF_KIND[kind]}, sort_keys=False)


def task_id(kind: str) -> str:
    return f"own-secret-{kind}"


def _wrong(language: str = "python") -> list[dict[str, str]]:
    return [{"name": f"{SECRET} wrong", "language": language, "source": f"print('{SECRET} wrong')\n"}]


def _tested(quote: str = "") -> dict[str, Any]:
    one = _test("first", "one", "one", quote)
    secret = [_test(f"{SECRET} {n}", f"{SECRET}in{n}", f"{SECRET}out{n}", quote) for n in range(3)]
    return {"visible": [one, {**one, "name": "second"}], "hidden": secret}


def _test(name: str, given: str, expected: str, quote: str) -> dict[str, str]:
    return {"name": name, "input": _as_input(given, quote), "expected": f"{quote}{expected}{quote}"}


def _as_input(text: str, quote: str) -> str:
    return f'["{text}"]' if quote else f"{text}\n"


_SOLUTIONS = {"python": f"# {SECRET} solution\nprint(input())\n", "javascript": f"// {SECRET} solution\n"}
_CALLED = {"python": "def solve(x):\n    return x\n", "javascript": "function solve(x) { return x; }\n"}
_BUG = {"python": f"# {SECRET} bug\ndef solve(x):\n    return 0\n"}

_OF_KIND: dict[str, dict[str, Any]] = {
    "program": {**_tested(), "solutions": _SOLUTIONS, "wrong": _wrong()},
    "debug": {
        **_tested(),
        "starter": {"python": "print(1)\n"},
        "solutions": {"python": _SOLUTIONS["python"]},
        "wrong": _wrong(),
    },
    "function": {
        **_tested('"'),
        "entry": {"python": "solve", "javascript": "solve"},
        "starter": _CALLED,
        "solutions": _SOLUTIONS,
        "wrong": _wrong(),
    },
    "sql": {
        "setup": "CREATE TABLE t (name TEXT);\n",
        "ordered": False,
        "visible": [
            {"name": "first", "input": "INSERT INTO t VALUES ('one');\n", "expected": "one\n"},
            {"name": "second", "input": "INSERT INTO t VALUES ('two');\n", "expected": "two\n"},
        ],
        "hidden": [
            {"name": f"{SECRET} {n}", "input": f"INSERT INTO t VALUES ('{SECRET}');\n", "expected": f"{SECRET}\n"}
            for n in range(3)
        ],
        "solutions": {"sql": f"-- {SECRET}\nSELECT name FROM t;\n"},
        "wrong": _wrong("sql"),
    },
    "testing": {
        "subject": {"python": "def solve(x):\n    return x\n"},
        "starter": {"python": "from subject import solve\n"},
        "bugs": [
            {"name": "says nothing", "visible": True, **_BUG},
            *({"name": f"{SECRET} bug {n}", "visible": False, **_BUG} for n in range(4)),
        ],
        "solutions": {"python": f"# {SECRET}\nfrom subject import solve\nassert solve(1) == 1\n"},
        "wrong": _wrong(),
    },
    "written": {
        "starter": {"en": "Your plan:\n"},
        "points": {"en": [f"{SECRET} point {n}" for n in range(5)]},
    },
}
KINDS = tuple(_OF_KIND)
