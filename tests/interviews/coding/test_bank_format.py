"""The task format: a document becomes a task, or every fault is named with its place."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.coding import bank_format, tasks
from interviews.coding.bank_format import BANK, MINE, BadDocument, Rules
from interviews.coding.definitions import ACCEPTS, Kind, Test

FOLDER = Path(__file__).parent
OWN = (FOLDER / "own_task.yaml").read_text(encoding="utf-8")
BASE: dict[str, Any] = yaml.safe_load(OWN)
CODE = "python, javascript, typescript, java, c, cpp, go, rust, ruby, php, bash"
NO_JSON = "This is not valid JSON."
SUBJECT = {"python": "def f(x):\n    return x\n", "javascript": "exports.f = (x) => x;\n"}
FUNCTION: dict[str, Any] = {
    "kind": "function",
    "entry": "nextState",
    "starter": {"python": "def next_state(s): ...\n", "typescript": "const x = 1;\n"},
    "visible": [{"name": "a", "input": "[1]", "expected": "2"}],
    "hidden": [{"name": "b", "input": [{"x": [1.5]}, "да"], "expected": {"y": None}}],
    "solutions": {},
}
SQL: dict[str, Any] = {
    "kind": "sql",
    "setup": "CREATE TABLE t (x);",
    "ordered": True,
    "solutions": {"sql": "SELECT x FROM t"},
}
TESTING: dict[str, Any] = {
    "kind": "testing",
    "subject": SUBJECT,
    "starter": SUBJECT,
    "bugs": [{"name": "shown", "visible": True, **SUBJECT}, {"name": "kept", **SUBJECT}],
    "visible": None,
    "hidden": None,
    "solutions": {},
}
WRITTEN: dict[str, Any] = {
    **dict.fromkeys(("visible", "hidden", "solutions")),
    "kind": "written",
    "starter": {"en": "## Facts\n"},
    "points": {"en": ["a", "b", "c", "d", "e"]},
}


class Plain(yaml.SafeDumper):
    """Writes everything out, as a task must be."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def called(given: Any, expected: Any) -> dict[str, Any]:
    """A function with one visible test."""
    return FUNCTION | {"visible": [{"name": "a", "input": given, "expected": expected}]}


def document(**changes: Any) -> str:
    """The own task with other values; None takes a field out."""
    values = {name: value for name, value in {**BASE, **changes}.items() if value is not None}
    return yaml.dump(values, Dumper=Plain, allow_unicode=True, sort_keys=False)


def own(**changes: Any) -> tasks.Task:
    return bank_format.load(document(**changes), MINE)


def faults(text: str, rules: Rules = MINE) -> list[str]:
    with pytest.raises(BadDocument) as caught:
        bank_format.load(text, rules)
    return [f"{fault.place}: {fault.text}" for fault in caught.value.faults]


def test_a_program() -> None:
    task = bank_format.load(OWN, MINE)
    assert (task.task_id, task.kind, task.own, task.difficulty, task.limit_ms) == (
        *("own-greeting", Kind.PROGRAM, True, 1, 900_000),
    )
    assert task.position_types == ("backend", "qa")
    assert task.languages == bank_format.CODE_LANGUAGES
    assert task.visible == (Test("a short name", "Ann\n", "Hello, Ann!\n"),)
    assert (task.limits.seconds, task.limits.memory_mb) == (2.0, 256)


def test_english_stands_in_for_languages_that_an_own_task_lacks() -> None:
    task = own(title={"ru": "Привет", "ko": "인사"}, statement={"en": "Say it.", "ru": "Скажите."})
    assert task.titles == {"en": "Привет", "zh-hans": "Привет", "ru": "Привет", "ko": "인사"}
    assert task.statements["ko"] == "Say it."


def test_a_program_may_begin_with_its_own_starter_in_some_languages() -> None:
    task = own(starter={"python": "# here\n"})
    assert task.starters["python"]["ru"] == "# here\n"
    assert "solve" in task.starters["go"]["en"]


def test_a_function() -> None:
    task = own(**FUNCTION)
    assert task.languages == ("python", "typescript")
    assert task.entry == {"python": "next_state", "typescript": "nextState"}
    assert task.hidden == (Test("b", '[{"x": [1.5]}, "да"]', '{"y": null}'),)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("reduce", ("reduce", "reduce")),
        ("next_state", ("next_state", "nextState")),
        ("applyHTTPPatch", ("apply_httppatch", "applyHTTPPatch")),
        ({"python": "go_on", "typescript": "proceed"}, ("go_on", "proceed")),
    ],
)
def test_the_names_of_a_function(written: Any, names: tuple[str, str]) -> None:
    assert tuple(own(**FUNCTION | {"entry": written}).entry.values()) == names


def test_sql() -> None:
    task = own(**SQL)
    assert (task.languages, task.setup, task.ordered) == (("sql",), "CREATE TABLE t (x);", True)


def test_testing_has_a_test_a_bug() -> None:
    task = own(**TESTING)
    assert [test.name for test in task.visible] == [ACCEPTS, "catches: shown"]
    assert [test.name for test in task.hidden] == ["catches: kept"]
    assert task.public("en")["subject"] == SUBJECT


NAMES = {"en": "one", "zh-hans": "一个", "ru": "один", "ko": "하나"}
COMMENT = {"en": "Say it", "zh-hans": "说出来", "ru": "Скажите", "ko": "말하세요"}


def named(**changes: Any) -> dict[str, Any]:
    """A visible test that is called something else in each language; None takes a language out."""
    names = {code: text for code, text in {**NAMES, **changes}.items() if text is not None}
    return {"visible": [{"name": names, "input": "x", "expected": "y"}]}


def commented(*comments: dict[str, Any]) -> dict[str, Any]:
    return {"starter": {"python": "# Say it. Say it well\n"}, "comments": list(comments)}


def test_a_visible_test_is_called_what_it_is_in_the_language_of_the_interview() -> None:
    task = own(**named())
    assert task.visible[0].name == "one"
    assert [task.public(code)["visible_tests"][0]["name"] for code in NAMES] == list(NAMES.values())
    assert task.public("ko")["visible_tests"] == [{"name": "하나", "input": "x", "expected": "y"}]


def test_a_plain_name_is_the_same_in_every_language() -> None:
    assert {own().public(code)["visible_tests"][0]["name"] for code in NAMES} == {"a short name"}


def test_the_tests_of_tests_are_told_in_the_language_of_the_interview() -> None:
    shown, kept = TESTING["bugs"]
    task = own(**TESTING | {"bugs": [shown | {"name": NAMES}, kept | {"visible": True}, kept | {"name": "more"}]})
    assert [test.name for test in task.visible] == [ACCEPTS, "catches: one", "catches: kept"]
    assert [test["name"] for test in task.public("ru")["visible_tests"]] == [
        "принимают верную программу",
        "находят ошибку: один",
        "находят ошибку: kept",
    ]


def test_comments_of_starters_are_in_the_language_of_the_interview() -> None:
    longer = {"en": "Say it well", "zh-hans": "好好说 Say it", "ru": "Скажите хорошо", "ko": "잘 말하세요"}
    assert own(**commented(COMMENT, longer)).starters["python"] == {
        "en": "# Say it. Say it well\n",
        "zh-hans": "# 说出来. 好好说 Say it\n",
        "ru": "# Скажите. Скажите хорошо\n",
        "ko": "# 말하세요. 잘 말하세요\n",
    }


def test_a_written_case() -> None:
    task = own(**WRITTEN)
    assert task.languages == ("text",)
    assert task.starters["text"]["ko"] == "## Facts\n"
    assert task.points["ru"] == ["a", "b", "c", "d", "e"]


IDLE = "A function that does nothing returns that: expect something else."
LIST = "This must be a list: every item on a line that begins with a dash."
TWICE = "Another one has this name already."
MAPPING = "This must be a mapping: a name, a colon and a value on each line."


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "riddle"}, "kind: This must be one of: program, debug, function, sql, testing, written."),
        ({"difficulty": 4}, "difficulty: This must be a number from 1 to 3."),
        ({"difficulty": 1.5}, "difficulty: This must be a whole number."),
        ({"difficulty": True}, "difficulty: This must be a number from 1 to 3."),
        ({"difficulty": float("nan")}, "difficulty: This must be a number from 1 to 3."),
        ({"limit_minutes": None}, "limit_minutes: This is missing."),
        ({"task_id": "Own Task"}, "task_id: Small letters a to z, digits and hyphens are possible here."),
        ({"task_id": "greeting"}, "task_id: The id of an own task begins with “own-”."),
        ({"position_types": []}, "position_types: There are too few: at least 1."),
        ({"position_types": "backend"}, f"position_types: {LIST}"),
        ({"position_types": ["cook"]}, "position_types → 1: This must be one of: backend, frontend, pm, qa, algo."),
        ({"position_types": ["qa", "qa"]}, "position_types → 2: This is said twice."),
        ({"topics": ["SQL"]}, "topics → 1: Topics are written in small letters."),
        ({"title": "Greeting"}, f"title: {MAPPING}"),
        ({"title": {}}, "title: This is missing."),
        ({"title": {"fr": "Salut"}}, "title → fr: No such field is known here."),
        ({"statement": {"en": 5}}, "statement → en: This must be text: put it in quotes."),
        ({"statement": {"en": " "}}, "statement → en: This is empty."),
        ({"statement": {"en": "x" * 20_001}}, "statement → en: This is longer than 20,000 bytes."),
        ({"statement": {"en": "a\0b"}}, "statement → en: This has a character that cannot be stored."),
        ({"hint": "no"}, "hint: No such field is known here."),
        ({"visible": []}, "visible: There are too few: at least 1."),
        ({"visible": ["x"]}, f"visible → 1: {MAPPING}"),
        ({"visible": BASE["visible"] * 41}, "visible: There are too many: at most 40."),
        ({"hidden": BASE["visible"]}, "hidden → 1 → name: Another one has this name already."),
        ({"hidden": [{"name": "n", "input": "", "expected": " "}]}, "hidden → 1 → expected: This is empty."),
        ({"hidden": [{"name": "n", "input": 5}]}, "hidden → 1 → input: This must be text: put it in quotes."),
        ({"limits": {"seconds": 60}}, "limits → seconds: This must be a number from 0.5 to 10."),
        ({"limits": {"memory": 60}}, "limits → memory: No such field is known here."),
        ({"solutions": {"cobol": "x"}}, f"solutions → cobol: Not a language of this task: {CODE}."),
        ({"wrong": [{"name": "n", "language": "sql"}]}, f"wrong → 1 → language: This must be one of: {CODE}."),
        (FUNCTION | {"entry": "1st"}, "entry: This cannot be the name of a function."),
        (called("5", "1"), "visible → 1 → input: This must be a JSON list of arguments."),
        (called("[", "1"), f"visible → 1 → input: {NO_JSON}"),
        (called("[" * 9_999, "1"), f"visible → 1 → input: {NO_JSON}"),
        (called("[]", "NaN"), f"visible → 1 → expected: {NO_JSON}"),
        (called("[]", "null"), f"visible → 1 → expected: {IDLE}"),
        (called([], float("inf")), "visible → 1 → expected: This cannot be written as JSON."),
        (SQL | {"ordered": "yes"}, "ordered: This must be true or false."),
        (SQL | {"setup": None}, "setup: This is missing."),
        (TESTING | {"starter": {"python": "x"}}, "starter → javascript: This is missing."),
        (TESTING | {"bugs": TESTING["bugs"][:1]}, "bugs: At least 0 visible and 1 hidden are needed."),
        (TESTING | {"bugs": [{"name": "kept", "python": "x"}]}, "bugs → 1 → javascript: This is missing."),
        (named(ko=None), "visible → 1 → name → ko: This is missing."),
        (named(fr="un"), "visible → 1 → name → fr: No such field is known here."),
        (named(ru="one more"), "visible → 1 → name → ru: This hardly looks like a text in this language."),
        (named(ko="x" * 201), "visible → 1 → name → ko: This is longer than 200 bytes."),
        ({"visible": named()["visible"] + named(en="two")["visible"]}, f"visible → 2 → name: {TWICE}"),
        ({"hidden": named()["visible"]}, "hidden → 1 → name: This must be text: put it in quotes."),
        (TESTING | {"bugs": [{"name": NAMES, **SUBJECT}]}, "bugs → 1 → name: This must be text: put it in quotes."),
        (commented(COMMENT | {"en": "Shout"}), "comments → 1 → en: No starter has these words."),
        (commented(COMMENT | {"ko": "말\n하"}), "comments → 1 → ko: A comment is written on one line."),
        (commented({"en": "Say it"}), "comments → 1 → ru: This is missing."),
        (WRITTEN | {"comments": [COMMENT]}, "comments: No such field is known here."),
        (WRITTEN | {"points": {"en": ["a"]}}, "points → en: There are too few: at least 5."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(changes: dict[str, Any], fault: str) -> None:
    assert fault in faults(document(**changes))


def test_what_a_task_of_the_bank_needs_beside() -> None:
    found = faults(document(task_id="greeting", title={"en": "A", "zh-hans": "A"}), BANK)
    for fault in (
        "topics: There are too few: at least 1.",
        "title → ru: This is missing.",
        "title: Two languages have the same text.",
        "visible → 1 → name: A task of the bank says this in every language.",
        "hidden: There are too few: at least 3.",
        "solutions → javascript: This is missing.",
        "wrong: There are too few: at least 2.",
    ):
        assert fault in found
    assert "task_id: Only the id of a recruiter's own task begins with “own-”." in faults(OWN, BANK)


def test_a_statement_left_in_english_is_noticed() -> None:
    statements = {"en": "Say hello.", "zh-hans": "Say it.", "ru": "Скажите.", "ko": "인사하세요."}
    assert "statement → zh-hans: This hardly looks like a text in this language." in faults(
        document(task_id="greeting", statement=statements), BANK
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", f": {MAPPING}"),
        ("- a\n", f": {MAPPING}"),
        ("a: [", ": This is no YAML: did not find expected node content"),
        ("a: &x 1\nb: *x\n", ": References (& and *) are not possible: write the text out."),
        ("a: " + "[" * 9 + "]" * 9, ": This is nested too deeply."),
        ("a: " + "[" * 50_000, ": This is nested too deeply."),
        ("a: 2020-02-30", ": This is no YAML: day is out of range for month"),
        ("a: !!x y", ": This is no YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:x'"),
        ("x" * 400_001, ": This is longer than 400,000 bytes."),
    ],
)  # fmt: skip
def test_what_is_no_document(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_lines_are_named_and_a_field_is_said_once() -> None:
    with pytest.raises(BadDocument) as caught:
        bank_format.load(OWN + "difficulty: 2\n", MINE)
    assert [str(fault) for fault in caught.value.faults] == ["Line 23, difficulty: This is said twice."]


def test_faults_are_told_in_the_readers_language() -> None:
    with translation.override("ru"):
        assert faults(document(difficulty=9)) == ["difficulty: Здесь должно быть число от 1 до 3."]


@given(st.text(max_size=300))
def test_any_text_is_a_task_or_has_faults(text: str) -> None:
    with pytest.raises(BadDocument):
        bank_format.load(text, MINE)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.sampled_from([{}, FUNCTION, SQL, TESTING, WRITTEN]), st.data(), VALUES)
def test_any_value_in_any_field_is_taken_or_named(kind: dict[str, Any], data: st.DataObject, value: Any) -> None:
    field = data.draw(st.sampled_from([*BASE, *kind, "limits", "wrong", "starter", "comments"]))
    with suppress(BadDocument):
        assert own(**kind | {field: value}).public("ko")["title"]
