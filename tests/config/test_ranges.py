"""Range requests."""

import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from config import ranges

DATA = bytes(range(100))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-4", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=١-2", None),
    ],
)
def test_what_a_header_asks_for(header: str, part: tuple[int, int] | None) -> None:
    assert ranges.wanted(header, len(DATA)) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=999-1000", "bytes=-0"])
def test_bytes_that_are_not_there(header: str) -> None:
    request = RequestFactory().get("/", headers={"Range": header})
    response = ranges.respond(request, io.BytesIO(DATA), len(DATA), "audio/flac")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_a_part() -> None:
    request = RequestFactory().get("/", headers={"Range": "bytes=10-19"})
    response = ranges.respond(request, io.BytesIO(DATA), len(DATA), "audio/flac")
    assert (response.status_code, response.content) == (206, DATA[10:20])
    assert (response["Content-Range"], response["Content-Type"]) == ("bytes 10-19/100", "audio/flac")


def test_all_of_it() -> None:
    response = ranges.respond(RequestFactory().get("/"), io.BytesIO(DATA), len(DATA), "audio/flac")
    assert (response.status_code, response.content, response["Accept-Ranges"]) == (200, DATA, "bytes")
    assert response["Cache-Control"] == "private, no-store"


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d*-\d*", fullmatch=True), st.integers(0, 200))
def test_no_header_breaks_it(header: str, size: int) -> None:
    try:
        part = ranges.wanted(header, size)
    except ValueError:
        return
    assert part is None or 0 <= part[0] <= part[1] < size
