"""When an answer is the expected one."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.coding.comparing import same_output, same_rows, same_value

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("written", "expected", "same"),
    [
        ("1\n2\n", "1\n2", True),
        ("1 \r\n2\t\n\n\n", "1\n2", True),
        ("", "\n", True),
        ("1\n\n2", "1\n2", False),
        (" 1", "1", False),
        ("Yes", "yes", False),
        ("1 2", "1  2", False),
    ],
)
def test_output(written: str, expected: str, same: bool) -> None:
    assert same_output(written, expected) is same


@pytest.mark.parametrize(
    ("written", "expected", "same"),
    [
        ("1", "1.0", True),
        ("0.30000000000000004", "0.3", True),
        ("0.31", "0.3", False),
        ("9007199254740993", "9007199254740992", False),
        ("true", "1", False),
        ("0", "false", False),
        ("null", "0", False),
        ("null", "null", True),
        ('"1"', "1", False),
        ("[1, 2]", "[1,2]", True),
        ("[1]", "[1, 1]", False),
        ('{"a": 1, "b": [null]}', '{"b":[null],"a":1.0}', True),
        ('{"a": 1}', '{"a": 1, "b": 2}', False),
        ("", "null", False),
        ("NaN", "NaN", False),
        ("1 2", "1", False),
        ("[" * 100_000, "[]", False),
        ("1" + "0" * 400, "1.5", False),
    ],
)
def test_value(written: str, expected: str, same: bool) -> None:
    assert same_value(written, expected) is same


@given(JSON)
def test_a_value_is_itself(value: object) -> None:
    assert same_value(json.dumps(value), json.dumps(value, indent=2))


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_far_apart_differ(one: float, other: float) -> None:
    if abs(one - other) > 1e-6 * max(1, abs(one), abs(other)) and math.isfinite(one - other):
        assert not same_value(json.dumps(one), json.dumps(other))


@pytest.mark.parametrize(
    ("written", "expected", "ordered", "same"),
    [
        ("a|1\nb|2", "a|1\nb|2\n", True, True),
        ("b|2\na|1", "a|1\nb|2", True, False),
        ("b|2\na|1", "a|1\nb|2", False, True),
        ("a|1\na|1", "a|1", False, False),
        ("a|2.50", "a|2.5", True, True),
        ("a|2.0", "a|2", True, True),
        ("a|0.3333333333", "a|0.333333", True, True),
        ("a|NULL", "a|", True, False),
        ("", "", True, True),
        ("12345678901234567|x", "12345678901234568|x", True, False),
    ],
)
def test_rows(written: str, expected: str, ordered: bool, same: bool) -> None:
    assert same_rows(written, expected, ordered=ordered) is same
