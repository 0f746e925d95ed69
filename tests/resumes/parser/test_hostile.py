"""Texts that no person writes: a reading has 60 s on the one worker that everybody waits for."""

import time

import pytest

from providers.documents.base import Document, Limits, Line
from resumes.domain.parser import lines
from resumes.domain.parser.assembly import parse

LENGTH = 60_000
MOST = Limits().characters
PATTERNS = [
    "a" + " " * LENGTH + "b",
    "a" + "\t" * LENGTH + "b",
    "Python, ",
    "a/",
    "a:",
    "a@",
    "+7 (9",
    "http://",
    "a\t",
    "(",
]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: repr(pattern[:8]))
def test_time_grows_with_length_and_no_faster(pattern: str) -> None:
    text = (pattern * LENGTH)[:LENGTH]
    parts = [Line(text="Skills", heading=True), Line(text=text), Line(text="Experience", heading=True), Line(text=text)]
    assert parse(Document(lines=parts)).language in ("en", "zh-hans", "ru", "ko")


@pytest.mark.parametrize("pattern", ["2019 - ", "+7 (9", "(a) ", "a/"], ids=repr)
@pytest.mark.parametrize("length", [60, MOST], ids=["in lines", "in one line"])
def test_the_longest_text_costs_time_by_its_length(pattern: str, length: int) -> None:
    """`bench.parsing` holds it to two seconds; what grew with the square of the length would take minutes."""
    text = (pattern * MOST)[:MOST]
    parse(Document(lines=[Line(text="Experience")]))  # the word lists are read once
    parts = [Line(text="Experience"), *(Line(text=text[at : at + length]) for at in range(0, MOST, length))]
    begun = time.process_time()
    parse(Document(lines=parts))
    assert time.process_time() - begun < 15


def test_what_follows_a_dozen_pages_is_not_understood() -> None:
    filler = [Line(text="word " * 200)] * 40
    found = parse(Document(lines=[Line(text="Ann Lee"), *filler, Line(text="Skills: Python")])).profile
    assert found["basics"]["name"] == "Ann Lee"
    assert "skills" not in found


def test_a_line_is_cut_at_a_space_and_loses_nothing() -> None:
    text = "word " * 1_000
    cut = list(lines.short(Line(text=text, gap=True)))
    assert "".join(line.text for line in cut) == text
    assert max(len(line.text) for line in cut) <= lines.LONGEST
    assert all(line.text.startswith("word ") for line in cut)
    assert [line.gap for line in cut] == [True, False, False, False]


@pytest.mark.parametrize("length", [0, 1, lines.LONGEST, lines.LONGEST + 1, 10 * lines.LONGEST])
def test_a_line_without_spaces_is_cut_all_the_same(length: int) -> None:
    cut = list(lines.short(Line(text="x" * length)))
    assert "".join(line.text for line in cut) == "x" * length
    assert all(len(line.text) <= lines.LONGEST for line in cut)


@pytest.mark.parametrize("head", ["Acme | Acme", "Acme\tAcme", "Acme, Acme"])
def test_a_job_whose_parts_are_the_same(head: str) -> None:
    parts = [Line(text="Experience", heading=True), Line(text=f"{head} | 2019 - 2021")]
    assert parse(Document(lines=parts)).profile["work"][0]["name"] == "Acme"
