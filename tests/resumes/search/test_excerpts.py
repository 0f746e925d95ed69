"""Which line of a resume is shown for a query."""

import pytest

from resumes.domain.search import excerpts, meaning
from resumes.models import Resume

TEXT = """Mango grower, django
  Developer of Python things\x0b
Разработчик: питон и Kubernetes
Python developer with k8s\r
쿠버네티스개발자
Straße 5, İstanbul, a line of more than forty characters
"""


def excerpt(query: str, text: str = TEXT, summary: str = "") -> str:
    resume = Resume(text=text, profile={"basics": {"summary": summary}})
    return excerpts.excerpt(resume, excerpts.needles(query, meaning.skills_of(query)))


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("python", "Developer of Python things"),  # the earliest of several
        ("kubernetes python", "Разработчик: питон и Kubernetes"),  # any spelling; as many as the line after it
        ("python developer kubernetes", "Python developer with k8s"),  # the most, however late
        ("개발자", "쿠버네티스개발자"),  # words without borders
        ("strasse", "Straße 5, İstanbul, a line of more than forty characters"),  # longer in lower case
        ("go", "Straße 5, İstanbul, a line of more than forty characters"),  # not in `mango`, so the first longer line
    ],
)
def test_the_line_with_the_most_of_what_was_asked(query: str, line: str) -> None:
    assert excerpt(query) == line


def test_without_any_hit_the_summary() -> None:
    assert excerpt("rust", summary="Grows fruit") == "Grows fruit"
    assert excerpt("rust", text="") == ""


def test_lines_after_the_first_two_thousand_are_not_read() -> None:
    assert excerpt("python", text="no\n" * 1_999 + "python") == "python"
    assert excerpt("python", text="no\n" * 2_000 + "python") == ""


def test_a_line_counts_each_thing_once() -> None:
    assert excerpt("python billing", text="python python Python\npython, billing") == "python, billing"
