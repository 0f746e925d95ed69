"""Environment variables are read by type, and say what to do when they are wrong."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "VIVA_TEST_VALUE"
POSTGRES = ("postgresql", "postgres", "sqlite")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), (" off ", False)],
)
def test_boolean(given: Callable[[str], None], value: str, expected: bool) -> None:
    given(value)
    assert env.boolean(NAME, default=not expected) is expected


def test_defaults() -> None:
    assert env.boolean(NAME, default=True) is True
    assert env.integer(NAME, 7) == 7
    assert env.number(NAME, 0.5) == 0.5
    assert env.text(NAME) == ""
    assert env.listing(NAME, "a, b,,") == ["a", "b"]
    assert env.choice(NAME, "a", ("a", "b")) == "a"
    assert env.url(NAME, POSTGRES) == ""


def test_an_empty_value_is_no_value(given: Callable[[str], None]) -> None:
    given(" ")
    assert env.text(NAME, "127.0.0.1") == "127.0.0.1"
    assert env.integer(NAME, 8000) == 8000
    assert env.listing(NAME, "localhost") == ["localhost"]
    assert env.boolean(NAME, default=True) is True
    assert env.boolean(NAME) is False


def test_values(given: Callable[[str], None]) -> None:
    given(" 12 ")
    assert env.integer(NAME, 7) == 12
    assert env.number(NAME, 0.5) == 12.0
    assert env.text(NAME) == "12"
    assert env.listing(NAME) == ["12"]


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (env.boolean, "perhaps", "VIVA_TEST_VALUE='perhaps' is not a yes or no: set it to 1 or 0."),
        (lambda name: env.integer(name, 1), "many", "VIVA_TEST_VALUE='many' is not a number: set it to one."),
        (lambda name: env.integer(name, 1), "1.5", "VIVA_TEST_VALUE=1.5 is not a whole number: set it to one."),
        (lambda name: env.number(name, 1, most=5), "6", "VIVA_TEST_VALUE=6 is out of range: set it from 0 to 5."),
        (lambda name: env.number(name, 1), "nan", "VIVA_TEST_VALUE=nan is out of range: set it from 0 to 1e+09."),
        (lambda name: env.choice(name, "a", ("a", "b")), "c", "VIVA_TEST_VALUE='c' is unknown: set it to one of a, b."),
        (
            lambda name: env.url(name, ("redis",)),
            "http://:secret@host",
            "VIVA_TEST_VALUE begins with 'http': it must be one of redis.",
        ),
    ],
)
def test_errors(given: Callable[[str], None], read: Callable[[str], Any], value: str, message: str) -> None:
    given(value)
    with pytest.raises(ImproperlyConfigured) as raised:
        read(NAME)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("postgresql+asyncpg://u:p@host:5432/viva", "postgresql://u:p@host:5432/viva"),
        ("postgres://host/viva", "postgres://host/viva"),
        ("sqlite:////tmp/a+b.db", "sqlite:////tmp/a+b.db"),
    ],
)
def test_a_driver_in_a_database_url_is_ignored(given: Callable[[str], None], value: str, expected: str) -> None:
    given(value)
    assert env.url(NAME, POSTGRES) == expected


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = env.secret_key(tmp_path)
    assert len(first) > 50
    assert env.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
