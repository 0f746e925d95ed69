"""What is seen in code: loops, recursion, names, numbers, each with its line, in every language of the tasks."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.coding.follow_ups import reading
from interviews.coding.follow_ups.reading import read, roughly
from interviews.coding.follow_ups.sights import Sight
from tests.interviews.coding.follow_ups.submissions import CASE, PYTHON, SQL, TESTS

SOURCES = Path(__file__).parent / "sources"


def seen(source: str, language: str, starter: str = "") -> set[tuple[str, int, str]]:
    return {(one.aim, one.line, one.name) for one in read(source, language, starter)}


def test_a_python_program() -> None:
    assert read(PYTHON, "python")[:4] == (
        Sight("nested_loop", 8, "overlaps", 2),
        Sight("loop", 18, "depth", 1),
        Sight("loop", 23, "read", 1),
        Sight("recursion", 16, "depth"),
    )
    assert seen(PYTHON, "python") >= {
        ("search", 10, "found"),
        ("sort", 25, "sorted"),
        ("vague_name", 17, "data"),
        ("mutable_default", 6, "overlaps"),
        ("container", 22, "seen"),
        ("unguarded", 24, "int"),
        ("magic", 24, "3600"),
        ("helper", 21, "read"),
    }
    assert not [one for one in read(PYTHON, "python") if one.name == "86400"]  # it has a name of its own


# What there is to see in `sources/`, a small program in each language.
OTHERS = {
    "javascript": {
        ("shared", 1, "total"),
        ("nested_loop", 3, "pairs"),
        ("magic", 4, "3600"),
        ("search", 4, "items"),
        ("recursion", 7, "walk"),
        ("swallow", 8, ""),
    },
    "typescript": {
        ("nested_loop", 3, "pairs"),
        ("recursion", 7, "walk"),
        ("swallow", 8, ""),
    },
    "java": {
        ("shared", 2, "count"),
        ("recursion", 3, "walk"),
        ("magic", 4, "7777"),
        ("vague_name", 4, "tmp"),
        ("nested_loop", 5, "walk"),
        ("search", 6, "seen"),
        ("swallow", 8, ""),
    },
    "c": {
        ("shared", 1, "count"),
        ("recursion", 2, "walk"),
        ("magic", 3, "7777"),
        ("vague_name", 3, "tmp"),
        ("nested_loop", 4, "walk"),
        ("unguarded", 7, "atoi"),
    },
    "cpp": {
        ("recursion", 1, "walk"),
        ("nested_loop", 3, "walk"),
        ("sort", 6, "sort"),
        ("unguarded", 7, "stoi"),
    },
    "go": {
        ("shared", 2, "total"),
        ("recursion", 3, "walk"),
        ("magic", 4, "7777"),
        ("vague_name", 4, "data"),
        ("nested_loop", 5, "walk"),
    },
    "rust": {
        ("shared", 1, "TOTAL"),
        ("recursion", 2, "walk"),
        ("nested_loop", 3, "walk"),
        ("search", 4, "seen"),
        ("unguarded", 6, "unwrap"),
        ("vague_name", 6, "tmp"),
    },
    "ruby": {
        ("recursion", 1, "walk"),
        ("magic", 2, "7777"),
        ("vague_name", 2, "tmp"),
        ("nested_loop", 3, "walk"),
        ("search", 4, "seen"),
        ("unguarded", 7, "Integer"),
    },
    "php": {
        ("recursion", 3, "walk"),
        ("shared", 4, "total"),
        ("nested_loop", 5, "walk"),
        ("search", 6, "seen"),
        ("unguarded", 8, "intval"),
    },
    "bash": {
        ("recursion", 1, "walk"),
        ("vague_name", 2, "tmp"),
        ("nested_loop", 3, "walk"),
    },
}


def source_in(language: str) -> str:
    return (SOURCES / f"{language}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_a_program_in_another_language(language: str) -> None:
    assert seen(source_in(language), language) >= OTHERS[language]


@pytest.mark.parametrize("language", OTHERS)
def test_the_sights_lie_in_the_text(language: str) -> None:
    source = source_in(language)
    lines = source.split("\n")
    for one in read(source, language):
        assert 1 <= one.line <= len(lines)
        assert one.name in lines[one.line - 1] or one.aim in {"loop", "nested_loop"}


def test_python_that_does_not_parse_is_read_by_its_words() -> None:
    broken = PYTHON.replace("def read():", "def read(:")
    assert seen(broken, "python") >= {("nested_loop", 8, "overlaps"), ("recursion", 16, "depth"), ("magic", 24, "3600")}


def test_a_language_without_a_grammar_is_read_by_its_words() -> None:
    assert seen(
        "func walk(n) {\n    while n {\n        for x in n {\n            walk(4711)\n        }\n    }\n}\n", "swift"
    ) >= {
        ("nested_loop", 2, "walk"),
        ("recursion", 1, "walk"),
        ("magic", 4, "4711"),
    }


def test_words_alone_see_much_of_it() -> None:
    found = {(one.aim, one.line) for one in roughly(PYTHON, "python")}
    assert found >= {("nested_loop", 8), ("recursion", 16), ("sort", 25), ("vague_name", 17), ("magic", 24)}


def test_what_was_given_is_not_asked_about() -> None:
    given = "def walk(data):\n    for one in data:\n        for other in data:\n            print(one, other)\n"
    assert read(given, "python", given) == ()
    mine = given + "\n\ndef twice(number):\n    return number * 4711\n"
    assert seen(mine, "python", given) == {
        ("helper", 7, "twice"),
        ("magic", 8, "4711"),
        ("changed", 7, ""),
    }


def test_a_change_in_what_was_given() -> None:
    given = "total = 0\nfor price in prices:\n    total = price\nprint(total)\n"
    assert ("changed", 3, "") in seen(given.replace("total = price", "total += price"), "python", given)


def test_words_in_comments_and_strings_are_no_code() -> None:
    source = "# for x in y: for z in y: data = 4711\ntext = 'while data: sorted(4711)'\n"
    assert seen(source, "python") == {("changed", 2, "")}


def test_lines_that_come_again() -> None:
    block = "    total = price * amount\n    rounded = round(total, 2)\n    rows.append((name, rounded))\n"
    source = f"def first(name):\n{block}\n\ndef second(name):\n{block}"
    assert Sight("duplicate", 2, number=8) in read(source, "python")


def test_a_long_function_and_many_parameters() -> None:
    body = "".join(f"    step_{number}(a)\n" for number in range(40))
    found = read(f"def run(a, b, c, d, e):\n{body}", "python")
    assert Sight("long_function", 1, "run", 41) in found
    assert Sight("many_parameters", 1, "run", 5) in found


def test_a_script_without_functions() -> None:
    source = "".join(f"print(input(), {number})\n" for number in range(12))
    assert Sight("no_functions", 1, number=12) in read(source, "python")


def test_a_query() -> None:
    assert {(one.aim, one.line, one.name) for one in read(SQL, "sql")} == {
        ("sql_distinct", 1, ""),
        ("sql_outer", 3, "orders"),
        ("sql_join", 4, "cities"),
        ("sql_condition", 5, "placed_at"),
        ("sql_group", 6, "name"),
        ("sql_order", 7, "total"),
    }


def test_tests_that_were_written() -> None:
    assert {one.line for one in read(TESTS, "python") if one.aim == "check"} == {3, 4}


def test_a_written_case() -> None:
    assert {(one.aim, one.line, one.name) for one in read(CASE, "text", "Goal:")} == {
        ("case_assumption", 2, "assume"),
        ("case_metric", 3, "Retention"),
        ("case_risk", 4, "risk"),
        ("case_users", 5, "customers"),
        ("case_trial", 5, "experiment"),
        ("case_figure", 3, "20"),
    }


@pytest.mark.parametrize("language", ["python", *OTHERS, "sql", "text", "swift", ""])
@pytest.mark.parametrize("source", ["", "\n", "\0", "x", "\ud800", "}}}}", "def", "'", '"""', "/*", "\r\n\r", "🙂" * 9])
def test_nothing_is_too_odd(language: str, source: str) -> None:
    assert isinstance(read(source, language), tuple)
    assert isinstance(roughly(source, language), tuple)


def test_a_job_for_the_child() -> None:
    assert json.loads(reading.job(b"numbers.sort()\n", language="python", starter="")) == [
        {"aim": "sort", "line": 1, "name": "sort", "number": 0},
        {"aim": "changed", "line": 1, "name": "", "number": 0},
    ]


def test_errors_that_are_returned_are_handled() -> None:
    source = "package main\nfunc main() {\n  n, err := strconv.Atoi(line)\n  use(n, err)\n}\n"
    assert not [one for one in read(source, "go") if one.aim == "unguarded"]
    assert [one.line for one in read(source.replace("err", "_"), "go") if one.aim == "unguarded"] == [3]


def test_a_text_that_stands_there_is_not_read() -> None:
    source = 'least = float("inf")\nzero = int()\namount = float(line)\n'
    assert [one.line for one in read(source, "python") if one.aim == "unguarded"] == [3]


PIECES = st.sampled_from(
    ["for x in y:", "\n", "    ", "def f(a):", "{", "}", "(", ")", '"', "'", "#", "//", "f(x)", "=", "4711"]
)
WRITTEN = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=60, deadline=None)
@given(WRITTEN, st.sampled_from(["python", *OTHERS, "sql", "text", "swift"]), st.text(max_size=20))
def test_whatever_is_written_can_be_read(source: str, language: str, starter: str) -> None:
    """And each sight lies on a line of it."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for one in (*read(source, language, starter), *roughly(source, language, starter)):
        assert 1 <= one.line <= lines
