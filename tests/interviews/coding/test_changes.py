"""ChangeSet JSON against a reference that works on lists of UTF-16 units, as the browser does."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.coding import changes
from tests.interviews.coding.writing import after

TEXT = st.text(alphabet=st.sampled_from("ab \n你é😀🏽") | st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda text: text.replace("\0", "")
)


def units(text: str) -> list[int]:
    raw = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]


def reference(text: str, parts: list[Any]) -> list[int]:
    """What CodeMirror's `ChangeSet.fromJSON(parts).apply(doc)` does, a unit at a time."""
    old, new, position = units(text), [], 0
    for part in parts:
        if isinstance(part, int):
            new += old[position : position + part]
            position += part
        else:
            position += part[0]
            new += units("\n".join(part[1:]))
    assert position == len(old)
    return new


@st.composite
def change(draw: st.DrawFn, length: int) -> list[Any]:
    """A change set for a text of `length` units; cuts may fall into surrogate pairs."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=6)))
    parts: list[Any] = []
    for start, end in pairwise([0, *cuts, length]):
        if draw(st.booleans()):
            parts.append(end - start)
        else:
            parts.append([end - start, *draw(st.lists(TEXT.map(lambda line: line.replace("\n", "")), max_size=3))])
    return parts


@given(st.data(), TEXT)
def test_applies_as_the_browser_does(data: st.DataObject, text: str) -> None:
    parts = data.draw(change(len(units(text))))
    expected = reference(text, parts)
    result = units(after(text, parts))
    assert len(result) == len(expected)
    for got, wanted in zip(result, expected, strict=True):
        # Where a cut went through a pair, the half that is left cannot be stored.
        assert got == wanted or (got == 0xFFFD and 0xD800 <= wanted < 0xE000)


@given(st.data(), TEXT)
def test_whole_pairs_are_exact(data: st.DataObject, text: str) -> None:
    at = data.draw(st.integers(0, len(text)))
    head, tail = changes.length(text[:at]), changes.length(text[at:])
    assert after(text, [head, [0, "😀x"], tail]) == text[:at] + "😀x" + text[at:]


@given(st.data(), TEXT)
def test_the_result_can_be_stored_and_changed_again(data: st.DataObject, text: str) -> None:
    for _ in range(3):
        text = after(text, data.draw(change(changes.length(text))))
        text.encode()


@pytest.mark.parametrize(
    ("text", "parts", "result"),
    [
        ("", [], ""),
        ("", [[0, "a", "b"]], "a\nb"),
        ("", [[0, "", ""]], "\n"),
        ("abc", [3], "abc"),
        ("abc", [1, [1], 1], "ac"),
        ("abc", [[3, "x"]], "x"),
        ("a😀b", [3, [1, "c"]], "a😀c"),
        ("a😀b", [1, [2], 1], "ab"),
        ("a😀b", [2, [0, "-"], 2], "a\ufffd-\ufffdb"),
        ("😀", [1, [1]], "\ufffd"),
        ("", [[0, "a\0b"]], "a\ufffdb"),
        ("", [[0, "\ud83d"]], "\ufffd"),
        ("", [[0, json.loads('"\\ud83d\\ude00"')]], "😀"),
    ],
)
def test_examples(text: str, parts: list[Any], result: str) -> None:
    assert after(text, parts) == result


@pytest.mark.parametrize(
    "parts",
    [None, {}, "3", 3, [True], [-1], [1.5], [None], ["a"], [[]], [["a"]], [[-1]], [[1, 2]], [[0, None]], [[True]]],
)
def test_what_is_no_change_set_is_refused(parts: Any) -> None:
    with pytest.raises(changes.InvalidChanges):
        changes.clean(parts)


@pytest.mark.parametrize("parts", [[], [2], [4], [[2]], [1, [1], 2], [10**30]])
def test_a_change_for_another_length_is_refused(parts: list[Any]) -> None:
    with pytest.raises(changes.InvalidChanges):
        after("abc", parts)
