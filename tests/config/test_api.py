"""What the calls and pages of several apps share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.api import key_of


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_the_digits_of_a_key_are_the_key(key: int) -> None:
    assert key_of(str(key)) == key


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1_0", "1.0", "²", "９", "x", "1" * 19, "9" * 5000])
def test_what_can_be_no_key_is_none(text: str) -> None:
    assert key_of(text) is None


@given(st.text())
def test_any_text_is_a_key_that_fits_or_none(text: str) -> None:
    key = key_of(text)
    assert key is None or 0 <= key < 10**18
