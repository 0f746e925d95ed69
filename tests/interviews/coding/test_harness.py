"""Tests that a candidate writes run as if by themselves, and cannot read what they test."""

import ast

import pytest

from interviews.coding import harness
from interviews.coding.definitions import ACCEPTS, Bug, Kind, Task, Test
from interviews.coding.harness.rewriting import rewritten
from interviews.coding.judging import judge
from providers.sandbox import bubblewrap
from providers.sandbox.base import Case, Limits, Program, Status
from tests.interviews.coding.plain import PlainSandbox
from tests.interviews.coding.test_judging import task

PLAIN = PlainSandbox()
PYTHON = '''\
RATE = 2


def double(value):
    """Twice."""
    result = [value for value in [value]]
    total = result[0] * RATE
    return total


class Card:
    def pay(self, cents):
        if cents < 0:
            raise Refused(cents)
        self.paid = cents
        return self.paid


class Refused(ValueError):
    pass
'''
JAVASCRIPT = """\
class Refused extends Error {}
class Base { name() { return "base"; } }
class Card extends Base {
  #paid = 0;
  static #made = 0;
  static of(cents) { const card = new this(); card.pay(cents); this.#made += 1; return card; }
  constructor() { super(); if (new.target === Base) throw new Error("abstract"); this.kind = new.target === Card; }
  get paid() { return this.#paid; }
  pay(cents) {
    if (cents < 0) throw new Refused("no");
    this.#paid = cents;
    return this.#paid;
  }
}
function double(value) { return value * 2; }
const counter = () => { let count = 0; return () => ++count; };
const pair = () => ({ one: () => 1, two: 2 });
module.exports = { Refused, Card, double, counter, pair };
"""
BUGS = (
    Bug(
        "seen", True, {"python": PYTHON.replace("RATE = 2", "RATE = 3"), "javascript": JAVASCRIPT.replace("* 2", "* 3")}
    ),
    Bug(
        "unseen",
        False,
        {
            "python": PYTHON.replace("cents < 0", "cents > 0"),
            "javascript": JAVASCRIPT.replace("cents < 0", "cents > 0"),
        },
    ),
)
TESTING: Task = task(
    Kind.TESTING,
    subject={"python": PYTHON, "javascript": JAVASCRIPT},
    bugs=BUGS,
    visible=(Test(ACCEPTS, "", ""), Test("catches: seen", "", "")),
    hidden=(Test("catches: unseen", "", ""),),
)

HONEST = {
    "python": """\
from __future__ import annotations

import unittest

import subject
from subject import Card, Refused, double


class Tests(unittest.TestCase):
    def test_double(self):
        self.assertEqual((double(value=3), subject.double(0), subject.RATE), (6, 0, 2))

    def test_pay(self):
        self.assertEqual(Card().pay(5), 5)
        with self.assertRaises(Refused):
            Card().pay(-1)


if __name__ == "__main__":
    unittest.main()
""",
    "javascript": """\
const assert = require("node:assert");
const { Refused, Card, double, counter, pair } = require("./subject");
const subject = require("./subject.js");

class Gold extends Card { pay(cents) { return super.pay(cents) + 1; } }

function main() {
  assert.strictEqual(double, subject.double);
  assert.strictEqual(double(3), 6);
  const card = new Card();
  assert.strictEqual(card.pay(5), 5);
  assert.ok(card instanceof Card && card.constructor === Card && card.name() === "base" && card.paid === 5);
  assert.ok(Card.of(3) instanceof Card && Card.of(3).kind);
  assert.strictEqual(new Gold().pay(1), 2);
  assert.throws(() => card.pay(-1), Refused);
  assert.throws(() => card.pay(-1), { name: "Error", message: "no" });
  try { throw new Refused("x"); } catch (error) { assert.ok(error instanceof Refused && error instanceof Error); }
  const count = counter();
  assert.deepStrictEqual([count(), count(), pair().one(), pair().two], [1, 2, 1, 2]);
}
if (require.main === module) main();
""",
    "a module": """\
import assert from "node:assert";
import all, { Card, double } from "./subject.js";

assert.strictEqual(all.double, double);
assert.strictEqual(double(3), 6);
assert.strictEqual(new Card().pay(5), 5);
await Promise.resolve();
assert.throws(() => new Card().pay(-1), /no/);
""",
}
SHOWN = f"shown = {PYTHON!r}\nspace = {{}}\nexec(shown, space)\nimport subject\n"
READING = {
    "python": [
        "import inspect, subject\nassert 'RATE' in inspect.getsource(subject.double)",
        "import subject\nassert 'RATE = 2' in open(subject.__file__).read()",
        "import linecache, subject\nassert 'RATE = 2\\n' in linecache.getlines(subject.__file__)",
        "import sys, subject\nassert 'RATE = 2' in subject.__loader__.get_source('subject')",
        "import sys\nassert 'RATE ' + chr(61) + ' 2' in str(sys._getframe(1).f_locals)",
        SHOWN + "assert subject.double.__code__.co_code == space['double'].__code__.co_code",
        SHOWN + "assert subject.double.__code__.co_consts == space['double'].__code__.co_consts",
        SHOWN + "assert subject.Card.pay.__code__ == space['Card'].pay.__code__",
    ],
    "javascript": [
        'const s = require("./subject");\nif (!String(s.double).includes("* 2")) throw 1;',
        'const s = require("./subject");\nif (!(() => {}).toString.call(s.Card.prototype.pay).includes("<")) throw 1;',
        'const s = require("./subject");\nif (!String(new s.Card().pay).includes("<")) throw 1;',
        'const s = require("./subject");\nif (!String(s.Card.prototype.constructor).includes("<")) throw 1;',
        'const s = require("./subject");\nif (!String(Object.getPrototypeOf(s.Card)).includes("base")) throw 1;',
        'const s = require("./subject");\nif (!String(s.counter()).includes("count")) throw 1;',
        'const s = require("./subject");\nif (!String(s.pair().one).includes("1")) throw 1;',
        'if (!require("fs").readFileSync("subject.js", "utf8").includes("* 2")) throw 1;',
        'const s = require("vm").runInNewContext("String");\nif (!s(require("./subject").double).includes("2"))throw 1',
    ],
}


def passed(source: str, language: str) -> list[bool]:
    verdict = judge(TESTING, source, language, None, PLAIN, hidden=True)
    return [test.passed for test in (*verdict.tests, *verdict.hidden)]


@pytest.mark.parametrize("name", HONEST)
def test_who_tests_loses_nothing(name: str) -> None:
    language = "python" if name == "python" else "javascript"
    if language not in PLAIN.languages():
        pytest.skip("There is no node here.")
    assert passed(HONEST[name], language) == [True, True, True]


@pytest.mark.parametrize(("language", "source"), [(one, text) for one, texts in READING.items() for text in texts])
def test_who_reads_does_not_know_the_correct_module(language: str, source: str) -> None:
    if language not in PLAIN.languages():
        pytest.skip("There is no node here.")
    (outcome,) = PLAIN.run(beside_the_correct(source, language), [Case()], Limits()).outcomes
    assert outcome.status is Status.RUNTIME_ERROR


def beside_the_correct(source: str, language: str) -> Program:
    module = harness.disguised(TESTING.subject[language], language)
    return Program(language, harness.testing(source, language), {harness.SUBJECTS[language]: module})


@pytest.mark.parametrize(
    ("language", "source", "said"),
    [
        (
            "python",
            "\n\nassert 1 == 2, 'mine'\n",
            ['main.py", line 3', "assert 1 == 2, 'mine'", "AssertionError: mine"],
        ),
        ("python", "\ndef", ["line 2", "SyntaxError"]),
        ("javascript", "\n\nthrow new Error('mine')\n", ["main.js:3", "throw new Error('mine')"]),
    ],
)
def test_a_failure_names_the_candidates_own_line(language: str, source: str, said: list[str]) -> None:
    if language not in PLAIN.languages():
        pytest.skip("There is no node here.")
    stderr = judge(TESTING, source, language, None, PLAIN).stderr
    assert [part for part in said if part not in stderr] == []
    assert "_start" not in stderr


@pytest.mark.parametrize(("source", "code"), [("import sys\nsys.exit(3)", 3), ("raise SystemExit", 0), ("1 / 0", 1)])
def test_a_program_ends_as_it_would_by_itself(source: str, code: int) -> None:
    program = Program("python", harness.testing(source, "python"), {"subject.py": PYTHON})
    (outcome,) = PLAIN.run(program, [Case()], Limits()).outcomes
    assert outcome.exit_code == code


@pytest.mark.parametrize("name", HONEST)
def test_it_is_so_in_the_real_sandbox(name: str) -> None:
    sandbox = bubblewrap.detect()
    language = "python" if name == "python" else "javascript"
    if language not in sandbox.languages():
        pytest.skip(sandbox.reason or "There is no node here.")
    (outcome,) = sandbox.run(beside_the_correct(HONEST[name], language), [Case()], Limits()).outcomes
    assert (outcome.status, outcome.stderr.rpartition("Ran")[0].strip(".\n-")) == (Status.OK, "")


# --- in other words ---


def test_a_module_in_other_words_does_the_same() -> None:
    texts = {rewritten(PYTHON) for _ in range(5)}
    assert len(texts) == 5
    for text in texts:
        space: dict[str, object] = {}
        exec(text, space)  # the text above
        assert space["double"](value=4) == 8  # type: ignore[operator]
        assert space["double"].__doc__ == "Twice."


NAMES = """\
import os as system
key = 5


def first(number, *rest, word=None, **more):
    try:
        import json
        found = [key for key in rest]
        with open(system.devnull) as file:
            file.read()
        held = json.loads("[1]") + found
    except ValueError as error:
        held = [error]
    for index, one in enumerate(held):
        held[index] = (lambda one=one, number=number: one + number + key)()
    match more:
        case {"deep": deep, **others}:
            held.append((deep, others))
    return held, f"{word=}"


def second():
    total = 1

    def inner():
        nonlocal total
        total += 1
        return total

    return inner() + total


def third():
    value = 1
    return sorted(locals())


def fourth():
    sent = yield 1
    yield sent
"""


def test_names_that_others_know_stay_as_they_are() -> None:
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    exec(NAMES, before)  # the text above
    exec(rewritten(NAMES), after)  # the text above
    for space in (before, after):
        assert space["first"](1, 2, 3, deep=4, wide=5) == ([7, 8, 9, (4, {"wide": 5})], "word=None")  # type: ignore[operator]
        assert space["second"]() == 4  # type: ignore[operator]
        assert list(space["fourth"]()) == [1, None]  # type: ignore[operator]
    assert "value" in after["third"]()  # type: ignore[operator]


def test_the_words_are_others() -> None:
    names = {node.id for node in ast.walk(ast.parse(rewritten(PYTHON))) if isinstance(node, ast.Name)}
    assert "total" not in names
    assert {"RATE", "value", "cents", "ValueError"} <= names


@pytest.mark.parametrize("module", ["def", "\0", "(" * 300, ""])
def test_what_is_no_python_stays_as_it_is(module: str) -> None:
    assert rewritten(module).strip() == module.strip()
