"""The class of a hidden test, from its input alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.coding.follow_ups.edges import Edge, edge

LINES = ["3\n0 30\n5 10\n15 20\n", "2\n10 20\n20 31\n"]
CALLS = ["[[1, 2, 3]]", "[[2, 4]]"]
ROWS = ["INSERT INTO t VALUES (1, 'a'), (2, 'b');"]


@pytest.mark.parametrize(
    ("text", "examples", "expected"),
    [
        ("0\n", LINES, Edge.EMPTY),
        ("", LINES, Edge.EMPTY),
        ("1\n5 6\n", LINES, Edge.SINGLE),
        ("2\n-5 6\n7 8\n", LINES, Edge.NEGATIVE),
        ("2\n5 6\n5 6\n", LINES, Edge.EQUAL),
        ("2\n5 3000000000\n7 8\n", LINES, Edge.BIG_NUMBERS),
        ("500\n" + "1 2\n3 4\n" * 250, LINES, Edge.LARGE),
        ("500\n" + "1 2\n3 -4\n" * 250, LINES, Edge.NEGATIVE),
        ("500\n" + "1 2\n3 9000000000\n" * 250, LINES, Edge.BIG_NUMBERS),
        ("[[" + "1, 2, " * 500 + "null]]", CALLS, Edge.MISSING),
        ("2\n5 6\n7 8\n", LINES, Edge.OTHER),
        ("2\n5 é\n7 8\n", LINES, Edge.LETTERS),
        ("2\n5 6\n\n7 8\n", LINES, Edge.BLANK),
        ("[[]]", CALLS, Edge.EMPTY),
        ('[""]', ['["abc"]'], Edge.EMPTY),
        ("[[7]]", CALLS, Edge.SINGLE),
        ("[[1, null]]", CALLS, Edge.MISSING),
        ("[[0, 5]]", CALLS, Edge.ZERO),
        ("[[5, 5]]", CALLS, Edge.EQUAL),
        ("[[[[[[[1]], 2]]]], 3]", CALLS, Edge.NESTED),
        ("INSERT INTO t VALUES (1, NULL), (2, 'b');", ROWS, Edge.MISSING),
        ("-- nothing", ROWS, Edge.EMPTY),
    ],
)
def test_the_class_of_an_input(text: str, examples: list[str], expected: Edge) -> None:
    assert edge(text, examples) is expected


@given(st.text(max_size=200), st.lists(st.text(max_size=50), max_size=3))
def test_any_input_has_a_class(text: str, examples: list[str]) -> None:
    assert edge(text, examples) in set(Edge)


def test_an_example_is_never_beyond_itself() -> None:
    assert {edge(text, [text]) for text in (*LINES, *CALLS, *ROWS)} == {Edge.OTHER}
